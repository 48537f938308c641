/**
 * Targets: how the target columns of an output become numbers. The encoding is the first of those the loss takes that
 * fits the columns and the width of the output; classes are named by index. Class names are the one thing taken from
 * all rows and not from the training part: else a class seen only in validation could not be scored.
 */
import { AppError } from "../errors.ts";
import { presentCategories } from "../steps/categories.ts";
import { sortClasses } from "../steps/order.ts";
import { megabytesOf, rowMemory } from "../steps/row-memory.ts";
import type { StepColumn } from "../steps/step.ts";
import type { DataNeeds } from "./data-needs.ts";
import { encodingFits, type TargetColumns } from "./encoding-fits.ts";
import type { Rows, TargetLayout } from "./rows.ts";

export type OutputNeeds = DataNeeds["outputs"][number];

/** More distinct values than this are not classes. */
export const MAX_CLASSES = 10_000;
/** 1 GB of marks of classes: with more, hardly a class has rows enough to be learnt. */
const MOST_CLASS_NUMBERS = 2 ** 28;

/** @param columns all rows that have a target, before any step; of a column of lists its labels (list-targets.ts) */
export function chooseLayout(output: OutputNeeds, columns: readonly StepColumn[]): TargetLayout {
  const names = columns.map(({ name }) => name);
  const classes = classNames(columns);
  refuseOneValue(output.nodeId, columns, classes);
  const known: TargetColumns = { width: output.width, kinds: columns.map(({ kind }) => kind), classes: classes?.length ?? 0 };
  for (const encoding of output.encodings)
    if (encodingFits(encoding, known)) return { columns: names, encoding, classes: encoding === "value" ? [] : (classes ?? []) };
  throw misfit(output, columns, classes);
}

/** Classes over all the columns together, or null when they are not classes: dates, or too many values. */
export function classNames(columns: readonly StepColumn[]): string[] | null {
  const names = new Set<string>();
  for (const column of columns) {
    if (column.kind === "category") for (const name of presentCategories(column)) names.add(name);
    else if (column.kind === "number") {
      const values = new Set<number>();
      for (const value of column.values) if (values.add(value).size > MAX_CLASSES) return null;
      for (const value of values) names.add(className(value));
    } else return null;
    if (names.size > MAX_CLASSES) return null;
  }
  return sortClasses([...names]);
}

export function className(value: number): string {
  return String(value === 0 ? 0 : value);
}

function refuseOneValue(nodeId: string, columns: readonly StepColumn[], classes: readonly string[] | null): void {
  if (classes?.length === 1)
    throw new AppError(
      "data.target_one_value",
      { column: columns.map(({ name }) => name).join(", "), value: classes[0] as string },
      { nodeId },
    );
}

/** Says why no encoding fits: dates, not numbers, a class count that differs from the width, or a number of columns that does. */
function misfit(output: OutputNeeds, columns: readonly StepColumn[], classes: readonly string[] | null): AppError {
  const where = { nodeId: output.nodeId };
  const names = columns.map(({ name }) => name).join(", ");
  const date = columns.find(({ kind }) => kind === "date");
  if (date !== undefined) return new AppError("data.target_is_date", { column: date.name }, where);
  const takesClasses = output.encodings.some((encoding) => encoding !== "value");
  const notNumber = columns.find(({ kind }) => kind !== "number");
  if (takesClasses && columns.length === 1 && (notNumber !== undefined || !output.encodings.includes("value")) && classes !== null)
    return new AppError("data.class_count_mismatch", { column: names, classes: classes.length, width: output.width }, where);
  if (takesClasses && columns.length === output.width && columns.length > 1 && classes !== null && !output.encodings.includes("value"))
    return new AppError("data.labels_not_two_valued", { columns: names, values: classes.slice(0, 5).join(", ") }, where);
  if (output.width !== 0 && columns.length !== output.width)
    return new AppError("data.target_width_mismatch", { columns: columns.length, names, width: output.width }, where);
  if (notNumber !== undefined && output.encodings.includes("value"))
    return new AppError("data.target_not_numeric", { column: notNumber.name, received: notNumber.kind }, where);
  return new AppError("data.target_too_many_classes", { column: names, limit: MAX_CLASSES }, where);
}

/**
 * @param columns  target columns of a part; after the steps where the encoding is `value`
 * @param rowIds   for the message of an unknown class or of a missing value
 * @returns [rows, width]
 */
export function encodeTargets(layout: TargetLayout, columns: readonly StepColumn[], rowIds: Uint32Array, nodeId: string): Rows {
  const rowCount = rowIds.length;
  const width = widthOf(layout);
  refuseManyClasses(layout, rowCount, nodeId);
  const values = rowMemory(rowCount, width, layout.columns.join(", "), nodeId);
  if (layout.encoding === "value") {
    columns.forEach((column, place) => {
      if (column.kind !== "number")
        throw new AppError("data.target_not_numeric", { column: column.name, received: column.kind }, { nodeId });
      for (let row = 0; row < rowCount; row += 1) values[row * width + place] = column.values[row] as number;
      refuseNotFinite(values, width, place, column.name, rowIds, nodeId);
    });
    return { values, shape: [width] };
  }
  const off = layout.encoding === "sign" ? -1 : 0;
  if (off !== 0) values.fill(off);
  const spread = layout.columns.length === 1 && width > 1;
  columns.forEach((column, place) => {
    const codes = classCodes(layout, column, rowIds, nodeId);
    for (let row = 0; row < rowCount; row += 1) {
      const code = codes[row] as number;
      if (layout.encoding === "class_index") values[row] = code;
      else if (spread) values[row * width + code] = 1;
      else if (code === 1) values[row * width + place] = 1;
    }
  });
  return { values, shape: [width] };
}

/** A quantity that was taken for classes has one for nearly every row. */
function refuseManyClasses(layout: TargetLayout, rowCount: number, nodeId: string): void {
  const numbers = rowCount * widthOf(layout);
  if (layout.encoding === "value" || numbers <= MOST_CLASS_NUMBERS) return;
  throw new AppError(
    "data.target_classes_too_large",
    { column: layout.columns.join(", "), classes: layout.classes.length, rows: rowCount, megabytes: megabytesOf(numbers) },
    { nodeId },
  );
}

/** Numbers per row of the encoded target. */
function widthOf(layout: TargetLayout): number {
  switch (layout.encoding) {
    case "value":
    case "multi_binary":
      return layout.columns.length;
    case "binary":
    case "class_index":
      return 1;
    case "one_hot":
      return layout.classes.length;
    case "sign":
      return layout.classes.length > 2 ? layout.classes.length : layout.columns.length;
    default:
      return layout.encoding satisfies never;
  }
}

function refuseNotFinite(values: Float32Array, width: number, place: number, column: string, rowIds: Uint32Array, nodeId: string): void {
  for (let row = 0; row < rowIds.length; row += 1)
    if (!Number.isFinite(values[row * width + place]))
      throw new AppError("data.value_not_finite", { column, row: (rowIds[row] as number) + 1 }, { nodeId });
}

/** Index of the class of each row. @throws AppError data.unknown_class */
export function classCodes(layout: TargetLayout, column: StepColumn, rowIds: Uint32Array, nodeId: string): Int32Array {
  const place = new Map(layout.classes.map((name, code) => [name, code]));
  const codeOf = (name: string, row: number): number => {
    const code = place.get(name);
    if (code === undefined)
      throw new AppError(
        "data.unknown_class",
        { column: column.name, value: name, row: (rowIds[row] as number) + 1, known: layout.classes.slice(0, 10).join(", ") },
        { nodeId },
      );
    return code;
  };
  const codes = new Int32Array(rowIds.length);
  if (column.kind === "number") column.values.forEach((value, row) => (codes[row] = codeOf(className(value), row)));
  else if (column.kind === "category") column.codes.forEach((code, row) => (codes[row] = codeOf(column.categories[code] as string, row)));
  else throw new AppError("data.target_not_numeric", { column: column.name, received: column.kind }, { nodeId });
  return codes;
}
