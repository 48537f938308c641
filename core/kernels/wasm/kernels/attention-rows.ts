/**
 * What attention does between its matrix products, a row of scores at a time: the softmax over the keys that count, dropout on the
 * weights, and the gradient of both. The random bits are those of core/ir/dropout-bits.ts, drawn again by the backward pass.
 */
import { dropoutThreshold } from "../../../ir/dropout-bits.ts";
import {
  add,
  addIntegers,
  and,
  andNot,
  constant,
  constantInteger,
  div,
  equal,
  type Integer,
  iAdd,
  integer,
  integerLanes,
  type Local,
  lessUnsigned,
  load,
  mul,
  multiplyAdd,
  pseudoMax,
  select,
  splat,
  splatInteger,
  sub,
  type Vector,
  xor,
  zero,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import type { ModuleBuilder } from "../emit/module.ts";
import { expOfNegative } from "../math.ts";
import { mixLanes } from "./elementwise.ts";
import { firstLanes, largestOfLanes, loadLanes, sumOfLanes } from "./rows.ts";

type P = Local<"i32">;

/** Lower than any score, and finite: a row without a key that counts has no NaN. */
const LOWEST = constant(-3.4028234663852886e38);

export interface SoftmaxRows {
  readonly rows: number;
  readonly keys: number;
  /** By which scores are multiplied; above 0. */
  readonly scale: number;
  readonly causal: boolean;
  readonly masked: boolean;
  /** Rate of the dropout; 0 for none. */
  readonly rate: number;
}

/** The words that decide which weights are dropped, four at a time from `counter` on. */
function drawDropped(f: FunctionBuilder, counter: Local<"v128">, rate: number): Vector {
  const dropped = f.keep(lessUnsigned(mixLanes(f, counter), constantInteger(dropoutThreshold(rate))));
  f.set(counter, addIntegers(counter, constantInteger(4)));
  return dropped;
}

/** Counters of four neighbours from the word of the first. */
const countersFrom = (first: Integer): Vector => addIntegers(splatInteger(first), integerLanes(0, 1, 2, 3));

/** Which lanes are keys that count; undefined where all of them do. `place` is the index of the first, in every lane plus its own. */
class Counting {
  private readonly f: FunctionBuilder;
  private readonly shape: SoftmaxRows;
  private readonly mask: P;
  private readonly maskStart: P;
  private readonly place: Local<"v128">;
  private readonly limit: Local<"v128">;

  constructor(f: FunctionBuilder, shape: SoftmaxRows, maskStart: P) {
    this.f = f;
    this.shape = shape;
    this.maskStart = maskStart;
    this.mask = f.local("i32");
    this.place = f.local("v128");
    this.limit = f.local("v128");
  }

  /** @param row the query's place: with `causal` it sees the keys up to its own */
  startRow(row: Integer): void {
    if (this.shape.causal) this.f.set(this.limit, splatInteger(iAdd(row, integer(1))));
    this.startPass();
  }

  startPass(): void {
    if (this.shape.causal) this.f.set(this.place, integerLanes(0, 1, 2, 3));
    if (this.shape.masked) this.f.set(this.mask, this.maskStart);
  }

  /** For the next four keys, of which `lanes` are there. */
  next(lanes: number): Local<"v128"> | undefined {
    const { f, shape } = this;
    let counts: Vector | undefined = lanes === 4 ? undefined : firstLanes(lanes);
    const also = (condition: Vector): void => {
      counts = counts === undefined ? condition : and(counts, condition);
    };
    if (shape.causal) also(lessUnsigned(this.place, this.limit));
    if (shape.masked) also(xor(equal(load(this.mask), zero), constantInteger(-1)));
    const kept = counts === undefined ? undefined : f.keep(counts);
    if (shape.causal) f.set(this.place, addIntegers(this.place, constantInteger(4)));
    if (shape.masked) f.advance(this.mask, 16);
    return kept;
  }
}

/** Vectors in one pass of a row's loop. */
const UNROLL = 4;

/** Runs over a row; `body` sees the lanes that count, the offset from the pointers, and the number of the vector within the pass. */
function alongRow(
  f: FunctionBuilder,
  length: number,
  pointers: readonly P[],
  body: (lanes: number, offset: number, u: number) => void,
): void {
  f.repeat(Math.floor(length / (UNROLL * 4)), () => {
    for (let u = 0; u < UNROLL; u++) body(4, u * 16, u);
    for (const pointer of pointers) f.advance(pointer, UNROLL * 16);
  });
  const rest = length % (UNROLL * 4);
  for (let u = 0; u * 4 < rest; u++) body(Math.min(4, rest - u * 4), u * 16, u);
}

/**
 * Function (scores, weights, mask, dropped, counter, row): weights of a block of rows, which may lie on the scores; with dropout the
 * weights that are left go to `dropped`. `counter` is the word of the first weight, `row` the first query's place.
 */
export function softmaxRows(module: ModuleBuilder, shape: SoftmaxRows): number {
  return module.function(`attentionSoftmax ${JSON.stringify(shape)}`, 6, (f) => {
    const [scores, weights, mask, dropped, counter, row] = f.parameters as [P, P, P, P, P, P];
    const { keys, rate } = shape;
    const counting = new Counting(f, shape, mask);
    const from = f.local("i32");
    const to = f.local("i32");
    const counters = rate > 0 ? f.local("v128") : undefined;
    f.repeat(shape.rows, () => {
      counting.startRow(row);
      const tops = [f.keep(LOWEST), f.keep(LOWEST)] as const;
      f.set(from, scores);
      alongRow(f, keys, [from], (lanes, offset, u) => {
        const counts = counting.next(lanes);
        const top = tops[u % 2 === 0 ? 0 : 1];
        // A NaN is passed over here and comes out of the exponential.
        f.set(top, pseudoMax(top, counts === undefined ? load(from, offset) : select(counts, load(from, offset), LOWEST)));
      });
      const top = f.keep(pseudoMax(tops[0], tops[1]));
      f.set(top, splat(largestOfLanes(top)));
      const sums = [f.keep(zero), f.keep(zero)] as const;
      counting.startPass();
      f.set(from, scores);
      f.set(to, weights);
      alongRow(f, keys, [from, to], (lanes, offset, u) => {
        const counts = counting.next(lanes);
        const power = expOfNegative(f, mul(sub(load(from, offset), top), constant(shape.scale)));
        const value = f.keep(counts === undefined ? power : and(power, counts));
        const sum = sums[u % 2 === 0 ? 0 : 1];
        f.set(sum, add(sum, value));
        f.storeLanes(to, offset, value, lanes);
      });
      const sum = f.keep(add(sums[0], sums[1]));
      // At least 1 where a key counts; 0 where none does, and 0 is divided by something else.
      const share = f.keep(div(constant(1), pseudoMax(splat(sumOfLanes(sum)), constant(1e-30))));
      f.set(to, weights);
      if (counters !== undefined) f.set(counters, countersFrom(counter));
      alongRow(f, keys, [to, ...(rate > 0 ? [dropped] : [])], (lanes, offset) => {
        const weight = f.keep(mul(load(to, offset), share));
        f.storeLanes(to, offset, weight, lanes);
        if (counters === undefined) return;
        const left = f.keep(andNot(mul(weight, constant(1 / (1 - rate))), drawDropped(f, counters, rate)));
        f.storeLanes(dropped, offset, left, lanes);
      });
      for (const pointer of [scores, weights]) f.advance(pointer, keys * 4);
      if (rate > 0) f.advance(dropped, (keys % 16) * 4);
      f.advance(counter, keys);
      f.advance(row, 1);
    });
  });
}

/**
 * Function (gradients, weights, dropped, counter): for a block of rows turns the gradients of the weights that were used into those of
 * the products, scale · w · (g − Σ w·g), where they lie; with dropout also writes the weights that were used to `dropped`.
 */
export function softmaxGradientRows(module: ModuleBuilder, shape: Pick<SoftmaxRows, "rows" | "keys" | "scale" | "rate">): number {
  return module.function(`attentionSoftmaxGradient ${JSON.stringify(shape)}`, 4, (f) => {
    const [gradients, weights, dropped, counter] = f.parameters as [P, P, P, P];
    const { keys, rate } = shape;
    const [gradient, weight] = [f.local("i32"), f.local("i32")];
    const counters = rate > 0 ? f.local("v128") : undefined;
    f.repeat(shape.rows, () => {
      const dot = f.keep(zero);
      f.set(gradient, gradients);
      f.set(weight, weights);
      if (counters !== undefined) f.set(counters, countersFrom(counter));
      alongRow(f, keys, [gradient, weight, ...(rate > 0 ? [dropped] : [])], (lanes, offset) => {
        const w = f.keep(loadLanes(weight, offset, lanes));
        if (counters === undefined) {
          f.set(dot, multiplyAdd(loadLanes(gradient, offset, lanes), w, dot));
          return;
        }
        const isDropped = f.keep(drawDropped(f, counters, rate));
        const scale = constant(1 / (1 - rate));
        f.storeLanes(dropped, offset, f.keep(andNot(mul(w, scale), isDropped)), lanes);
        const g = f.keep(andNot(mul(loadLanes(gradient, offset, lanes), scale), isDropped));
        f.storeLanes(gradient, offset, g, lanes);
        f.set(dot, multiplyAdd(g, w, dot));
      });
      const total = f.keep(splat(sumOfLanes(dot)));
      alongRow(f, keys, [gradients, weights], (lanes, offset) => {
        const scaled = f.keep(mul(mul(load(weights, offset), sub(load(gradients, offset), total)), constant(shape.scale)));
        f.storeLanes(gradients, offset, scaled, lanes);
      });
      for (const pointer of [gradients, weights]) f.advance(pointer, (keys % 16) * 4);
      if (rate > 0) f.advance(dropped, (keys % 16) * 4);
      f.advance(counter, keys);
    });
  });
}
