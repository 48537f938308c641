/** The three matrix products of a dense layer, and the sum over rows that is the gradient of its bias. */
import { product } from "../gemm/product.ts";
import type { ProductShape } from "../gemm/shape.ts";
import { sumColumns } from "./columns.ts";
import {
  LINE,
  lastAxis,
  type Operand,
  operandAt,
  type PlacedInstruction,
  shareOf,
  shareOfProduct,
  type Target,
  type WasmKernel,
} from "./target.ts";

/** Rows of a share come in multiples of the tile's. */
const ROW_UNIT = 6;

/** y = xW + b, this thread's rows; `relu` takes the place of the activation behind it. */
export function lowerLinear(target: Target, inputs: readonly Operand[], y: Operand, finish: "none" | "relu"): void {
  const [x, w, b] = [operandAt(inputs, 0), operandAt(inputs, 1), inputs[2]];
  const columns = lastAxis(w.shape);
  const depth = w.size / columns;
  const { start, length } = shareOf(y.size / columns, ROW_UNIT, target.share);
  if (length === 0) return;
  const shape: ProductShape = {
    rows: length,
    columns,
    depth,
    leftRowStride: depth,
    leftDepthStride: 1,
    rightTransposed: false,
    rightStride: columns,
    outputStride: columns,
    start: b === undefined ? "zero" : "bias",
    finish,
  };
  target.call(product(target.module, shape), [
    x.address + start * depth * 4,
    w.address,
    y.address + start * columns * 4,
    b?.address ?? 0,
    target.scratch,
  ]);
}

export const linear: WasmKernel = {
  lower: (target, { inputs, outputs }) => lowerLinear(target, inputs, operandAt(outputs, 0), "none"),
};

/** dx = dy Wᵀ, this thread's rows. */
export const linearInputGradient: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [dy, w, dx] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
    const depth = lastAxis(w.shape);
    const columns = w.size / depth;
    const { start, length } = shareOf(dx.size / columns, ROW_UNIT, target.share);
    if (length === 0) return;
    const shape: ProductShape = {
      rows: length,
      columns,
      depth,
      leftRowStride: depth,
      leftDepthStride: 1,
      // A single column of weights is its own transpose.
      rightTransposed: depth > 1,
      rightStride: depth > 1 ? depth : columns,
      outputStride: columns,
      start: "zero",
      finish: "none",
    };
    target.call(product(target.module, shape), [
      dy.address + start * depth * 4,
      w.address,
      dx.address + start * columns * 4,
      0,
      target.scratch,
    ]);
  },
};

/** dW = xᵀ dy, this thread's rows or columns of W: each sums over the whole batch in order. */
export const linearWeightGradient: WasmKernel = {
  lower: (target, instruction) => {
    if (lastAxis(operandAt(instruction.inputs, 1).shape) === 1) lowerWeightVector(target, instruction);
    else lowerWeightMatrix(target, instruction);
  },
};

function lowerWeightMatrix(target: Target, { inputs, outputs }: PlacedInstruction): void {
  const [x, dy, dw] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
  const columns = lastAxis(dy.shape);
  const rows = dw.size / columns;
  const own = shareOfProduct(rows, columns, ROW_UNIT, target.share);
  if (own.rows.length === 0 || own.columns.length === 0) return;
  const shape: ProductShape = {
    rows: own.rows.length,
    columns: own.columns.length,
    depth: dy.size / columns,
    leftRowStride: 1,
    leftDepthStride: rows,
    rightTransposed: false,
    rightStride: columns,
    outputStride: columns,
    start: "zero",
    finish: "none",
  };
  target.call(product(target.module, shape), [
    x.address + own.rows.start * 4,
    dy.address + own.columns.start * 4,
    dw.address + (own.rows.start * columns + own.columns.start) * 4,
    0,
    target.scratch,
  ]);
}

/** With one output, dWᵀ = dyᵀ x has a single row and x is read as it lies. */
function lowerWeightVector(target: Target, { inputs, outputs }: PlacedInstruction): void {
  const [x, dy, dw] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(outputs, 0)];
  const { start, length } = shareOf(dw.size, LINE, target.share);
  if (length === 0) return;
  const shape: ProductShape = {
    rows: 1,
    columns: length,
    depth: dy.size,
    leftRowStride: dy.size,
    leftDepthStride: 1,
    rightTransposed: false,
    rightStride: dw.size,
    outputStride: dw.size,
    start: "zero",
    finish: "none",
  };
  target.call(product(target.module, shape), [dy.address, x.address + start * 4, dw.address + start * 4, 0, target.scratch]);
}

export const biasGradient: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const [dy, db] = [operandAt(inputs, 0), operandAt(outputs, 0)];
    const { start, length } = shareOf(db.size, LINE, target.share);
    if (length === 0) return;
    target.call(sumColumns(target.module, { rows: dy.size / db.size, columns: length, rowStride: db.size }), [
      dy.address + start * 4,
      db.address + start * 4,
    ]);
  },
};
