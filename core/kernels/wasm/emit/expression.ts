/**
 * Typed expressions: trees that leave one value on WebAssembly's stack when they are written into a function. A tree is
 * written again at every use, so a value that is needed twice is kept in a local (`FunctionBuilder.keep`).
 */
import { float32Bytes, float64Bytes, int32Bytes, signed, signedLong, unsigned } from "./encoding.ts";

export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128";

/** What an expression writes into: the instructions of one function. */
export interface Code {
  readonly bytes: number[];
  /** Fused multiply–add where true; a rounded product and a sum where false. */
  readonly fused: boolean;
  /** Address of 16 bytes that hold the constant, or −1 when the pool is full. */
  constantAddress(bits: number): number;
}

export interface Expression<T extends ValueType> {
  readonly type: T;
  readonly write: (code: Code) => void;
}
export type Integer = Expression<"i32">;
export type Float = Expression<"f32">;
export type Double = Expression<"f64">;
export type Vector = Expression<"v128">;

export interface Local<T extends ValueType> extends Expression<T> {
  readonly index: number;
}

/** One instruction over its operands: operands first, then the opcode. */
function apply<T extends ValueType>(type: T, opcode: readonly number[], operands: readonly Expression<ValueType>[]): Expression<T> {
  return {
    type,
    write: (code) => {
      for (const operand of operands) operand.write(code);
      code.bytes.push(...opcode);
    },
  };
}

const simd = (opcode: number, ...immediates: number[]): number[] => [0xfd, ...unsigned(opcode), ...immediates];

// ---- i32 ----------------------------------------------------------------------------------------------------------
/** @throws Error for what 32 bits do not hold: an address that moves (schedule.ts) would else lose what tells it */
export function integer(value: number): Integer {
  if (value >= 2 ** 32 || value < -(2 ** 31)) throw new Error(`${value} does not fit into 32 bits`);
  return apply("i32", [0x41, ...signed(value)], []);
}
const integerOp =
  (opcode: number) =>
  (a: Integer, b: Integer): Integer =>
    apply("i32", [opcode], [a, b]);
export const iAdd = integerOp(0x6a);
export const iMul = integerOp(0x6c);
export const iXor = integerOp(0x73);
export const iShiftRight = integerOp(0x76);
export const iEqual = integerOp(0x46);
export const iLess = integerOp(0x49);
export const iGreater = integerOp(0x4b);
export const iMin = (a: Local<"i32">, b: Integer): Integer => apply("i32", [0x1b], [a, b, iLess(a, b)]);
/** A float holding a whole number, as an integer (saturating). */
export const integerOfFloat = (a: Float): Integer => apply("i32", [0xfc, 0x00], [a]);

// ---- shared memory: each in one order that all threads agree on ---------------------------------------------------
const atomic = (opcode: number, offset: number): number[] => [0xfe, opcode, 2, ...unsigned(offset)];
export const atomicLoad = (base: Integer, offset: number): Integer => apply("i32", atomic(0x10, offset), [base]);
/** Adds and gives the value before. */
export const atomicAdd = (base: Integer, offset: number, value: Integer): Integer => apply("i32", atomic(0x1e, offset), [base, value]);
/** Sleeps while the word equals `expected`: 0 woken, 1 it did not, 2 the time is up. */
export function atomicWait(base: Integer, offset: number, expected: Integer, timeoutSeconds: number): Integer {
  const timeout: Expression<"i64"> = apply("i64", [0x42, ...signedLong(BigInt(timeoutSeconds) * 1_000_000_000n)], []);
  return apply("i32", atomic(0x01, offset), [base, expected, timeout]);
}
/** Wakes all who sleep on the word; gives their number. */
export const atomicNotify = (base: Integer, offset: number): Integer => apply("i32", atomic(0x00, offset), [base, integer(-1)]);

// ---- f32 and f64 --------------------------------------------------------------------------------------------------
export const float = (value: number): Float => apply("f32", [0x43, ...float32Bytes(value)], []);
const floatOp =
  (opcode: number) =>
  (a: Float, b: Float): Float =>
    apply("f32", [opcode], [a, b]);
export const fAdd = floatOp(0x92);
export const fSub = floatOp(0x93);
export const fMul = floatOp(0x94);
export const fMax = floatOp(0x97);
/** A signed integer as a float. */
export const floatOfInteger = (a: Integer): Float => apply("f32", [0xb2], [a]);
export const fGreater = (a: Float, b: Float): Integer => apply("i32", [0x5e], [a, b]);
export const fNotEqual = (a: Float, b: Float): Integer => apply("i32", [0x5c], [a, b]);
export const fEqual = (a: Float, b: Float): Integer => apply("i32", [0x5b], [a, b]);
export const iAnd = integerOp(0x71);
export const loadFloat = (base: Integer, offset = 0): Float => apply("f32", [0x2a, 2, ...unsigned(offset)], [base]);
export const floatOfDouble = (a: Double): Float => apply("f32", [0xb6], [a]);
export const lane = (a: Vector, index: 0 | 1 | 2 | 3): Float => apply("f32", simd(0x1f, index), [a]);

export const double = (value: number): Double => apply("f64", [0x44, ...float64Bytes(value)], []);
const doubleOp =
  (opcode: number) =>
  (a: Double, b: Double): Double =>
    apply("f64", [opcode], [a, b]);
export const dAdd = doubleOp(0xa0);
export const dMul = doubleOp(0xa2);
export const dDiv = doubleOp(0xa3);
export const dSqrt = (a: Double): Double => apply("f64", [0x9f], [a]);
export const dGreater = (a: Double, b: Double): Integer => apply("i32", [0x64], [a, b]);
export const doubleOfFloat = (a: Float): Double => apply("f64", [0xbb], [a]);
export const doubleLane = (a: Vector, index: 0 | 1): Double => apply("f64", simd(0x21, index), [a]);

// ---- v128 ---------------------------------------------------------------------------------------------------------
export const load = (base: Integer, offset = 0): Vector => apply("v128", [...simd(0x00), 2, ...unsigned(offset)], [base]);
/** One float in all four lanes. */
export const loadSplat = (base: Integer, offset = 0): Vector => apply("v128", [...simd(0x09), 2, ...unsigned(offset)], [base]);
export const splat = (a: Float): Vector => apply("v128", simd(0x13), [a]);
export const splatInteger = (a: Integer): Vector => apply("v128", simd(0x11), [a]);
export const zero: Vector = apply("v128", simd(0x0c, ...new Array<number>(16).fill(0)), []);

const bitsView = new DataView(new ArrayBuffer(4));
function floatBits(value: number): number {
  bitsView.setFloat32(0, value, true);
  return bitsView.getInt32(0, true);
}

/**
 * An integer in all four lanes. Read from the constant pool in memory: V8 builds an immediate anew at every use, which
 * makes polynomials almost twice as slow.
 */
export function constantInteger(bits: number): Vector {
  return {
    type: "v128",
    write: (code) => {
      const address = code.constantAddress(bits | 0);
      if (address >= 0) load(integer(0), address).write(code);
      else code.bytes.push(...simd(0x0c), ...[0, 1, 2, 3].flatMap(() => int32Bytes(bits)));
    },
  };
}
/** A float, rounded to float32, in all four lanes. */
export const constant = (value: number): Vector => constantInteger(floatBits(value));
export const integerLanes = (a: number, b: number, c: number, d: number): Vector =>
  apply("v128", simd(0x0c, ...[a, b, c, d].flatMap(int32Bytes)), []);

const vectorOp =
  (opcode: number) =>
  (a: Vector, b: Vector): Vector =>
    apply("v128", simd(opcode), [a, b]);
const vectorFunction =
  (opcode: number) =>
  (a: Vector): Vector =>
    apply("v128", simd(opcode), [a]);

export const add = vectorOp(0xe4);
export const sub = vectorOp(0xe5);
export const mul = vectorOp(0xe6);
export const div = vectorOp(0xe7);
/** NaN when either is NaN. */
export const min = vectorOp(0xe8);
export const max = vectorOp(0xe9);
/** b < a ? b : a: one instruction on x86, and `a` when either is NaN. */
export const pseudoMin = vectorOp(0xea);
/** a < b ? b : a */
export const pseudoMax = vectorOp(0xeb);
export const sqrt = vectorFunction(0xe3);
export const abs = vectorFunction(0xe0);
export const neg = vectorFunction(0xe1);
export const floor = vectorFunction(0x68);
export const nearest = vectorFunction(0x6a);

/** All bits set where true. */
export const equal = vectorOp(0x41);
/** True where either is NaN. */
export const notEqual = vectorOp(0x42);
export const less = vectorOp(0x43);
export const greater = vectorOp(0x44);
export const and = vectorOp(0x4e);
export const andNot = vectorOp(0x4f);
export const or = vectorOp(0x50);
export const xor = vectorOp(0x51);
/** 1 when any bit is set. */
export const anyBit = (a: Vector): Integer => apply("i32", simd(0x53), [a]);
/** mask ? a : b, bit by bit. */
export const select = (mask: Vector, a: Vector, b: Vector): Vector => apply("v128", simd(0x52), [a, b, mask]);

export const addIntegers = vectorOp(0xae);
export const subIntegers = vectorOp(0xb1);
export const mulIntegers = vectorOp(0xb5);
export const lessUnsigned = vectorOp(0x3a);
export const shiftLeft = (a: Vector, count: number): Vector => apply("v128", simd(0xab), [a, integer(count)]);
export const shiftRight = (a: Vector, count: number): Vector => apply("v128", simd(0xad), [a, integer(count)]);
export const shiftRightSigned = (a: Vector, count: number): Vector => apply("v128", simd(0xac), [a, integer(count)]);
/** Floats to integers toward zero, saturating; NaN to 0. */
export const truncate = vectorFunction(0xf8);
export const floatsOfIntegers = vectorFunction(0xfa);
export const floatsOfUnsigned = vectorFunction(0xfb);
/** |a|; −2³¹ stays what it is. */
export const absIntegers = vectorFunction(0xa0);

/** Two doubles from lanes 0 and 1. */
export const promoteLow = vectorFunction(0x5f);
export const addDoubles = vectorOp(0xf0);

/** Four lanes out of the eight of a (0–3) and b (4–7). */
export function shuffle(a: Vector, b: Vector, lanes: readonly [number, number, number, number]): Vector {
  return apply("v128", simd(0x0d, ...lanes.flatMap((l) => [4 * l, 4 * l + 1, 4 * l + 2, 4 * l + 3])), [a, b]);
}

/** a · b + c: one rounding in fast arithmetic, two in reproducible. */
export function multiplyAdd(a: Vector, b: Vector, c: Vector): Vector {
  return {
    type: "v128",
    write: (code) => {
      if (code.fused) apply("v128", simd(0x105), [a, b, c]).write(code);
      else add(mul(a, b), c).write(code);
    },
  };
}
/** c − a · b */
export function negativeMultiplyAdd(a: Vector, b: Vector, c: Vector): Vector {
  return {
    type: "v128",
    write: (code) => {
      if (code.fused) apply("v128", simd(0x106), [a, b, c]).write(code);
      else sub(c, mul(a, b)).write(code);
    },
  };
}

/** c₀xⁿ + c₁xⁿ⁻¹ + … by Horner's rule, coefficients from the highest power down. */
export function polynomial(x: Vector, coefficients: readonly number[]): Vector {
  let sum: Vector | undefined;
  for (const c of coefficients) sum = sum === undefined ? constant(c) : multiplyAdd(sum, x, constant(c));
  if (sum === undefined) throw new Error("a polynomial has at least one coefficient");
  return sum;
}
