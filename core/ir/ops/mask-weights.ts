/** What each row of a loss counts where a mask says which do: weights whose mean over all rows is the mean over those. */
import { at, type OpDefinition } from "../op.ts";
import { sizeOf } from "../tensor.ts";

/**
 * Inputs mask (M numbers, 1 counts and 0 does not), (row weights [N], N a divisor of M); output [M]: mask · M / Σ mask, times the weight of
 * the row (Keras's reduction of masked losses, without its 1e-7 below the line). All 0 where nothing counts. No gradient flows.
 */
export const maskWeights: OpDefinition = {
  outputShapes: ([mask = [], weights]) => {
    const rows = sizeOf(mask);
    if (weights !== undefined && rows % at(weights, 0) !== 0) throw new Error("mask_weights: the weights do not divide the mask");
    return [[rows]];
  },
  gradient: ({ inputs }) => inputs.map(() => null),
};
