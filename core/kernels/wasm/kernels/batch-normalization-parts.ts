/** What batch normalization is made of, a block of columns at a time: shared by threads that own columns and threads that own rows. */
import {
  add,
  and,
  constant,
  div,
  greater,
  type Local,
  load,
  mul,
  multiplyAdd,
  negativeMultiplyAdd,
  sqrt,
  sub,
  type Vector,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { sumOverRows } from "./columns.ts";

/** Vectors in a block of columns: with two sums each and what belongs to a column they still fit the registers. */
export const VECTORS = 4;

export type Pointer = Local<"i32">;
export type Vectors = readonly Local<"v128">[];

export interface Columns {
  readonly rows: number;
  readonly columns: number;
  readonly rowBytes: number;
}

export function part(vectors: Vectors, index: number): Local<"v128"> {
  const vector = vectors[index];
  if (vector === undefined) throw new Error(`vector ${index} of ${vectors.length}`);
  return vector;
}

/** Walks all rows; `row` works through the pointers, which move on by a row. */
export function forRows(f: FunctionBuilder, shape: Columns, pointers: readonly Pointer[], row: () => void): void {
  f.repeat(shape.rows, () => {
    row();
    for (const pointer of pointers) f.advance(pointer, shape.rowBytes);
  });
}

/** 1 / √(variance + epsilon) from the sums of squares. */
export const inversesOf = (f: FunctionBuilder, squares: Vectors, rows: number, epsilon: number): Local<"v128">[] =>
  squares.map((square) => f.keep(div(constant(1), sqrt(add(mul(square, constant(1 / rows)), constant(epsilon))))));

interface Statistics {
  readonly means: Vectors;
  readonly squares: Vectors;
  readonly inverses: Vectors;
}
type StatisticsPlaces = Readonly<Record<"mean" | "inverse" | "movingMean" | "movingVariance", Pointer>>;

export function storeStatistics(
  f: FunctionBuilder,
  lanes: readonly number[],
  { means, squares, inverses }: Statistics,
  { mean, inverse, movingMean, movingVariance }: StatisticsPlaces,
  rows: number,
  momentum: number,
): void {
  lanes.forEach((count, v) => {
    const move = (moving: Pointer, value: Vector): void => {
      const next = multiplyAdd(load(moving, v * 16), constant(momentum), mul(value, constant(1 - momentum)));
      f.storeLanes(moving, v * 16, f.keep(next), count);
    };
    f.storeLanes(mean, v * 16, part(means, v), count);
    f.storeLanes(inverse, v * 16, part(inverses, v), count);
    move(movingMean, part(means, v));
    move(movingVariance, mul(part(squares, v), constant(1 / Math.max(1, rows - 1))));
  });
}

/** y = (x − mean) · gamma / deviation + beta over all rows. */
export function applyNormalization(
  f: FunctionBuilder,
  shape: Columns,
  lanes: readonly number[],
  { x, gamma, beta, y }: Readonly<Record<"x" | "gamma" | "beta" | "y", Pointer>>,
  means: Vectors,
  inverses: Vectors,
): void {
  const scales = inverses.map((value, v) => f.keep(mul(value, load(gamma, v * 16))));
  const shifts = lanes.map((_, v) => f.keep(load(beta, v * 16)));
  const [from, to] = [f.keep(x), f.keep(y)];
  forRows(f, shape, [from, to], () => {
    lanes.forEach((count, v) => {
      f.storeLanes(to, v * 16, f.keep(multiplyAdd(sub(load(from, v * 16), part(means, v)), part(scales, v), part(shifts, v))), count);
    });
  });
}

/** Sums over `rows` rows: in the first half of dy, in the second of dy · (x − mean). The pointers move on. */
export function gradientTerms(
  f: FunctionBuilder,
  rows: number,
  shape: Columns,
  { from, gradient }: Readonly<Record<"from" | "gradient", Pointer>>,
  means: Vectors,
): Local<"v128">[] {
  const width = means.length;
  return sumOverRows(f, rows, 2 * width, (partial) => {
    const gradients = means.map((_, v) => f.keep(load(gradient, v * 16)));
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
}

interface Coefficients {
  readonly scale: Local<"v128">;
  readonly slope: Local<"v128">;
  readonly offset: Local<"v128">;
}

/**
 * dx = scale · dy − slope · (x − mean) − offset
 * @param stored where the gradients of gamma and beta go; absent where another thread stores them
 */
export function coefficientsOf(
  f: FunctionBuilder,
  lanes: readonly number[],
  { gamma, inverse }: Readonly<Record<"gamma" | "inverse", Pointer>>,
  sums: Vectors,
  products: Vectors,
  rows: number,
  stored: Readonly<Record<"dgamma" | "dbeta", Pointer>> | undefined,
): Coefficients[] {
  const perRow = constant(1 / rows);
  return lanes.map((count, v) => {
    const inverseDeviation = f.keep(load(inverse, v * 16));
    const scale = f.keep(mul(load(gamma, v * 16), inverseDeviation));
    const product = f.keep(mul(part(products, v), inverseDeviation));
    if (stored !== undefined) {
      f.storeLanes(stored.dbeta, v * 16, part(sums, v), count);
      f.storeLanes(stored.dgamma, v * 16, product, count);
    }
    return {
      scale,
      slope: f.keep(mul(mul(scale, inverseDeviation), mul(product, perRow))),
      offset: f.keep(mul(scale, mul(part(sums, v), perRow))),
    };
  });
}

/** @param masks whether x is a relu's output, whose derivative is multiplied in */
export function applyGradient(
  f: FunctionBuilder,
  shape: Columns,
  lanes: readonly number[],
  { x, dy, dx }: Readonly<Record<"x" | "dy" | "dx", Pointer>>,
  means: Vectors,
  coefficients: readonly Coefficients[],
  masks: boolean,
): void {
  const [from, gradient, to] = [f.keep(x), f.keep(dy), f.keep(dx)];
  forRows(f, shape, [from, gradient, to], () => {
    coefficients.forEach(({ scale, slope, offset }, v) => {
      const value = f.keep(load(from, v * 16));
      const slopeIn = negativeMultiplyAdd(sub(value, part(means, v)), slope, sub(mul(load(gradient, v * 16), scale), offset));
      f.storeLanes(to, v * 16, f.keep(masks ? and(slopeIn, greater(value, constant(0))) : slopeIn), lanes[v] ?? 0);
    });
  });
}
