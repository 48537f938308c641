/**
 * Gradients of the recurrent kernel and sums of the gradients (for biases), over all steps of all samples in order: this thread's rows or
 * columns of the kernel, and its columns of the sums. The left operand is the state before each step, which lies one row away from the
 * step's gradients; that is a product for each sample, added up in the order of the samples. A sample's sums are taken behind its product,
 * while it lies in the cache.
 */
import { isTrue, recurrentKernelGradientInputs, recurrentSizes, resetsAfter } from "../../../ir/ops/recurrent.ts";
import { type Local, zero } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import type { ModuleBuilder } from "../emit/module.ts";
import { product } from "../gemm/product.ts";
import type { ProductShape } from "../gemm/shape.ts";
import { sumColumns } from "./columns.ts";
import { forRow } from "./rows.ts";
import { LINE, type Operand, operandAt, type PlacedInstruction, shareOf, shareOfProduct, type Target, type WasmKernel } from "./target.ts";

const ROW_UNIT = 6;

/** Columns [first, first + columns) of the kernel's gradient: a left operand times gradients. */
interface Columns {
  readonly first: number;
  readonly columns: number;
  readonly left: { readonly address: number };
  /** Address of the first column of the first step, and floats from one step to the next. */
  readonly right: { readonly address: number; readonly stride: number };
  /** Whether the left operand is that of the step before. */
  readonly shifted: boolean;
}

function columnsOf({ inputs, attributes }: PlacedInstruction): Columns[] {
  const { states, dProjection, inner } = recurrentKernelGradientInputs(inputs, attributes);
  const { H, GH } = recurrentSizes(dProjection.shape, attributes);
  const shifted = !isTrue(attributes, "dropout");
  const whole = { left: states, right: { address: dProjection.address, stride: GH }, shifted };
  if (inner === undefined) return [{ ...whole, first: 0, columns: GH }];
  const gates = { ...whole, first: 0, columns: 2 * H };
  if (resetsAfter(attributes)) return [gates, { ...whole, first: 2 * H, columns: H, right: { address: inner.address, stride: H } }];
  const candidate = { address: dProjection.address + 2 * H * 4, stride: GH };
  return [gates, { first: 2 * H, columns: H, left: inner, right: candidate, shifted: false }];
}

function clearRows(f: FunctionBuilder, output: Local<"i32">, rows: number, columns: number, stride: number): void {
  const row = f.keep(output);
  const at = f.local("i32");
  f.repeat(rows, () => {
    f.set(at, row);
    forRow(f, columns, [at], (lanes) => f.storeLanes(at, 0, f.keep(zero), lanes));
    f.advance(row, stride * 4);
  });
}

/** Sums down columns of a sample's gradients, added up over the samples. */
interface Sums {
  readonly columns: number;
  readonly stride: number;
  /** Of the first number of the first sample, and of the sums. */
  readonly from: number;
  readonly to: number;
}

/**
 * Function (left, right, output, scratch, from, to): for each of `samples` samples, output += leftᵀ·right, and sums of the columns at
 * `from` are added to those at `to`.
 */
function addSamples(
  module: ModuleBuilder,
  samples: number,
  apart: { left: number; right: number },
  shape: ProductShape | undefined,
  sums?: { readonly columns: number; readonly stride: number; readonly rows: number },
): number {
  return module.function(`recurrent kernel gradient ${samples} ${JSON.stringify([apart, shape, sums])}`, 6, (f) => {
    const [left, right, output, scratch, from, to] = f.parameters as [P, P, P, P, P, P];
    f.repeat(samples, () => {
      if (shape !== undefined) {
        f.call(product(module, shape), [left, right, output, output, scratch]);
        f.advance(left, apart.left * 4);
        f.advance(right, apart.right * 4);
      }
      if (sums === undefined) return;
      const { rows, columns, stride } = sums;
      f.call(sumColumns(module, { rows, columns, rowStride: stride, adds: true }), [from, to]);
      f.advance(from, rows * stride * 4);
    });
  });
}

type P = Local<"i32">;

function clear(target: Target, address: number, rows: number, columns: number, stride: number): void {
  const index = target.module.function(`recurrent kernel clear ${rows} ${columns} ${stride}`, 1, (f) =>
    clearRows(f, f.parameter(0), rows, columns, stride),
  );
  target.call(index, [address]);
}

function lowerColumns(target: Target, instruction: PlacedInstruction, part: Columns, sums: Sums | undefined): void {
  const { module, scratch } = target;
  const { inputs, outputs, attributes } = instruction;
  const { initial, dProjection } = recurrentKernelGradientInputs(inputs, attributes);
  const { B, T, H, GH } = recurrentSizes(dProjection.shape, attributes);
  const reverse = isTrue(attributes, "reverse");
  if (sums !== undefined) clear(target, sums.to, 1, sums.columns, sums.columns);
  const ofSample = sums === undefined ? undefined : { rows: T, columns: sums.columns, stride: sums.stride };
  const none = { left: 0, right: 0 };
  const onlySums = (): void => {
    if (sums !== undefined) target.call(addSamples(module, B, none, undefined, ofSample), [0, 0, 0, 0, sums.from, sums.to]);
  };
  const own = shareOfProduct(H, part.columns, ROW_UNIT, target.share);
  if (own.rows.length === 0 || own.columns.length === 0) {
    onlySums();
    return;
  }
  const { left } = part;
  const right = { ...part.right, address: part.right.address + own.columns.start * 4 };
  const output = operandAt(outputs, 0).address + (own.rows.start * GH + part.first + own.columns.start) * 4;
  const shape = (depth: number, leftStride: number, rightStride: number): ProductShape => ({
    rows: own.rows.length,
    columns: own.columns.length,
    depth,
    leftRowStride: 1,
    leftDepthStride: leftStride,
    rightTransposed: false,
    rightStride,
    outputStride: GH,
    start: "accumulate",
    finish: "none",
  });
  clear(target, output, own.rows.length, own.columns.length, GH);
  const multiply = (leftAt: number, rightAt: number, one: ProductShape): void =>
    target.call(addSamples(module, 1, none, one), [leftAt, rightAt, output, scratch, 0, 0]);
  const firstColumn = left.address + own.rows.start * 4;
  if (!part.shifted) {
    multiply(firstColumn, right.address, shape(B * T, H, right.stride));
    onlySums();
    return;
  }
  const firstStep = right.address + (reverse ? T - 1 : 0) * right.stride * 4;
  if (initial !== undefined) multiply(initial.address + own.rows.start * 4, firstStep, shape(B, H, T * right.stride));
  if (T === 1) {
    onlySums();
    return;
  }
  const [leftFrom, rightFrom] = reverse ? [1, 0] : [0, 1];
  target.call(addSamples(module, B, { left: T * H, right: T * right.stride }, shape(T - 1, H, right.stride), ofSample), [
    firstColumn + leftFrom * H * 4,
    right.address + rightFrom * right.stride * 4,
    output,
    scratch,
    sums?.from ?? 0,
    sums?.to ?? 0,
  ]);
}

export const recurrentKernelGradient: WasmKernel = {
  lower: (target, instruction) => {
    const { inputs, outputs, attributes } = instruction;
    const { dProjection, inner } = recurrentKernelGradientInputs(inputs, attributes);
    const { H, GH } = recurrentSizes(dProjection.shape, attributes);
    const sumsOf = (from: number, stride: number, to: Operand | undefined): Sums | undefined => {
      const { start, length } = shareOf(stride, LINE, target.share);
      return to === undefined || length === 0 ? undefined : { columns: length, stride, from: from + start * 4, to: to.address + start * 4 };
    };
    const sums = [sumsOf(dProjection.address, GH, outputs[1]), inner === undefined ? undefined : sumsOf(inner.address, H, outputs[2])];
    columnsOf(instruction).forEach((part, i) => lowerColumns(target, instruction, part, sums[i]));
  },
};
