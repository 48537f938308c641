/** One row of a stored table as a Table, without reading the others. */
import type { Table } from "../../../core/data/table.ts";
import { AppError } from "../../../core/errors.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import { inDatabase, readColumns } from "../datasets/load-table.ts";
import { withPictures } from "../datasets/pictures/stored-pictures.ts";
import { fromStored, storedNames } from "../datasets/stored-table.ts";

/** @throws AppError inside.no_such_row, data.* */
export async function loadRow(path: string, columns: readonly ColumnDocument[], row: number): Promise<Table> {
  const pictures = columns.filter(({ type, role }) => type === "picture" && role !== "ignored");
  // In the stored table a picture is the number of its place in the file beside it.
  const plain = columns.map((column) => (pictures.includes(column) ? { ...column, type: "numeric" as const } : column));
  const table = await inDatabase(path, undefined, async (database) =>
    readColumns(
      database,
      `(SELECT * FROM ${fromStored(path)} LIMIT 1 OFFSET ${Math.trunc(row)})`,
      await storedNames(database, path),
      plain,
    ),
  );
  if (table.rowCount === 0) throw new AppError("inside.no_such_row", { row: row + 1 });
  const placed = { ...table, rowIds: Uint32Array.of(row) };
  return pictures.length === 0 ? placed : withPictures(placed, path, new Set(pictures.map(({ name }) => name)));
}
