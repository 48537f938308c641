/**
 * Fill in by a model as scikit-learn's IterativeImputer with BayesianRidge: missing values begin as the mean; then each column, the one
 * with fewest missing values first, is foretold from all others, round after round. Other rows go through the same models in the same order.
 */
import { AppError } from "../../errors.ts";
import type { ConfigOf } from "../../schema/fields.ts";
import { numbersOf, type StepColumn, type StepImplementation } from "../step.ts";
import { bayesianRidge, type RidgeModel } from "./bayesian-ridge.ts";
import type definition from "./definition.ts";

type Config = ConfigOf<typeof definition.schema>;
interface State {
  readonly means: readonly number[];
  /** In the order in which they are used; `column` is the one that is foretold. */
  readonly models: readonly (RidgeModel & { readonly column: number })[];
}

const implementation: StepImplementation = {
  fit: (columns, config) => {
    const { rounds, tolerance } = config as Config;
    const given = columns.map(numbersOf);
    const means = columns.map(meanOf);
    const models: (RidgeModel & { column: number })[] = [];
    const filled = started(given, means);
    const missing = given.map((values) => Array.from(values.keys()).filter((row) => Number.isNaN(values[row])));
    if (missing.every((rows) => rows.length === 0) || columns.length < 2) return { means, models } satisfies State;
    const order = missing.map((_, column) => column).sort((a, b) => (missing[a]?.length ?? 0) - (missing[b]?.length ?? 0) || a - b);
    const enough =
      tolerance *
      given.reduce((most, values) => values.reduce((m, value) => (Number.isNaN(value) ? m : Math.max(m, Math.abs(value))), most), 0);
    for (let round = 0; round < rounds; round += 1) {
      const before = filled.map((values) => values.slice());
      for (const column of order) {
        const model = { ...learn(filled, given, column), column };
        models.push(model);
        foretell(filled, model, missing[column] ?? []);
      }
      const change = filled.reduce(
        (most, values, place) => values.reduce((m, value, row) => Math.max(m, Math.abs(value - (before[place]?.[row] as number))), most),
        0,
      );
      if (change < enough) break;
    }
    return { means, models } satisfies State;
  },
  apply: (columns, fitted) => {
    const { means, models } = fitted as State;
    const given = columns.map(numbersOf);
    const filled = started(given, means);
    const missing = given.map((values) => Array.from(values.keys()).filter((row) => Number.isNaN(values[row])));
    for (const model of models) foretell(filled, model, missing[model.column] ?? []);
    return columns.map((column, place) => [{ kind: "number", name: column.name, values: filled[place] as Float64Array }]);
  },
};
export default implementation;

function meanOf(column: StepColumn): number {
  const present = numbersOf(column).filter((value) => !Number.isNaN(value));
  if (present.length === 0) throw new AppError("data.column_all_missing", { column: column.name, strategy: "impute_by_model" });
  return present.reduce((sum, value) => sum + value, 0) / present.length;
}

const started = (given: readonly Float64Array[], means: readonly number[]): Float64Array[] =>
  given.map((values, place) => values.map((value) => (Number.isNaN(value) ? (means[place] as number) : value)));

const others = (columns: readonly Float64Array[], column: number): Float64Array[] => columns.filter((_, place) => place !== column);

/** From the rows in which the column was given. */
function learn(filled: readonly Float64Array[], given: readonly Float64Array[], column: number): RidgeModel {
  const own = given[column] as Float64Array;
  const isGiven = (_: number, row: number): boolean => !Number.isNaN(own[row]);
  return bayesianRidge(
    others(filled, column).map((values) => values.filter(isGiven)),
    own.filter(isGiven),
  );
}

function foretell(filled: readonly Float64Array[], { weights, intercept, column }: State["models"][number], rows: readonly number[]): void {
  const inputs = others(filled, column);
  for (const row of rows)
    (filled[column] as Float64Array)[row] = weights.reduce((sum, weight, i) => sum + weight * (inputs[i]?.[row] as number), intercept);
}
