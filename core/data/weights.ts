/**
 * Weights of rows: the one column whose role is `weight` says what each row counts in the loss and in the metrics. It is
 * never a feature or a target, and no step changes it.
 */
import { AppError } from "../errors.ts";
import type { ColumnDocument, StepDocument } from "../graph/document.ts";
import type { ColumnGroups } from "./pipeline.ts";

/**
 * Name of the column of weights; null where all rows count the same.
 * @throws AppError data.several_weights, data.weight_not_numeric
 */
export function weightColumn(columns: readonly ColumnDocument[]): string | null {
  const found = columns.filter(({ role }) => role === "weight");
  const [only, ...more] = found;
  if (only === undefined) return null;
  if (more.length > 0) throw new AppError("data.several_weights", { columns: found.map(({ name }) => name).join(", ") });
  if (only.type !== "numeric") throw new AppError("data.weight_not_numeric", { column: only.name, received: only.type });
  return only.name;
}

/** @throws AppError data.weight_as_feature when a node asks for it by name */
export function refuseWeight(names: readonly string[], weight: string | null, nodeId: string): void {
  if (weight !== null && names.includes(weight)) throw new AppError("data.weight_as_feature", { column: weight }, { nodeId });
}

/** @throws AppError data.step_on_weight */
export function refuseStepsOn(weight: string | null, steps: readonly StepDocument[]): void {
  const step = weight === null ? undefined : steps.find(({ columns }) => columns.includes(weight));
  if (step !== undefined && weight !== null) throw new AppError("data.step_on_weight", { step: step.type, column: weight });
}

/**
 * Weights of a part, `[rows]`.
 * @param rowIds for the message of a wrong weight
 * @throws AppError data.weight_not_valid, data.weights_all_zero
 */
export function weightsOf(groups: ColumnGroups, weight: string, rowIds: Uint32Array): Float32Array {
  const [column] = groups.get(weight) ?? [];
  if (column?.kind !== "number") throw new AppError("data.weight_not_numeric", { column: weight, received: column?.kind ?? "" });
  const wrong = column.values.findIndex((value) => !(value >= 0 && Number.isFinite(Math.fround(value))));
  if (wrong >= 0)
    throw new AppError("data.weight_not_valid", {
      column: weight,
      row: (rowIds[wrong] as number) + 1,
      value: String(column.values[wrong]),
    });
  const values = Float32Array.from(column.values);
  if (values.length > 0 && !values.some((value) => value > 0)) throw new AppError("data.weights_all_zero", { column: weight });
  return values;
}
