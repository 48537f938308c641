/** Ops on tensors of one shape, number by number: scale, multiply, the larger or smaller of two. */
import { at, type OpDefinition } from "../op.ts";
import { sameShape } from "../tensor.ts";

const sameAsFirst: OpDefinition["outputShapes"] = ([x]) => [x ?? []];
const twoOfOneShape: OpDefinition["outputShapes"] = ([a, b]) => {
  if (a === undefined || b === undefined || !sameShape(a, b)) throw new Error("two inputs of one shape are needed");
  return [a];
};

/** y = factor · x; attribute `factor`. */
export const scale: OpDefinition = {
  outputShapes: sameAsFirst,
  gradient: ({ builder, outputGradients, attributes }) => {
    const dy = at(outputGradients, 0);
    return [dy === null ? null : builder.one("scale", [dy], attributes)];
  },
};

/** y = a · b. */
export const multiply: OpDefinition = {
  outputShapes: twoOfOneShape,
  gradient: ({ builder, inputs, outputGradients, needs }) => {
    const [a, b] = [at(inputs, 0), at(inputs, 1)];
    const dy = at(outputGradients, 0);
    if (dy === null) return [null, null];
    return [needs[0] === true ? builder.one("multiply", [dy, b]) : null, needs[1] === true ? builder.one("multiply", [dy, a]) : null];
  },
};

/** The larger or the smaller of a and b; attribute `function`: "maximum" or "minimum". */
export const extremum: OpDefinition = {
  outputShapes: twoOfOneShape,
  gradient: ({ builder, inputs, outputGradients, attributes }) => {
    const dy = at(outputGradients, 0);
    return dy === null ? [null, null] : builder.emit("extremum_gradient", [at(inputs, 0), at(inputs, 1), dy], attributes);
  },
};

/** Inputs a, b, dy; outputs da and db: dy goes to the one that was chosen, half to each where they are equal (as PyTorch does). */
export const extremumGradient: OpDefinition = { outputShapes: ([a, b]) => [a ?? [], b ?? []] };
