/** Linear interpolation along an axis; see core/ir/ops/interpolate.ts. */
import { attribute } from "../../ir/op.ts";
import { interpolationPhases } from "../../ir/ops/interpolate.ts";
import { type Attributes, type Shape, sizeOf } from "../../ir/tensor.ts";
import { get, operand, type ReferenceKernel } from "./kernel.ts";

/** Calls `body` with every number of the output and the two numbers of the input that it lies between. */
function forPlaces(x: Shape, attributes: Attributes, body: (from: number, next: number, to: number, weight: number) => void): void {
  const axis = attribute<number>(attributes, "axis");
  const times = attribute<number>(attributes, "times");
  const [outer, length, inner] = [sizeOf(x.slice(0, axis)), x[axis] ?? 1, sizeOf(x.slice(axis + 1))];
  const phases = interpolationPhases(times);
  const within = (entry: number): number => Math.min(length - 1, Math.max(0, entry));
  for (let o = 0; o < outer; o++)
    for (let q = 0; q < length; q++)
      phases.forEach(({ shift, weight }, phase) => {
        for (let k = 0; k < inner; k++) {
          const [from, next] = [within(q + shift), within(q + shift + 1)].map((entry) => (o * length + entry) * inner + k) as [
            number,
            number,
          ];
          body(from, next, ((o * length + q) * times + phase) * inner + k, weight);
        }
      });
}

export const interpolate: ReferenceKernel = (inputs, outputs, attributes) => {
  const x = operand(inputs, 0);
  const y = operand(outputs, 0).data;
  forPlaces(x.shape, attributes, (from, next, to, weight) => {
    y[to] = (1 - weight) * get(x.data, from) + weight * get(x.data, next);
  });
};

export const interpolateGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const [dy, dx] = [operand(inputs, 0).data, operand(outputs, 0)];
  const sums = new Float64Array(dx.data.length);
  forPlaces(dx.shape, attributes, (from, next, to, weight) => {
    sums[from] = get(sums, from) + (1 - weight) * get(dy, to);
    sums[next] = get(sums, next) + weight * get(dy, to);
  });
  dx.data.set(sums);
};
