/**
 * Import: a text file becomes a stored data set, <folder>/<sha256>.parquet, with its profile. Everything is made in a
 * folder of its own beside it and moved at the end, so that a failure, a cancel or a full disk leaves nothing behind.
 */
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ErrorData } from "../../../core/errors.ts";
import type { ColumnProfile } from "../../../core/protocol/methods.ts";
import { asText } from "./as-text.ts";
import { openDatabase, refuseAborted } from "./duckdb.ts";
import { fileError } from "./file-errors.ts";
import { importPictures } from "./pictures/import-pictures.ts";
import { profileTable } from "./profile.ts";
import { readTextTable, type TextTable } from "./read-text-table.ts";
import { writeStoredTable } from "./stored-table.ts";
import { makeWorkFolder, sweepAbandoned } from "./work-folder.ts";

export interface ImportProgress {
  readonly stage: "reading" | "profiling" | "storing";
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface ImportRequest {
  readonly path: string;
  /** What the person calls the file; used in messages and as the data set's name. */
  readonly name: string;
  /** Where data sets are kept. */
  readonly folder: string;
  /** Encoding of the file where the person names it. */
  readonly encoding?: string | undefined;
  /** Path of the labels that belong to a file of pictures (idx). */
  readonly labels?: string | undefined;
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
  readonly columns: ColumnProfile[];
  readonly warnings: ErrorData[];
}

/** A target and something to learn it from. */
const FEWEST_COLUMNS = 2;

/** @throws AppError data.* */
export async function importFile(request: ImportRequest): Promise<ImportedTable> {
  const { folder, name, signal } = request;
  try {
    refuseAborted(signal);
    await mkdir(folder, { recursive: true });
    await sweepAbandoned(folder, ["import"]);
    const work = await makeWorkFolder("import", folder);
    try {
      return await importWithin(work, request);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  } catch (thrown) {
    throw fileError(thrown, name);
  }
}

async function importWithin(work: string, request: ImportRequest): Promise<ImportedTable> {
  const pictures = await importPictures(work, request);
  if (pictures !== null) return pictures;
  const written = await asText(request.path, request.name, work, request.signal);
  return importText(work, written === null ? request : { ...request, path: written });
}

async function importText(work: string, { path, name, folder, encoding, onProgress, signal }: ImportRequest): Promise<ImportedTable> {
  let bytes = 0;
  const report = (stage: ImportProgress["stage"], rows: number, totalBytes: number): void =>
    onProgress?.({ stage, rows, bytes, totalBytes });
  const database = await openDatabase(join(work, "spill"), signal);
  try {
    const table: TextTable = await readTextTable(database, path, name, join(work, "text"), {
      encoding,
      signal,
      raggedRows: "skip",
      fewestColumns: FEWEST_COLUMNS,
      onBytes: (read, totalBytes) => {
        bytes = read;
        report("reading", 0, totalBytes);
      },
    });
    bytes = table.fileBytes;
    report("profiling", table.rowCount, table.fileBytes);
    const profile = await profileTable(database, table.names, table.rowCount);
    report("storing", table.rowCount, table.fileBytes);
    const stored = join(work, "table.parquet");
    await writeStoredTable(database, stored, table.names);
    refuseAborted(signal);
    const target = join(folder, `${table.sha256}.parquet`);
    await rename(stored, target);
    return {
      name,
      path: target,
      rowCount: table.rowCount,
      columnCount: table.names.length,
      sizeBytes: table.fileBytes,
      fingerprint: table.sha256,
      encoding: table.encoding,
      columns: profile.columns,
      warnings: [...table.warnings, ...profile.warnings],
    };
  } finally {
    database.close();
  }
}
