/**
 * Columns in memory: what a reader delivers and what steps of preparation work on. A numeric column is one Float64Array
 * (NaN is missing); a categorical one is a code per row into its list of categories (-1 is missing).
 */
export interface NumberColumn {
  readonly kind: "number";
  readonly name: string;
  readonly values: Float64Array;
}
export interface CategoryColumn {
  readonly kind: "category";
  readonly name: string;
  /** Index into `categories`; -1 is missing. */
  readonly codes: Int32Array;
  readonly categories: readonly string[];
}
export type Column = NumberColumn | CategoryColumn;

export interface Table {
  readonly rowCount: number;
  /** Row numbers of the file, from 0: they stay with a row through filter, split and shuffle. */
  readonly rowIds: Uint32Array;
  readonly columns: readonly Column[];
}
