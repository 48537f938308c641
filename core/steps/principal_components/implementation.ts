/**
 * Principal components as scikit-learn's PCA: columns are centred, components are eigenvectors of their covariance, in
 * order of variance; the sign is such that the largest part of each is positive (scikit-learn's svd_flip on components).
 * Eigenvectors by Jacobi's rotations, which are exact to rounding for symmetric matrices.
 */
import { AppError } from "../../errors.ts";
import { eigen, positive } from "../eigen.ts";
import { numbersOf, type StepColumn, type StepImplementation } from "../step.ts";

interface State {
  readonly means: readonly number[];
  /** One row a component, one number a column. */
  readonly components: readonly (readonly number[])[];
  /** Share of the variance that each component holds. */
  readonly explained: readonly number[];
}

const implementation: StepImplementation = {
  fit: (columns, config) => {
    const data = columns.map(presentNumbers);
    const means = data.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
    const { values, vectors } = eigen(covariance(data, means));
    const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
    const order = values.map((_, i) => i).sort((a, b) => (values[b] as number) - (values[a] as number));
    const kept = order.slice(0, Math.min(config["components"] as number, columns.length));
    const state: State = {
      means,
      components: kept.map((k) => positive(vectors.map((row) => row[k] as number))),
      explained: kept.map((k) => (total === 0 ? 0 : Math.max(0, values[k] as number) / total)),
    };
    return state;
  },
  apply: (columns, fitted) => {
    const { means, components } = fitted as State;
    const data = columns.map(presentNumbers);
    const mixed = components.map(
      (component, k): StepColumn => ({
        kind: "number",
        name: `component ${k + 1}`,
        values: Float64Array.from(data[0] ?? [], (_, row) =>
          component.reduce((sum, weight, i) => sum + weight * (((data[i] as Float64Array)[row] as number) - (means[i] as number)), 0),
        ),
      }),
    );
    // All components stand in the place of the first column.
    return columns.map((_, i) => (i === 0 ? mixed : []));
  },
};
export default implementation;

function presentNumbers(column: StepColumn): Float64Array {
  const values = numbersOf(column);
  const row = values.findIndex((value) => Number.isNaN(value));
  if (row >= 0) throw new AppError("data.components_need_values", { column: column.name, row: row + 1 });
  return values;
}

/** Divided by rows − 1; the division changes no direction. */
function covariance(data: readonly Float64Array[], means: readonly number[]): number[][] {
  const rows = data[0]?.length ?? 0;
  return data.map((a, i) =>
    data.map((b, j) => {
      let sum = 0;
      for (let row = 0; row < rows; row += 1)
        sum += ((a[row] as number) - (means[i] as number)) * ((b[row] as number) - (means[j] as number));
      return sum / Math.max(1, rows - 1);
    }),
  );
}
