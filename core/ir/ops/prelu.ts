/** The rectifier with a learned slope below zero (He et al. 2015). */
import { at, type OpDefinition } from "../op.ts";
import { sizeOf } from "../tensor.ts";

/** Inputs x [.., C], slope [C]; output x above zero, slope · x below. */
export const prelu: OpDefinition = {
  outputShapes: ([x]) => [x ?? []],
  multiplyAdds: ([x]) => sizeOf(x ?? [0]),
  gradient: ({ builder, inputs, outputGradients, needs }) => {
    const dy = at(outputGradients, 0);
    if (dy === null) return [null, null];
    const [dx, part] = builder.emit("prelu_gradient", [at(inputs, 0), at(inputs, 1), dy]);
    return [dx ?? null, needs[1] === true && part !== undefined ? builder.one("bias_gradient", [part]) : null];
  },
};

/** Inputs x, slope, dy; outputs dx, and dy · min(x, 0), whose sum over the rows is the gradient of the slope. */
export const preluGradient: OpDefinition = {
  outputShapes: ([x]) => [x ?? [], x ?? []],
  multiplyAdds: ([x]) => 2 * sizeOf(x ?? [0]),
};
