/** What an import is asked for, what it tells while it goes on, and what comes of it (import-file.ts). */
import type { ErrorData } from "../../../core/errors.ts";
import type { ColumnProfile } from "../../../core/protocol/methods.ts";
import type { TableChoice } from "./files-meant.ts";
import type { Joins } from "./join/request.ts";
import type { PictureFormat } from "./pictures/picture-format.ts";

export interface ImportProgress {
  /** In this order; `unpacking` of archives that are packed as a whole. */
  readonly stage: "unpacking" | "reading" | "storing" | "profiling";
  /** 0 until they are counted. */
  readonly rows: number;
  /** As much of the file as the stage has come through. */
  readonly bytes: number;
  readonly totalBytes: number;
}

/** Of a table that was made of others: as what those were read, and what reading them had to say. */
export interface TableOrigin {
  readonly encoding: string;
  readonly sheet?: TableChoice;
  readonly warnings: readonly ErrorData[];
}

export interface ImportRequest extends Joins {
  readonly path: string;
  /** What the person calls the file; used in messages and as the data set's name. */
  readonly name: string;
  /** Where data sets are kept. */
  readonly folder: string;
  /** Encoding of the file where the person names it. */
  readonly encoding?: string | undefined;
  /**
   * Sheet of a workbook; the first that holds something when left out. Or one of several tables in an archive; its parts together, the one
   * called training, or the largest, when left out; or its pictures (PICTURES).
   */
  readonly sheet?: string | undefined;
  /** Where the file was made, as UTF-8: encoding and sheet were those of what it was made of. */
  readonly origin?: TableOrigin | undefined;
  /** Path of the labels that belong to a file of pictures (idx). */
  readonly labels?: string | undefined;
  /** Size and channels that pictures are brought to; by default what suits them. */
  readonly pictures?: PictureFormat | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ImportedTable {
  readonly name: string;
  /** The stored table. */
  readonly path: string;
  readonly rowCount: number;
  readonly columnCount: number;
  /** Of the file that was imported. */
  readonly sizeBytes: number;
  /** SHA-256 of the text, see decode-file.ts. */
  readonly fingerprint: string;
  /** As what a text was read. */
  readonly encoding?: string;
  /** Which of a workbook's sheets, or of the tables in an archive, was read. */
  readonly sheet?: TableChoice;
  readonly columns: ColumnProfile[];
  readonly warnings: ErrorData[];
}
