/** linear: y = xW + b over the last axis, and the three products of its gradient. x [.., I], W [I, O], b [O]. */
import { at, type OpDefinition } from "../op.ts";
import { type Shape, sizeOf } from "../tensor.ts";

const last = (shape: Shape): number => at(shape, shape.length - 1);
const rows = (shape: Shape): number => sizeOf(shape) / last(shape);

/** Inputs x, W and, optionally, b; output [.., O]. */
export const linear: OpDefinition = {
  outputShapes: ([x, w, b]) => {
    if (x === undefined || w === undefined || w.length !== 2 || last(x) !== w[0] || (b !== undefined && b[0] !== w[1]))
      throw new Error("linear: shapes do not meet");
    return [[...x.slice(0, -1), at(w, 1)]];
  },
  multiplyAdds: ([x, w]) => rows(x ?? [1]) * sizeOf(w ?? [0]),
  gradient: ({ builder, inputs, outputGradients, needs }) => {
    const [x, w, b] = inputs;
    const dy = at(outputGradients, 0);
    if (x === undefined || w === undefined || dy === null) return inputs.map(() => null);
    const dx = needs[0] === true ? builder.one("linear_input_gradient", [dy, w]) : null;
    const dw = needs[1] === true ? builder.one("linear_weight_gradient", [x, dy]) : null;
    return b === undefined ? [dx, dw] : [dx, dw, needs[2] === true ? builder.rowSum(dy) : null];
  },
};

/** Inputs dy [.., O], W [I, O]; output dx [.., I] = dy Wᵀ. */
export const linearInputGradient: OpDefinition = {
  outputShapes: ([dy, w]) => [[...at([dy ?? []], 0).slice(0, -1), at(w ?? [], 0)]],
  multiplyAdds: ([dy, w]) => rows(dy ?? [1]) * sizeOf(w ?? [0]),
};

/** Inputs x [.., I], dy [.., O]; output dW [I, O] = xᵀ dy, summed over rows in order. */
export const linearWeightGradient: OpDefinition = {
  outputShapes: ([x, dy]) => [[last(x ?? []), last(dy ?? [])]],
  multiplyAdds: ([x, dy]) => rows(x ?? [1]) * last(x ?? [0]) * last(dy ?? [0]),
};

/** Input dy [.., O]; output db [O], the sum over all rows in order. */
export const biasGradient: OpDefinition = {
  outputShapes: ([dy]) => [[last(dy ?? [])]],
};
