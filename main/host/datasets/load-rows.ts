/** Some rows of a stored table as a Table, without reading the others. */
import { takeColumnRows } from "../../../core/data/pipeline.ts";
import type { Column, Table } from "../../../core/data/table.ts";
import { AppError } from "../../../core/errors.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import { inDatabase, readColumns } from "./load-table.ts";
import { withPictures } from "./pictures/stored-pictures.ts";
import { storedRowCount } from "./stored-rows.ts";
import { fromStored, storedNames } from "./stored-table.ts";

/** @throws AppError inside.no_such_row, data.* */
export const loadRow = (path: string, columns: readonly ColumnDocument[], row: number): Promise<Table> =>
  loadRows(path, columns, Uint32Array.of(Math.trunc(row)));

/** @param rows numbers of rows, in the order in which they are wanted @throws AppError inside.no_such_row, data.* */
export async function loadRows(path: string, columns: readonly ColumnDocument[], rows: Uint32Array): Promise<Table> {
  const pictures = columns.filter(({ type, role }) => type === "picture" && role !== "ignored");
  // In the stored table a picture is the number of its place in the file beside it.
  const plain = columns.map((column) => (pictures.includes(column) ? { ...column, type: "numeric" as const } : column));
  const wanted = [...new Set(rows)].sort((a, b) => a - b);
  const [first, last] = [wanted[0] ?? 0, wanted.at(-1) ?? -1];
  const which = last - first + 1 === wanted.length ? `BETWEEN ${first} AND ${last}` : `IN (${wanted.join(", ")})`;
  const table = await inDatabase(path, undefined, async (database) =>
    readColumns(
      database,
      `(SELECT * FROM ${fromStored(path, "number")} WHERE number ${which} ORDER BY number)`,
      await storedNames(database, path),
      plain,
    ),
  );
  if (table.rowCount < wanted.length) throw new AppError("inside.no_such_row", { row: last + 1 });
  const placeOf = new Map(wanted.map((row, place) => [row, place]));
  const places = rows.map((row) => placeOf.get(row) as number);
  const placed: Table = {
    rowCount: rows.length,
    rowIds: rows.slice(),
    columns: table.columns.map((column) => takeColumnRows(column, places) as Column),
  };
  return pictures.length === 0 ? placed : withPictures(placed, path, new Set(pictures.map(({ name }) => name)));
}

/** The first rows of a stored table. @throws AppError data.* */
export async function loadFirstRows(path: string, columns: readonly ColumnDocument[], count: number): Promise<Table> {
  const rows = Uint32Array.from({ length: Math.min(count, await storedRowCount(path)) }, (_, row) => row);
  return loadRows(path, columns, rows);
}
