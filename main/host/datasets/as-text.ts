/**
 * Tables that are no text, written out as CSV: Parquet and JSON (also packed) by DuckDB, sheets of Excel by a thread of
 * their own, the one table of an archive or folder. From there they are read as any other table.
 */
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { AppError, type ErrorData } from "../../../core/errors.ts";
import { type Database, literal, openDatabase } from "./duckdb.ts";
import { readSheetInThread } from "./excel/sheet-thread.ts";
import { fileError } from "./file-errors.ts";
import type { TableChoice } from "./files-meant.ts";
import { isNotRecords, isOfColumns, jsonReader, notRecords, packed, type Reader } from "./json-tables.ts";
import { isZip } from "./pictures/open-files.ts";
import { isWorkbook, openZip } from "./pictures/picture-files.ts";
import { type TakenTable, tableInArchive } from "./table-in-archive.ts";
import { writeTextFiles } from "./texts/text-files.ts";

const HEAD_BYTES = 1 << 16;

export interface WrittenTable {
  /** A CSV with a header, as UTF-8. */
  readonly path: string;
  readonly warnings: readonly ErrorData[];
  /** Taken out of an archive: in its own encoding still, and its delimiter. */
  readonly asItWas?: true;
  /** Which of a workbook's sheets, or of the tables in an archive, this is. */
  readonly sheet?: TableChoice;
}

export interface WriteOptions {
  /** Of texts in files of their own, where the person names it. */
  readonly encoding?: string | undefined;
  /** Name of a sheet of Excel, the first that holds something when left out; or of one of several tables in an archive. */
  readonly sheet?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Where only the first rows are wanted: no more of Parquet, JSON and texts are written. A sheet is read whole in any case. */
  readonly mostRows?: number | undefined;
}

/**
 * @param work folder for the file that is made; the caller removes it
 * @returns null where the file is none of these
 * @throws AppError data.parquet_damaged, data.json_*, data.excel_*, data.not_excel, data.archive_*
 */
export async function asTable(path: string, name: string, work: string, options: WriteOptions = {}): Promise<WrittenTable | null> {
  const { signal, sheet, mostRows } = options;
  const made = join(work, "rows.csv");
  const texts = await writeTextFiles(path, name, made, options);
  if (texts !== null) return { path: made, warnings: texts.warnings };
  const head = (await stat(path)).isDirectory() ? Buffer.alloc(0) : await headOf(path);
  if (await holdsSheets(path, name, head)) return sheetAsTable(path, name, made, options);
  const taken = await tableInArchive({ path, name, work, table: sheet, encoding: options.encoding, signal });
  if (taken !== null) return fromArchive(taken, work, options);
  if (sheet !== undefined) throw new AppError("data.not_excel", { file: name, sheet });
  const reader = readerFor(head, name) ?? packedReaderFor(await unpackedHead(path, head), name);
  if (reader === null) return null;
  const database = await openDatabase(join(work, "spill-of-rows"), signal);
  try {
    const from = `${reader.call}(${literal(path)}${reader.options})`;
    if (reader.oneLine && isOfColumns(await database.rows(`SELECT * FROM ${from} LIMIT 2`))) throw notRecords(name);
    await write(database, from, made, mostRows);
    return { path: made, warnings: [] };
  } catch (thrown) {
    // A full disk is no fault of the file, though DuckDB tells both in one way.
    const told = fileError(thrown, name);
    if (told instanceof AppError || !(thrown instanceof Error) || !DAMAGED.test(thrown.message)) throw told;
    if (isNotRecords(thrown.message)) throw notRecords(name, thrown);
    throw new AppError(reader.code, { file: name, reason: (thrown.message.split("\n")[0] ?? "").slice(0, 300) }, { cause: thrown });
  } finally {
    database.close();
  }
}

async function fromArchive({ path, name, choice, warnings }: TakenTable, work: string, options: WriteOptions): Promise<WrittenTable> {
  // Where the name was that of the table, none of a sheet is left.
  const written = await asTable(path, name, work, choice === undefined ? options : { ...options, sheet: undefined });
  const table: WrittenTable = written ?? { path, warnings: [], asItWas: true };
  return { ...table, warnings: [...warnings, ...table.warnings], ...(choice === undefined ? {} : { sheet: choice }) };
}

async function holdsSheets(path: string, name: string, head: Uint8Array): Promise<boolean> {
  if (!isZip(head)) return false;
  const zip = await openZip(path, name);
  zip.close();
  return isWorkbook(zip.files.map((file) => file.name));
}

async function sheetAsTable(path: string, name: string, target: string, { sheet, signal }: WriteOptions): Promise<WrittenTable> {
  const read = await readSheetInThread({ path, name, sheet: sheet ?? null, target }, signal);
  const { errors } = read;
  const warnings: ErrorData[] =
    errors === null ? [] : [{ code: "data.excel_error_cells", params: { file: name, sheet: read.sheet, ...errors } }];
  return { path: target, warnings, sheet: { name: read.sheet, all: read.sheets, of: "workbook" } };
}

const DAMAGED = /^(Invalid|IO Error|Serialization Error|TProtocolException|Binder Error|Conversion Error|Not implemented)/i;

const PARQUET: Reader = { call: "read_parquet", options: "", code: "data.parquet_damaged" };

function readerFor(head: Buffer, name: string): Reader | null {
  if (head.subarray(0, 4).toString("latin1") === "PAR1" && head.includes(0)) return PARQUET;
  return jsonReader(head.toString("utf8"), head.length === HEAD_BYTES, name);
}

function packedReaderFor(head: Buffer | null, name: string): Reader | null {
  const reader = head === null ? null : readerFor(head, name);
  return reader === null || reader === PARQUET ? null : packed(reader);
}

/** Of a file that is packed as gzip; null where it is not, or cannot be unpacked (reading it then says so). */
async function unpackedHead(path: string, head: Buffer): Promise<Buffer | null> {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return null;
  const file = await open(path);
  const unpacked = file.createReadStream({ start: 0, autoClose: false }).pipe(createGunzip());
  let start: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of unpacked) {
      start = Buffer.concat([start, chunk as Buffer]);
      if (start.length >= HEAD_BYTES) break;
    }
  } catch {
    return null;
  } finally {
    unpacked.destroy();
    await file.close();
  }
  return start.subarray(0, HEAD_BYTES);
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(bytes, 0, HEAD_BYTES, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Strings of JSON lose their quotes; other nested values are JSON. */
async function write(database: Database, from: string, target: string, mostRows: number | undefined): Promise<void> {
  const columns = await database.rows(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${from})`);
  const cell = ([name, type]: readonly unknown[]): string => {
    const id = `"${String(name).replaceAll('"', '""')}"`;
    return type === "JSON" ? `coalesce(${id} ->> '$', '') AS ${id}` : id;
  };
  const limit = mostRows === undefined ? "" : ` LIMIT ${mostRows}`;
  await database.run(`COPY (SELECT ${columns.map(cell).join(", ")} FROM ${from}${limit}) TO ${literal(target)} (FORMAT csv, HEADER true)`);
}
