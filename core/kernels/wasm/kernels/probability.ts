/**
 * Logarithms of probabilities that are kept within 1e-7 of 0 and 1 (core/losses/loss.ts). The upper bound is put on the
 * logarithm: 1 − 1e-7 is not a float32, its logarithm is.
 */
import { constant, equal, type Local, pseudoMax, pseudoMin, type Vector } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { log } from "../math.ts";

const EPSILON = 1e-7;

/** log of p, for 1e-7 ≤ p ≤ 1 − 1e-7; of the nearer bound beyond. NaN for NaN. */
export function logOfProbability(f: FunctionBuilder, p: Vector): Vector {
  return pseudoMin(log(f, pseudoMax(p, constant(EPSILON))), constant(Math.log1p(-EPSILON)));
}

/** Mask of the lanes whose probability lies within the bounds: the others have no gradient. */
export function isWithinBounds(p: Local<"v128">): Vector {
  return equal(p, pseudoMin(pseudoMax(p, constant(EPSILON)), constant(1 - EPSILON)));
}
