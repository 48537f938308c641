/** Where the rows of a table that does not fit into memory are, and where they go when they are prepared. */
import type { Table } from "../data/table.ts";
import type { ColumnDocument } from "../graph/document.ts";
import type { PictureSource } from "./stored-pictures.ts";

export type PartName = "training" | "validation" | "test";

/** What rows are read from. */
export interface RowReader {
  /** Told how often all rows will be read in pieces from now on. */
  readonly plan: (passes: number) => void;
  /** These columns whole. */
  readonly whole: (columns: readonly ColumnDocument[]) => Promise<Table>;
  /** All rows in order, in pieces; every call begins anew. @param rows of a piece at most, where it is not left open */
  readonly pieces: (columns: readonly ColumnDocument[], take: (piece: Table) => void, rows?: number) => Promise<void>;
  /** The pictures of the table; asked for only where there are any. In pieces a picture is the number of its place in the file. */
  readonly pictures: () => Promise<PictureSource>;
  /** Training rows that the steps may learn from at most. */
  readonly sampleRows: number;
}

/** … and written to. */
export interface RowSource extends RowReader {
  /**
   * Rows of a part, one after the other: the numbers of all inputs of each, or what SparseRows makes of them; or the steps of a series,
   * or the bits of what WindowRows says of its gaps; or the bytes of texts, as CopiedTexts says.
   * @param at numbers of the file before them, where they do not follow those that were written last
   */
  readonly write: (part: PartName | "series" | "known" | "texts", rows: Float32Array | Uint8Array, at: number | null) => void;
}
