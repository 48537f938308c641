/** scale, multiply, and the larger or smaller of two with its gradient. */
import { attribute } from "../../../ir/op.ts";
import { and, constant, equal, greater, max, min, mul, select, sub, type Vector } from "../emit/expression.ts";
import { map, type Stream } from "./map.ts";
import { type Operand, operandAt, type WasmKernel } from "./target.ts";

const reading = (operands: readonly Operand[]): Stream[] => operands.map(({ address }) => ({ address, writes: false }));
const writing = (operands: readonly Operand[]): Stream[] => operands.map(({ address }) => ({ address, writes: true, reads: false }));

export const scale: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const factor = attribute<number>(attributes, "factor");
    map(target, {
      key: `scale ${factor}`,
      size: operandAt(outputs, 0).size,
      streams: [...reading(inputs), ...writing(outputs)],
      body: (_, values) => values.map((x) => mul(x, constant(factor))),
    });
  },
};

/** A function of two numbers. */
const ofTwo = (
  target: Parameters<WasmKernel["lower"]>[0],
  key: string,
  inputs: readonly Operand[],
  outputs: readonly Operand[],
  make: (a: Vector, b: Vector) => Vector,
): void =>
  map(target, {
    key,
    size: operandAt(outputs, 0).size,
    streams: [...reading(inputs), ...writing(outputs)],
    body: (_, [a, b]) => (a === undefined || b === undefined ? [] : [make(a, b)]),
  });

export const multiply: WasmKernel = { lower: (target, { inputs, outputs }) => ofTwo(target, "multiply", inputs, outputs, mul) };

export const extremum: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const name = attribute<string>(attributes, "function");
    ofTwo(target, name, inputs, outputs, name === "maximum" ? max : min);
  },
};

export const extremumGradient: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const name = attribute<string>(attributes, "function");
    map(target, {
      key: `${name} gradient`,
      size: operandAt(outputs, 0).size,
      streams: [...reading(inputs), ...writing(outputs)],
      body: (f, [a, b, dy]) => {
        if (a === undefined || b === undefined || dy === undefined) throw new Error("extremum_gradient has three inputs");
        const chosen = name === "maximum" ? greater(a, b) : greater(b, a);
        const toA = f.keep(select(equal(a, b), constant(0.5), and(chosen, constant(1))));
        return [mul(toA, dy), mul(sub(constant(1), toA), dy)];
      },
    });
  },
};
