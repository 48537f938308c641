/**
 * The steps of the design seen from one column: what is done to it. The design keeps steps, each with the list of its
 * columns; people think of columns, each with what is done to it. Pure functions; the words are in the catalogue.
 */
import type { DataDocument, StepDocument } from "../../core/graph/document.ts";
import { defaultsOf } from "../../core/schema/validate.ts";
import { stepDefinition, stepDefinitions } from "../../core/steps/definitions.ts";

export const MISSING = ["none", "constant", "mean", "median", "most_frequent", "category"] as const;
export const SCALINGS = ["none", "standardise", "min_max"] as const;
export const ENCODINGS = ["none", "one_hot", "ordinal"] as const;
export const DATE_PARTS = ["year", "month", "day", "weekday", "hour", "minute"] as const;
/** What a time of day has of them. */
export const TIME_PARTS = ["hour", "minute"] as const satisfies readonly (typeof DATE_PARTS)[number][];

export type Missing = (typeof MISSING)[number];
export type Scaling = (typeof SCALINGS)[number];
export type Encoding = (typeof ENCODINGS)[number];
export type DatePart = (typeof DATE_PARTS)[number];

export interface PreparationChoices {
  /** Null where dates are not taken apart. */
  readonly dateParts: readonly DatePart[] | null;
  readonly missing: Missing;
  /** What the strategies `constant` and `category` put in place. */
  readonly missingValue: number;
  readonly missingCategory: string;
  readonly log1p: boolean;
  readonly scaling: Scaling;
  /** Bounds of min_max. */
  readonly lower: number;
  readonly upper: number;
  readonly encoding: Encoding;
}

export interface Preparation extends PreparationChoices {
  /** Types of all other steps, in order. */
  readonly others: readonly string[];
}

export type PreparationChange = Partial<PreparationChoices>;

/** Kinds of step in the order in which they work on a column; dates are numbers only after they are taken apart. */
const KINDS = ["date_parts", "impute", "log1p", "scale", "encode"] as const;
type Kind = (typeof KINDS)[number];

const KIND_OF: Readonly<Record<string, Kind>> = {
  date_parts: "date_parts",
  impute: "impute",
  log1p: "log1p",
  standardise: "scale",
  min_max: "scale",
  one_hot: "encode",
  ordinal: "encode",
};

function kindOf(step: StepDocument): Kind | undefined {
  return Object.hasOwn(KIND_OF, step.type) ? KIND_OF[step.type] : undefined;
}
/** Steps of unknown type go between whatever they stand. */
function rankOf(step: StepDocument): number {
  const kind = kindOf(step);
  return kind === undefined ? -1 : KINDS.indexOf(kind);
}

const NOTHING: Preparation = {
  dateParts: null,
  missing: "none",
  missingValue: 0,
  missingCategory: "missing",
  log1p: false,
  scaling: "none",
  lower: 0,
  upper: 1,
  encoding: "none",
  others: [],
};

/** What is done to a column. Where a design names a column in two steps of a kind, the later one is shown. */
export function preparationOf(data: DataDocument, column: string): Preparation {
  return stepsToPreparation(data.steps.filter((step) => step.columns.includes(column)));
}

/** The same for all columns at once, for tables of thousands of columns. */
export function preparations(data: DataDocument): ReadonlyMap<string, Preparation> {
  const steps = new Map<string, StepDocument[]>();
  for (const step of data.steps)
    for (const name of step.columns) {
      const own = steps.get(name);
      if (own === undefined) steps.set(name, [step]);
      else own.push(step);
    }
  return new Map(data.columns.map(({ name }) => [name, stepsToPreparation(steps.get(name) ?? [])]));
}

function stepsToPreparation(steps: readonly StepDocument[]): Preparation {
  const others = steps.filter((step) => kindOf(step) === undefined).map(({ type }) => type);
  return Object.assign({}, NOTHING, ...steps.map(readStep), { others });
}

function readStep(step: StepDocument): PreparationChange {
  const numberOf = (name: string, otherwise: number): number => (typeof step[name] === "number" ? step[name] : otherwise);
  switch (kindOf(step)) {
    case "date_parts": {
      const options = { ...defaultsOf(stepDefinition(step.type).schema), ...step };
      return { dateParts: DATE_PARTS.filter((part) => options[part] === true) };
    }
    case "impute":
      return {
        missing: MISSING.find((strategy) => strategy === step["strategy"]) ?? "constant",
        missingValue: numberOf("value", 0),
        missingCategory: typeof step["category"] === "string" ? step["category"] : "missing",
      };
    case "log1p":
      return { log1p: true };
    case "scale":
      return step.type === "min_max"
        ? { scaling: "min_max", lower: numberOf("lower", 0), upper: numberOf("upper", 1) }
        : { scaling: "standardise" };
    case "encode":
      return { encoding: step.type === "ordinal" ? "ordinal" : "one_hot" };
    default:
      return {};
  }
}

/** The step that does a part of a preparation, without columns; null where nothing is done. */
function stepFor(kind: Kind, preparation: Preparation): StepDocument | null {
  const step = (type: string, options: Readonly<Record<string, unknown>> = {}): StepDocument => ({
    type,
    columns: [],
    ...defaultsOf(stepDefinition(type).schema),
    ...options,
  });
  switch (kind) {
    case "date_parts": {
      const { dateParts } = preparation;
      return dateParts === null ? null : step("date_parts", Object.fromEntries(DATE_PARTS.map((part) => [part, dateParts.includes(part)])));
    }
    case "impute":
      if (preparation.missing === "none") return null;
      return step("impute", {
        strategy: preparation.missing,
        ...(preparation.missing === "constant" ? { value: preparation.missingValue } : {}),
        ...(preparation.missing === "category" ? { category: preparation.missingCategory } : {}),
      });
    case "log1p":
      return preparation.log1p ? step("log1p") : null;
    case "scale":
      if (preparation.scaling === "none") return null;
      return preparation.scaling === "min_max"
        ? step("min_max", { lower: preparation.lower, upper: preparation.upper })
        : step("standardise");
    case "encode":
      return preparation.encoding === "none" ? null : step(preparation.encoding);
    default:
      return kind satisfies never;
  }
}

const KIND_OF_FIELD: Readonly<Record<keyof PreparationChoices, Kind>> = {
  dateParts: "date_parts",
  missing: "impute",
  missingValue: "impute",
  missingCategory: "impute",
  log1p: "log1p",
  scaling: "scale",
  lower: "scale",
  upper: "scale",
  encoding: "encode",
};

/**
 * The data section with something else done to one column or to several. Steps of other columns stay as they are and
 * where they are; columns with the same options share a step; a step that loses its last column goes.
 */
export function withPreparation(data: DataDocument, column: string | readonly string[], change: PreparationChange): DataDocument {
  const names = typeof column === "string" ? [column] : column;
  const kinds = KINDS.filter((kind) => Object.keys(change).some((field) => KIND_OF_FIELD[field as keyof PreparationChoices] === kind));
  const before = names.length === 1 ? null : preparations(data);
  let steps: readonly StepDocument[] = data.steps;
  for (const kind of kinds) {
    // Columns may differ in what the change leaves alone (the constant, say): each gets the step that it then needs.
    const wanted = new Map<string, { step: StepDocument; names: string[] }>();
    for (const name of names) {
      const step = stepFor(kind, { ...(before?.get(name) ?? preparationOf(data, name)), ...change });
      if (step === null) continue;
      const key = JSON.stringify(step);
      const known = wanted.get(key);
      if (known === undefined) wanted.set(key, { step, names: [name] });
      else known.names.push(name);
    }
    steps = withoutColumns(steps, new Set(names), kind);
    for (const { step, names: same } of wanted.values()) steps = withStep(steps, step, same);
  }
  const place = new Map(data.columns.map(({ name }, index) => [name, index]));
  const inOrder = (columns: readonly string[]): string[] => [...columns].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  return {
    ...data,
    steps: steps
      .filter(({ columns }) => columns.length > 0)
      .map((step) => (data.steps.includes(step) ? step : { ...step, columns: inOrder(step.columns) })),
  };
}

/** Nothing is done to these columns any more. Steps of a type that no registry knows are left alone. */
export function withoutPreparation(data: DataDocument, columns: readonly string[]): DataDocument {
  const names = new Set(columns);
  const steps = data.steps.map((step) =>
    Object.hasOwn(stepDefinitions, step.type) && step.columns.some((name) => names.has(name))
      ? { ...step, columns: step.columns.filter((name) => !names.has(name)) }
      : step,
  );
  return { ...data, steps: steps.filter((step) => step.columns.length > 0) };
}

function withoutColumns(steps: readonly StepDocument[], names: ReadonlySet<string>, kind: Kind): readonly StepDocument[] {
  return steps.map((step) =>
    kindOf(step) === kind && step.columns.some((name) => names.has(name))
      ? { ...step, columns: step.columns.filter((name) => !names.has(name)) }
      : step,
  );
}

/** Adds the columns to a step with the same options, or puts the step where their other steps allow it. */
function withStep(steps: readonly StepDocument[], step: StepDocument, names: readonly string[]): readonly StepDocument[] {
  let result = steps;
  let left = names;
  while (left.length > 0) {
    const bounds = boundsOf(result, left, rankOf(step));
    const first = bounds.get(left[0] as string) as Bounds;
    const together = left.filter((name) => bounds.get(name)?.after === first.after && bounds.get(name)?.before === first.before);
    const rest = new Set(together);
    result = placed(result, step, together, first);
    left = left.filter((name) => !rest.has(name));
  }
  return result;
}

/** Indices of the last step that must come before and of the first that must come after. */
interface Bounds {
  after: number;
  before: number;
}

function boundsOf(steps: readonly StepDocument[], names: readonly string[], rank: number): Map<string, Bounds> {
  const bounds = new Map(names.map((name): [string, Bounds] => [name, { after: -1, before: steps.length }]));
  steps.forEach((step, index) => {
    const own = rankOf(step);
    if (own < 0) return;
    for (const name of step.columns) {
      const found = bounds.get(name);
      if (found === undefined) continue;
      if (own < rank) found.after = index;
      else if (own > rank && found.before === steps.length) found.before = index;
    }
  });
  return bounds;
}

function placed(
  steps: readonly StepDocument[],
  step: StepDocument,
  names: readonly string[],
  { after, before }: Bounds,
): readonly StepDocument[] {
  const same = steps.findIndex((other, index) => index > after && index < before && sameOptions(other, step));
  if (same >= 0) return steps.map((other, index) => (index === same ? { ...other, columns: [...other.columns, ...names] } : other));
  let index = after + 1;
  while (index < before && rankOf(steps[index] as StepDocument) <= rankOf(step)) index += 1;
  return [...steps.slice(0, index), { ...step, columns: [...names] }, ...steps.slice(index)];
}

/** Left-out options are at their defaults. */
function sameOptions(a: StepDocument, b: StepDocument): boolean {
  if (a.type !== b.type) return false;
  const defaults = defaultsOf(stepDefinition(a.type).schema);
  const optionsOf = ({ type: _type, columns: _columns, ...options }: StepDocument): string => {
    const all: Readonly<Record<string, unknown>> = { ...defaults, ...options };
    return JSON.stringify(
      Object.keys(all)
        .sort()
        .map((name) => [name, all[name]]),
    );
  };
  return optionsOf(a) === optionsOf(b);
}
