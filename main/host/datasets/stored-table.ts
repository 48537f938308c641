/**
 * The stored form of a data set: Parquet (zstd), columns c0, c1 … as text, an empty cell NULL; the names are in the
 * file's metadata. Whoever knows the file's path can read it: no other record is needed.
 */
import { AppError } from "../../../core/errors.ts";
import { columnId, type Database, literal } from "./duckdb.ts";

const NAMES_KEY = "neuroloom_columns";

/** Writes table `source`. */
export async function writeStoredTable(database: Database, path: string, names: readonly string[]): Promise<void> {
  await database.run(
    `COPY source TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {${NAMES_KEY}: ${literal(JSON.stringify(names))}})`,
  );
}

/** Names of the columns, in order. @throws AppError data.stored_table_damaged */
export async function storedNames(database: Database, path: string): Promise<string[]> {
  const rows = await database.rows(`SELECT decode(value) FROM parquet_kv_metadata(${literal(path)}) WHERE decode(key) = '${NAMES_KEY}'`);
  const text = rows[0]?.[0];
  if (typeof text !== "string") throw new AppError("data.stored_table_damaged", { file: path });
  return JSON.parse(text) as string[];
}

/** A stored table as something to select from. */
export function fromStored(path: string): string {
  return `read_parquet(${literal(path)})`;
}

export interface Preview {
  readonly columns: string[];
  readonly rows: (string | null)[][];
}

/** Rows as they are in the file; null for an empty cell. */
export async function previewStored(database: Database, path: string, offset: number, count: number): Promise<Preview> {
  const columns = await storedNames(database, path);
  const ids = columns.map((_, place) => columnId(place)).join(", ");
  const rows = await database.rows(`SELECT ${ids} FROM ${fromStored(path)} LIMIT ${count} OFFSET ${offset}`);
  return { columns, rows: rows as (string | null)[][] };
}
