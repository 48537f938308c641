/** Drop near-constant columns: by variance as scikit-learn's VarianceThreshold (missing values left out), or by the share of the most frequent value. */
import { columnByColumn, type StepColumn } from "../step.ts";
import definition from "./definition.ts";

export default columnByColumn<typeof definition.schema, { readonly dropped: boolean }>(definition, {
  fit: (column, { variance, share }) => {
    const values = presentOf(column);
    const constant = values.length === 0 || mostFrequent(values) >= share * values.length;
    return { dropped: constant || (column.kind === "number" && varianceOf(values) <= variance) };
  },
  apply: (column, { dropped }) => (dropped ? [] : column),
});

/** Numbers, or codes of categories, that are not missing. */
function presentOf(column: StepColumn): Float64Array {
  if (column.kind === "number") return column.values.filter((value) => !Number.isNaN(value));
  if (column.kind !== "category") throw new Error(`column '${column.name}' is of kind ${column.kind}`);
  return Float64Array.from(column.codes.filter((code) => code >= 0));
}

function mostFrequent(values: Float64Array): number {
  const counts = new Map<number, number>();
  let most = 0;
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (count > most) most = count;
  }
  return most;
}

/** Divided by the number of rows. */
function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
