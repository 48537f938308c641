/** Clip outliers (winsorizing): bounds are quantiles of the training rows; missing values stay missing. */
import { quantileOf, sortedPresent } from "../quantiles.ts";
import { columnByColumn, numbersOf } from "../step.ts";
import definition from "./definition.ts";

interface State {
  readonly low: number | null;
  readonly high: number | null;
}

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: (column, { lower, upper }) => {
    const sorted = sortedPresent(numbersOf(column));
    if (sorted.length === 0) return { low: null, high: null };
    return { low: quantileOf(sorted, lower), high: quantileOf(sorted, upper) };
  },
  apply: (column, { low, high }) => ({
    kind: "number",
    name: column.name,
    values: numbersOf(column).map((value) => (low !== null && value < low ? low : high !== null && value > high ? high : value)),
  }),
});
