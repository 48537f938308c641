/**
 * Columns of a stored table, or of any text file, as a Table in memory: numbers as float64 (missing is NaN), dates as
 * milliseconds, words as codes into their categories in code-point order. A word in a column of numbers is an error
 * that names the row and the value, never a silent NaN.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pixelBytes } from "../../../core/data/pixel-columns.ts";
import type { Column, Table } from "../../../core/data/table.ts";
import { AppError, type ErrorData } from "../../../core/errors.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import { asDate, asNumberOf, blanksOff, isMissing, missingWords, notReadable, trimmed } from "./cell-types.ts";
import { columnId, type Database, literal, openDatabase } from "./duckdb.ts";
import { fileError } from "./file-errors.ts";
import { withPictures } from "./pictures/stored-pictures.ts";
import { readTextTable } from "./read-text-table.ts";
import { fromStored, type Preview, previewStored, storedNames } from "./stored-table.ts";
import { makeWorkFolder } from "./work-folder.ts";

export interface LoadOptions {
  /** Of a text file, where the person names it. */
  readonly encoding?: string | undefined;
  /** Of a workbook; the first that holds something when left out. */
  readonly sheet?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * @param path    a stored table
 * @param columns which to read; ignored ones are left out, ones the table lacks too (preparing says which are needed)
 */
export async function loadTable(path: string, columns: readonly ColumnDocument[], options: LoadOptions = {}): Promise<Table> {
  const pictures = new Set(columns.filter(({ type, role }) => type === "picture" && role !== "ignored").map(({ name }) => name));
  const numbered = new Set<string>();
  const table = await inDatabase(path, options.signal, (database) =>
    reading(path, async () => {
      const names = await storedNames(database, path);
      // In the stored table a picture is the number of its place in the file beside it.
      for (const name of names) if (pictures.has(name)) numbered.add(name);
      const plain = columns.map((column) => (numbered.has(column.name) ? { ...column, type: "numeric" as const } : column));
      return readColumns(database, fromStored(path), names, plain);
    }),
  );
  return numbered.size === 0 ? table : withPictures(table, path, numbered);
}

/** @returns rows as text, as they are in the file */
export async function previewTable(path: string, offset: number, count: number): Promise<Preview> {
  return inDatabase(path, undefined, (database) => reading(path, () => previewStored(database, path, offset, count)));
}

/** Cells of some columns of these rows, in their order. @throws AppError data.column_missing */
export async function cellsOfRows(path: string, names: readonly string[], rows: Uint32Array): Promise<(string | null)[][]> {
  if (rows.length === 0) return [];
  const [first, last] = rows.reduce(([least, most], row) => [Math.min(least, row), Math.max(most, row)], [rows[0] as number, 0]);
  return queryStored(path, async (database) => {
    const ids = idsOfColumns(await storedNames(database, path), names);
    const all = await database.rows(
      `SELECT ${ids} FROM ${fromStored(path, "number")} WHERE number BETWEEN ${first} AND ${last} ORDER BY number`,
    );
    return Array.from(rows, (row) => all[row - first] as (string | null)[]);
  });
}

/** @throws AppError data.column_missing */
function idsOfColumns(columns: readonly string[], names: readonly string[]): string {
  const missing = names.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw new AppError("data.column_missing", { columns: missing.join(", "), count: missing.length });
  return names.map((name) => columnId(columns.indexOf(name))).join(", ");
}

/** Asks the stored table something else. */
export async function queryStored<T>(path: string, act: (database: Database) => Promise<T>, signal?: AbortSignal): Promise<T> {
  return inDatabase(path, signal, (database) => reading(path, () => act(database)));
}

/** What DuckDB says of a Parquet file that it cannot read; it has no codes. */
const DAMAGED = /^(Invalid Error|Invalid Input Error|IO Error|Serialization Error|TProtocolException)/;

async function reading<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    if (thrown instanceof AppError || !(thrown instanceof Error) || !DAMAGED.test(thrown.message)) throw thrown;
    throw new AppError("data.stored_table_damaged", { file: path }, { cause: thrown });
  }
}

export interface FileTable {
  readonly table: Table;
  /** Names of all columns of the file. */
  readonly names: readonly string[];
  readonly fingerprint: string;
  readonly warnings: readonly ErrorData[];
  /** Cells of the columns asked for by `passThrough`, as text; null is empty. */
  readonly passThrough: readonly (readonly (string | null)[])[];
}

/**
 * A text file read for a model that exists: no library, nothing stored. Lines that do not fit are refused, because a
 * prediction is wanted for every line.
 * @param columns     as the model's pipeline has them
 * @param passThrough names of columns whose cells are wanted as they are
 */
export async function readFileTable(
  path: string,
  columns: readonly ColumnDocument[],
  passThrough: readonly string[] = [],
  options: LoadOptions = {},
): Promise<FileTable> {
  const work = await makeWorkFolder("neuroloom-read");
  try {
    return await inDatabase(path, options.signal, async (database) => {
      const expected = columns.filter(({ role }) => role === "feature").map(({ name }) => name);
      const read = await readTextTable(database, path, path, join(work, "text"), {
        expected,
        encoding: options.encoding,
        signal: options.signal,
        raggedRows: "refuse",
        fewestColumns: 1,
      });
      const { table, passThrough: cells } = await tableOfSource(database, read.names, columns, passThrough);
      return { table, names: read.names, fingerprint: read.sha256, warnings: read.warnings, passThrough: cells };
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Columns of the table `source`, and cells as they are.
 * @param names of its columns c0, c1 …
 */
export async function tableOfSource(
  database: Database,
  names: readonly string[],
  columns: readonly ColumnDocument[],
  passThrough: readonly string[],
): Promise<Pick<FileTable, "table" | "passThrough">> {
  const lacking = passThrough.filter((name) => !names.includes(name));
  if (lacking.length > 0) throw new AppError("data.column_missing", { columns: lacking.join(", "), count: lacking.length });
  const table = await readColumns(database, "source", names, columns);
  const ids = passThrough.map((name) => columnId(names.indexOf(name)));
  const cells = ids.length === 0 ? [] : ((await database.rows(`SELECT ${ids.join(", ")} FROM source`)) as (string | null)[][]);
  return { table, passThrough: cells };
}

export async function inDatabase<T>(file: string, signal: AbortSignal | undefined, act: (database: Database) => Promise<T>): Promise<T> {
  const spill = await makeWorkFolder("neuroloom-spill");
  try {
    const database = await openDatabase(spill, signal);
    try {
      return await act(database);
    } finally {
      database.close();
    }
  } catch (thrown) {
    throw fileError(thrown, file);
  } finally {
    await rm(spill, { recursive: true, force: true });
  }
}

export interface ColumnSource {
  readonly document: ColumnDocument;
  /** Name of the column in DuckDB. */
  readonly id: string;
  /** Of a column of words, in code-point order. */
  readonly categories: string[];
}

/** What one query reads at most: each opens the whole file, and memory grows with the cells. */
const COLUMNS_A_QUERY = 512;
const CELLS_A_QUERY = 20_000_000;

/**
 * Columns that the source lacks and those that are ignored are left out. Pictures that are made of columns of numbers are made.
 * @throws AppError data.column_missing where it has neither such pictures nor all their pixels
 */
export async function readColumns(
  database: Database,
  from: string,
  names: readonly string[],
  columns: readonly ColumnDocument[],
): Promise<Table> {
  const isMade = ({ type, role, pixels, name }: ColumnDocument): boolean =>
    type === "picture" && role !== "ignored" && pixels !== undefined && !names.includes(name);
  const made = columns.filter(isMade);
  if (made.length === 0) return readPlainColumns(database, from, names, columns);
  const others = columns.filter((column) => !isMade(column));
  const own = new Set(others.filter(({ role }) => role !== "ignored").map(({ name }) => name));
  const lacking = [...new Set(made.flatMap(({ pixels }) => pixels?.columns ?? []))].filter((name) => !own.has(name));
  const pixels = lacking.map((name): ColumnDocument => ({ name, type: "numeric", role: "feature" }));
  const asked = others.filter(({ name }) => !lacking.includes(name));
  const table = await readPlainColumns(database, from, names, [...asked, ...pixels]);
  const kept = table.columns.filter(({ name }) => own.has(name));
  return { ...table, columns: [...made.map((document) => pictureOfNumbers(document, table)), ...kept] };
}

function pictureOfNumbers({ name, pixels }: ColumnDocument, { columns }: Table): Column {
  if (pixels === undefined) throw new Error(`column '${name}' is not made of pixels`);
  const byName = new Map(columns.map((column) => [column.name, column]));
  const missing = pixels.columns.filter((column) => byName.get(column)?.kind !== "number");
  if (missing.length > 0) throw new AppError("data.column_missing", { columns: missing.slice(0, 10).join(", "), count: missing.length });
  const numbers = pixels.columns.flatMap((column) => {
    const found = byName.get(column);
    return found?.kind === "number" ? [found] : [];
  });
  return { kind: "picture", name, shape: pixels.shape, pixels: pixelBytes(numbers, pixels) };
}

async function readPlainColumns(
  database: Database,
  from: string,
  names: readonly string[],
  columns: readonly ColumnDocument[],
): Promise<Table> {
  const places = new Map(names.map((name, place) => [name, place]));
  const wanted = columns.filter(({ name, role }) => role !== "ignored" && places.has(name));
  const rowCount = Number((await database.rows(`SELECT count(*)::INTEGER FROM ${from}`))[0]?.[0]);
  const sources = wanted.map((document) => ({ document, id: columnId(places.get(document.name) as number) }));
  const all = sources.filter(({ document }) => !isText(document));
  const built: Column[] = [];
  const step = Math.max(1, Math.min(COLUMNS_A_QUERY, Math.floor(CELLS_A_QUERY / Math.max(1, rowCount))));
  for (let start = 0; start < all.length; start += step)
    built.push(...(await readBatch(database, from, rowCount, all.slice(start, start + step))));
  for (const source of sources.filter(({ document }) => isText(document))) built.push(await readTexts(database, from, source));
  return { rowCount, rowIds: Uint32Array.from({ length: rowCount }, (_, row) => row), columns: built };
}

async function readBatch(
  database: Database,
  from: string,
  rowCount: number,
  batch: readonly Omit<ColumnSource, "categories">[],
): Promise<Column[]> {
  const categories = await makeCategories(
    database,
    from,
    batch.filter(({ document }) => isWords(document)),
  );
  const sources: ColumnSource[] = batch.map((source) => ({ ...source, categories: categories.get(source.id) ?? [] }));
  const read = sources.map((source) => (isWords(source.document) ? new Int32Array(rowCount) : new Float64Array(rowCount)));
  let start = 0;
  await database.numberChunks(`SELECT ${sources.map(expression).join(", ")} FROM ${from}`, (vectors, count) => {
    vectors.forEach((vector, place) => {
      const values = read[place] as Int32Array | Float64Array;
      for (let row = 0; row < count; row += 1) values[start + row] = vector.getItem(row) as number;
    });
    start += count;
  });
  const built: Column[] = [];
  for (const [place, source] of sources.entries())
    built.push(await buildColumn(database, from, source, read[place] as Int32Array | Float64Array));
  return built;
}

/** A text to learn from; a text that is a target is a class. */
export function isText({ type, role }: ColumnDocument): boolean {
  return type === "text" && role === "feature";
}

export function isWords({ type, role }: ColumnDocument): boolean {
  return type === "categorical" || (type === "text" && role !== "feature");
}

export const textOf = ({ document, id }: Pick<ColumnSource, "document" | "id">): string =>
  `CASE WHEN NOT ${isMissing(blanksOff(id), document.missing_tokens)} THEN ${id} END`;

/** Texts as they are, missing ones null. */
async function readTexts(database: Database, from: string, source: Omit<ColumnSource, "categories">): Promise<Column> {
  const { document } = source;
  const rows = await database.rows(`SELECT ${textOf(source)} FROM ${from}`);
  return {
    kind: "text",
    name: document.name,
    values: rows.map(([value]) => (value === null || value === undefined ? null : String(value))),
  };
}

/**
 * An ENUM type per column of words, by the column's id: DuckDB then gives codes instead of texts. Its order is by UTF-8 byte, which
 * is by code point. All columns are asked for at once: each query opens the whole file, which takes as long as it has columns.
 */
export async function makeCategories(
  database: Database,
  from: string,
  columns: readonly Omit<ColumnSource, "categories">[],
): Promise<ReadonlyMap<string, string[]>> {
  const made = new Map(columns.map(({ id }) => [id, [] as string[]]));
  if (columns.length === 0) return made;
  const ids = columns.map(({ id }) => id).join(", ");
  const words = await database.rows(
    `SELECT DISTINCT id, word FROM (SELECT id, ${blanksOff("cell")} AS word FROM ` +
      `(UNPIVOT (SELECT ${ids} FROM ${from}) ON ${ids} INTO NAME id VALUE cell)) ORDER BY word`,
  );
  const missing = new Map(columns.map(({ id, document }) => [id, missingWords(document.missing_tokens)]));
  for (const [id, word] of words) if (missing.get(String(id))?.has(String(word)) === false) made.get(String(id))?.push(String(word));
  for (const [id, categories] of made)
    if (categories.length > 0)
      await database.run(`CREATE OR REPLACE TEMP TYPE words_${id} AS ENUM (${categories.map(literal).join(", ")})`);
  return made;
}

/** What stands for "neither missing nor a number" until the row is looked up. */
export const NOT_READABLE = Number.POSITIVE_INFINITY;

/** Kept short: with thousands of columns DuckDB's planning of it is what takes the time. */
export function expression({ document, id, categories }: ColumnSource): string {
  const { missing_tokens: tokens, type } = document;
  // What is missing is none of the type's words.
  if (isWords(document))
    return categories.length === 0 ? "-1::INTEGER" : `coalesce(enum_code(TRY_CAST(${blanksOff(id)} AS words_${id})), -1)::INTEGER`;
  const number = asNumberOf(document, id);
  const value = type === "date" ? asDate(trimmed(id), document.date_format) : number;
  const missingOrBad = `CASE WHEN ${isMissing(blanksOff(id), tokens)} THEN 'nan'::DOUBLE ELSE 'infinity'::DOUBLE END`;
  // A token that is itself a number (-999) must be looked for first.
  const numericToken = tokens?.some((token) => token.trim() !== "" && Number.isFinite(Number(token))) ?? false;
  return numericToken
    ? `CASE WHEN ${isMissing(blanksOff(id), tokens)} THEN 'nan'::DOUBLE ELSE coalesce(${value}, 'infinity'::DOUBLE) END`
    : `coalesce(${value}, ${missingOrBad})`;
}

async function buildColumn(
  database: Database,
  from: string,
  { document, id, categories }: ColumnSource,
  values: Int32Array | Float64Array,
): Promise<Column> {
  const { name } = document;
  if (values instanceof Int32Array) return { kind: "category", name, codes: values, categories };
  const row = values.findIndex((value) => Math.abs(value) === NOT_READABLE);
  if (row >= 0) {
    const value = (await database.rows(`SELECT ${id} FROM ${from} LIMIT 1 OFFSET ${row}`))[0]?.[0];
    const count = values.reduce((sum, one) => sum + (Math.abs(one) === NOT_READABLE ? 1 : 0), 0);
    throw new AppError(notReadable(document), {
      column: name,
      value: String(value).slice(0, 80),
      row: row + 1,
      count,
    });
  }
  return { kind: "number", name, values };
}
