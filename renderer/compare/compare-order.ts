/** In which order compared runs stand, and what a group of them says together in a row of the comparison. Pure. */
import { type Summary, summaryOf } from "../../core/sweeps/statistics.ts";
import type { CompareRow } from "./compare-runs.ts";

/** The runs by their values in one row. */
export interface RunOrder {
  /** Of the row. */
  readonly key: string;
  readonly descending: boolean;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/**
 * Places of the runs in the order asked for. Runs without a value stand last, whichever way; equal ones stay as they were chosen.
 * @param count how many runs there are
 */
export function orderedPlaces(rows: readonly CompareRow[], count: number, order: RunOrder | null): readonly number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  const row = order === null ? undefined : rows.find(({ key }) => key === order.key);
  if (row === undefined || order === null) return places;
  const isThere = (value: unknown): boolean => value !== undefined && value !== null;
  return places.sort((a, b) => {
    const [one, two] = [row.values[a], row.values[b]];
    if (!isThere(one) || !isThere(two)) return Number(isThere(two)) - Number(isThere(one)) || a - b;
    const difference = typeof one === "number" && typeof two === "number" ? one - two : collator.compare(text(one), text(two));
    return (order.descending ? -difference : difference) || a - b;
  });
}

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The order after a click on a row: this way, the other way, as they were chosen. */
export function nextOrder(order: RunOrder | null, key: string): RunOrder | null {
  if (order?.key !== key) return { key, descending: false };
  return order.descending ? null : { key, descending: true };
}

/** What the members of a group have in a row: how a figure spreads, or the one value that all have. */
export type GroupValue = { readonly kind: "spread"; readonly summary: Summary } | { readonly kind: "same"; readonly value: unknown } | null;

/** @param members places of the group's runs */
export function groupValue(row: CompareRow, members: readonly number[]): GroupValue {
  const values = members.map((place) => row.values[place]);
  if (row.group === "figures") {
    const summary = summaryOf(values.filter((value): value is number => typeof value === "number" && Number.isFinite(value)));
    return summary === null ? null : { kind: "spread", summary };
  }
  const [first, ...others] = values;
  const same = first !== undefined && others.every((value) => JSON.stringify(value) === JSON.stringify(first));
  return same ? { kind: "same", value: first } : null;
}
