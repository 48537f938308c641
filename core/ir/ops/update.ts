/**
 * Updates: what happens to gradients and parameters after the backward pass, in one pass over the parameter block.
 * `hyper` [8] holds the numbers that change from step to step; core/optimizers says which.
 */
import type { OpDefinition } from "../op.ts";

const nothing: OpDefinition["outputShapes"] = () => [];

/** Inputs parameters [P], gradients [P], hyper, (velocity [P]). */
export const sgdUpdate: OpDefinition = { outputShapes: nothing, writesInputs: [0, 3] };
/** Inputs parameters, gradients, hyper, first moment, second moment, (largest second moment); attribute `decays` for AdamW. */
export const adamUpdate: OpDefinition = { outputShapes: nothing, writesInputs: [0, 3, 4, 5] };
/** Inputs parameters, gradients, hyper, first moment, second moment. */
export const nadamUpdate: OpDefinition = { outputShapes: nothing, writesInputs: [0, 3, 4] };
/** Inputs parameters, gradients, hyper, mean square of gradients, mean square of steps. */
export const adadeltaUpdate: OpDefinition = { outputShapes: nothing, writesInputs: [0, 3, 4] };
/** Inputs parameters, gradients, hyper, mean square, (velocity). */
export const rmspropUpdate: OpDefinition = { outputShapes: nothing, writesInputs: [0, 3, 4] };
/** Inputs parameters, gradients, hyper, sum of squares. */
export const adagradUpdate: OpDefinition = { outputShapes: nothing, writesInputs: [0, 3] };

/** Input gradients: every element kept within ± `limit`. */
export const clipByValue: OpDefinition = { outputShapes: nothing, writesInputs: [0] };
/** Input gradients of one parameter: scaled down to the norm `limit` when above it. */
export const clipByNorm: OpDefinition = { outputShapes: nothing, writesInputs: [0] };

/** Inputs parameters, hyper, average: average ← m·average + (1 − m)·parameters with m the last number of hyper, 0 on the first step. */
export const averageUpdate: OpDefinition = { outputShapes: nothing, writesInputs: [2] };
