/** Convolution with its gradients and the sum with a bias, as plain loops; see core/ir/ops/convolution.ts for the axes. */
import { type ConvolutionSizes, convolutionSizes } from "../../ir/ops/convolution.ts";
import { get, lastAxis, operand, type ReferenceKernel } from "./kernel.ts";

/**
 * Visits every pair of an input pixel and an output pixel that a position of the kernel joins.
 * @param visit gets the offsets of the pixels' first channels and the kernel's first element at that position
 */
function forPairs(s: ConvolutionSizes, visit: (input: number, output: number, kernel: number) => void): void {
  for (let n = 0; n < s.N; n++)
    for (let oh = 0; oh < s.OH; oh++)
      for (let ow = 0; ow < s.OW; ow++)
        for (let kh = 0; kh < s.KH; kh++)
          for (let kw = 0; kw < s.KW; kw++) {
            const h = oh * s.strides[0] + kh * s.dilation[0] - s.top;
            const w = ow * s.strides[1] + kw * s.dilation[1] - s.left;
            if (h < 0 || h >= s.H || w < 0 || w >= s.W) continue;
            visit(((n * s.H + h) * s.W + w) * s.C, ((n * s.OH + oh) * s.OW + ow) * s.O, ((kh * s.KW + kw) * s.C * s.O) / s.groups);
          }
}

/** Visits channel c of the input and channel o of the output where they are of one group; `kernel` is where their weight lies. */
function forChannels({ C, O, groups }: ConvolutionSizes, visit: (c: number, o: number, kernel: number) => void): void {
  const [inputs, outputs] = [C / groups, O / groups];
  for (let c = 0; c < C; c++) {
    const first = Math.floor(c / inputs) * outputs;
    for (let o = first; o < first + outputs; o++) visit(c, o, (c % inputs) * O + o);
  }
}

export const conv2d: ReferenceKernel = (inputs, outputs, attributes) => {
  const [x, w, b, y] = [operand(inputs, 0), operand(inputs, 1), inputs[2]?.data, operand(outputs, 0).data];
  const sizes = convolutionSizes(x.shape, w.shape, attributes);
  const sums = new Float64Array(y.length);
  if (b !== undefined) for (let i = 0; i < sums.length; i++) sums[i] = get(b, i % b.length);
  forPairs(sizes, (input, output, kernel) =>
    forChannels(sizes, (c, o, k) => {
      sums[output + o] = get(sums, output + o) + get(x.data, input + c) * get(w.data, kernel + k);
    }),
  );
  y.set(sums);
};

export const conv2dInputGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const [dy, w, dx] = [operand(inputs, 0), operand(inputs, 1), operand(outputs, 0)];
  const sizes = convolutionSizes(dx.shape, w.shape, attributes);
  const sums = new Float64Array(dx.data.length);
  forPairs(sizes, (input, output, kernel) =>
    forChannels(sizes, (c, o, k) => {
      sums[input + c] = get(sums, input + c) + get(dy.data, output + o) * get(w.data, kernel + k);
    }),
  );
  dx.data.set(sums);
};

export const conv2dWeightGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const [x, dy, dw] = [operand(inputs, 0), operand(inputs, 1), operand(outputs, 0)];
  const sizes = convolutionSizes(x.shape, dw.shape, attributes);
  const sums = new Float64Array(dw.data.length);
  forPairs(sizes, (input, output, kernel) =>
    forChannels(sizes, (c, o, k) => {
      sums[kernel + k] = get(sums, kernel + k) + get(x.data, input + c) * get(dy.data, output + o);
    }),
  );
  dw.data.set(sums);
};

export const addBias: ReferenceKernel = (inputs, outputs) => {
  const [x, b] = [operand(inputs, 0).data, operand(inputs, 1).data];
  const y = operand(outputs, 0);
  const columns = lastAxis(y.shape);
  for (let i = 0; i < y.data.length; i++) y.data[i] = get(x, i) + get(b, i % columns);
};
