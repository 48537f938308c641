/**
 * Batch normalization over the last axis. Threads own rows where these go round (batch-normalization-rows.ts), else columns: a block
 * of columns at a time, all passes over it before the next, so that the block is still in the cache. Each sum keeps its order.
 */
import { attribute } from "../../../ir/op.ts";
import { add, constant, div, load, mul, multiplyAdd, sqrt, sub } from "../emit/expression.ts";
import {
  applyGradient,
  applyNormalization,
  type Columns,
  coefficientsOf,
  forRows,
  gradientTerms,
  inversesOf,
  type Pointer,
  part,
  storeStatistics,
  VECTORS,
} from "./batch-normalization-parts.ts";
import { lowerGradientByRows, lowerTrainingByRows, rowShareOf } from "./batch-normalization-rows.ts";
import { inColumnBlocks, sumOverRows } from "./columns.ts";
import { LINE, type Operand, operandAt, type PlacedInstruction, type Range, shareOf, type Target, type WasmKernel } from "./target.ts";

/** Sums that a piece of rows has in each column, forward and backward. */
const SUMS = 2;

/** The columns of this thread, and addresses of its first column. */
function columnsOf(
  target: Target,
  instruction: PlacedInstruction,
  channels: number,
): { range: Range; shape: Columns; at: (address: number) => number } {
  const range = shareOf(channels, LINE, target.share);
  const rows = operandAt(instruction.inputs, 0).size / channels;
  return { range, shape: { rows, columns: range.length, rowBytes: channels * 4 }, at: (address) => address + range.start * 4 };
}

export const batchNormalization: WasmKernel = {
  lower: (target, instruction) => {
    const { inputs, outputs, attributes } = instruction;
    const operands = [...inputs, ...outputs].map((operand) => operand.address);
    const channels = operandAt(inputs, 1).size;
    const epsilon = attribute<number>(attributes, "epsilon");
    const momentum = attribute<number>(attributes, "momentum");
    const byRows = rowShareOf(target, operandAt(inputs, 0).size / channels, channels, SUMS);
    if (byRows !== undefined) {
      lowerTrainingByRows(target, byRows, operands, { epsilon, momentum });
      return;
    }
    const { range, shape, at } = columnsOf(target, instruction, channels);
    if (range.length === 0) return;
    target.call(trainingKernel(target, shape, epsilon, momentum), operands.map(at));
  },
};

/** Function (x, gamma, beta, movingMean, movingVariance, y, mean, inverse). */
function trainingKernel(target: Target, shape: Columns, epsilon: number, momentum: number): number {
  return target.module.function(`batchNormalization ${JSON.stringify([shape, epsilon, momentum])}`, 8, (f) => {
    const [x, gamma, beta, movingMean, movingVariance, y, mean, inverse] = f.parameters as [P, P, P, P, P, P, P, P];
    const { rows } = shape;
    const from = f.local("i32");
    inColumnBlocks(f, shape.columns, VECTORS, f.parameters, (lanes) => {
      f.set(from, x);
      const sums = sumOverRows(f, rows, lanes.length, (partial) => {
        const next = partial.map((sum, v) => f.keep(add(sum, load(from, v * 16))));
        f.advance(from, shape.rowBytes);
        return next;
      });
      const means = sums.map((sum) => f.keep(mul(sum, constant(1 / rows))));
      f.set(from, x);
      const squares = sumOverRows(f, rows, lanes.length, (partial) => {
        const next = partial.map((sum, v) => {
          const centered = f.keep(sub(load(from, v * 16), part(means, v)));
          return f.keep(multiplyAdd(centered, centered, sum));
        });
        f.advance(from, shape.rowBytes);
        return next;
      });
      const inverses = inversesOf(f, squares, rows, epsilon);
      storeStatistics(f, lanes, { means, squares, inverses }, { mean, inverse, movingMean, movingVariance }, rows, momentum);
      applyNormalization(f, shape, lanes, { x, gamma, beta, y }, means, inverses);
    });
  });
}

export const batchNormalizationGradient: WasmKernel = {
  lower: (target, instruction) => lowerGradient(target, instruction, operandAt(instruction.outputs, 0), false),
};

/**
 * @param dx    where the gradient goes
 * @param masks whether x is a relu's output and the gradient that of the relu's input, which takes the place of the relu's own
 */
export function lowerGradient(target: Target, instruction: PlacedInstruction, dx: Operand, masks: boolean): void {
  const { inputs, outputs } = instruction;
  const addresses = [...inputs, dx, ...outputs.slice(1)].map((operand) => operand.address);
  const channels = operandAt(inputs, 1).size;
  const byRows = rowShareOf(target, operandAt(inputs, 0).size / channels, channels, SUMS);
  if (byRows !== undefined) {
    lowerGradientByRows(target, byRows, addresses, masks);
    return;
  }
  const { range, shape, at } = columnsOf(target, instruction, channels);
  if (range.length === 0) return;
  target.call(gradientKernel(target, shape, masks), addresses.map(at));
}

/** Function (x, gamma, mean, inverse, dy, dx, dgamma, dbeta). */
function gradientKernel(target: Target, shape: Columns, masks: boolean): number {
  return target.module.function(`batchNormalizationGradient ${JSON.stringify([shape, masks])}`, 8, (f) => {
    const [x, gamma, mean, inverse, dy, dx, dgamma, dbeta] = f.parameters as [P, P, P, P, P, P, P, P];
    inColumnBlocks(f, shape.columns, VECTORS, f.parameters, (lanes) => {
      const means = lanes.map((_, v) => f.keep(load(mean, v * 16)));
      const [from, gradient] = [f.keep(x), f.keep(dy)];
      const sums = gradientTerms(f, shape.rows, shape, { from, gradient }, means);
      const [ofGradient, ofProduct] = [sums.slice(0, lanes.length), sums.slice(lanes.length)];
      const coefficients = coefficientsOf(f, lanes, { gamma, inverse }, ofGradient, ofProduct, shape.rows, { dgamma, dbeta });
      applyGradient(f, shape, lanes, { x, dy, dx }, means, coefficients, masks);
    });
  });
}

export const batchNormalizationInference: WasmKernel = {
  lower: (target, instruction) => {
    const { inputs, outputs, attributes } = instruction;
    const { range, shape, at } = columnsOf(target, instruction, operandAt(inputs, 1).size);
    if (range.length === 0) return;
    const kernel = inferenceKernel(target, shape, attribute<number>(attributes, "epsilon"));
    target.call(
      kernel,
      [...inputs, ...outputs].map((operand) => at(operand.address)),
    );
  },
};

/** Function (x, gamma, beta, mean, variance, y). */
function inferenceKernel(target: Target, shape: Columns, epsilon: number): number {
  return target.module.function(`batchNormalizationInference ${JSON.stringify([shape, epsilon])}`, 6, (f) => {
    const [x, gamma, beta, mean, variance, y] = f.parameters as [P, P, P, P, P, P];
    const [from, to] = [f.local("i32"), f.local("i32")];
    inColumnBlocks(f, shape.columns, VECTORS, f.parameters, (lanes) => {
      const means = lanes.map((_, v) => f.keep(load(mean, v * 16)));
      const scales = lanes.map((_, v) => f.keep(div(load(gamma, v * 16), sqrt(add(load(variance, v * 16), constant(epsilon))))));
      const shifts = lanes.map((_, v) => f.keep(load(beta, v * 16)));
      f.set(from, x);
      f.set(to, y);
      forRows(f, shape, [from, to], () => {
        lanes.forEach((count, v) => {
          f.storeLanes(to, v * 16, f.keep(multiplyAdd(sub(load(from, v * 16), part(means, v)), part(scales, v), part(shifts, v))), count);
        });
      });
    });
  });
}

type P = Pointer;
