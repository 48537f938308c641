/** Leaves out the rows that the filter of a design does not keep, before anything is learnt from them. Predicting never does. */
import { AppError } from "../../errors.ts";
import type { DataDocument } from "../../graph/document.ts";
import { takeTableRows } from "../pipeline.ts";
import type { Table } from "../table.ts";
import { filteredRows } from "./rows.ts";

/** @throws AppError data.filter_*, data.filter_keeps_nothing, data.filter_cuts_series */
export function filterTable(table: Table, { columns, filter, window }: Pick<DataDocument, "columns" | "filter" | "window">): Table {
  if (filter === undefined) return table;
  const kept = filteredRows(table, columns, filter);
  if (kept.length === 0) throw new AppError("data.filter_keeps_nothing", { filter, rows: table.rowCount });
  if (kept.length === table.rowCount) return table;
  if (window !== undefined) refuseHoles(table, kept, window.order_by, "data.filter_cuts_series");
  return takeTableRows(table, kept);
}

/** A series may be cut at its ends; a hole would put rows side by side that are not. @throws AppError as `code` says, with the row */
export function refuseHoles(table: Table, kept: Uint32Array, orderBy: string | null, code: string): void {
  const order = orderInTime(table, orderBy);
  if (order === null) return;
  const isKept = new Uint8Array(table.rowCount);
  for (const row of kept) isKept[row] = 1;
  const first = order.findIndex((row) => isKept[row] === 1);
  const hole = order.findIndex((row, place) => place >= first && place < first + kept.length && isKept[row] === 0);
  if (hole >= 0) throw new AppError(code, { row: (table.rowIds[order[hole] as number] as number) + 1 });
}

/** Positions of the rows in the order of time, those without one last; null where the column that tells it is not there, or no numbers. */
export function orderInTime(table: Table, orderBy: string | null): Uint32Array | null {
  const column = table.columns.find(({ name }) => name === orderBy);
  if (orderBy !== null && column?.kind !== "number") return null;
  const order = Uint32Array.from({ length: table.rowCount }, (_, row) => row);
  if (column?.kind === "number") order.sort(byTime(column.values));
  return order;
}

function byTime(times: Float64Array): (a: number, b: number) => number {
  const at = (row: number): number => {
    const time = times[row] as number;
    return Number.isFinite(time) ? time : Number.MAX_VALUE;
  };
  return (a, b) => at(a) - at(b) || a - b;
}
