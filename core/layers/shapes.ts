/** Shape rules that several layers share: how many axes and inputs there must be, which axis is meant, what shapes must agree. */
import { AppError } from "../errors.ts";
import { type Shape, sameShape, showShape } from "../ir/tensor.ts";

/**
 * The first input, which must have exactly `rank` axes.
 * @param form what the axes are: "[height, width, channels]"
 */
export function requireRank(inputs: readonly Shape[], rank: number, form: string): Shape {
  const [x = []] = inputs;
  if (x.length !== rank) throw new AppError("design.rank_expected", { expected: rank, form, received: showShape(x) });
  return x;
}

/** At least `least` and at most `most` inputs, all of one shape, which comes back. */
export function requireOneShape(inputs: readonly Shape[], least: number, most = Number.POSITIVE_INFINITY): Shape {
  const [first, ...others] = inputs;
  if (first === undefined || inputs.length < least)
    throw new AppError("design.too_few_inputs", { expected: least, received: inputs.length });
  if (inputs.length > most) throw new AppError("design.too_many_inputs", { expected: most, received: inputs.length });
  const odd = others.find((shape) => !sameShape(shape, first));
  if (odd !== undefined) throw new AppError("design.shapes_differ", { expected: showShape(first), received: showShape(odd) });
  return first;
}

/** Axis within a sample, from 0. @param axis −1 is the last; 1 the first after the batch, as in Keras. */
export function sampleAxis(axis: number, rank: number): number {
  const index = axis < 0 ? rank + axis : axis - 1;
  if (axis === 0 || index < 0 || index >= rank) throw new AppError("design.axis_out_of_range", { axis, rank });
  return index;
}
