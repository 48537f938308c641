/** Number-by-number kernels on two tensors, and those along axes; see core/ir/ops/merge.ts, axes.ts and product.ts. */
import { attribute } from "../../ir/op.ts";
import { batchProductSizes } from "../../ir/ops/product.ts";
import { type Shape, sizeOf } from "../../ir/tensor.ts";
import { get, operand, type ReferenceKernel } from "./kernel.ts";

export const scale: ReferenceKernel = (inputs, outputs, attributes) => {
  const factor = attribute<number>(attributes, "factor");
  const x = operand(inputs, 0).data;
  const y = operand(outputs, 0).data;
  for (let i = 0; i < y.length; i++) y[i] = get(x, i) * factor;
};

export const multiply: ReferenceKernel = (inputs, outputs) => {
  const [a, b] = [operand(inputs, 0).data, operand(inputs, 1).data];
  const y = operand(outputs, 0).data;
  for (let i = 0; i < y.length; i++) y[i] = get(a, i) * get(b, i);
};

export const extremum: ReferenceKernel = (inputs, outputs, attributes) => {
  const choose = attribute<string>(attributes, "function") === "maximum" ? Math.max : Math.min;
  const [a, b] = [operand(inputs, 0).data, operand(inputs, 1).data];
  const y = operand(outputs, 0).data;
  for (let i = 0; i < y.length; i++) y[i] = choose(get(a, i), get(b, i));
};

export const extremumGradient: ReferenceKernel = (inputs, outputs, attributes) => {
  const sign = attribute<string>(attributes, "function") === "maximum" ? 1 : -1;
  const [a, b, dy] = [operand(inputs, 0).data, operand(inputs, 1).data, operand(inputs, 2).data];
  const [da, db] = [operand(outputs, 0).data, operand(outputs, 1).data];
  for (let i = 0; i < da.length; i++) {
    const difference = sign * (get(a, i) - get(b, i));
    const toA = difference === 0 ? 0.5 : Number(difference > 0);
    da[i] = toA * get(dy, i);
    db[i] = (1 - toA) * get(dy, i);
  }
};

export const permute: ReferenceKernel = (inputs, outputs, attributes) => {
  const axes = attribute<Shape>(attributes, "axes");
  const x = operand(inputs, 0);
  const y = operand(outputs, 0);
  const strides = axes.map((axis) => sizeOf(x.shape.slice(axis + 1)));
  for (let i = 0; i < y.data.length; i++) {
    let [rest, from] = [i, 0];
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const size = y.shape[axis] ?? 1;
      from += (rest % size) * (strides[axis] ?? 0);
      rest = Math.floor(rest / size);
    }
    y.data[i] = get(x.data, from);
  }
};

export const repeat: ReferenceKernel = (inputs, outputs, attributes) => {
  const x = operand(inputs, 0);
  const y = operand(outputs, 0).data;
  const times = attribute<number>(attributes, "times");
  const run = sizeOf(x.shape.slice(attribute<number>(attributes, "axis") + 1));
  for (let from = 0, to = 0; from < x.data.length; from += run)
    for (let t = 0; t < times; t++, to += run) y.set(x.data.subarray(from, from + run), to);
};

export const sumAxis: ReferenceKernel = (inputs, outputs, attributes) => {
  const axis = attribute<number>(attributes, "axis");
  const x = operand(inputs, 0);
  const y = operand(outputs, 0).data;
  const inner = sizeOf(x.shape.slice(axis + 1));
  const length = x.shape[axis] ?? 1;
  for (let i = 0; i < y.length; i++) {
    const start = Math.floor(i / inner) * inner * length + (i % inner);
    let sum = 0;
    for (let k = 0; k < length; k++) sum += get(x.data, start + k * inner);
    y[i] = sum;
  }
};

export const batchProduct: ReferenceKernel = (inputs, outputs, attributes) => {
  const [a, b, y] = [operand(inputs, 0), operand(inputs, 1), operand(outputs, 0).data];
  const { batch, M, K, N, transposeA, transposeB } = batchProductSizes(a.shape, b.shape, attributes);
  for (let s = 0; s < sizeOf(batch); s++)
    for (let m = 0; m < M; m++)
      for (let n = 0; n < N; n++) {
        let sum = 0;
        for (let k = 0; k < K; k++)
          sum +=
            get(a.data, s * M * K + (transposeA ? k * M + m : m * K + k)) * get(b.data, s * K * N + (transposeB ? n * K + k : k * N + n));
        y[(s * M + m) * N + n] = sum;
      }
};
