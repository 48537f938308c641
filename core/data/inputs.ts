/**
 * Inputs: prepared columns become rows of float32 for the input nodes. The feature vector has the columns in the order
 * of the design's list, each column's numbers together at its place (a one-hot group, the parts of a date).
 */
import { AppError } from "../errors.ts";
import { type Shape, sizeOf } from "../ir/tensor.ts";
import { rowMemory } from "../steps/row-memory.ts";
import type { StepColumn } from "../steps/step.ts";
import type { DataNeeds } from "./data-needs.ts";
import type { ColumnGroups } from "./pipeline.ts";
import type { FeatureGroup, Rows } from "./rows.ts";

export type InputNeeds = DataNeeds["inputs"][number];

/** What a column has become, by name. @throws AppError data.feature_not_encoded when it is not numbers yet */
export function featureGroup(column: string, parts: readonly StepColumn[]): FeatureGroup {
  const [only] = parts;
  if (parts.length === 1 && only?.kind === "tensor") return { column, width: sizeOf(only.shape), names: only.names, shape: only.shape };
  const names = parts.flatMap((part) => {
    if (part.kind === "one_hot") return part.names;
    if (part.kind === "number") return [part.name];
    throw notEncoded(part, column);
  });
  return { column, width: names.length, names };
}

const NOT_ENCODED: Partial<Record<StepColumn["kind"], string>> = {
  date: "data.date_not_encoded",
  text: "data.text_not_encoded",
  picture: "data.picture_not_encoded",
};

function notEncoded({ kind }: StepColumn, column: string): AppError {
  return new AppError(NOT_ENCODED[kind] ?? "data.feature_not_encoded", { column });
}

function widthOf(part: StepColumn): number {
  if (part.kind === "one_hot") return part.names.length;
  return part.kind === "tensor" ? sizeOf(part.shape) : 1;
}

/** @param columns names of the node's feature columns, in order */
export function inputRows(input: InputNeeds, columns: readonly string[], groups: ColumnGroups, rowIds: Uint32Array): Rows {
  const parts = columns.flatMap((name) => groups.get(name) ?? []);
  const width = parts.reduce((sum, part) => sum + widthOf(part), 0);
  if (width === 0) throw new AppError("data.no_features_left", { columns: columns.slice(0, 10).join(", ") }, { nodeId: input.nodeId });
  const [only] = parts;
  // A picture or a text that comes alone keeps its shape; beside others it is laid out in the row.
  const shape: Shape = input.shape ?? (parts.length === 1 && only?.kind === "tensor" ? only.shape : [width]);
  if (sizeOf(shape) !== width)
    throw new AppError(
      "data.input_size_mismatch",
      { expected: sizeOf(shape), shape: shape.join(" × "), received: width },
      { nodeId: input.nodeId },
    );
  if (parts.length === 1 && only?.kind === "tensor")
    return { values: only.values, shape, ...(only.places === undefined ? {} : { places: only.places }) };
  const values = rowMemory(rowIds.length, width, columns.slice(0, 10).join(", "), input.nodeId);
  let place = 0;
  for (const part of parts) place += writePart(part, values, width, place, rowIds, input);
  return { values, shape };
}

function writePart(
  part: StepColumn,
  values: Float32Array,
  width: number,
  place: number,
  rowIds: Uint32Array,
  { nodeId, takesGaps = false }: InputNeeds,
): number {
  const rowCount = rowIds.length;
  if (part.kind === "one_hot") {
    for (let row = 0; row < rowCount; row += 1) {
      const code = part.codes[row] as number;
      if (code >= 0) values[row * width + place + code] = 1;
    }
    return part.names.length;
  }
  if (part.kind === "tensor") {
    const own = sizeOf(part.shape);
    for (let row = 0; row < rowCount; row += 1) {
      const start = (part.places === undefined ? row : (part.places[row] as number)) * own;
      values.set(part.values.subarray(start, start + own), row * width + place);
    }
    return own;
  }
  if (part.kind !== "number") throw new AppError("data.feature_not_encoded", { column: part.name }, { nodeId });
  for (let row = 0; row < rowCount; row += 1) {
    const value = Math.fround(part.values[row] as number);
    if (!Number.isFinite(value) && !(takesGaps && Number.isNaN(value))) throw notFinite(part.values, part.name, rowIds, row, nodeId);
    values[row * width + place] = value;
  }
  return 1;
}

function notFinite(values: Float64Array, column: string, rowIds: Uint32Array, row: number, nodeId: string): AppError {
  const firstRow = (rowIds[row] as number) + 1;
  if (!Number.isNaN(values[row])) return new AppError("data.value_not_finite", { column, row: firstRow }, { nodeId });
  const count = values.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
  return new AppError("data.values_missing", { column, count, row: firstRow }, { nodeId });
}
