/**
 * Batch normalization by threads that own rows: what a thread wrote in the product before it is read by the same thread, which is
 * most of what a second thread brings. Each thread sums its pieces of 128 rows; between barriers all add up the pieces in order, as
 * batch-normalization.ts does where threads own columns: the bits are the same.
 */
import { add, constant, type Integer, iAdd, integer, load, mul, multiplyAdd, sub, zero } from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { SCRATCH_BYTES } from "../gemm/shape.ts";
import {
  applyGradient,
  applyNormalization,
  type Columns,
  coefficientsOf,
  gradientTerms,
  inversesOf,
  type Pointer,
  part,
  storeStatistics,
  VECTORS,
  type Vectors,
} from "./batch-normalization-parts.ts";
import { inColumnBlocks, ROWS_IN_PIECE, sumOverRows } from "./columns.ts";
import type { Target } from "./target.ts";

/** The rows of a thread, in whole pieces but for the last. */
export interface RowShare {
  readonly shape: Columns;
  /** Rows of all threads. */
  readonly allRows: number;
  readonly firstRow: number;
  readonly firstPiece: number;
}

const pieceCount = (rows: number): number => Math.ceil(rows / ROWS_IN_PIECE);
/** Bytes of one piece's sums: whole vectors. */
const pieceBytes = (columns: number): number => Math.ceil(columns / 4) * 16;

/**
 * Undefined where columns are better shared: with one thread, where pieces do not go round, where their sums do not fit.
 * @param sums sums that a piece has in each column
 */
export function rowShareOf(target: Target, rows: number, columns: number, sums: number): RowShare | undefined {
  const { index, count } = target.share;
  const pieces = pieceCount(rows);
  const even = pieces % count === 0 || pieces >= 8 * count;
  if (count === 1 || !even || pieces * pieceBytes(columns) * sums > SCRATCH_BYTES) return undefined;
  const [from, to] = [Math.floor((pieces * index) / count), Math.floor((pieces * (index + 1)) / count)];
  const firstRow = from * ROWS_IN_PIECE;
  const shape = { rows: Math.min(rows, to * ROWS_IN_PIECE) - firstRow, columns, rowBytes: columns * 4 };
  return { shape, allRows: rows, firstRow, firstPiece: from };
}

/** Runs `body` for every piece of `rows` rows. */
function forPieces(f: FunctionBuilder, rows: number, body: (rows: number) => void): void {
  f.repeat(Math.floor(rows / ROWS_IN_PIECE), () => body(ROWS_IN_PIECE));
  if (rows % ROWS_IN_PIECE > 0) body(rows % ROWS_IN_PIECE);
}

/** The sum of a column's pieces, in order, as sumOverRows puts them together. */
function totalOfPieces(f: FunctionBuilder, partial: Integer, count: number, allRows: number, columns: number): Vectors {
  const pieces = pieceCount(allRows);
  const pointer = f.keep(partial);
  if (pieces === 1) return Array.from({ length: count }, (_, v) => f.keep(load(pointer, v * 16)));
  const totals = Array.from({ length: count }, () => f.keep(zero));
  f.repeat(pieces, () => {
    totals.forEach((total, v) => {
      f.set(total, add(total, load(pointer, v * 16)));
    });
    f.advance(pointer, pieceBytes(columns));
  });
  return totals;
}

/** Where squares lie behind sums. */
const secondSums = (partial: Integer, allRows: number, columns: number): Integer =>
  iAdd(partial, integer(pieceCount(allRows) * pieceBytes(columns)));

interface Training {
  readonly epsilon: number;
  readonly momentum: number;
}

/** @param addresses x, gamma, beta, movingMean, movingVariance, y, mean, inverse */
export function lowerTrainingByRows(target: Target, share: RowShare, addresses: readonly number[], training: Training): void {
  const { shape, allRows, firstRow, firstPiece } = share;
  const [x = 0, gamma = 0, beta = 0, movingMean = 0, movingVariance = 0, y = 0, mean = 0, inverse = 0] = addresses;
  const own = firstRow * shape.rowBytes;
  const ownPieces = firstPiece * pieceBytes(shape.columns);
  const partial = target.sharedScratch;
  target.call(sumsKernel(target, shape), [x + own, partial + ownPieces]);
  target.barrier();
  target.call(squaresKernel(target, shape, allRows), [
    x + own,
    partial,
    partial + pieceCount(allRows) * pieceBytes(shape.columns) + ownPieces,
  ]);
  target.barrier();
  target.call(normalizeKernel(target, shape, allRows, training, target.share.index === 0), [
    x + own,
    gamma,
    beta,
    movingMean,
    movingVariance,
    y + own,
    mean,
    inverse,
    partial,
  ]);
}

/** Function (x, partial). */
function sumsKernel({ module }: Target, shape: Columns): number {
  return module.function(`batchNormalization sums ${JSON.stringify(shape)}`, 2, (f) => {
    const [x, partial] = f.parameters as [Pointer, Pointer];
    const [from, to] = [f.local("i32"), f.local("i32")];
    inColumnBlocks(f, shape.columns, VECTORS, [x, partial], (lanes) => {
      f.set(from, x);
      f.set(to, partial);
      forPieces(f, shape.rows, (rows) => {
        const sums = sumOverRows(f, rows, lanes.length, (before) => {
          const next = before.map((sum, v) => f.keep(add(sum, load(from, v * 16))));
          f.advance(from, shape.rowBytes);
          return next;
        });
        storePiece(f, to, sums, shape);
      });
    });
  });
}

function storePiece(f: FunctionBuilder, to: Pointer, sums: Vectors, shape: Columns): void {
  sums.forEach((sum, v) => {
    f.store(to, v * 16, sum);
  });
  f.advance(to, pieceBytes(shape.columns));
}

/** Function (x, all sums, own squares). */
function squaresKernel({ module }: Target, shape: Columns, allRows: number): number {
  return module.function(`batchNormalization squares ${JSON.stringify([shape, allRows])}`, 3, (f) => {
    const [x, partial, squares] = f.parameters as [Pointer, Pointer, Pointer];
    const [from, to] = [f.local("i32"), f.local("i32")];
    inColumnBlocks(f, shape.columns, VECTORS, [x, partial, squares], (lanes) => {
      const means = totalOfPieces(f, partial, lanes.length, allRows, shape.columns).map((sum) => f.keep(mul(sum, constant(1 / allRows))));
      f.set(from, x);
      f.set(to, squares);
      forPieces(f, shape.rows, (rows) => {
        const sums = sumOverRows(f, rows, lanes.length, (before) => {
          const next = before.map((sum, v) => {
            const centered = f.keep(sub(load(from, v * 16), part(means, v)));
            return f.keep(multiplyAdd(centered, centered, sum));
          });
          f.advance(from, shape.rowBytes);
          return next;
        });
        storePiece(f, to, sums, shape);
      });
    });
  });
}

/** Function (x, gamma, beta, movingMean, movingVariance, y, mean, inverse, partial); one thread stores what belongs to a column. */
function normalizeKernel({ module }: Target, shape: Columns, allRows: number, training: Training, storesColumns: boolean): number {
  const key = JSON.stringify([shape, allRows, training, storesColumns]);
  return module.function(`batchNormalization normalize ${key}`, 9, (f) => {
    const [x, gamma, beta, movingMean, movingVariance, y, mean, inverse, partial] = f.parameters as Pointer[] & { length: 9 };
    if (!x || !gamma || !beta || !movingMean || !movingVariance || !y || !mean || !inverse || !partial) throw new Error("nine parameters");
    inColumnBlocks(f, shape.columns, VECTORS, f.parameters, (lanes) => {
      const means = totalOfPieces(f, partial, lanes.length, allRows, shape.columns).map((sum) => f.keep(mul(sum, constant(1 / allRows))));
      const squares = totalOfPieces(f, secondSums(partial, allRows, shape.columns), lanes.length, allRows, shape.columns);
      const inverses = inversesOf(f, squares, allRows, training.epsilon);
      if (storesColumns)
        storeStatistics(f, lanes, { means, squares, inverses }, { mean, inverse, movingMean, movingVariance }, allRows, training.momentum);
      applyNormalization(f, shape, lanes, { x, gamma, beta, y }, means, inverses);
    });
  });
}

/** @param addresses x, gamma, mean, inverse, dy, dx, dgamma, dbeta */
export function lowerGradientByRows(target: Target, share: RowShare, addresses: readonly number[], masks: boolean): void {
  const { shape, allRows, firstRow, firstPiece } = share;
  const [x = 0, gamma = 0, mean = 0, inverse = 0, dy = 0, dx = 0, dgamma = 0, dbeta = 0] = addresses;
  const own = firstRow * shape.rowBytes;
  const partial = target.sharedScratch;
  const second = pieceCount(allRows) * pieceBytes(shape.columns);
  const ownPieces = partial + firstPiece * pieceBytes(shape.columns);
  target.call(gradientSumsKernel(target, shape), [x + own, mean, dy + own, ownPieces, ownPieces + second]);
  target.barrier();
  target.call(gradientKernel(target, shape, allRows, target.share.index === 0, masks), [
    x + own,
    gamma,
    mean,
    inverse,
    dy + own,
    dx + own,
    dgamma,
    dbeta,
    partial,
  ]);
}

/** Function (x, mean, dy, sums of dy, sums of dy · (x − mean)). */
function gradientSumsKernel({ module }: Target, shape: Columns): number {
  return module.function(`batchNormalizationGradient sums ${JSON.stringify(shape)}`, 5, (f) => {
    const [x, mean, dy, ofGradient, ofProduct] = f.parameters as [Pointer, Pointer, Pointer, Pointer, Pointer];
    const [from, gradient, to, toProduct] = [f.local("i32"), f.local("i32"), f.local("i32"), f.local("i32")];
    inColumnBlocks(f, shape.columns, VECTORS, f.parameters, (lanes) => {
      const means = lanes.map((_, v) => f.keep(load(mean, v * 16)));
      f.set(from, x);
      f.set(gradient, dy);
      f.set(to, ofGradient);
      f.set(toProduct, ofProduct);
      forPieces(f, shape.rows, (rows) => {
        const sums = gradientTerms(f, rows, shape, { from, gradient }, means);
        storePiece(f, to, sums.slice(0, lanes.length), shape);
        storePiece(f, toProduct, sums.slice(lanes.length), shape);
      });
    });
  });
}

/** Function (x, gamma, mean, inverse, dy, dx, dgamma, dbeta, partial). */
function gradientKernel({ module }: Target, shape: Columns, allRows: number, storesColumns: boolean, masks: boolean): number {
  return module.function(`batchNormalizationGradient rows ${JSON.stringify([shape, allRows, storesColumns, masks])}`, 9, (f) => {
    const [x, gamma, mean, inverse, dy, dx, dgamma, dbeta, partial] = f.parameters as Pointer[] & { length: 9 };
    if (!x || !gamma || !mean || !inverse || !dy || !dx || !dgamma || !dbeta || !partial) throw new Error("nine parameters");
    inColumnBlocks(f, shape.columns, VECTORS, f.parameters, (lanes) => {
      const means = lanes.map((_, v) => f.keep(load(mean, v * 16)));
      const sums = totalOfPieces(f, partial, lanes.length, allRows, shape.columns);
      const products = totalOfPieces(f, secondSums(partial, allRows, shape.columns), lanes.length, allRows, shape.columns);
      const stored = storesColumns ? { dgamma, dbeta } : undefined;
      const coefficients = coefficientsOf(f, lanes, { gamma, inverse }, sums, products, allRows, stored);
      applyGradient(f, shape, lanes, { x, dy, dx }, means, coefficients, masks);
    });
  });
}
