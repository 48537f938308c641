/**
 * Rows of a stored table as people ask for them: those that hold a text, that a filter keeps, in the order of a column. The
 * order is made once and kept for the pages that follow; a page reads its rows only.
 */
import { columnsForFilter, filteredRows } from "../../../core/data/filter/rows.ts";
import { AppError } from "../../../core/errors.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import { asDate, asNumberOf, isMissing, trimmed } from "../datasets/cell-types.ts";
import { columnId, type Database, literal } from "../datasets/duckdb.ts";
import { loadTable, previewTable, queryStored } from "../datasets/load-table.ts";
import { storedNames } from "../datasets/stored-table.ts";

type ViewRequest = MethodInput<"tables.view">;
type View = MethodOutput<"tables.view">;

/** Orders of a table of ten million rows take 40 MB each. */
const MOST_ORDERS = 3;

export class TableViews {
  private readonly orders = new Map<string, Promise<Uint32Array>>();

  /** @throws AppError data.filter_*, data.column_missing */
  async read(path: string, request: ViewRequest): Promise<View> {
    const { filter, search, sort, offset, count } = request;
    if (filter === null && search === null && sort === null) return wholeView(path, offset, count);
    const order = await this.order(path, request);
    const numbers = Array.from(order.subarray(offset, offset + count));
    return { rows: await rowsOf(path, numbers), numbers, total: order.length };
  }

  private order(path: string, request: ViewRequest): Promise<Uint32Array> {
    const { filter, search, sort, columns } = request;
    const types = columns.map(({ name, type, missing_tokens, date_format, decimal_comma, thousands_comma }) => [
      name,
      type,
      missing_tokens,
      date_format,
      decimal_comma,
      thousands_comma,
    ]);
    const key = JSON.stringify([path, filter, search, sort, filter === null && sort === null ? null : types]);
    const known = this.orders.get(key) ?? orderOf(path, request);
    // The latest is the last: what was asked longest ago is forgotten.
    this.orders.delete(key);
    this.orders.set(key, known);
    known.catch(() => this.orders.delete(key));
    for (const old of [...this.orders.keys()].slice(0, -MOST_ORDERS)) this.orders.delete(old);
    return known;
  }
}

async function wholeView(path: string, offset: number, count: number): Promise<View> {
  const total = await queryStored(
    path,
    async (database) => (await numbersFrom(database, `SELECT count(*)::INTEGER FROM ${numbered(path)}`))[0] ?? 0,
  );
  const { rows } = count === 0 ? { rows: [] } : await previewTable(path, offset, count);
  return { rows, numbers: rows.map((_, place) => offset + place), total };
}

const numbered = (path: string): string => `read_parquet(${literal(path)}, file_row_number = true)`;

async function orderOf(path: string, { columns, filter, search, sort }: ViewRequest): Promise<Uint32Array> {
  const found =
    search === null && sort === null ? null : await queryStored(path, (database) => searched(database, path, { columns, search, sort }));
  if (filter === null) return found as Uint32Array;
  const kept = filteredRows(await loadTable(path, columnsForFilter(columns, filter)), columns, filter);
  if (found === null) return kept;
  const isKept = new Uint8Array((found.reduce((most, row) => Math.max(most, row), 0) || 0) + 1);
  for (const row of kept) isKept[row] = 1;
  return found.filter((row) => isKept[row] === 1);
}

async function searched(
  database: Database,
  path: string,
  { columns, search, sort }: Pick<ViewRequest, "columns" | "search" | "sort">,
): Promise<Uint32Array> {
  const names = await storedNames(database, path);
  const all = names.map((_, place) => columnId(place)).join(", ");
  const where = search === null ? "" : ` WHERE contains(lower(concat_ws(chr(31), ${all})), lower(${literal(search)}))`;
  const order =
    sort === null
      ? "file_row_number"
      : `${sortKey(names, columns, sort.column)} ${sort.descending ? "DESC" : "ASC"} NULLS LAST, file_row_number`;
  return numbersFrom(database, `SELECT file_row_number::INTEGER FROM ${numbered(path)}${where} ORDER BY ${order}`);
}

/** Numbers and dates by what they are, missing ones last; words by code point. */
function sortKey(names: readonly string[], columns: ViewRequest["columns"], name: string): string {
  const place = names.indexOf(name);
  const column = columns.find((one) => one.name === name);
  if (place < 0 || column === undefined) throw new AppError("data.column_missing", { columns: name, count: 1 });
  const cell = trimmed(columnId(place));
  const value =
    column.type === "numeric" || column.type === "picture"
      ? asNumberOf(column, columnId(place))
      : column.type === "date"
        ? asDate(cell, column.date_format)
        : cell;
  return `CASE WHEN NOT ${isMissing(cell, column.missing_tokens)} THEN ${value} END`;
}

async function numbersFrom(database: Database, sql: string): Promise<Uint32Array> {
  const parts: Uint32Array[] = [];
  await database.numberChunks(sql, ([column], count) => {
    parts.push(Uint32Array.from({ length: count }, (_, row) => Number(column?.getItem(row))));
  });
  const all = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let start = 0;
  for (const part of parts) {
    all.set(part, start);
    start += part.length;
  }
  return all;
}

async function rowsOf(path: string, numbers: readonly number[]): Promise<(string | null)[][]> {
  if (numbers.length === 0) return [];
  return queryStored(path, async (database) => {
    const ids = (await storedNames(database, path)).map((_, place) => columnId(place)).join(", ");
    const found = await database.rows(
      `SELECT file_row_number::INTEGER, ${ids} FROM ${numbered(path)} WHERE file_row_number IN (${numbers.join(", ")})`,
    );
    const byNumber = new Map(found.map(([number, ...cells]) => [Number(number), cells as (string | null)[]]));
    return numbers.map((number) => byNumber.get(number) ?? []);
  });
}
