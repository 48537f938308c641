/** Robust scaling as scikit-learn's RobustScaler: y = (x − median) / (q75 − q25); a column without spread is only centred. */
import { quantileOf, sortedPresent } from "../quantiles.ts";
import { columnByColumn, numbersOf } from "../step.ts";
import definition from "./definition.ts";

interface State {
  readonly centre: number;
  readonly scale: number;
}

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: (column) => {
    const sorted = sortedPresent(numbersOf(column));
    if (sorted.length === 0) return { centre: 0, scale: 1 };
    const range = quantileOf(sorted, 0.75) - quantileOf(sorted, 0.25);
    // scikit-learn's _handle_zeros_in_scale.
    return { centre: quantileOf(sorted, 0.5), scale: range < 10 * Number.EPSILON ? 1 : range };
  },
  apply: (column, { centre, scale }) => ({
    kind: "number",
    name: column.name,
    values: numbersOf(column).map((value) => (value - centre) / scale),
  }),
  inverse: (value, { centre, scale }) => value * scale + centre,
});
