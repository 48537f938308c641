/**
 * Batch normalization over the last axis: a block of columns at a time, all passes over it before the next, so that
 * the block is still in the cache. Threads own columns: each sum over the batch keeps its order.
 */
import { attribute } from "../../../ir/op.ts";
import { add, constant, div, type Local, load, mul, multiplyAdd, negativeMultiplyAdd, sqrt, sub } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { inColumnBlocks, sumOverRows } from "./columns.ts";
import { LINE, operandAt, type PlacedInstruction, type Range, shareOf, type Target, type WasmKernel } from "./target.ts";

/** Vectors in a block of columns: with two sums each and what belongs to a column they still fit the registers. */
const VECTORS = 4;

interface Columns {
  readonly rows: number;
  readonly columns: number;
  readonly rowBytes: number;
}

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

/** Walks all rows; `row` sees the offset of each vector and works through the pointers, which move on by a row. */
function forRows(f: FunctionBuilder, shape: Columns, pointers: readonly Local<"i32">[], row: () => void): void {
  f.repeat(shape.rows, () => {
    row();
    for (const pointer of pointers) f.advance(pointer, shape.rowBytes);
  });
}

export const batchNormalization: WasmKernel = {
  lower: (target, instruction) => {
    const { inputs, outputs, attributes } = instruction;
    const operands = [...inputs, ...outputs].map((operand) => operand.address);
    const { range, shape, at } = columnsOf(target, instruction, operandAt(inputs, 1).size);
    if (range.length === 0) return;
    const epsilon = attribute<number>(attributes, "epsilon");
    const momentum = attribute<number>(attributes, "momentum");
    target.call(trainingKernel(target, shape, epsilon, momentum), operands.map(at));
  },
};

/** Function (x, gamma, beta, movingMean, movingVariance, y, mean, inverse). */
function trainingKernel(target: Target, shape: Columns, epsilon: number, momentum: number): number {
  return target.module.function(`batchNormalization ${JSON.stringify([shape, epsilon, momentum])}`, 8, (f) => {
    const [x, gamma, beta, movingMean, movingVariance, y, mean, inverse] = f.parameters as [P, P, P, P, P, P, P, P];
    const { rows } = shape;
    const [from, to] = [f.local("i32"), f.local("i32")];
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
      const inverses = squares.map((square) => f.keep(div(constant(1), sqrt(add(mul(square, constant(1 / rows)), constant(epsilon))))));
      lanes.forEach((count, v) => {
        const move = (moving: P, value: ReturnType<typeof constant>): void => {
          f.storeLanes(
            moving,
            v * 16,
            f.keep(multiplyAdd(load(moving, v * 16), constant(momentum), mul(value, constant(1 - momentum)))),
            count,
          );
        };
        f.storeLanes(mean, v * 16, part(means, v), count);
        f.storeLanes(inverse, v * 16, part(inverses, v), count);
        move(movingMean, part(means, v));
        move(movingVariance, mul(part(squares, v), constant(1 / Math.max(1, rows - 1))));
      });
      const scales = inverses.map((value, v) => f.keep(mul(value, load(gamma, v * 16))));
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

export const batchNormalizationGradient: WasmKernel = {
  lower: (target, instruction) => {
    const { inputs, outputs } = instruction;
    const { range, shape, at } = columnsOf(target, instruction, operandAt(inputs, 1).size);
    if (range.length === 0) return;
    target.call(
      gradientKernel(target, shape),
      [...inputs, ...outputs].map((operand) => at(operand.address)),
    );
  },
};

/** Function (x, gamma, mean, inverse, dy, dx, dgamma, dbeta). */
function gradientKernel(target: Target, shape: Columns): number {
  return target.module.function(`batchNormalizationGradient ${JSON.stringify(shape)}`, 8, (f) => {
    const [x, gamma, mean, inverse, dy, dx, dgamma, dbeta] = f.parameters as [P, P, P, P, P, P, P, P];
    const [from, gradient, to] = [f.local("i32"), f.local("i32"), f.local("i32")];
    const perRow = constant(1 / shape.rows);
    inColumnBlocks(f, shape.columns, VECTORS, f.parameters, (lanes) => {
      const width = lanes.length;
      const means = lanes.map((_, v) => f.keep(load(mean, v * 16)));
      f.set(from, x);
      f.set(gradient, dy);
      // The first half sums dy, the second dy · (x − mean).
      const sums = sumOverRows(f, shape.rows, 2 * width, (partial) => {
        const gradients = lanes.map((_, v) => f.keep(load(gradient, v * 16)));
        const next = partial.map((sum, i) => {
          const v = i % width;
          return f.keep(
            i < width ? add(sum, part(gradients, v)) : multiplyAdd(part(gradients, v), sub(load(from, v * 16), part(means, v)), sum),
          );
        });
        f.advance(from, shape.rowBytes);
        f.advance(gradient, shape.rowBytes);
        return next;
      });
      const coefficients = lanes.map((count, v) => {
        const inverseDeviation = f.keep(load(inverse, v * 16));
        const scale = f.keep(mul(load(gamma, v * 16), inverseDeviation));
        const product = f.keep(mul(part(sums, width + v), inverseDeviation));
        f.storeLanes(dbeta, v * 16, part(sums, v), count);
        f.storeLanes(dgamma, v * 16, product, count);
        // dx = scale · dy − slope · (x − mean) − offset
        return {
          scale,
          slope: f.keep(mul(mul(scale, inverseDeviation), mul(product, perRow))),
          offset: f.keep(mul(scale, mul(part(sums, v), perRow))),
        };
      });
      f.set(from, x);
      f.set(gradient, dy);
      f.set(to, dx);
      forRows(f, shape, [from, gradient, to], () => {
        coefficients.forEach(({ scale, slope, offset }, v) => {
          const centered = sub(load(from, v * 16), part(means, v));
          const value = negativeMultiplyAdd(centered, slope, sub(mul(load(gradient, v * 16), scale), offset));
          f.storeLanes(to, v * 16, f.keep(value), lanes[v] ?? 0);
        });
      });
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

type P = Local<"i32">;

function part(vectors: readonly Local<"v128">[], index: number): Local<"v128"> {
  const vector = vectors[index];
  if (vector === undefined) throw new Error(`vector ${index} of ${vectors.length}`);
  return vector;
}
