/**
 * Standardise: z = (x − mean) / scale with the population deviation (divided by N), as scikit-learn's StandardScaler:
 * missing values are left out of the fit and stay missing, and a column that is constant but for rounding has scale 1.
 */
import { columnByColumn, numbersOf } from "../step.ts";
import definition from "./definition.ts";

interface State {
  readonly mean: number;
  readonly scale: number;
}

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: (column) => meanAndScale(numbersOf(column)),
  apply: (column, { mean, scale }) => ({
    kind: "number",
    name: column.name,
    values: numbersOf(column).map((value) => (value - mean) / scale),
  }),
  inverse: (value, { mean, scale }) => value * scale + mean,
});

function meanAndScale(values: Float64Array): State {
  let count = 0;
  let sum = 0;
  for (const value of values)
    if (!Number.isNaN(value)) {
      count += 1;
      sum += value;
    }
  if (count === 0) return { mean: 0, scale: 1 };
  const rough = sum / count;
  let squares = 0;
  let rest = 0;
  for (const value of values)
    if (!Number.isNaN(value)) {
      squares += (value - rough) ** 2;
      rest += value - rough;
    }
  // `rest` is what rounding left in the mean; the second pass takes it out of both (Chan, Golub and LeVeque 1983).
  const mean = rough + rest / count;
  const variance = (squares - rest ** 2 / count) / count;
  // scikit-learn's _is_constant_feature: below this bound the variance is rounding.
  const rounding = count * Number.EPSILON * variance + (count * mean * Number.EPSILON) ** 2;
  return { mean, scale: variance <= rounding ? 1 : Math.sqrt(variance) };
}
