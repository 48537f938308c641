/**
 * Principal components as scikit-learn's PCA: columns are centred, components are eigenvectors of their covariance, in
 * order of variance; the sign is such that the largest part of each is positive (scikit-learn's svd_flip on components).
 * Eigenvectors by Jacobi's rotations, which are exact to rounding for symmetric matrices.
 */
import { AppError } from "../../errors.ts";
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

const MOST_SWEEPS = 60;

/** Eigenvalues and, as columns, eigenvectors of a symmetric matrix. */
function eigen(symmetric: readonly (readonly number[])[]): { values: number[]; vectors: number[][] } {
  const a = symmetric.map((row) => [...row]);
  const size = a.length;
  const vectors = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    let turned = false;
    for (let p = 0; p < size; p += 1) for (let q = p + 1; q < size; q += 1) turned = rotate(a, vectors, p, q) || turned;
    if (!turned) break;
  }
  return { values: a.map((row, i) => row[i] as number), vectors };
}

/** Turns axes p and q so that they do not depend on each other. @returns false where they do not already, to rounding */
function rotate(a: number[][], vectors: number[][], p: number, q: number): boolean {
  const [rowP, rowQ] = [a[p] as number[], a[q] as number[]];
  const [pp, qq, pq] = [rowP[p] as number, rowQ[q] as number, rowP[q] as number];
  if (Math.abs(pq) <= Number.EPSILON * 1e-3 * Math.sqrt(Math.abs(pp * qq)) || pq === 0) return false;
  const theta = (qq - pp) / (2 * pq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(1, theta));
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  for (const row of a) {
    const [x, y] = [row[p] as number, row[q] as number];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  for (let k = 0; k < a.length; k += 1) {
    const [x, y] = [rowP[k] as number, rowQ[k] as number];
    rowP[k] = c * x - s * y;
    rowQ[k] = s * x + c * y;
  }
  for (const row of vectors) {
    const [x, y] = [row[p] as number, row[q] as number];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  return true;
}

function positive(component: readonly number[]): number[] {
  const largest = component.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? component.map((value) => -value) : [...component];
}
