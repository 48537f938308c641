/** One change made to many layers is one difference: rows of layers that say the same of the same option become one row that names them all. */
import type { CompareRow } from "./compare-runs.ts";

/** @param rows only such as differ; what is no option of a layer stays as it is */
export function mergeAlike(rows: readonly CompareRow[]): readonly CompareRow[] {
  const merged = new Map<string, CompareRow>();
  for (const row of rows) {
    const said =
      row.group === "layers" ? JSON.stringify([row.type, row.field, row.values.map((value) => value ?? [value === null])]) : row.key;
    const first = merged.get(said);
    merged.set(said, first === undefined ? row : { ...first, owners: [...(first.owners ?? [first.owner]), row.owner] });
  }
  return [...merged.values()];
}
