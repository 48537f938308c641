/** Applies a design's choices about single rows to a table, before anything is learnt from it. Predicting never does. */
import { AppError } from "../../errors.ts";
import type { DataDocument, RowChoicesDocument } from "../../graph/document.ts";
import { compareCodePoints } from "../../steps/order.ts";
import { takeTableRows } from "../pipeline.ts";
import type { CategoryColumn, Column, NumberColumn, Table } from "../table.ts";
import { orderInTime } from "./filter-table.ts";

type Label = RowChoicesDocument["relabelled"][number];

/**
 * What comes out is the table of a file without the rows that are left out and with the labels written in; `rowIds` stay those of the
 * file. Of a series the ends are cut off; in its middle a row stays in its place, named in `leftOut`: nothing is learnt from it, nor from
 * a window that it stands in. A label of a column that the table does not hold (it is not used any more) says nothing.
 * @throws AppError data.choices_leave_nothing, data.label_not_a_number, data.label_not_a_word
 */
export function chooseRows(table: Table, { row_choices: choices, window }: Pick<DataDocument, "row_choices" | "window">): Table {
  if (choices === undefined) return table;
  return withoutExcluded(withLabels(table, choices.relabelled), choices.excluded, window);
}

function withLabels(table: Table, labels: readonly Label[]): Table {
  if (labels.length === 0) return table;
  const places = new Map<number, number>();
  table.rowIds.forEach((id, place) => places.set(id, place));
  const columns = table.columns.map((column) => {
    const own = labels.flatMap(({ column: name, row, value }) => {
      const place = places.get(row);
      return name === column.name && place !== undefined ? [{ place, row, value }] : [];
    });
    return own.length === 0 ? column : relabelled(column, own);
  });
  return { ...table, columns };
}

interface Placed {
  readonly place: number;
  readonly row: number;
  readonly value: string;
}

function relabelled(column: Column, labels: readonly Placed[]): Column {
  switch (column.kind) {
    case "number":
      return relabelledNumbers(column, labels);
    case "category":
      return relabelledWords(column, labels);
    default:
      throw new AppError("data.label_not_a_word", { column: column.name, row: (labels[0]?.row ?? 0) + 1 });
  }
}

function relabelledNumbers(column: NumberColumn, labels: readonly Placed[]): NumberColumn {
  const values = column.values.slice();
  for (const { place, row, value } of labels) {
    const number = value.trim() === "" ? Number.NaN : Number(value);
    if (!Number.isFinite(number)) throw new AppError("data.label_not_a_number", { column: column.name, row: row + 1, value });
    values[place] = number;
  }
  return { ...column, values };
}

/** Words stand in the order that a file with the new labels would give them. */
function relabelledWords(column: CategoryColumn, labels: readonly Placed[]): CategoryColumn {
  const added = labels.map(({ value }) => value).filter((value) => !column.categories.includes(value));
  const categories = added.length === 0 ? column.categories : [...column.categories, ...new Set(added)].sort(compareCodePoints);
  const codeOf = new Map(categories.map((word, code) => [word, code]));
  const codes = column.codes.map((code) => (code < 0 ? code : (codeOf.get(column.categories[code] as string) as number)));
  for (const { place, value } of labels) codes[place] = codeOf.get(value) as number;
  return { ...column, categories, codes };
}

function withoutExcluded(table: Table, excluded: readonly number[], window: DataDocument["window"]): Table {
  const gone = new Set(excluded);
  const kept = Uint32Array.from({ length: table.rowCount }, (_, place) => place).filter(
    (place) => !gone.has(table.rowIds[place] as number),
  );
  if (kept.length === table.rowCount) return table;
  if (kept.length === 0) throw new AppError("data.choices_leave_nothing", { rows: table.rowCount });
  const order = window === undefined ? null : orderInTime(table, window.order_by);
  if (order === null) return takeTableRows(table, kept);
  const isGone = (place: number): boolean => gone.has(table.rowIds[place] as number);
  const first = order.findIndex((place) => !isGone(place));
  const last = order.findLastIndex((place) => !isGone(place));
  const between = order.slice(first, last + 1);
  const leftOut = new Set([...between].filter(isGone).map((place) => table.rowIds[place] as number));
  const cut = takeTableRows(table, between.sort());
  return leftOut.size === 0 ? cut : { ...cut, leftOut };
}
