/** Generated data set: points in the plane with a class, or a curve or plane to fit; the same options give the same rows. */
import { AppError } from "../../errors.ts";
import { Random } from "../random.ts";
import type { CategoryColumn, NumberColumn, Table } from "../table.ts";

export interface GeneratorOption {
  readonly name: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

export interface Generator {
  readonly name: string;
  readonly texts: Readonly<Record<"en" | "zh", { readonly label: string; readonly summary: string }>>;
  readonly options: readonly GeneratorOption[];
  /** Name of the column to predict. */
  readonly target: string;
  readonly generate: (options: Readonly<Record<string, number>>, random: Random) => Table;
}

/** Options that every generator has; `noise` in units of the coordinates. */
export function pointOptions(noise: number, maxNoise: number): GeneratorOption[] {
  return [
    { name: "count", default: 500, min: 4, max: 100_000 },
    { name: "noise", default: noise, min: 0, max: maxNoise },
    { name: "seed", default: 0, min: 0, max: 2 ** 31 - 1 },
  ];
}

/** Fills in defaults. @throws AppError data.generator_option for an unknown, fractional or out-of-range option */
export function readOptions(generator: Generator, given: Readonly<Record<string, number>>): Record<string, number> {
  for (const name of Object.keys(given))
    if (!generator.options.some((option) => option.name === name))
      throw new AppError("data.generator_option_unknown", {
        generator: generator.name,
        option: name,
        known: generator.options.map((option) => option.name).join(", "),
      });
  return Object.fromEntries(
    generator.options.map((option) => {
      const value = given[option.name] ?? option.default;
      const whole = option.name !== "noise";
      if (!Number.isFinite(value) || value < option.min || value > option.max || (whole && !Number.isInteger(value)))
        throw new AppError("data.generator_option", {
          generator: generator.name,
          option: option.name,
          min: option.min,
          max: option.max,
          received: value,
        });
      return [option.name, value];
    }),
  );
}

export function generate(generator: Generator, given: Readonly<Record<string, number>>): Table {
  const options = readOptions(generator, given);
  return generator.generate(options, new Random(options.seed as number));
}

const LABELS = "abcdefghij";

/** Columns x1, x2 and label ("a", "b" …). */
export function labelledPoints(
  points: readonly { readonly x1: number; readonly x2: number; readonly label: number }[],
  classes: number,
): Table {
  const label: CategoryColumn = {
    kind: "category",
    name: "label",
    codes: Int32Array.from(points, (point) => point.label),
    categories: [...LABELS.slice(0, classes)],
  };
  return tableOf(points.length, [
    numbers(
      "x1",
      points.map(({ x1 }) => x1),
    ),
    numbers(
      "x2",
      points.map(({ x2 }) => x2),
    ),
    label,
  ]);
}

export function numbers(name: string, values: readonly number[]): NumberColumn {
  return { kind: "number", name, values: Float64Array.from(values) };
}

export function tableOf(rowCount: number, columns: Table["columns"]): Table {
  return { rowCount, rowIds: Uint32Array.from({ length: rowCount }, (_, row) => row), columns };
}
