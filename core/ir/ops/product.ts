/**
 * batch_product: a matrix product for every sample (dot, attention). Inputs a [.., M, K] and b [.., K, N], each with its
 * last two axes swapped where `transpose_a` or `transpose_b` says so; output [.., M, N].
 */
import { at, attribute, type OpDefinition } from "../op.ts";
import { type Attributes, type Shape, sameShape, sizeOf } from "../tensor.ts";

export interface BatchProductSizes {
  readonly batch: Shape;
  readonly M: number;
  readonly K: number;
  readonly N: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

export function batchProductSizes(a: Shape, b: Shape, attributes: Attributes): BatchProductSizes {
  const transposeA = attribute<boolean>(attributes, "transpose_a");
  const transposeB = attribute<boolean>(attributes, "transpose_b");
  const matrix = (shape: Shape, transposed: boolean): [number, number] => {
    const [rows, columns] = [at(shape, shape.length - 2), at(shape, shape.length - 1)];
    return transposed ? [columns, rows] : [rows, columns];
  };
  const [M, K] = matrix(a, transposeA);
  const [depth, N] = matrix(b, transposeB);
  if (K !== depth || !sameShape(a.slice(0, -2), b.slice(0, -2))) throw new Error("batch_product: shapes do not meet");
  return { batch: a.slice(0, -2), M, K, N, transposeA, transposeB };
}

export const batchProduct: OpDefinition = {
  outputShapes: ([a, b], attributes) => {
    const { batch, M, N } = batchProductSizes(a ?? [], b ?? [], attributes);
    return [[...batch, M, N]];
  },
  multiplyAdds: ([a, b], _, attributes) => {
    const { batch, M, K, N } = batchProductSizes(a ?? [], b ?? [], attributes);
    return sizeOf(batch) * M * K * N;
  },
  gradient: ({ builder, inputs, outputGradients, attributes, needs }) => {
    const [a, b] = [at(inputs, 0), at(inputs, 1)];
    const dy = at(outputGradients, 0);
    if (dy === null) return [null, null];
    const { transposeA, transposeB } = batchProductSizes(a.shape, b.shape, attributes);
    const product = (left: typeof a, right: typeof a, transpose_a: boolean, transpose_b: boolean) =>
      builder.one("batch_product", [left, right], { transpose_a, transpose_b });
    const da = transposeA ? () => product(b, dy, transposeB, true) : () => product(dy, b, false, !transposeB);
    const db = transposeB ? () => product(dy, a, true, transposeA) : () => product(a, dy, !transposeA, false);
    return [needs[0] === true ? da() : null, needs[1] === true ? db() : null];
  },
};
