/** Activations and their derivatives; the formulas are those of core/activations/<name>/implementation.ts. */
import { attribute } from "../../../ir/op.ts";
import {
  abs,
  add,
  and,
  constant,
  div,
  greater,
  type Local,
  less,
  mul,
  multiplyAdd,
  neg,
  negativeMultiplyAdd,
  pseudoMax,
  pseudoMin,
  select,
  sub,
  type Vector,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { exp, expm1OfNegative, log1pOfFraction, normalCumulative, normalDensity, sigmoid, tanh } from "../math.ts";
import { map } from "./map.ts";
import { operandAt, type PlacedInstruction, type WasmKernel } from "./target.ts";

type V = Local<"v128">;

const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;
const GELU_ROOT = Math.sqrt(2 / Math.PI);
const GELU_CUBIC = 0.044715;

export interface VectorActivation {
  readonly value: (f: FunctionBuilder, x: V) => Vector;
  /** dy times the derivative, in terms of what was saved: x or y. */
  readonly gradient: (f: FunctionBuilder, saved: V, dy: V) => Vector;
}

const ONE = constant(1);
const SIXTH = constant(1 / 6);
const FIFTH = constant(0.2);
const SIX = constant(6);
const isPositive = (x: V): Vector => greater(x, constant(0));

const bounded: Readonly<Record<string, VectorActivation>> = {
  sigmoid: {
    value: sigmoid,
    gradient: (_, y, dy) => mul(dy, mul(y, sub(ONE, y))),
  },
  hard_sigmoid: {
    value: (_, x) => pseudoMin(pseudoMax(multiplyAdd(x, SIXTH, constant(0.5)), constant(0)), ONE),
    gradient: (_, y, dy) => and(mul(dy, SIXTH), and(isPositive(y), less(y, ONE))),
  },
  hard_sigmoid_keras2: {
    value: (_, x) => pseudoMin(pseudoMax(multiplyAdd(x, FIFTH, constant(0.5)), constant(0)), ONE),
    gradient: (_, y, dy) => and(mul(dy, FIFTH), and(isPositive(y), less(y, ONE))),
  },
  tanh: {
    value: tanh,
    gradient: (_, y, dy) => mul(dy, negativeMultiplyAdd(y, y, ONE)),
  },
  softsign: {
    value: (_, x) => div(x, add(ONE, abs(x))),
    gradient: (f, x, dy) => {
      const below = f.keep(add(ONE, abs(x)));
      return div(dy, mul(below, below));
    },
  },
};

const rectifiers: Readonly<Record<string, VectorActivation>> = {
  linear: { value: (_, x) => x, gradient: (_, __, dy) => dy },
  relu: {
    value: (_, x) => pseudoMax(x, constant(0)),
    gradient: (_, y, dy) => and(dy, isPositive(y)),
  },
  relu6: {
    value: (_, x) => pseudoMin(pseudoMax(x, constant(0)), SIX),
    gradient: (_, y, dy) => and(dy, and(isPositive(y), less(y, SIX))),
  },
  leaky_relu: {
    value: (_, x) => select(isPositive(x), x, mul(x, constant(0.01))),
    gradient: (_, y, dy) => select(isPositive(y), dy, mul(dy, constant(0.01))),
  },
  elu: {
    value: (f, x) => select(isPositive(x), x, expm1OfNegative(f, pseudoMin(x, constant(0)))),
    gradient: (_, y, dy) => select(isPositive(y), dy, mul(dy, add(y, ONE))),
  },
  selu: {
    value: (f, x) =>
      select(
        isPositive(x),
        mul(x, constant(SELU_SCALE)),
        mul(expm1OfNegative(f, pseudoMin(x, constant(0))), constant(SELU_SCALE * SELU_ALPHA)),
      ),
    gradient: (_, y, dy) => mul(dy, select(isPositive(y), constant(SELU_SCALE), add(y, constant(SELU_SCALE * SELU_ALPHA)))),
  },
  softplus: {
    value: (f, x) => add(pseudoMax(x, constant(0)), log1pOfFraction(f, exp(f, neg(abs(x))))),
    gradient: (f, x, dy) => mul(dy, sigmoid(f, x)),
  },
  silu: {
    value: (f, x) => mul(x, sigmoid(f, x)),
    gradient: (f, x, dy) => {
      const s = f.keep(sigmoid(f, x));
      return mul(dy, mul(s, multiplyAdd(x, sub(ONE, s), ONE)));
    },
  },
  gelu: {
    value: (f, x) => mul(x, normalCumulative(f, x)),
    gradient: (f, x, dy) => mul(dy, multiplyAdd(x, normalDensity(f, x), normalCumulative(f, x))),
  },
  gelu_tanh: {
    value: (f, x) => mul(mul(x, constant(0.5)), add(ONE, geluTanh(f, x))),
    gradient: (f, x, dy) => {
      const t = f.keep(geluTanh(f, x));
      const slope = multiplyAdd(mul(x, x), constant(3 * GELU_ROOT * GELU_CUBIC), constant(GELU_ROOT));
      const half = mul(constant(0.5), multiplyAdd(mul(x, slope), negativeMultiplyAdd(t, t, ONE), add(ONE, t)));
      return mul(dy, half);
    },
  },
};

/** tanh(√(2/π)·(x + 0.044715·x³)) */
const geluTanh = (f: FunctionBuilder, x: V): Vector =>
  tanh(f, mul(x, multiplyAdd(mul(x, x), constant(GELU_ROOT * GELU_CUBIC), constant(GELU_ROOT))));

const activations: Readonly<Record<string, VectorActivation>> = { ...rectifiers, ...bounded };

/** The activation on four lanes; undefined for one that has no generated code. */
export const vectorActivation = (name: string): VectorActivation | undefined =>
  Object.hasOwn(activations, name) ? activations[name] : undefined;

const activationOf = ({ attributes }: PlacedInstruction): VectorActivation | undefined =>
  vectorActivation(attribute<string>(attributes, "function"));
const supports = (instruction: PlacedInstruction): boolean => activationOf(instruction) !== undefined;

function required(instruction: PlacedInstruction): VectorActivation {
  const found = activationOf(instruction);
  if (found === undefined) throw new Error("lowered an activation that is not supported");
  return found;
}

export const unary: WasmKernel = {
  supports,
  lower: (target, instruction) => {
    const { value } = required(instruction);
    const [x, y] = [operandAt(instruction.inputs, 0), operandAt(instruction.outputs, 0)];
    map(target, {
      key: `unary ${instruction.attributes["function"]}`,
      size: y.size,
      streams: [
        { address: x.address, writes: false },
        { address: y.address, writes: true, reads: false },
      ],
      body: (f, [input]) => (input === undefined ? [] : [value(f, input)]),
    });
  },
};

export const unaryGradient: WasmKernel = {
  supports,
  lower: (target, instruction) => {
    const { gradient } = required(instruction);
    const dx = operandAt(instruction.outputs, 0);
    map(target, {
      key: `unary_gradient ${instruction.attributes["function"]}`,
      size: dx.size,
      streams: [
        { address: operandAt(instruction.inputs, 0).address, writes: false },
        { address: operandAt(instruction.inputs, 1).address, writes: false },
        { address: dx.address, writes: true, reads: false },
      ],
      body: (f, [saved, dy]) => (saved === undefined || dy === undefined ? [] : [gradient(f, saved, dy)]),
    });
  },
};

/** Whether the instruction is the function that a matrix product can finish with. */
export function isRelu(instruction: PlacedInstruction): boolean {
  return instruction.op === "unary" && instruction.attributes["function"] === "relu";
}
