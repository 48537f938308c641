/** Rows of numbers as the engine takes them, and what they were made from: groups of features, targets and their encodings. */
import { type Shape, sizeOf } from "../ir/tensor.ts";

/** Rows of numbers for one input or output node, row-major `[rows, ...shape]`. */
export interface Rows {
  readonly values: Float32Array;
  /** Shape of one row. */
  readonly shape: Shape;
  /** Which of the rows in `values` each row is, where several share one (questions about one picture); never of a target. */
  readonly places?: Uint32Array;
}

/** Where row `row` begins in `values`. */
export const startOfRow = ({ places, shape }: Rows, row: number): number =>
  (places === undefined ? row : (places[row] as number)) * sizeOf(shape);

/** Rows from `from` to before `to`, each with values of its own: a view where they lie in order, else a copy. */
export function ownValues(rows: Rows, from: number, to: number): Float32Array {
  const width = sizeOf(rows.shape);
  if (rows.places === undefined) return rows.values.subarray(from * width, to * width);
  const own = new Float32Array((to - from) * width);
  for (let row = from; row < to; row += 1) {
    const start = startOfRow(rows, row);
    own.set(rows.values.subarray(start, start + width), (row - from) * width);
  }
  return own;
}

/**
 * How a target becomes numbers: `value` as it is (after its transforms), `binary` 0 or 1, `class_index` one number
 * from 0 to K−1, `one_hot` K columns, `multi_binary` one 0/1 column a target column, `sign` −1 or +1.
 */
export type TargetEncoding = "value" | "binary" | "class_index" | "one_hot" | "multi_binary" | "sign";

export interface TargetLayout {
  /** Of a column of lists the labels: the values that its lists hold. */
  readonly columns: readonly string[];
  readonly encoding: TargetEncoding;
  /** Class names by index (numeric classes in numeric order, others in code-point order); empty for numbers. */
  readonly classes: readonly string[];
  /** The column of lists that the labels are read from, and what parts its lists. */
  readonly lists?: { readonly column: string; readonly separator: string } | undefined;
}

/** Columns of the table that a target is read from. */
export const tableColumnsOf = ({ columns, lists }: Pick<TargetLayout, "columns" | "lists">): readonly string[] =>
  lists === undefined ? columns : [lists.column];

/** One group of numbers in the feature vector that came from one column. */
export interface FeatureGroup {
  readonly column: string;
  readonly width: number;
  /** One name a number: `adr`, `meal=BB`. Empty where numbers have no names (pixels, words by index). */
  readonly names: readonly string[];
  /** Of numbers that come in a shape of their own. */
  readonly shape?: Shape;
}
