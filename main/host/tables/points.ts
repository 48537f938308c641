/** Rows as points of a few columns, or of the two directions in which many vary most: evenly spaced rows, so that a large table can be drawn. */
import { columnsForFilter, filteredRows } from "../../../core/data/filter/rows.ts";
import type { Column, Table } from "../../../core/data/table.ts";
import { AppError } from "../../../core/errors.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import { eigen, positive } from "../../../core/steps/eigen.ts";
import { loadRows } from "../datasets/load-rows.ts";
import { loadTable } from "../datasets/load-table.ts";
import { storedRowCount } from "../datasets/stored-rows.ts";

type Points = MethodOutput<"tables.points">;
type Principal = MethodOutput<"tables.principal">;

/** More rows say nothing new of the directions. */
const MOST_FITTED = 50_000;
/** Of a table that is read whole. */
export const MOST_CELLS = 20_000_000;
/** As many as the series of the theme. */
const MOST_COLOURS = 8;
/** Shares that are shown. */
const MOST_SHARES = 20;

/** @param mostCells of a table that is read whole @throws AppError data.column_missing, data.filter_* */
export async function pointsOf(path: string, request: MethodInput<"tables.points">, mostCells = MOST_CELLS): Promise<Points> {
  const { table, rows } = await read(path, request, mostCells);
  const shown = spaced(rows, request.most);
  const values = request.names.map((name) => Array.from(shown, (row) => finite(numbers(table, name)[row])));
  return { rows: idsOf(table, shown), values, ...colours(table, request.colour, shown) };
}

export async function principalView(path: string, request: MethodInput<"tables.principal">, mostCells = MOST_CELLS): Promise<Principal> {
  const { table, rows } = await read(path, request, mostCells);
  const fitted = spaced(rows, MOST_FITTED);
  const columns = request.names.map((name) => standardised(numbers(table, name), fitted)).filter((column) => column.deviation > 0);
  const names = request.names.filter((name) => standardised(numbers(table, name), fitted).deviation > 0);
  if (columns.length < 2) throw new AppError("data.principal_needs_two", { count: columns.length });
  const { values, vectors } = eigen(covariance(columns, fitted));
  const order = values.map((_, place) => place).sort((a, b) => (values[b] as number) - (values[a] as number));
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const [first, second] = order.slice(0, 2).map((place) => positive(vectors.map((row) => row[place] as number))) as [number[], number[]];
  const shown = spaced(rows, request.most);
  const along = (direction: readonly number[]): number[] =>
    Array.from(shown, (row) => columns.reduce((sum, column, place) => sum + (direction[place] as number) * column.at(row), 0));
  return {
    rows: idsOf(table, shown),
    x: along(first),
    y: along(second),
    explained: order.slice(0, MOST_SHARES).map((place) => Math.max(0, values[place] as number) / total),
    weights: names.map((name, place) => ({ name, x: first[place] as number, y: second[place] as number })),
    ...colours(table, request.colour, shown),
  };
}

interface Asked {
  readonly most: number;
  readonly columns: readonly ColumnDocument[];
  readonly names: readonly string[];
  readonly colour: string | null;
  readonly filter: string | null;
}

/** The table, or of a large one as many rows as are fitted or shown. @returns places in it of the rows that the filter keeps */
async function read(
  path: string,
  { columns, names, colour, filter, most }: Asked,
  mostCells: number,
): Promise<{ table: Table; rows: Uint32Array }> {
  const ofFilter = columnsForFilter(columns, filter ?? undefined).map(({ name }) => name);
  const wanted = new Set([...names, ...(colour === null ? [] : [colour])]);
  // A text is a class here where it colours.
  const documents = columns
    .filter(({ name }) => wanted.has(name))
    .map((column): ColumnDocument => ({ ...column, role: column.name === colour && column.type === "text" ? "target" : "feature" }));
  const asked = columns
    .filter(({ name }) => ofFilter.includes(name) && !wanted.has(name))
    .map((column) => ({ ...column, role: "feature" as const }));
  const rowCount = await storedRowCount(path);
  if (rowCount * (documents.length + asked.length) <= mostCells) {
    const table = await loadTable(path, [...documents, ...asked]);
    const rows = filter === null ? counted(rowCount) : filteredRows(table, columns, filter);
    return { table, rows };
  }
  const kept =
    filter === null ? counted(rowCount) : filteredRows(await loadTable(path, columnsForFilter(columns, filter)), columns, filter);
  const some = spaced(kept, Math.max(MOST_FITTED, most));
  return { table: await loadRows(path, documents, some), rows: counted(some.length) };
}

const counted = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, row) => row);

const idsOf = ({ rowIds }: Table, places: Uint32Array): number[] => Array.from(places, (place) => rowIds[place] as number);

function columnNamed(table: Table, name: string): Column {
  const found = table.columns.find((column) => column.name === name);
  if (found === undefined) throw new AppError("data.column_missing", { columns: name, count: 1 });
  return found;
}

function numbers(table: Table, name: string): Float64Array {
  const column = columnNamed(table, name);
  if (column.kind !== "number") throw new AppError("data.column_wrong_type", { column: name, expected: "numeric", received: column.kind });
  return column.values;
}

const finite = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);

function spaced(rows: Uint32Array, most: number): Uint32Array {
  if (rows.length <= most) return rows;
  return Uint32Array.from({ length: most }, (_, place) => rows[Math.floor((place * rows.length) / most)] as number);
}

function colours(table: Table, colour: string | null, rows: Uint32Array): Pick<Points, "classes" | "labels"> {
  if (colour === null) return { classes: [], labels: [] };
  const column = columnNamed(table, colour);
  if (column.kind === "category")
    return { classes: [...column.categories], labels: Array.from(rows, (row) => column.codes[row] as number) };
  if (column.kind !== "number") return { classes: [], labels: [] };
  const classes = fewNumbers(column.values);
  if (classes === null) return { classes: [], labels: Array.from(rows, (row) => finite(column.values[row])) };
  const places = new Map(classes.map((value, place) => [value, place]));
  return { classes: classes.map(String), labels: Array.from(rows, (row) => places.get(column.values[row] as number) ?? -1) };
}

/** The values of a column that holds so few of them that each is a colour of its own, ascending; null where there are more. */
function fewNumbers(values: Float64Array): number[] | null {
  const found = new Set<number>();
  for (const value of values)
    if (Number.isFinite(value)) {
      found.add(value);
      if (found.size > MOST_COLOURS) return null;
    }
  return [...found].sort((a, b) => a - b);
}

interface Standardised {
  readonly deviation: number;
  readonly at: (row: number) => number;
}

function standardised(values: Float64Array, rows: Uint32Array): Standardised {
  let count = 0;
  let sum = 0;
  for (const row of rows)
    if (Number.isFinite(values[row])) {
      sum += values[row] as number;
      count += 1;
    }
  const mean = count === 0 ? 0 : sum / count;
  let squares = 0;
  for (const row of rows) if (Number.isFinite(values[row])) squares += ((values[row] as number) - mean) ** 2;
  const deviation = count === 0 ? 0 : Math.sqrt(squares / count);
  return { deviation, at: (row) => (Number.isFinite(values[row]) ? ((values[row] as number) - mean) / deviation : 0) };
}

function covariance(columns: readonly Standardised[], rows: Uint32Array): number[][] {
  const data = columns.map((column) => Float64Array.from(rows, (row) => column.at(row)));
  const product = (a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let row = 0; row < a.length; row += 1) sum += (a[row] as number) * (b[row] as number);
    return sum / Math.max(1, a.length - 1);
  };
  const upper = data.map((a, i) => data.slice(i).map((b) => product(a, b)));
  return data.map((_, i) => data.map((__, j) => upper[Math.min(i, j)]?.[Math.abs(i - j)] as number));
}
