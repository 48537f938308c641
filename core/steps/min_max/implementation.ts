/**
 * Min-max: y = x · factor + offset, as scikit-learn's MinMaxScaler: a constant column goes to the lower bound, and
 * values outside the range of the training rows are not clipped.
 */
import { AppError } from "../../errors.ts";
import { columnByColumn, numbersOf } from "../step.ts";
import definition from "./definition.ts";

interface State {
  readonly factor: number;
  readonly offset: number;
}

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: (column, { lower, upper }) => {
    if (!(upper > lower)) throw new AppError("data.min_max_bounds", { column: column.name, lower, upper });
    let smallest = Number.POSITIVE_INFINITY;
    let largest = Number.NEGATIVE_INFINITY;
    for (const value of numbersOf(column)) {
      if (value < smallest) smallest = value;
      if (value > largest) largest = value;
    }
    if (smallest > largest) return { factor: 1, offset: 0 };
    const range = largest - smallest;
    // scikit-learn's _handle_zeros_in_scale.
    const factor = (upper - lower) / (range < 10 * Number.EPSILON ? 1 : range);
    return { factor, offset: lower - smallest * factor };
  },
  apply: (column, { factor, offset }) => ({
    kind: "number",
    name: column.name,
    values: numbersOf(column).map((value) => value * factor + offset),
  }),
  inverse: (value, { factor, offset }) => (value - offset) / factor,
});
