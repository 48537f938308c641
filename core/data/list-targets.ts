/**
 * Targets whose cells are lists (red|blue): each value that occurs in them is a label, a column of 0 and 1 in the place of the column of
 * lists. The labels are taken from all rows, as the names of classes are. A missing cell has no labels known: its row is left out, as of
 * every target.
 */
import { AppError } from "../errors.ts";
import type { ColumnDocument, WindowDocument } from "../graph/document.ts";
import { presentCategories } from "../steps/categories.ts";
import { partsOf } from "../steps/list-parts.ts";
import { compareCodePoints } from "../steps/order.ts";
import { categoriesOf, type StepColumn } from "../steps/step.ts";
import type { ColumnGroups } from "./pipeline.ts";
import type { TargetLayout } from "./rows.ts";
import { MAX_CLASSES, type OutputNeeds } from "./targets.ts";

/** What parts the lists of each target that is to be read as labels. */
export function listTargets(columns: readonly ColumnDocument[], targetNames: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    columns.flatMap(({ name, type, lists }) =>
      lists !== undefined && targetNames.includes(name) && (type === "categorical" || type === "text") ? [[name, lists] as const] : [],
    ),
  );
}

/** @throws AppError data.lists_beside_targets, data.lists_of_series */
export function refuseListsBeside(
  lists: ReadonlyMap<string, string>,
  outputs: readonly OutputNeeds[],
  columns: readonly (readonly string[])[],
  window: WindowDocument | undefined,
): void {
  columns.forEach((names, place) => {
    const column = names.find((name) => lists.has(name));
    if (column === undefined) return;
    const where = { nodeId: outputs[place]?.nodeId ?? "" };
    if (names.length > 1) throw new AppError("data.lists_beside_targets", { column, columns: names.join(", ") }, where);
    if (window !== undefined) throw new AppError("data.lists_of_series", { column }, where);
  });
}

/** The labels that each column of lists had when the model was fitted. */
export function labelsOf(targets: Readonly<Record<string, TargetLayout>>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.values(targets).flatMap(({ columns, lists }) => (lists === undefined ? [] : [[lists.column, columns] as const])));
}

/**
 * The same groups with the labels of each column of lists in its place.
 * @param rowIds for the message of an unknown label
 * @param known  labels by column; where they are left out, all that occur, in code-point order
 * @throws AppError data.unknown_class, data.target_one_value, data.target_too_many_classes
 */
export function withLabels(
  groups: ColumnGroups,
  lists: ReadonlyMap<string, string>,
  rowIds: Uint32Array,
  known: ReadonlyMap<string, readonly string[]> = new Map(),
): ColumnGroups {
  if (lists.size === 0) return groups;
  const made = new Map(groups);
  for (const [name, separator] of lists) {
    const [column] = groups.get(name) ?? [];
    if (column !== undefined) made.set(name, labelColumns(column, separator, rowIds, known.get(name)));
  }
  return made;
}

function labelColumns(column: StepColumn, separator: string, rowIds: Uint32Array, known: readonly string[] | undefined): StepColumn[] {
  const { name, codes, categories } = categoriesOf(column);
  const held = categories.map((cell) => new Set(partsOf(cell, separator)));
  const labels = known ?? labelsIn(name, presentCategories(categoriesOf(column)), separator);
  if (known !== undefined) refuseUnknown(name, held, codes, rowIds, known);
  return labels.map((label) => {
    const holds = Float64Array.from(held, (one) => (one.has(label) ? 1 : 0));
    return { kind: "number", name: label, values: Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : (holds[code] as number))) };
  });
}

function labelsIn(column: string, cells: readonly string[], separator: string): string[] {
  const labels = [...new Set(cells.flatMap((cell) => partsOf(cell, separator)))].sort(compareCodePoints);
  if (labels.length === 1) throw new AppError("data.target_one_value", { column, value: labels[0] as string });
  if (labels.length > MAX_CLASSES) throw new AppError("data.target_too_many_classes", { column, limit: MAX_CLASSES });
  return labels;
}

function refuseUnknown(
  column: string,
  held: readonly ReadonlySet<string>[],
  codes: Int32Array,
  rowIds: Uint32Array,
  known: readonly string[],
): void {
  const names = new Set(known);
  codes.forEach((code, row) => {
    for (const value of held[code] ?? [])
      if (!names.has(value))
        throw new AppError("data.unknown_class", { column, value, row: (rowIds[row] as number) + 1, known: known.slice(0, 10).join(", ") });
  });
}
