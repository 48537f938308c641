/** Ops over the steps of sequences, as plain loops; core/ir/ops/steps.ts has the axes. */
import { attribute } from "../../ir/op.ts";
import { type Attributes, sizeOf } from "../../ir/tensor.ts";
import { get, type Numbers, type Operand, operand, type ReferenceKernel } from "./kernel.ts";

const sizesOf = ({ shape }: Operand): { B: number; T: number; F: number } => ({
  B: shape[0] ?? 1,
  T: shape[1] ?? 1,
  F: sizeOf(shape.slice(2)),
});

/** For each step of each sample: whether it keeps its numbers. */
function keptSteps(mask: Numbers, B: number, T: number, attributes: Attributes): boolean[] {
  if (attribute<string>(attributes, "zeros") === "masked") return Array.from(mask, (value) => value !== 0);
  const kept = new Array<boolean>(B * T).fill(false);
  for (let b = 0; b < B; b++) {
    let begun = false;
    for (let i = 0; i < T; i++) {
      const step = b * T + (attributes["reverse"] === true ? T - 1 - i : i);
      begun = begun || get(mask, step) !== 0;
      kept[step] = begun;
    }
  }
  return kept;
}

export const maskSteps: ReferenceKernel = (inputs, outputs, attributes) => {
  const [x, mask, y] = [operand(inputs, 0), operand(inputs, 1), operand(outputs, 0)];
  const { B, T, F } = sizesOf(x);
  keptSteps(mask.data, B, T, attributes).forEach((kept, step) => {
    for (let i = step * F; i < (step + 1) * F; i++) y.data[i] = kept ? get(x.data, i) : 0;
  });
};

export const findSteps: ReferenceKernel = (inputs, outputs, attributes) => {
  const [x, mask] = [operand(inputs, 0), operand(outputs, 0)];
  const { F } = sizesOf(x);
  const value = Math.fround(attribute<number>(attributes, "value"));
  for (let step = 0; step < mask.data.length; step++)
    mask.data[step] = x.data.subarray(step * F, (step + 1) * F).some((number) => number !== value) ? 1 : 0;
};

export const poolSteps: ReferenceKernel = (inputs, outputs, attributes) => {
  const [x, mask, y] = [operand(inputs, 0), operand(inputs, 1), operand(outputs, 0)];
  const { B, T, F } = sizesOf(x);
  const isMaximum = attribute<string>(attributes, "function") === "maximum";
  for (let b = 0; b < B; b++)
    for (let c = 0; c < F; c++) {
      let count = 0;
      let result = isMaximum ? Number.NEGATIVE_INFINITY : 0;
      for (let step = b * T; step < (b + 1) * T; step++) {
        if (get(mask.data, step) === 0) continue;
        const value = get(x.data, step * F + c);
        count++;
        result = isMaximum ? Math.max(result, value) : result + value;
      }
      if (!isMaximum) result /= count;
      y.data[b * F + c] = count === 0 ? 0 : result;
    }
};

export const poolStepsGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const [x, mask, y, dy, dx] = [operand(inputs, 0), operand(inputs, 1), operand(inputs, 2), operand(inputs, 3), operand(outputs, 0)];
  const { B, T, F } = sizesOf(x);
  const isMaximum = attribute<string>(attributes, "function") === "maximum";
  dx.data.fill(0);
  for (let b = 0; b < B; b++) {
    const real = Array.from({ length: T }, (_, t) => b * T + t).filter((step) => get(mask.data, step) !== 0);
    for (let c = 0; c < F; c++) {
      const upstream = get(dy.data, b * F + c);
      const hits = isMaximum ? real.filter((step) => get(x.data, step * F + c) === get(y.data, b * F + c)).slice(0, 1) : real;
      for (const step of hits) dx.data[step * F + c] = upstream / hits.length;
    }
  }
};

export const flip: ReferenceKernel = (inputs, outputs, attributes) => {
  const [x, y] = [operand(inputs, 0), operand(outputs, 0)];
  const axis = attribute<number>(attributes, "axis");
  const length = x.shape[axis] ?? 1;
  const run = sizeOf(x.shape.slice(axis + 1));
  for (let row = 0; row * run < x.data.length; row++) {
    const other = row - (row % length) + (length - 1 - (row % length));
    y.data.set(x.data.subarray(row * run, (row + 1) * run), other * run);
  }
};
