/** dropout, add, fill and copy. */
import { dropoutThreshold, mix32 } from "../../../ir/dropout-bits.ts";
import { attribute } from "../../../ir/op.ts";
import {
  addIntegers,
  add as addVectors,
  andNot,
  constant,
  constantInteger,
  type Integer,
  iAdd,
  iMul,
  integer,
  integerLanes,
  iShiftRight,
  iXor,
  type Local,
  lessUnsigned,
  mul,
  mulIntegers,
  shiftRight,
  splatInteger,
  type Vector,
  xor,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { map, UNROLL } from "./map.ts";
import { operandAt, type WasmKernel } from "./target.ts";

/** The mixer of core/ir/dropout-bits.ts on one integer. */
export function mixInteger(f: FunctionBuilder, value: Integer): Local<"i32"> {
  const x = f.keep(value);
  f.set(x, iMul(iXor(x, iShiftRight(x, integer(16))), integer(0x7feb352d)));
  f.set(x, iMul(iXor(x, iShiftRight(x, integer(15))), integer(0x846ca68b)));
  f.set(x, iXor(x, iShiftRight(x, integer(16))));
  return x;
}

/** The same on four lanes. */
export function mixLanes(f: FunctionBuilder, value: Vector): Local<"v128"> {
  const x = f.keep(value);
  f.set(x, mulIntegers(xor(x, shiftRight(x, 16)), constantInteger(0x7feb352d)));
  f.set(x, mulIntegers(xor(x, shiftRight(x, 15)), constantInteger(0x846ca68b)));
  f.set(x, xor(x, shiftRight(x, 16)));
  return x;
}

export const dropout: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const rate = attribute<number>(attributes, "rate");
    const streamKey = mix32(mix32(attribute<number>(attributes, "seed")) + attribute<number>(attributes, "stream"));
    const y = operandAt(outputs, 0);
    map(target, {
      key: `dropout ${rate} ${streamKey}`,
      size: y.size,
      streams: [
        { address: operandAt(inputs, 0).address, writes: false },
        { address: y.address, writes: true, reads: false },
      ],
      scalars: ["step"],
      prepare: (f, [step], first) => {
        if (step === undefined) throw new Error("dropout needs the step");
        const key = mixInteger(f, iAdd(integer(streamKey), step));
        const counter = f.keep(addIntegers(splatInteger(iAdd(key, first)), integerLanes(0, 1, 2, 3)));
        // One counter for each vector of a pass: chained, no two of them could be joined.
        return Array.from({ length: UNROLL }, (_, u) => f.keep(addIntegers(counter, constantInteger(4 * u))));
      },
      body: (f, [x], counters, u) => {
        const counter = counters[u];
        if (x === undefined || counter === undefined) throw new Error("dropout has one input and a counter for each vector");
        const dropped = lessUnsigned(mixLanes(f, counter), constantInteger(dropoutThreshold(rate)));
        return [andNot(mul(x, constant(1 / (1 - rate))), dropped)];
      },
      afterPass: (f, counters) => {
        for (const counter of counters) f.set(counter, addIntegers(counter, constantInteger(4 * UNROLL)));
      },
    });
  },
};

export const add: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const y = operandAt(outputs, 0);
    map(target, {
      key: "add",
      size: y.size,
      streams: [...inputs.map((input) => ({ address: input.address, writes: false })), { address: y.address, writes: true, reads: false }],
      body: (_, values) => [
        values.reduce<Vector | undefined>((sum, value) => (sum === undefined ? value : addVectors(sum, value)), undefined) ?? constant(0),
      ],
    });
  },
};

export const fill: WasmKernel = {
  lower: (target, { outputs, attributes }) => {
    const value = attribute<number>(attributes, "value");
    const y = operandAt(outputs, 0);
    map(target, {
      key: `fill ${value}`,
      size: y.size,
      streams: [{ address: y.address, writes: true, reads: false }],
      body: () => [constant(value)],
    });
  },
};

export const copy: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    const y = operandAt(outputs, 0);
    map(target, {
      key: "copy",
      size: y.size,
      streams: [
        { address: operandAt(inputs, 0).address, writes: false },
        { address: y.address, writes: true, reads: false },
      ],
      body: (_, [x]) => (x === undefined ? [] : [x]),
    });
  },
};
