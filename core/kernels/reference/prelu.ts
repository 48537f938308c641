/** The rectifier with a learned slope; formulas in core/ir/ops/prelu.ts. */
import { get, operand, type ReferenceKernel } from "./kernel.ts";

export const prelu: ReferenceKernel = (inputs, outputs) => {
  const [x, slope, y] = [operand(inputs, 0).data, operand(inputs, 1).data, operand(outputs, 0).data];
  for (let i = 0; i < y.length; i++) y[i] = get(x, i) > 0 ? get(x, i) : get(slope, i % slope.length) * get(x, i);
};

export const preluGradient: ReferenceKernel = (inputs, outputs) => {
  const [x, slope, dy] = [operand(inputs, 0).data, operand(inputs, 1).data, operand(inputs, 2).data];
  const [dx, part] = [operand(outputs, 0).data, operand(outputs, 1).data];
  for (let i = 0; i < dx.length; i++) {
    const above = get(x, i) > 0;
    dx[i] = above ? get(dy, i) : get(slope, i % slope.length) * get(dy, i);
    part[i] = above ? 0 : get(dy, i) * get(x, i);
  }
};
