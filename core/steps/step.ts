/**
 * Step of preparation: what it is (definition: options and words, free of maths) and what it does (implementation: fit
 * on the training rows, apply to any rows). What fit returns is JSON: it is stored with the model and gives the same
 * bits when it is applied again. The order of steps is the order in the design; core/data/prepare.ts runs them.
 */
import type { CategoryColumn, NumberColumn, PictureColumn, TextColumn } from "../data/table.ts";
import { AppError } from "../errors.ts";
import type { Shape } from "../ir/tensor.ts";
import type { ConfigOf, Schema } from "../schema/fields.ts";

/** Milliseconds since 1970 in UTC, NaN is missing: a column of dates before date_parts makes numbers of it. */
export interface DateColumn {
  readonly kind: "date";
  readonly name: string;
  readonly values: Float64Array;
}
/** K numbers a row, all 0 but one: `codes` says which, -1 is none. */
export interface OneHotColumn {
  readonly kind: "one_hot";
  readonly name: string;
  readonly codes: Int32Array;
  /** One name a number: `meal=BB`. */
  readonly names: readonly string[];
}
/** Several numbers a row with a shape of their own: words by index, counts of words, pixels. */
export interface TensorColumn {
  readonly kind: "tensor";
  readonly name: string;
  /** Of one row. */
  readonly shape: Shape;
  /** `[rows, ...shape]`, row-major. */
  readonly values: Float32Array;
  /** Which of the rows in `values` each row is, where rows share them (pictures); left out where each has its own, in order. */
  readonly places?: Uint32Array;
  /** One name a number, where numbers have names (words of a bag); empty else. */
  readonly names: readonly string[];
}
export type StepColumn = (NumberColumn | CategoryColumn | DateColumn | OneHotColumn | TextColumn | PictureColumn | TensorColumn) & {
  /** The column of the table that it was made of, where it has another name: others may have made one of the same name. */
  readonly of?: string;
};
export type StepColumnKind = StepColumn["kind"];
export type NumberStepColumn = NumberColumn;

/** The one target column of the training rows, for steps that learn from it. */
export type StepTarget = (
  | { readonly kind: "numbers"; readonly values: Float64Array }
  /** Codes from 0 to classes − 1. */
  | { readonly kind: "classes"; readonly codes: Int32Array; readonly classes: readonly string[] }
) & {
  /** Numbers of the rows in the table: a bag may have one more than once. Left out where all are different. */
  readonly rowIds?: Uint32Array;
};

export interface StepTexts {
  readonly label: string;
  readonly summary: string;
  readonly fields: Readonly<Record<string, { readonly label: string; readonly help: string }>>;
}

export interface StepDefinition<S extends Schema = Schema> {
  readonly type: string;
  readonly schema: S;
  readonly texts: Readonly<Record<"en" | "zh", StepTexts>>;
  /** Kinds of column the step takes; any other is refused. */
  readonly takes: readonly StepColumnKind[];
  /** The step has an inverse and may be used on a numeric target. */
  readonly onTargets: boolean;
  /** Numbers come out in one common range. */
  readonly scales?: true;
  /** The option that says how many numbers a text becomes at most. */
  readonly textWidthField?: string;
  /** Rows that are wide and nearly all zeros come out. */
  readonly mostlyZeros?: true;
  /** One number for each category comes out. */
  readonly spreads?: true;
  /** Indices for an embedding come out; the option that says how many there are at most. */
  readonly indexCountField?: string;
  /** One index for each category comes out, from 1 in no order that counts; 0 is missing or unknown. */
  readonly numbersCategories?: true;
}

export function defineStep<const S extends Schema>(definition: StepDefinition<S>): StepDefinition<S> {
  return definition;
}

/** What learns from rows that come in pieces: what it has learnt after the last is what it would have learnt from all at once. */
export interface Learner<Column, State> {
  readonly add: (piece: Column) => void;
  readonly finish: () => State;
  /** Of one that was given a limit: rows that it has learnt from, where they were too many for it. */
  readonly sampled?: () => number | null;
}

/** How much memory may be taken by what is learnt from, of a step that needs all rows at once: of more a sample is taken. */
export interface LearnLimit {
  readonly bytes: number;
  /** Of the draw. */
  readonly seed: number;
}

/** What a step learns from the training rows that must not show a row its own target. */
export interface CrossFit {
  /** From all of them: what other rows get. */
  readonly fitted: unknown;
  /** From the rows outside each fold: what the training rows of that fold get. */
  readonly folds: readonly unknown[];
}

/** Learns from the training rows in pieces, gone over more than once. */
export interface CrossLearner extends Learner<readonly StepColumn[], CrossFit> {
  /** Of each training row. */
  readonly foldOf: Int32Array;
  /** The rows begin anew: called before every pass but the first. */
  readonly again: () => void;
}

export interface CrossFitting {
  /** How often the training rows are gone over. */
  readonly passes: (config: Readonly<Record<string, unknown>>) => number;
  /** @param target of all training rows */
  readonly learner: (columns: number, config: Readonly<Record<string, unknown>>, target: StepTarget | null) => CrossLearner;
}

export interface StepImplementation {
  /**
   * @param columns the named columns, training rows only
   * @param target  of the same rows; null where there is none, or not exactly one
   * @returns JSON
   */
  readonly fit: (columns: readonly StepColumn[], config: Readonly<Record<string, unknown>>, target?: StepTarget | null) => unknown;
  /** What `fit` does, of a step that can learn from the training rows in pieces. @param names of the columns */
  readonly learner?: (
    names: readonly string[],
    config: Readonly<Record<string, unknown>>,
    limit: LearnLimit,
  ) => Learner<readonly StepColumn[], unknown>;
  /** @returns for each column given, what takes its place: most often one column of the same name */
  readonly apply: (
    columns: readonly StepColumn[],
    fitted: unknown,
    config: Readonly<Record<string, unknown>>,
  ) => readonly (readonly StepColumn[])[];
  /** Of a step that must not show a training row its own target: it is learnt so, and `fit` is not asked. Only numbers come out of it. */
  readonly crossFit?: CrossFitting;
  /** What the indices of a column stand for, by index, of a step that makes indices; null for what is no word (padding, unknown). */
  readonly indexNames?: (columnName: string, fitted: unknown) => readonly (string | null)[];
  /** Undoes apply on the values of one number column (a target, or a prediction of it); there at least where `onTargets` is true. */
  readonly inverse?: (values: Float64Array, columnName: string, fitted: unknown, config: Readonly<Record<string, unknown>>) => Float64Array;
}

/** What a step that treats every column by itself does to one column. `State` must be JSON. */
interface OneColumnStep<S extends Schema, State> {
  /** At once, or from pieces of a column. */
  readonly fit: ((column: StepColumn, config: ConfigOf<S>) => State) | { readonly inPieces: PieceFit<S, State> };
  readonly apply: (column: StepColumn, state: State, config: ConfigOf<S>) => StepColumn | readonly StepColumn[];
  readonly inverse?: (value: number, state: State, config: ConfigOf<S>) => number;
  readonly indexNames?: (state: State) => readonly (string | null)[];
}

/** @param limit null where all rows are in memory: then none is left out */
type PieceFit<S extends Schema, State> = (name: string, config: ConfigOf<S>, limit: LearnLimit | null) => Learner<StepColumn, State>;

/** Makes a step of one that treats every column by itself: what it learns is stored by column name, and by what the column was made of. */
export function columnByColumn<S extends Schema, State>(definition: StepDefinition<S>, step: OneColumnStep<S, State>): StepImplementation {
  const stateOf = (column: Pick<StepColumn, "name" | "of">, fitted: unknown): State => {
    // Models of before have names alone.
    const key = [keyOf(column), column.name].find((one) => fitted !== null && typeof fitted === "object" && Object.hasOwn(fitted, one));
    if (key === undefined) throw new AppError("data.step_not_fitted", { step: definition.type, column: column.name });
    return (fitted as Record<string, State>)[key] as State;
  };
  const { fit: how, inverse, indexNames } = step;
  const learnt = (column: StepColumn, config: ConfigOf<S>): State => {
    if (typeof how === "function") return how(column, config);
    const learner = how.inPieces(column.name, config, null);
    learner.add(column);
    return learner.finish();
  };
  return {
    // fromEntries makes an own property of any name, "__proto__" included.
    fit: (columns, config) => Object.fromEntries(columns.map((column) => [keyOf(column), learnt(column, config as ConfigOf<S>)])),
    ...(typeof how === "function"
      ? {}
      : { learner: (names, config, limit) => learnerOf(how.inPieces, names, config as ConfigOf<S>, limit) }),
    apply: (columns, fitted, config) =>
      columns.map((column) => {
        const made = step.apply(column, stateOf(column, fitted), config as ConfigOf<S>);
        return "kind" in made ? [made] : made;
      }),
    ...(indexNames === undefined ? {} : { indexNames: (name, fitted) => indexNames(stateOf({ name }, fitted)) }),
    ...(inverse === undefined
      ? {}
      : {
          inverse: (values, name, fitted, config) =>
            values.map((value) => inverse(value, stateOf({ name }, fitted), config as ConfigOf<S>)),
        }),
  };
}

const keyOf = ({ name, of }: Pick<StepColumn, "name" | "of">): string => (of === undefined ? name : JSON.stringify([of, name]));

function learnerOf<S extends Schema, State>(
  inPieces: PieceFit<S, State>,
  names: readonly string[],
  config: ConfigOf<S>,
  { bytes, seed }: LearnLimit,
): Learner<readonly StepColumn[], unknown> {
  const limit = { bytes: bytes / names.length, seed };
  const own = names.map((name) => [name, inPieces(name, config, limit)] as const);
  return {
    add: (columns) => columns.forEach((column, place) => own[place]?.[1].add(column)),
    finish: () => Object.fromEntries(own.map(([name, learner]) => [name, learner.finish()])),
    sampled: () => own.reduce<number | null>((least, [, learner]) => lesser(least, learner.sampled?.() ?? null), null),
  };
}

const lesser = (a: number | null, b: number | null): number | null => (a === null || b === null ? (a ?? b) : Math.min(a, b));

/** The values of a number column; the definition's `takes` has made sure that it is one. */
export function numbersOf(column: StepColumn): Float64Array {
  if (column.kind !== "number" && column.kind !== "date") throw new Error(`column '${column.name}' is of kind ${column.kind}, not number`);
  return column.values;
}

/** The texts of a text column; the definition's `takes` has made sure that it is one. */
export function textsOf(column: StepColumn): readonly (string | null)[] {
  if (column.kind !== "text") throw new Error(`column '${column.name}' is of kind ${column.kind}, not text`);
  return column.values;
}

/** A category column; the definition's `takes` has made sure that it is one. */
export function categoriesOf(column: StepColumn): CategoryColumn {
  if (column.kind !== "category") throw new Error(`column '${column.name}' is of kind ${column.kind}, not category`);
  return column;
}
