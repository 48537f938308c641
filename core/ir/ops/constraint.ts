/**
 * Constraints on a parameter, applied after the optimizer's update (Keras's constraints): `max_norm` scales down what is longer
 * than `limit`, `unit_norm` gives everything length one, `non_neg` sets what is negative to zero.
 */
import { at, type OpDefinition } from "../op.ts";
import { type Shape, sizeOf } from "../tensor.ts";

/** Added to every norm, so that nothing is divided by zero (Keras's epsilon). */
export const NORM_EPSILON = 1e-7;

/** Input a parameter; attributes `function`, `over` (see {@link normGeometry}), `limit` for max_norm. */
export const constrain: OpDefinition = { outputShapes: () => [], writesInputs: [0] };

/**
 * Which numbers make one norm: `length` of them, `inner` apart; there are `outer · inner` norms.
 * @param over `first`: along the first axis (Keras's axis=0); `all_but_last`: in a kernel these are the
 *             weights that go into one unit; `last`: along the last axis, one vector of an embedding
 */
export function normGeometry(shape: Shape, over: string): { outer: number; length: number; inner: number } {
  const last = at(shape, shape.length - 1);
  switch (over) {
    case "first":
      return { outer: 1, length: at(shape, 0), inner: sizeOf(shape.slice(1)) };
    case "all_but_last":
      return shape.length === 1 ? { outer: 1, length: last, inner: 1 } : { outer: 1, length: sizeOf(shape.slice(0, -1)), inner: last };
    case "last":
      return { outer: sizeOf(shape.slice(0, -1)), length: last, inner: 1 };
    default:
      throw new Error(`constrain: no norm over '${over}'`);
  }
}
