/** Classes and targets of rows, before targets are encoded: what splits, samples and some steps go by. */
import type { StepColumn, StepTarget } from "../steps/step.ts";
import type { ColumnGroups } from "./pipeline.ts";
import { type TargetLayout, tableColumnsOf } from "./rows.ts";
import { classCodes } from "./targets.ts";

/**
 * A number for each combination of classes over all targets that are classes; rows of one number are split and
 * sampled alike. Null where no target is classes.
 */
export function classOfRows(
  targets: Readonly<Record<string, TargetLayout>>,
  columns: ColumnGroups,
  rowIds: Uint32Array,
): Int32Array | null {
  const codes = Object.entries(targets)
    .filter(([, layout]) => layout.encoding !== "value")
    .flatMap(([nodeId, layout]) =>
      tableColumnsOf(layout)
        .flatMap((name) => columns.get(name) ?? [])
        .map((column) => classCodes(layout, column, rowIds, nodeId)),
    );
  if (codes.length === 0) return null;
  const strata = new Map<string, number>();
  return Int32Array.from(rowIds, (_, row) => {
    const key = codes.map((column) => column[row]).join();
    const known = strata.get(key) ?? strata.size;
    strata.set(key, known);
    return known;
  });
}

/**
 * The target of the training rows, where there is exactly one column of it: classes as they are, numbers as the steps so
 * far made them.
 */
export function targetForSteps(
  targets: Readonly<Record<string, TargetLayout>>,
  training: ColumnGroups,
  classes: ColumnGroups,
  rowIds: Uint32Array,
): () => StepTarget | null {
  const names = [...new Set(Object.values(targets).flatMap(({ columns }) => columns))];
  const found = Object.entries(targets)[0];
  const [name] = names;
  if (found === undefined || name === undefined || names.length > 1) return () => null;
  const [nodeId, layout] = found;
  if (layout.encoding !== "value") {
    const codes = classCodes(layout, classes.get(name)?.[0] as StepColumn, rowIds, nodeId);
    return () => ({ kind: "classes", codes, classes: layout.classes, rowIds });
  }
  return () => {
    const column = training.get(name)?.[0];
    return column?.kind === "number" ? { kind: "numbers", values: column.values, rowIds } : null;
  };
}
