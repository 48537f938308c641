/** Categories between two lists: what one_hot and ordinal share. */
import type { CategoryColumn } from "../data/table.ts";

/** Categories that occur in at least one row. */
export function presentCategories(column: CategoryColumn): string[] {
  const seen = new Uint8Array(column.categories.length);
  for (const code of column.codes) if (code >= 0) seen[code] = 1;
  return column.categories.filter((_, code) => seen[code] === 1);
}

/** Codes of the same rows in another list of categories; -1 for missing and for categories that the list lacks. */
export function recode(column: CategoryColumn, categories: readonly string[]): Int32Array {
  const place = new Map(categories.map((name, code) => [name, code]));
  const codes = Int32Array.from(column.categories, (name) => place.get(name) ?? -1);
  return column.codes.map((code) => (code < 0 ? -1 : (codes[code] as number)));
}
