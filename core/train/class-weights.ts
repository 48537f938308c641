/** Row weights that make every class count the same: rows / (classes · rows of the class), as scikit-learn's "balanced". */
import type { PreparedPart, TargetEncoding } from "../data/prepared.ts";
import { AppError } from "../errors.ts";
import { sizeOf } from "../ir/tensor.ts";
import { largest } from "../metrics/task.ts";

/**
 * @param encodings by output node id; there must be exactly one output, and it must be a classification
 * @throws AppError train.class_weight_unsupported
 */
export function balancedRowWeights(data: PreparedPart, encodings: Readonly<Record<string, TargetEncoding>>): Float32Array {
  const [id, ...others] = Object.keys(encodings);
  const encoding = id === undefined ? undefined : encodings[id];
  const rows = id === undefined ? undefined : data.targets[id];
  if (rows === undefined || others.length > 0 || encoding === "value" || encoding === "multi_binary")
    throw new AppError("train.class_weight_unsupported", {});
  const width = sizeOf(rows.shape);
  const classOf = (row: number): number => (encoding === "one_hot" ? largest(rows.values, row * width, width) : (rows.values[row] ?? 0));
  const counts = new Map<number, number>();
  for (let row = 0; row < data.rowCount; row++) counts.set(classOf(row), (counts.get(classOf(row)) ?? 0) + 1);
  return Float32Array.from({ length: data.rowCount }, (_, row) => data.rowCount / (counts.size * (counts.get(classOf(row)) ?? 1)));
}
