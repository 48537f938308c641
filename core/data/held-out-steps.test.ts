/** Every step of the registry, with every choice it offers, learns from the training rows alone: whatever stands in a validation row, what is stored stays the same to the letter. */
import { describe, expect, it } from "vitest";
import { AppError } from "../errors.ts";
import type { ColumnDocument, DataDocument, StepDocument } from "../graph/document.ts";
import { defaultsOf } from "../schema/validate.ts";
import { stepDefinition, stepTypes } from "../steps/definitions.ts";
import { stepImplementation } from "../steps/implementations.ts";
import type { StepColumn } from "../steps/step.ts";
import { prepare } from "./prepare.ts";
import type { PreparedData } from "./prepared.ts";
import { design, needs } from "./small-tables.test-support.ts";
import type { Column } from "./table.ts";

const ROWS = 24;
/** The last rows: none of them may be learnt from. */
const HELD = 6;
const perRow = <T>(make: (row: number) => T, odd: ((row: number) => T) | null): T[] =>
  Array.from({ length: ROWS }, (_, row) => (odd !== null && row >= ROWS - HELD ? odd(row) : make(row)));

const numberColumn = (name: string, isOdd: boolean, base: number): StepColumn & Column => ({
  kind: "number",
  name,
  values: Float64Array.from(perRow((row) => base + ((row * 7) % 11) + (row % 2) / 4, isOdd ? (row) => 1e6 * (1 + row) : null)),
});

interface Kind {
  readonly type: ColumnDocument["type"];
  /** @param isOdd held-out rows have values far from all others */
  readonly make: (isOdd: boolean) => Column[];
  /** Step that makes a column of the kind of one that a table can have. */
  readonly before?: string;
}
const text: Kind = {
  type: "text",
  make: (isOdd) => {
    const plain = (row: number): string => ["red apple", "green apple tree", "one red tree"][row % 3] as string;
    return [{ kind: "text", name: "a", values: perRow(plain, isOdd ? () => "never seen before words" : null) }];
  },
};
const KINDS: Readonly<Record<string, Kind>> = {
  number: { type: "numeric", make: (isOdd) => [numberColumn("a", isOdd, 1), numberColumn("b", isOdd, 0.5)] },
  date: { type: "date", make: (isOdd) => [numberColumn("a", isOdd, 1e11)] },
  category: {
    type: "categorical",
    make: (isOdd) => {
      const codes = Int32Array.from(perRow((row) => row % 3, isOdd ? () => 3 : null));
      return [{ kind: "category", name: "a", categories: ["may", "june", "july", "march"], codes }];
    },
  },
  text,
  picture: {
    type: "picture",
    make: (isOdd) => {
      const pixels = perRow((row) => [row, 2, 3, row], isOdd ? (row) => [255, row, 0, 1] : null);
      return [{ kind: "picture", name: "a", shape: [2, 2, 1], pixels: Uint8Array.from(pixels.flat()) }];
    },
  },
  tensor: { ...text, before: "bag_of_words" },
};

/** The defaults, and every value of every choice. */
function configsOf(type: string): Record<string, unknown>[] {
  const { schema } = stepDefinition(type);
  const choices = Object.entries(schema).flatMap(([name, field]) =>
    field.kind === "choice" ? field.values.map((value) => ({ [name]: value })) : [],
  );
  return [{}, ...choices];
}

/** What has still to be done so that the rows can be laid out as numbers. */
function encoders(step: StepDocument, kind: string): string[] {
  if (kind !== "category" && kind !== "date") return [];
  const column = { ...KINDS[kind]?.make(false)[0], kind } as StepColumn;
  const config = { ...defaultsOf(stepDefinition(step.type).schema), ...step };
  const implementation = stepImplementation(step.type);
  if (step.type === "target_encoder") return [];
  const made = implementation.apply([column], implementation.fit([column], config), config).flat();
  return made.some((one) => one.kind === "category") ? ["one_hot"] : made.some((one) => one.kind === "date") ? ["date_parts"] : [];
}

function prepared(type: string, config: Record<string, unknown>, kind: string, isOdd: boolean, classes: boolean): PreparedData {
  const { type: columnType, make, before } = KINDS[kind] as Kind;
  const columns = make(isOdd);
  const names = columns.map(({ name }) => name);
  // The names of classes are taken from all rows, on purpose: these stay the same three.
  const targets = perRow((row) => (classes ? row % 3 : row), isOdd ? (row) => (classes ? (row + 1) % 3 : row + 50) : null);
  const step: StepDocument = { type, columns: names, ...config };
  const data: DataDocument = {
    ...design({ columns: {} }),
    columns: [
      ...names.map((name) => ({ name, type: columnType, role: "feature" as const })),
      { name: "y", type: "numeric", role: "target" },
    ],
    steps: [
      ...(before === undefined ? [] : [{ type: before, columns: names }]),
      step,
      ...encoders(step, kind).map((encoder) => ({ type: encoder, columns: names })),
    ],
    split: { method: "time", validation_fraction: HELD / ROWS, seed: null },
  };
  const rowIds = Uint32Array.from({ length: ROWS }, (_, row) => row);
  const target: Column = { kind: "number", name: "y", values: Float64Array.from(targets) };
  return prepare(
    { rowCount: ROWS, rowIds, columns: [...columns, target] },
    data,
    classes ? needs(["class_index"], 3) : needs(["value"], 1),
    0,
  );
}

/** Null where the step refuses this option for this kind of column. */
function tried(
  type: string,
  config: Record<string, unknown>,
  kind: string,
  classes: boolean,
): readonly [PreparedData, PreparedData] | null {
  try {
    return [prepared(type, config, kind, false, classes), prepared(type, config, kind, true, classes)];
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "data.impute_wrong_strategy") return null;
    throw thrown;
  }
}

describe("what a step learns", () => {
  it("is tried on every kind of column that a step can take", () => {
    const kinds = new Set(stepTypes.flatMap((type) => stepDefinition(type).takes as readonly string[]));
    expect([...kinds].filter((kind) => !Object.hasOwn(KINDS, kind))).toEqual([]);
  });

  const cases = stepTypes.flatMap((type) => stepDefinition(type).takes.map((kind) => ({ type, kind })));
  for (const { type, kind } of cases)
    it(`does not change with a validation row: ${type} of ${kind}`, () => {
      let done = 0;
      for (const config of configsOf(type))
        for (const classes of [false, true]) {
          const both = tried(type, config, kind, classes);
          if (both === null) continue;
          const [plain, odd] = both;
          expect(JSON.stringify(odd.pipeline)).toBe(JSON.stringify(plain.pipeline));
          expect(odd.training).toEqual(plain.training);
          expect(odd.validation.targets).not.toEqual(plain.validation.targets);
          done += 1;
        }
      expect(done).toBeGreaterThan(0);
    });
});
