/** Linear interpolation along one axis, between the middles of entries, as pictures are enlarged (bilinear: once along each axis). */
import { at, attribute, type OpDefinition } from "../op.ts";
import type { Attributes, Shape } from "../tensor.ts";

/** Output entry q · times + phase lies between entries q + shift and q + shift + 1, `weight` of the way; beyond the ends the end counts. */
export interface InterpolationPhase {
  readonly shift: -1 | 0;
  readonly weight: number;
}

export function interpolationPhases(times: number): InterpolationPhase[] {
  return Array.from({ length: times }, (_, phase) => {
    const place = (phase + 0.5) / times - 0.5;
    return place < 0 ? { shift: -1, weight: place + 1 } : { shift: 0, weight: place };
  });
}

const scaled = (shape: Shape, attributes: Attributes, factor: (length: number, times: number) => number): Shape => {
  const axis = attribute<number>(attributes, "axis");
  return shape.map((length, i) => (i === axis ? factor(length, attribute<number>(attributes, "times")) : length));
};

/** Input x; attributes `axis` (of the tensor, batch included) and `times`; output with that axis `times` as long. */
export const interpolate: OpDefinition = {
  outputShapes: ([x = []], attributes) => [scaled(x, attributes, (length, times) => length * times)],
  gradient: ({ builder, outputGradients, attributes }) => {
    const dy = at(outputGradients, 0);
    return [dy === null ? null : builder.one("interpolate_gradient", [dy], attributes)];
  },
};

/** Input dy, output dx. */
export const interpolateGradient: OpDefinition = {
  outputShapes: ([dy = []], attributes) => [scaled(dy, attributes, (length, times) => length / times)],
};
