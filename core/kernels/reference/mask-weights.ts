/** Weights of the rows that count; see core/ir/ops/mask-weights.ts. */
import { rowWeight } from "./cross-entropy.ts";
import { get, operand, type ReferenceKernel } from "./kernel.ts";

export const maskWeights: ReferenceKernel = (inputs, outputs) => {
  const mask = operand(inputs, 0).data;
  const weights = operand(outputs, 0).data;
  const M = mask.length;
  let counted = 0;
  for (let m = 0; m < M; m++) counted += get(mask, m);
  for (let m = 0; m < M; m++) weights[m] = counted === 0 ? 0 : (get(mask, m) * rowWeight(inputs[1], m, M) * M) / counted;
};
