/** Normal numbers by Box and Muller's transform of the same words as the reference kernel's, four at a time. */
import { mix32 } from "../../../ir/dropout-bits.ts";
import { attribute } from "../../../ir/op.ts";
import {
  absIntegers,
  addIntegers,
  constant,
  constantInteger,
  div,
  floatsOfIntegers,
  floatsOfUnsigned,
  iAdd,
  iMul,
  integer,
  integerLanes,
  type Local,
  mul,
  multiplyAdd,
  neg,
  polynomial,
  select,
  shiftRightSigned,
  splatInteger,
  sqrt,
  sub,
  subIntegers,
  type Vector,
  xor,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { log, log1pOfFraction } from "../math.ts";
import { mixInteger, mixLanes } from "./elementwise.ts";
import { map } from "./map.ts";
import { operandAt, type WasmKernel } from "./target.ts";

type V = Local<"v128">;

/** −log((word + 1) / 2³²), from the side of 1 by what is missing there: no digits are lost where it is nearly 0. */
function minusLog(f: FunctionBuilder, word: V): Vector {
  const missing = f.keep(mul(floatsOfUnsigned(xor(word, constantInteger(-1))), constant(2 ** -32)));
  const nearOne = f.keep(log1pOfFraction(f, div(missing, sub(constant(1), missing))));
  const fraction = mul(floatsOfUnsigned(addIntegers(word, constantInteger(1))), constant(2 ** -32));
  return select(shiftRightSigned(word, 31), nearOne, neg(log(f, fraction)));
}

/** cos(2π·word / 2³²) as sin(2π·(¼ − |v|)) of the word as a signed number v of turns: the difference is taken in whole numbers. */
function cosineOfTurns(f: FunctionBuilder, word: V): Vector {
  const quarter = subIntegers(constantInteger(2 ** 30), absIntegers(word));
  const z = f.keep(mul(floatsOfIntegers(quarter), constant((2 * Math.PI) / 2 ** 32)));
  const square = f.keep(mul(z, z));
  // The series of the sine up to z¹³: below 1e-9 for |z| ≤ π/2.
  const series = polynomial(square, [1 / 6227020800, -1 / 39916800, 1 / 362880, -1 / 5040, 1 / 120, -1 / 6]);
  return multiplyAdd(mul(z, square), series, z);
}

export const gaussianNoise: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const stddev = attribute<number>(attributes, "stddev");
    const streamKey = mix32(mix32(attribute<number>(attributes, "seed")) + attribute<number>(attributes, "stream"));
    const y = operandAt(outputs, 0);
    map(target, {
      key: `gaussian_noise ${stddev} ${streamKey}`,
      size: y.size,
      streams: [
        { address: operandAt(inputs, 0).address, writes: false },
        { address: y.address, writes: true, reads: false },
      ],
      scalars: ["step"],
      prepare: (f, [step], first) => {
        if (step === undefined) throw new Error("noise needs the step");
        const key = mixInteger(f, iAdd(integer(streamKey), step));
        return [f.keep(addIntegers(splatInteger(iAdd(key, iMul(first, integer(2)))), integerLanes(0, 2, 4, 6)))];
      },
      body: (f, [x], [counter]) => {
        if (x === undefined || counter === undefined) throw new Error("noise has one input and one counter");
        const radius = sqrt(mul(constant(2), minusLog(f, mixLanes(f, counter))));
        const direction = cosineOfTurns(f, mixLanes(f, addIntegers(counter, constantInteger(1))));
        const result = f.keep(multiplyAdd(mul(constant(stddev), radius), direction, x));
        f.set(counter, addIntegers(counter, constantInteger(8)));
        return [result];
      },
    });
  },
};
