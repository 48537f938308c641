/** Learning each row of a series from those before it, as part of the data section. Pure functions; acts are in acts.ts. */
import type { ColumnDocument, DataDocument, GapFillDocument, SplitDocument, WindowDocument } from "../../core/graph/document.ts";
import { timeColumnOf } from "../../core/proposals/series.ts";
import type { ColumnProfile } from "../../core/protocol/methods.ts";
import { isTimeFormat } from "../../core/schema/times-of-day.ts";
import { looksLikeClasses } from "./columns.ts";

const USUAL_LENGTH = 7;

/** Columns whose past values can come in: numbers that are read. */
export function seriesColumns(data: DataDocument): readonly ColumnDocument[] {
  return data.columns.filter(({ type, role }) => type === "numeric" && (role === "feature" || role === "target"));
}

/** Columns that can tell the time. */
export function timeColumns(data: DataDocument): readonly ColumnDocument[] {
  return data.columns.filter(({ type, role }) => type === "date" || (type === "numeric" && role !== "target"));
}

/** The target's own past, ordered by the first date, the last rows held out: chance would show the network the future. */
export function withWindow(data: DataDocument): DataDocument {
  const [first] = seriesColumns(data).toSorted((a, b) => Number(b.role === "target") - Number(a.role === "target"));
  if (first === undefined) return data;
  const { order_by, ...split } = data.split;
  return {
    ...data,
    window: { columns: [first.name], length: USUAL_LENGTH, horizon: 1, order_by: order_by ?? usualTime(data) },
    split: { ...split, method: split.method === "none" ? "none" : "time" },
  };
}

/** The first column of dates: a time of day comes again tomorrow. Null where there is none. */
function usualTime(data: DataDocument): string | null {
  return data.columns.find(({ type, date_format }) => type === "date" && !isTimeFormat(date_format))?.name ?? null;
}

/** The last rows in time are held out where a column tells it: a file may begin with the newest. */
export function withSplit(data: DataDocument, change: Partial<SplitDocument>): DataDocument {
  const split = { ...data.split, ...change };
  if (change.method !== "time" || data.window !== undefined || split.order_by !== undefined) return { ...data, split };
  const order_by = usualTime(data);
  return { ...data, split: order_by === null ? split : { ...split, order_by } };
}

/**
 * A number to predict beside a column that tells the time, of another value in every row, and no feature but that: rows that can only be
 * learnt from those before them. Null where it is not so, or where they are already.
 */
export function seriesFound(
  data: DataDocument,
  profiles: ReadonlyMap<string, ColumnProfile>,
  rowCount: number,
): { readonly target: string; readonly time: string } | null {
  const target = data.columns.find(({ role }) => role === "target");
  if (data.window !== undefined || target === undefined || looksLikeClasses(target, profiles.get(target.name))) return null;
  const time = timeColumnOf({ data, columns: [...profiles.values()], classCount: null, rowCount });
  if (time === null || data.columns.some(({ name, role }) => role === "feature" && name !== time)) return null;
  return { target: target.name, time };
}

/** The window of a series whose time was found. */
export function withSeries(data: DataDocument, time: string): DataDocument {
  return withWindowChange(withWindow(data), { order_by: time });
}

/** The rows are held out in the order that they were learnt in. */
export function withoutWindow({ window, ...data }: DataDocument): DataDocument {
  const order_by = window?.order_by ?? null;
  return order_by === null || data.split.method !== "time" ? data : { ...data, split: { ...data.split, order_by } };
}

/** A column must stay: without any there is nothing to learn from. */
export function withWindowChange(data: DataDocument, change: Partial<WindowDocument>): DataDocument {
  if (data.window === undefined || change.columns?.length === 0) return data;
  return { ...data, window: { ...data.window, ...change } };
}

export const GAP_FILLS = ["previous", "linear", "seasonal", "mean", "constant"] as const;
/** A week of days. */
const USUAL_SEASON = 7;

/** Another way to fill gaps, null for none; what was set for the way before stays where the new one has it too. */
export function withGapFill(data: DataDocument, change: Partial<GapFillDocument> | null): DataDocument {
  if (data.window === undefined) return data;
  const { fill, ...window } = data.window;
  if (change === null) return { ...data, window };
  const { method, season, value } = { method: "previous" as const, ...fill, ...change };
  const own = method === "seasonal" ? { season: season ?? USUAL_SEASON } : method === "constant" ? { value: value ?? 0 } : {};
  return { ...data, window: { ...window, fill: { method, ...own } } };
}

/**
 * After another change: columns that are not read any more, or are no numbers, leave the window; with the last of them it goes. So does what
 * tells the time of a split.
 */
export function withFittingWindow(given: DataDocument): DataDocument {
  const data = withFittingOrder(given);
  const { window } = data;
  if (window === undefined) return data;
  const usable = new Set(seriesColumns(data).map(({ name }) => name));
  const columns = window.columns.filter((name) => usable.has(name));
  const order_by = window.order_by !== null && timeColumns(data).some(({ name }) => name === window.order_by) ? window.order_by : null;
  if (columns.length === window.columns.length && order_by === window.order_by) return data;
  return columns.length === 0 ? withoutWindow(data) : { ...data, window: { ...window, columns, order_by } };
}

function withFittingOrder(data: DataDocument): DataDocument {
  const { order_by, ...split } = data.split;
  return order_by === undefined || timeColumns(data).some(({ name }) => name === order_by) ? data : { ...data, split };
}
