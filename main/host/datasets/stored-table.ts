/**
 * The stored form of a data set: Parquet (zstd), columns c0, c1 … as text, an empty cell NULL; the names are in the
 * file's metadata. Whoever knows the file's path can read it: no other record is needed.
 */
import { AppError } from "../../../core/errors.ts";
import { columnId, type Database, literal } from "./duckdb.ts";

const NAMES_KEY = "neuroloom_columns";

/** Cells that are held for one group of rows, and the rows that a group has at most and at least: DuckDB's own, and one vector. */
const CELLS_A_GROUP = 6_000_000;
const MOST_ROWS_A_GROUP = 122_880;
const VECTOR_ROWS = 2048;

/** What follows COPY … TO 'path'. Wide tables come in smaller groups of rows, so that writing takes no more memory than with narrow ones. */
export function storedTableOptions(names: readonly string[]): string {
  const vectors = Math.floor(CELLS_A_GROUP / names.length / VECTOR_ROWS);
  const rows = Math.min(MOST_ROWS_A_GROUP, Math.max(1, vectors) * VECTOR_ROWS);
  // Level 1 packs the hotel file 2 % less than level 3, in less time.
  return `(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE ${rows}, KV_METADATA {${NAMES_KEY}: ${literal(JSON.stringify(names))}})`;
}

/** Writes table `source`. */
export async function writeStoredTable(database: Database, path: string, names: readonly string[]): Promise<void> {
  await database.run(`COPY source TO ${literal(path)} ${storedTableOptions(names)}`);
}

/** Names of the columns, in order. @throws AppError data.stored_table_damaged */
export async function storedNames(database: Database, path: string): Promise<string[]> {
  const rows = await database.rows(`SELECT decode(value) FROM parquet_kv_metadata(${literal(path)}) WHERE decode(key) = '${NAMES_KEY}'`);
  const text = rows[0]?.[0];
  if (typeof text !== "string") throw new AppError("data.stored_table_damaged", { file: path });
  return JSON.parse(text) as string[];
}

/** A stored table as something to select from; with the number of each row, from 0, as a column where that has a name. */
export function fromStored(path: string, rowNumber?: string): string {
  const rows = `read_parquet(${literal(path)}${rowNumber === undefined ? "" : ", file_row_number = true"})`;
  return rowNumber === undefined ? rows : `(SELECT * RENAME (file_row_number AS ${rowNumber}) FROM ${rows})`;
}

export interface Preview {
  readonly columns: string[];
  readonly rows: (string | null)[][];
}

/** Some rows by their numbers, in that order. */
export async function rowsByNumber(database: Database, path: string, numbers: readonly number[]): Promise<Preview> {
  const columns = await storedNames(database, path);
  if (numbers.length === 0) return { columns, rows: [] };
  const ids = columns.map((_, place) => columnId(place)).join(", ");
  const found = await database.rows(
    `SELECT number, ${ids} FROM ${fromStored(path, "number")} WHERE number IN (${numbers.map((number) => Math.trunc(number)).join(", ")})`,
  );
  const byNumber = new Map(found.map(([number, ...cells]) => [Number(number), cells as (string | null)[]]));
  return { columns, rows: numbers.map((number) => byNumber.get(number) ?? columns.map(() => null)) };
}

/** Rows as they are in the file; null for an empty cell. */
export async function previewStored(database: Database, path: string, offset: number, count: number): Promise<Preview> {
  const columns = await storedNames(database, path);
  const ids = columns.map((_, place) => columnId(place)).join(", ");
  const rows = await database.rows(`SELECT ${ids} FROM ${fromStored(path)} LIMIT ${count} OFFSET ${offset}`);
  return { columns, rows: rows as (string | null)[][] };
}
