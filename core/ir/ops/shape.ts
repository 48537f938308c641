/** Ops that move numbers without changing them: reshape (free), concatenate, slice. */
import { at, attribute, type OpDefinition } from "../op.ts";
import { sizeOf } from "../tensor.ts";

/** The same storage under `shape`. */
export const reshape: OpDefinition = {
  alias: true,
  outputShapes: ([x], attributes) => {
    const shape = attribute<readonly number[]>(attributes, "shape");
    if (sizeOf(shape) !== sizeOf(x ?? [])) throw new Error("reshape: sizes differ");
    return [shape];
  },
  gradient: ({ builder, inputs, outputGradients }) => {
    const dy = at(outputGradients, 0);
    return [dy === null ? null : builder.reshape(dy, at(inputs, 0).shape)];
  },
};

/** Joins along `axis` (counted with the batch as 0), in the order of the inputs. */
export const concatenate: OpDefinition = {
  outputShapes: (inputs, attributes) => {
    const axis = attribute<number>(attributes, "axis");
    const first = at(inputs, 0);
    let joined = 0;
    for (const shape of inputs) {
      if (shape.length !== first.length || shape.some((size, i) => i !== axis && size !== first[i]))
        throw new Error("concatenate: shapes differ");
      joined += at(shape, axis);
    }
    return [first.map((size, i) => (i === axis ? joined : size))];
  },
  gradient: ({ builder, inputs, outputGradients, attributes, needs }) => {
    const axis = attribute<number>(attributes, "axis");
    const dy = at(outputGradients, 0);
    let start = 0;
    return inputs.map((input, i) => {
      const size = at(input.shape, axis);
      const piece = dy !== null && needs[i] === true ? builder.one("slice", [dy], { axis, start, size }) : null;
      start += size;
      return piece;
    });
  },
};

/** `size` entries of `axis` from `start`. */
export const slice: OpDefinition = {
  outputShapes: ([x], attributes) => {
    const axis = attribute<number>(attributes, "axis");
    const size = attribute<number>(attributes, "size");
    if (attribute<number>(attributes, "start") + size > at(x ?? [], axis)) throw new Error("slice: out of range");
    return [(x ?? []).map((old, i) => (i === axis ? size : old))];
  },
  gradient: ({ builder, inputs, outputGradients, attributes }) => {
    const dy = at(outputGradients, 0);
    const full = at(at(inputs, 0).shape, attribute<number>(attributes, "axis"));
    return [dy === null ? null : builder.one("slice_gradient", [dy], { ...attributes, full })];
  },
};

/** dy put back at its place along `axis` of length `full`, zero elsewhere; forward, it is zero padding. */
export const sliceGradient: OpDefinition = {
  outputShapes: ([dy], attributes) => {
    const axis = attribute<number>(attributes, "axis");
    return [(dy ?? []).map((old, i) => (i === axis ? attribute<number>(attributes, "full") : old))];
  },
  gradient: ({ builder, outputGradients, attributes }) => {
    const dy = at(outputGradients, 0);
    const [axis, start, size] = [
      attribute<number>(attributes, "axis"),
      attribute<number>(attributes, "start"),
      attribute<number>(attributes, "size"),
    ];
    return [dy === null ? null : builder.one("slice", [dy], { axis, start, size })];
  },
};
