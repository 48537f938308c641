/** Ops that work along axes: permute, repeat, the sum along an axis. Axes count with the batch as 0. */
import { at, attribute, type OpDefinition } from "../op.ts";
import { type Shape, sizeOf } from "../tensor.ts";

/** Axis i of the output is axis `axes`[i] of the input. */
export const permute: OpDefinition = {
  outputShapes: ([x], attributes) => [attribute<Shape>(attributes, "axes").map((axis) => at(x ?? [], axis))],
  gradient: ({ builder, outputGradients, attributes }) => {
    const axes = attribute<Shape>(attributes, "axes");
    const dy = at(outputGradients, 0);
    return [dy === null ? null : builder.one("permute", [dy], { axes: axes.map((_, i) => axes.indexOf(i)) })];
  },
};

/** Every entry of `axis` `times` in a row: [a, b] becomes [a, a, b, b]. */
export const repeat: OpDefinition = {
  outputShapes: ([x], attributes) => {
    const axis = attribute<number>(attributes, "axis");
    return [(x ?? []).map((size, i) => (i === axis ? size * attribute<number>(attributes, "times") : size))];
  },
  gradient: ({ builder, inputs, outputGradients, attributes }) => {
    const dy = at(outputGradients, 0);
    if (dy === null) return [null];
    const axis = attribute<number>(attributes, "axis");
    const { shape } = at(inputs, 0);
    const apart = builder.reshape(dy, [...shape.slice(0, axis + 1), attribute<number>(attributes, "times"), ...shape.slice(axis + 1)]);
    return [builder.one("sum_axis", [apart], { axis: axis + 1 })];
  },
};

/** The sum along `axis`, which goes away. */
export const sumAxis: OpDefinition = {
  outputShapes: ([x], attributes) => [(x ?? []).filter((_, i) => i !== attribute<number>(attributes, "axis"))],
  multiplyAdds: ([x]) => sizeOf(x ?? [0]),
  gradient: ({ builder, inputs, outputGradients, attributes }) => {
    const dy = at(outputGradients, 0);
    if (dy === null) return [null];
    const axis = attribute<number>(attributes, "axis");
    const { shape } = at(inputs, 0);
    const one = builder.reshape(
      dy,
      shape.map((size, i) => (i === axis ? 1 : size)),
    );
    return [builder.one("repeat", [one], { axis, times: at(shape, axis) })];
  },
};
