/** Activations and their derivatives; the formulas are those of core/activations/<name>/implementation.ts. */
import { attribute } from "../../../ir/op.ts";
import {
  and,
  constant,
  greater,
  type Local,
  less,
  mul,
  multiplyAdd,
  negativeMultiplyAdd,
  pseudoMax,
  pseudoMin,
  select,
  sub,
  type Vector,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { sigmoid, tanh } from "../math.ts";
import { map } from "./map.ts";
import { operandAt, type PlacedInstruction, type WasmKernel } from "./target.ts";

interface VectorActivation {
  readonly value: (f: FunctionBuilder, x: Local<"v128">) => Vector;
  /** dy times the derivative, in terms of y. */
  readonly gradient: (y: Local<"v128">, dy: Local<"v128">) => Vector;
}

const SIXTH = constant(1 / 6);

const activations: Readonly<Record<string, VectorActivation>> = {
  relu: {
    value: (_, x) => pseudoMax(x, constant(0)),
    gradient: (y, dy) => and(dy, greater(y, constant(0))),
  },
  leaky_relu: {
    value: (_, x) => select(greater(x, constant(0)), x, mul(x, constant(0.01))),
    gradient: (y, dy) => select(greater(y, constant(0)), dy, mul(dy, constant(0.01))),
  },
  sigmoid: {
    value: sigmoid,
    gradient: (y, dy) => mul(dy, mul(y, sub(constant(1), y))),
  },
  hard_sigmoid: {
    value: (_, x) => pseudoMin(pseudoMax(multiplyAdd(x, SIXTH, constant(0.5)), constant(0)), constant(1)),
    gradient: (y, dy) => and(mul(dy, SIXTH), and(greater(y, constant(0)), less(y, constant(1)))),
  },
  tanh: {
    value: tanh,
    gradient: (y, dy) => mul(dy, negativeMultiplyAdd(y, y, constant(1))),
  },
  linear: { value: (_, x) => x, gradient: (_, dy) => dy },
};

const activationOf = ({ attributes }: PlacedInstruction): VectorActivation | undefined => {
  const name = attribute<string>(attributes, "function");
  return Object.hasOwn(activations, name) ? activations[name] : undefined;
};
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
      body: (_, [y, dy]) => (y === undefined || dy === undefined ? [] : [gradient(y, dy)]),
    });
  },
};

/** Whether the instruction is the function that a matrix product can finish with. */
export function isRelu(instruction: PlacedInstruction): boolean {
  return instruction.op === "unary" && instruction.attributes["function"] === "relu";
}
