/**
 * exp, log, tanh, the normal distribution and the sigmoid on four lanes, by polynomials, to 1–3 units in the last place. They stay inside
 * WebAssembly: the same bits in every engine, and no crossing into JavaScript for each number. NaN goes through.
 */
import {
  abs,
  add,
  addIntegers,
  and,
  andNot,
  constant,
  constantInteger,
  div,
  floatsOfIntegers,
  greater,
  type Local,
  less,
  mul,
  multiplyAdd,
  nearest,
  neg,
  negativeMultiplyAdd,
  or,
  polynomial,
  pseudoMax,
  pseudoMin,
  select,
  shiftLeft,
  shiftRight,
  shiftRightSigned,
  sub,
  subIntegers,
  truncate,
  type Vector,
  xor,
} from "./emit/expression.ts";
import type { FunctionBuilder } from "./emit/function.ts";

/** ln 2 in two parts, the first with few enough digits that a whole number times it is exact (Cephes, expf.c). */
const LN2_HIGH = 0.693359375;
const LN2_LOW = -2.1219444e-4;
const SIGN_BIT = constantInteger(0x80000000);

/** Of e^r: the terms from r² on, by Cephes' expf. */
const EXP_SERIES = [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1];

/** x = n·ln 2 + r; gives e^r − 1 by the minimax polynomial of Cephes' expf, and n as an integer. */
function reduced(f: FunctionBuilder, x: Local<"v128">): { rest: Vector; power: Local<"v128"> } {
  const n = f.keep(nearest(mul(x, constant(Math.LOG2E))));
  const r = f.keep(negativeMultiplyAdd(n, constant(LN2_LOW), negativeMultiplyAdd(n, constant(LN2_HIGH), x)));
  return { rest: multiplyAdd(polynomial(r, EXP_SERIES), mul(r, r), r), power: f.keep(truncate(n)) };
}

/** 2ⁿ for −127 < n < 128. */
const twoTo = (exponent: Vector): Vector => shiftLeft(addIntegers(exponent, constantInteger(127)), 23);

/** e^x: times 2ⁿ in two factors, so that results below the normal range and infinity come out as they should. */
export function exp(f: FunctionBuilder, value: Vector): Vector {
  const { rest, power } = reduced(f, f.keep(pseudoMin(pseudoMax(value, constant(-104)), constant(89))));
  const result = f.keep(add(rest, constant(1)));
  const half = f.keep(shiftRightSigned(power, 1));
  return f.keep(mul(mul(result, twoTo(half)), twoTo(subIntegers(power, half))));
}

/** Added to a number below 2²² it leaves the nearest whole number in the low bits. */
const ROUNDER = 1.5 * 2 ** 23;

/**
 * e^x for x ≤ 0, never below e^−87 (1.6e-38): one factor 2ⁿ is enough, and its exponent is read off the rounded number, which takes
 * half the instructions of {@link exp}. NaN goes through.
 */
export function expOfNegative(f: FunctionBuilder, value: Vector): Vector {
  const x = f.keep(pseudoMax(value, constant(-87)));
  const rounded = f.keep(multiplyAdd(x, constant(Math.LOG2E), constant(ROUNDER)));
  const n = f.keep(sub(rounded, constant(ROUNDER)));
  const r = f.keep(negativeMultiplyAdd(n, constant(LN2_LOW), negativeMultiplyAdd(n, constant(LN2_HIGH), x)));
  const rest = multiplyAdd(polynomial(r, EXP_SERIES), mul(r, r), r);
  return f.keep(mul(add(rest, constant(1)), addIntegers(shiftLeft(rounded, 23), constant(1))));
}

/** e^x − 1 for x ≤ 0, with all digits near 0: 2ⁿ·(e^r − 1) + (2ⁿ − 1). From −30 on it is −1 in float32. */
export function expm1OfNegative(f: FunctionBuilder, value: Vector): Vector {
  const { rest, power } = reduced(f, f.keep(pseudoMax(value, constant(-30))));
  const kept = f.keep(rest);
  const scale = f.keep(twoTo(power));
  return f.keep(multiplyAdd(kept, scale, sub(scale, constant(1))));
}

/** Natural logarithm of a positive normal number (Cephes, logf.c); infinity and NaN come back as they are. */
export function log(f: FunctionBuilder, value: Vector): Vector {
  const x = f.keep(value);
  const mantissa = f.keep(or(and(x, constantInteger(0x7fffff)), constant(1)));
  const high = f.keep(greater(mantissa, constant(Math.SQRT2)));
  // `high` is −1 where true: subtracting it adds one.
  const exponent = f.keep(floatsOfIntegers(subIntegers(subIntegers(shiftRight(x, 23), constantInteger(127)), high)));
  const m = f.keep(sub(sub(mantissa, and(mul(mantissa, constant(0.5)), high)), constant(1)));
  const square = f.keep(mul(m, m));
  const series = polynomial(
    m,
    [
      7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1,
      -2.4999993993e-1, 3.3333331174e-1,
    ],
  );
  const low = f.keep(multiplyAdd(square, constant(-0.5), multiplyAdd(exponent, constant(LN2_LOW), mul(mul(series, m), square))));
  const result = multiplyAdd(exponent, constant(LN2_HIGH), add(m, low));
  return f.keep(select(less(x, constant(3.4028234e38)), result, x));
}

/**
 * log(1 + e) for 0 ≤ e ≤ 1 as 2·artanh(s), s = e / (2 + e): small values keep their digits. The odd series in s ≤ 1/3
 * is cut after s¹³, where a term is below 2⁻²⁵ of the first.
 */
export function log1pOfFraction(f: FunctionBuilder, value: Vector): Vector {
  const e = f.keep(value);
  const s = f.keep(div(e, add(e, constant(2))));
  const square = f.keep(mul(s, s));
  const series = polynomial(
    square,
    [1 / 15, 1 / 13, 1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3].map((c) => 2 * c),
  );
  return f.keep(multiplyAdd(mul(s, square), series, add(s, s)));
}

/** 1 / (1 + e^−x) */
export function sigmoid(f: FunctionBuilder, x: Vector): Vector {
  return f.keep(div(constant(1), add(constant(1), exp(f, neg(x)))));
}

const RATIONAL_LIMIT = 7.905311107635498;
/** From here on tanh is 1 in float32. */
const TANH_IS_ONE = 9.010913;

/** Eigen's rational approximation of tanh (degree 13 over 6): coefficients in x², from the highest power down. */
const TANH_ABOVE = [
  -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8, 1.48572235717979e-5, 6.37261928875436e-4,
  4.89352455891786e-3,
];
const TANH_BELOW = [1.19825839466702e-6, 1.18534705686654e-4, 2.268434632439e-3, 4.89352518554385e-3];

/** factor · tanh(x · scale), within 5 units in the last place of 1 also where tanh is 1. */
function scaledTanh(f: FunctionBuilder, value: Vector, scale: number, factor: number): Vector {
  const limit = RATIONAL_LIMIT / scale;
  const x = f.keep(pseudoMax(pseudoMin(value, constant(limit)), constant(-limit)));
  const square = f.keep(mul(x, x));
  const inSquare = (coefficients: readonly number[], times: number): number[] =>
    coefficients.map((c, i) => times * c * scale ** (2 * (coefficients.length - 1 - i)));
  const above = polynomial(square, inSquare(TANH_ABOVE, factor * scale));
  return div(mul(x, above), polynomial(square, inSquare(TANH_BELOW, 1)));
}

/** tanh within 5 units in the last place; exactly 1 where float32 knows no difference. */
export function tanh(f: FunctionBuilder, value: Vector): Vector {
  const whole = f.keep(value);
  const one = or(constant(1), and(whole, SIGN_BIT));
  return f.keep(select(greater(abs(whole), constant(TANH_IS_ONE)), one, scaledTanh(f, whole, 1, 1)));
}

/** tanh and sigmoid for the gates of recurrent cells: with an error of 2e-7 of the largest value, not of the value itself, at two thirds of the instructions. */
export const gateTanh = (f: FunctionBuilder, value: Vector): Vector => f.keep(scaledTanh(f, value, 1, 1));
export const gateSigmoid = (f: FunctionBuilder, value: Vector): Vector => f.keep(add(scaledTanh(f, value, 0.5, 0.5), constant(0.5)));

/** The number, or 0 where it is below `limit` (core/kernels/tiny.ts). NaN goes through. */
export function zeroBelow(f: FunctionBuilder, limit: number, value: Vector): Vector {
  const x = f.keep(value);
  return andNot(x, less(abs(x), constant(limit)));
}

/** Beyond this, in units of √2 deviations, nothing is left in float32. */
const TAIL_LIMIT = 10;
/** Where the one polynomial for erf hands over to the other. */
const ERF_MIDDLE = 0.927734375;

/**
 * Φ(x), the normal distribution, by N. Juffa's two polynomials for erf (error below 1e-7 of erf): a·(1 + P(a²)) in the
 * middle and 1 − e^Q(a) outside, a = x/√2. The lower tail is taken as e^Q/2 and so keeps four digits where it vanishes.
 */
export function normalCumulative(f: FunctionBuilder, value: Vector): Vector {
  const a = f.keep(mul(value, constant(Math.SQRT1_2)));
  const t = f.keep(pseudoMin(abs(a), constant(TAIL_LIMIT)));
  const inner = polynomial(mul(a, a), [-5.96761703e-4, 4.99119423e-3, -2.67681349e-2, 1.12819925e-1, -3.76125336e-1, 1.28379166e-1]);
  const middle = f.keep(multiplyAdd(multiplyAdd(inner, a, a), constant(0.5), constant(0.5)));
  const outer = polynomial(
    t,
    [-1.7285347e-5, 3.83197126e-4, -3.88396438e-3, 2.42546219e-2, -1.06777877e-1, -6.34846687e-1, -1.28717512e-1],
  );
  const tail = f.keep(mul(exp(f, sub(mul(outer, t), t)), constant(0.5)));
  const outside = select(less(a, constant(0)), tail, sub(constant(1), tail));
  return f.keep(select(greater(t, constant(ERF_MIDDLE)), outside, middle));
}

/** φ(x) = e^(−x²/2) / √(2π) */
export function normalDensity(f: FunctionBuilder, x: Local<"v128">): Vector {
  return f.keep(mul(exp(f, mul(mul(x, x), constant(-0.5))), constant(1 / Math.sqrt(2 * Math.PI))));
}

/** −1, 0 or 1; NaN for NaN. */
export function sign(f: FunctionBuilder, value: Vector): Vector {
  const x = f.keep(value);
  const one = or(constant(1), and(x, SIGN_BIT));
  const isZero = xor(less(x, constant(0)), xor(greater(x, constant(0)), constantInteger(-1)));
  // Neither above nor below zero: zero or NaN, and both are their own sign.
  return f.keep(or(andNot(one, isZero), and(x, isZero)));
}
