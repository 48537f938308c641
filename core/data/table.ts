/**
 * Columns in memory: what a reader delivers and what steps of preparation work on. A numeric column is one Float64Array
 * (NaN is missing); a categorical one is a code per row into its list of categories (-1 is missing); texts and pictures
 * are as they were read.
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
/** Sentences and longer: what steps for text make numbers of. Null is missing. */
export interface TextColumn {
  readonly kind: "text";
  readonly name: string;
  readonly values: readonly (string | null)[];
}
/** One picture a row, all of one size, as they were decoded: 0 to 255. Several rows may show the same picture. */
export interface PictureColumn {
  readonly kind: "picture";
  readonly name: string;
  /** Height, width, channels (1 grey, 3 colour). */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** `[pictures, height, width, channels]` */
  readonly pixels: Uint8Array;
  /** Which picture each row shows; left out where each row has one of its own, in order. */
  readonly places?: Uint32Array;
}
export type Column = NumberColumn | CategoryColumn | TextColumn | PictureColumn;

export interface Table {
  readonly rowCount: number;
  /** Row numbers of the file, from 0: they stay with a row through filter, split and shuffle. */
  readonly rowIds: Uint32Array;
  readonly columns: readonly Column[];
  /** Of a series: row numbers of those that stand in it, so that the others stay where they are, but were left out by hand. */
  readonly leftOut?: ReadonlySet<number>;
}
