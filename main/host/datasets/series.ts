/** A column as a series: its values in time, thinned for a plot, and what is odd about its dates. */
import { AppError } from "../../../core/errors.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import { loadTable } from "./load-table.ts";

export interface Series {
  /** Means of neighbouring rows, in time; null where none of them has a value. */
  readonly values: (number | null)[];
  /** First and last date, milliseconds since 1970; null without dates. */
  readonly from: number | null;
  readonly to: number | null;
  readonly rows: number;
  readonly usual_step: number | null;
  /** Places where more than one and a half usual steps lie between two rows. */
  readonly gaps: number;
  /** Rows with the date of the row before. */
  readonly repeated: number;
  readonly missing: number;
}

/** @throws AppError data.column_missing, data.not_a_number, data.not_a_date */
export async function seriesOf(path: string, column: string, orderBy: ColumnDocument | null, points: number): Promise<Series> {
  const wanted: ColumnDocument[] = [{ name: column, type: "numeric", role: "feature" }];
  if (orderBy !== null && orderBy.name !== column) wanted.push({ ...orderBy, role: "feature" });
  const { columns, rowCount } = await loadTable(path, wanted);
  const numbersOf = (name: string): Float64Array => {
    const found = columns.find((one) => one.name === name);
    if (found === undefined) throw new AppError("data.column_missing", { columns: name, count: 1 });
    if (found.kind !== "number") throw new AppError("data.order_not_numbers", { column: name, received: found.kind });
    return found.values;
  };
  const values = numbersOf(column);
  const times = orderBy === null ? null : numbersOf(orderBy.name);
  const order = Uint32Array.from({ length: rowCount }, (_, row) => row);
  if (times !== null) order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
  const inTime = Float64Array.from(order, (row) => values[row] as number);
  const missing = inTime.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  const spacing = times === null ? null : spacingOf(Float64Array.from(order, (row) => times[row] as number).filter(Number.isFinite));
  return { values: thinned(inTime, points), rows: rowCount, missing, ...(spacing ?? NO_DATES) };
}

const NO_DATES = { from: null, to: null, usual_step: null, gaps: 0, repeated: 0 } as const;

/** @param times ascending */
export function spacingOf(times: Float64Array): Pick<Series, "from" | "to" | "usual_step" | "gaps" | "repeated"> {
  const steps = times.subarray(1).map((time, place) => time - (times[place] as number));
  const ahead = steps.filter((step) => step > 0).sort();
  const usual = ahead[Math.floor((ahead.length - 1) / 2)] ?? null;
  return {
    from: times[0] ?? null,
    to: times.at(-1) ?? null,
    usual_step: usual,
    gaps: usual === null ? 0 : ahead.filter((step) => step > 1.5 * usual).length,
    repeated: steps.length - ahead.length,
  };
}

/** Means of equal shares of the rows. */
function thinned(values: Float64Array, points: number): (number | null)[] {
  const count = Math.min(points, values.length);
  return Array.from({ length: count }, (_, place) => {
    const part = values
      .subarray(Math.floor((place * values.length) / count), Math.floor(((place + 1) * values.length) / count))
      .filter(Number.isFinite);
    return part.length === 0 ? null : part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
