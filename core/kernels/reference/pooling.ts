/** Pooling and its gradient as plain loops; see core/ir/ops/pooling.ts. */
import { attribute } from "../../ir/op.ts";
import { type PoolingSizes, poolingSizes } from "../../ir/ops/pooling.ts";
import { get, operand, type ReferenceKernel } from "./kernel.ts";

/** Visits every output number with the offsets of the numbers of its window, in order. */
function forWindows(
  { N, H, W, C, OH, OW, size, strides, top, left }: PoolingSizes,
  visit: (output: number, window: readonly number[]) => void,
): void {
  for (let n = 0; n < N; n++)
    for (let oh = 0; oh < OH; oh++)
      for (let ow = 0; ow < OW; ow++)
        for (let c = 0; c < C; c++) {
          const window: number[] = [];
          for (let h = Math.max(0, oh * strides[0] - top); h < Math.min(H, oh * strides[0] - top + size[0]); h++)
            for (let w = Math.max(0, ow * strides[1] - left); w < Math.min(W, ow * strides[1] - left + size[1]); w++)
              window.push(((n * H + h) * W + w) * C + c);
          visit(((n * OH + oh) * OW + ow) * C + c, window);
        }
}

export const pool2d: ReferenceKernel = (inputs, outputs, attributes) => {
  const [x, y] = [operand(inputs, 0), operand(outputs, 0).data];
  const isMaximum = attribute<string>(attributes, "function") === "maximum";
  forWindows(poolingSizes(x.shape, attributes), (output, window) => {
    y[output] = isMaximum
      ? window.reduce((largest, i) => Math.max(largest, get(x.data, i)), Number.NEGATIVE_INFINITY)
      : window.reduce((sum, i) => sum + get(x.data, i), 0) / window.length;
  });
};

export const pool2dGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const [x, y, dy, dx] = [operand(inputs, 0), operand(inputs, 1).data, operand(inputs, 2).data, operand(outputs, 0).data];
  const isMaximum = attribute<string>(attributes, "function") === "maximum";
  const sums = new Float64Array(dx.length);
  forWindows(poolingSizes(x.shape, attributes), (output, window) => {
    const chosen = isMaximum ? window.filter((i) => get(x.data, i) === get(y, output)).slice(0, 1) : window;
    for (const i of chosen) sums[i] = get(sums, i) + get(dy, output) / chosen.length;
  });
  dx.set(sums);
};
