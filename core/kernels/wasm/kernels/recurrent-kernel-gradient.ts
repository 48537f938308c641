/**
 * Gradients of the recurrent kernel and bias, over all steps of all samples in order: this thread's rows of the kernel, and its
 * columns of the bias. The left operand is the state before each step, which lies one row away from the step's gradients; that is a
 * product for each sample, added up in the order of the samples.
 */
import { isTrue, recurrentKernelGradientInputs, recurrentSizes, resetsAfter } from "../../../ir/ops/recurrent.ts";
import { type Local, zero } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import type { ModuleBuilder } from "../emit/module.ts";
import { product } from "../gemm/product.ts";
import type { ProductShape } from "../gemm/shape.ts";
import { sumColumns } from "./columns.ts";
import { forRow } from "./rows.ts";
import { LINE, operandAt, type PlacedInstruction, shareOf, type Target, type WasmKernel } from "./target.ts";

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

/** Function (left, right, output, scratch): output += leftᵀ·right for each of `samples` samples, `steps` steps each. */
function addSamples(module: ModuleBuilder, samples: number, apart: { left: number; right: number }, shape: ProductShape): number {
  return module.function(`recurrent kernel gradient ${samples} ${JSON.stringify([apart, shape])}`, 4, (f) => {
    const [left, right, output, scratch] = f.parameters as [Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">];
    const multiply = product(module, shape);
    f.repeat(samples, () => {
      f.call(multiply, [left, right, output, output, scratch]);
      f.advance(left, apart.left * 4);
      f.advance(right, apart.right * 4);
    });
  });
}

function lowerColumns(target: Target, instruction: PlacedInstruction, part: Columns): void {
  const { module, scratch } = target;
  const { inputs, outputs, attributes } = instruction;
  const { initial, dProjection } = recurrentKernelGradientInputs(inputs, attributes);
  const { B, T, H, GH } = recurrentSizes(dProjection.shape, attributes);
  const reverse = isTrue(attributes, "reverse");
  const { start, length } = shareOf(H, ROW_UNIT, target.share);
  if (length === 0) return;
  const { columns, right, left } = part;
  const output = operandAt(outputs, 0).address + (start * GH + part.first) * 4;
  const shape = (depth: number, leftStride: number, rightStride: number): ProductShape => ({
    rows: length,
    columns,
    depth,
    leftRowStride: 1,
    leftDepthStride: leftStride,
    rightTransposed: false,
    rightStride,
    outputStride: GH,
    start: "accumulate",
    finish: "none",
  });
  const clear = module.function(`recurrent kernel clear ${length} ${columns} ${GH}`, 1, (f) =>
    clearRows(f, f.parameter(0), length, columns, GH),
  );
  target.call(clear, [output]);
  const firstColumn = left.address + start * 4;
  if (!part.shifted) {
    target.call(addSamples(module, 1, { left: 0, right: 0 }, shape(B * T, H, right.stride)), [firstColumn, right.address, output, scratch]);
    return;
  }
  const firstStep = right.address + (reverse ? T - 1 : 0) * right.stride * 4;
  if (initial !== undefined)
    target.call(addSamples(module, 1, { left: 0, right: 0 }, shape(B, H, T * right.stride)), [
      initial.address + start * 4,
      firstStep,
      output,
      scratch,
    ]);
  if (T === 1) return;
  const [leftFrom, rightFrom] = reverse ? [1, 0] : [0, 1];
  target.call(addSamples(module, B, { left: T * H, right: T * right.stride }, shape(T - 1, H, right.stride)), [
    firstColumn + leftFrom * H * 4,
    right.address + rightFrom * right.stride * 4,
    output,
    scratch,
  ]);
}

export const recurrentKernelGradient: WasmKernel = {
  lower: (target, instruction) => {
    const { inputs, outputs, attributes } = instruction;
    const { dProjection, inner } = recurrentKernelGradientInputs(inputs, attributes);
    const { B, T, H, GH } = recurrentSizes(dProjection.shape, attributes);
    for (const part of columnsOf(instruction)) lowerColumns(target, instruction, part);
    const bias = outputs[1];
    if (bias === undefined) return;
    const sums = (address: number, stride: number, columns: number, to: number): void => {
      const { start, length } = shareOf(columns, LINE, target.share);
      if (length === 0) return;
      target.call(sumColumns(target.module, { rows: B * T, columns: length, rowStride: stride }), [address + start * 4, to + start * 4]);
    };
    const apart = inner !== undefined && resetsAfter(attributes) ? inner : undefined;
    sums(dProjection.address, GH, apart === undefined ? GH : 2 * H, bias.address);
    if (apart !== undefined) sums(apart.address, H, H, bias.address + 2 * H * 4);
  },
};
