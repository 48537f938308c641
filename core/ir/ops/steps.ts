/**
 * Ops over the steps of sequences x [B, T, F] with masks [B, T], where 0 stands for padding: what masking, masked recurrent layers
 * and masked pooling are made of; and the flip of an axis.
 */
import { at, attribute, type OpDefinition } from "../op.ts";
import { type Shape, sizeOf } from "../tensor.ts";

function requireMask([x = [], mask = []]: readonly Shape[], op: string): Shape {
  if (x.length < 2 || mask.length !== 2 || mask[0] !== x[0] || mask[1] !== x[1]) throw new Error(`${op}: the mask does not fit`);
  return x;
}

/**
 * Inputs x, mask; output x with zeros at some steps. Attribute `zeros`: `masked` steps, or those `before_first`, in the direction
 * of time (`reverse`): what Keras gives out before a sequence has begun.
 */
export const maskSteps: OpDefinition = {
  outputShapes: (inputs) => [requireMask(inputs, "mask_steps")],
  gradient: ({ builder, inputs, outputGradients, attributes }) => {
    const dy = at(outputGradients, 0);
    return [dy === null ? null : builder.one("mask_steps", [dy, at(inputs, 1)], attributes), null];
  },
};

/** Input x [B, T, F]; output [B, T], 1 where any feature of a step differs from the attribute `value`, else 0. */
export const findSteps: OpDefinition = {
  outputShapes: ([x = []]) => [[at(x, 0), at(x, 1)]],
};

/** Inputs x, mask; output [B, F], the `average` or `maximum` (attribute `function`) over the steps that count; 0 where none does. */
export const poolSteps: OpDefinition = {
  outputShapes: (inputs) => {
    const x = requireMask(inputs, "pool_steps");
    return [[at(x, 0), ...x.slice(2)]];
  },
  multiplyAdds: ([x]) => sizeOf(x ?? [0]),
  gradient: ({ builder, inputs, outputs, outputGradients, attributes }) => {
    const dy = at(outputGradients, 0);
    return [dy === null ? null : builder.one("pool_steps_gradient", [...inputs, at(outputs, 0), dy], attributes), null];
  },
};

/** Inputs x, mask, y, dy; output dx. The gradient of a maximum goes to the first step that has it. */
export const poolStepsGradient: OpDefinition = {
  outputShapes: ([x]) => [x ?? []],
  multiplyAdds: ([x]) => sizeOf(x ?? [0]),
};

/** The entries of `axis` from the last to the first. */
export const flip: OpDefinition = {
  outputShapes: ([x = []], attributes) => {
    at(x, attribute<number>(attributes, "axis"));
    return [x];
  },
  gradient: ({ builder, outputGradients, attributes }) => {
    const dy = at(outputGradients, 0);
    return [dy === null ? null : builder.one("flip", [dy], attributes)];
  },
};
