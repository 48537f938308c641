/** How many rows evaluation and prediction take at once. */
import { sizeOf } from "../ir/tensor.ts";
import { layersOfRole } from "../spec/model.ts";
import type { ModelSpec } from "../spec/model-spec.ts";

/** The most rows that evaluation and prediction take at once. */
export const EVALUATION_BATCH = 256;
/** Numbers of input that they take at once, unless one row has more: a graph of millions of edges is a row. */
const EVALUATION_NUMBERS = 2 ** 22;

/** A power of two up to EVALUATION_BATCH. */
export function evaluationBatchOf(spec: ModelSpec): number {
  const numbers = layersOfRole(spec, "input").reduce((sum, { shape }) => sum + sizeOf(shape), 1);
  let batch = EVALUATION_BATCH;
  while (batch > 1 && batch * numbers > EVALUATION_NUMBERS) batch /= 2;
  return batch;
}
