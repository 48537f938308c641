/** Weights that make every class of an output count the same: rows / (classes · rows of the class), as scikit-learn's "balanced". */
import type { PreparedPart } from "../data/prepared.ts";
import type { TargetEncoding } from "../data/rows.ts";
import { AppError } from "../errors.ts";
import { sizeOf } from "../ir/tensor.ts";
import { largest } from "../metrics/task.ts";

const hasClasses = (encoding: TargetEncoding | undefined): boolean =>
  encoding !== undefined && encoding !== "value" && encoding !== "multi_binary";

/**
 * Outputs whose classes can be balanced: each row is of one class. Outputs of numbers and of several yes/no columns are left alone.
 * @throws AppError train.class_weight_unsupported when there is none
 */
export function takesClassWeights(encodings: Readonly<Record<string, TargetEncoding>>): readonly string[] {
  const ids = Object.keys(encodings).filter((id) => hasClasses(encodings[id]));
  if (ids.length === 0) throw new AppError("train.class_weight_unsupported", {});
  return ids;
}

/** `[rows]`; null for an output that has no classes to balance. Counted over the rows, whatever these count. */
export function balancedWeights(data: PreparedPart, id: string, encoding: TargetEncoding | undefined): Float32Array | null {
  const rows = data.targets[id];
  if (rows === undefined || !hasClasses(encoding)) return null;
  const width = sizeOf(rows.shape);
  // One-hot, and the scores of several classes: the largest is the class.
  const classOf = (row: number): number => (width > 1 ? largest(rows.values, row * width, width) : (rows.values[row] ?? 0));
  const counts = new Map<number, number>();
  for (let row = 0; row < data.rowCount; row++) counts.set(classOf(row), (counts.get(classOf(row)) ?? 0) + 1);
  return Float32Array.from({ length: data.rowCount }, (_, row) => data.rowCount / (counts.size * (counts.get(classOf(row)) ?? 1)));
}
