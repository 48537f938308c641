/** Tables that are no text, Parquet and JSON lines, written out as CSV by DuckDB: from there they are read as any other table. */
import { open } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../../core/errors.ts";
import { type Database, literal, openDatabase } from "./duckdb.ts";

const HEAD_BYTES = 1 << 16;

/**
 * @param work folder for the file that is made; the caller removes it
 * @returns path of a CSV with a header, or null where the file is neither
 * @throws AppError data.parquet_damaged, data.json_lines_damaged
 */
export async function asText(path: string, name: string, work: string, signal?: AbortSignal): Promise<string | null> {
  const reader = readerFor(await headOf(path));
  if (reader === null) return null;
  const database = await openDatabase(join(work, "spill-of-rows"), signal);
  const made = join(work, "rows.csv");
  try {
    await write(database, `${reader.call}(${literal(path)}${reader.options})`, made);
    return made;
  } catch (thrown) {
    if (thrown instanceof AppError || !(thrown instanceof Error) || !DAMAGED.test(thrown.message)) throw thrown;
    throw new AppError(reader.code, { file: name, reason: (thrown.message.split("\n")[0] ?? "").slice(0, 300) }, { cause: thrown });
  } finally {
    database.close();
  }
}

const DAMAGED = /^(Invalid|IO Error|Serialization Error|TProtocolException|Binder Error|Conversion Error|Not implemented)/i;

interface Reader {
  readonly call: string;
  readonly options: string;
  readonly code: string;
}
const PARQUET: Reader = { call: "read_parquet", options: "", code: "data.parquet_damaged" };
// All rows decide the types, as with tables of text; an object in a cell stays as it is written.
const JSON_LINES: Reader = {
  call: "read_json",
  options: ", format = 'newline_delimited', sample_size = -1, maximum_depth = 1",
  code: "data.json_lines_damaged",
};

function readerFor(head: Buffer): Reader | null {
  if (head.subarray(0, 4).toString("latin1") === "PAR1" && head.includes(0)) return PARQUET;
  const start = head
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart();
  return start.startsWith("{") && isObject(start.split("\n", 1)[0] ?? "") ? JSON_LINES : null;
}

function isObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === "object";
  } catch {
    return false;
  }
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
async function write(database: Database, from: string, target: string): Promise<void> {
  const columns = await database.rows(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${from})`);
  const cell = ([name, type]: readonly unknown[]): string => {
    const id = `"${String(name).replaceAll('"', '""')}"`;
    return type === "JSON" ? `coalesce(${id} ->> '$', '') AS ${id}` : id;
  };
  await database.run(`COPY (SELECT ${columns.map(cell).join(", ")} FROM ${from}) TO ${literal(target)} (FORMAT csv, HEADER true)`);
}
