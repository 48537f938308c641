/** Ops that work number by number: unary functions (the activations), dropout, add, fill, copy. */
import { activationImplementation } from "../../activations/implementations.ts";
import { at, attribute, type OpDefinition } from "../op.ts";
import { sameShape } from "../tensor.ts";

const sameAsFirst: OpDefinition["outputShapes"] = ([x]) => [x ?? []];

/** y = f(x); attributes: `function` (name of an activation) and its constants. */
export const unary: OpDefinition = {
  outputShapes: sameAsFirst,
  gradient: ({ builder, inputs, outputs, outputGradients, attributes }) => {
    const dy = at(outputGradients, 0);
    if (dy === null) return [null];
    const { saved } = activationImplementation(attribute<string>(attributes, "function"));
    return [builder.one("unary_gradient", [saved === "input" ? at(inputs, 0) : at(outputs, 0), dy], attributes)];
  },
};

/** Inputs: x or y (whichever the activation's derivative is written in), dy; output dx. */
export const unaryGradient: OpDefinition = { outputShapes: sameAsFirst };

/**
 * Inverted dropout: zero with probability `rate`, else divided by 1 − rate. The mask is a function of (seed, stream,
 * step, index) alone, so the backward pass draws it again instead of storing it, and any thread can draw its share.
 */
export const dropout: OpDefinition = {
  outputShapes: sameAsFirst,
  gradient: ({ builder, outputGradients, attributes }) => {
    const dy = at(outputGradients, 0);
    return [dy === null ? null : builder.one("dropout", [dy], attributes)];
  },
};

/** Sum of two or more tensors of one shape, added in order. */
export const add: OpDefinition = {
  outputShapes: (inputs) => {
    const first = at(inputs, 0);
    if (inputs.some((shape) => !sameShape(shape, first))) throw new Error("add: shapes differ");
    return [first];
  },
  gradient: ({ inputs, outputGradients }) => inputs.map(() => at(outputGradients, 0)),
};

/** A constant in every element; attributes `shape`, `value`. */
export const fill: OpDefinition = {
  outputShapes: (_, attributes) => [attribute<readonly number[]>(attributes, "shape")],
};

export const copy: OpDefinition = { outputShapes: sameAsFirst };
