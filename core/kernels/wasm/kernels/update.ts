/** Optimizer updates and clipping, in place and in one pass over a block; the formulas are those of core/optimizers. */
import { attribute } from "../../../ir/op.ts";
import { AVERAGE_MOMENTUM } from "../../../optimizers/optimizer.ts";
import { TINY, TINY_ROOT, TINY_SQUARE } from "../../tiny.ts";
import {
  add,
  and,
  constant,
  dDiv,
  dGreater,
  div,
  double,
  dSqrt,
  floatOfDouble,
  type Integer,
  type Local,
  load,
  loadSplat,
  max,
  mul,
  multiplyAdd,
  negativeMultiplyAdd,
  pseudoMax,
  pseudoMin,
  splat,
  sqrt,
  sub,
  type Vector,
  zero,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { zeroBelow } from "../math.ts";
import { map } from "./map.ts";
import { DoubleSum, firstLanes, forRow } from "./rows.ts";
import { operandAt, type PlacedInstruction, type Target, type WasmKernel } from "./target.ts";

type P = Local<"i32">;
type V = Local<"v128">;

/**
 * The first `count` numbers of the hyper tensor, each in all lanes.
 * @param inverse the number of which 1 over it is wanted: a product in the loop takes a quarter of the time of a quotient
 */
const hyperNumbers =
  (count: number, inverse: number | undefined) =>
  (f: FunctionBuilder, [hyper]: readonly Integer[]): V[] => {
    if (hyper === undefined) throw new Error("an update reads its hyper tensor");
    return Array.from({ length: count }, (_, i) => {
      const value = loadSplat(hyper, i * 4);
      return f.keep(i === inverse ? div(constant(1), value) : value);
    });
  };

/** New values of parameters and slots from the old ones, the gradient second. */
type UpdateBody = (f: FunctionBuilder, values: readonly V[], hyper: readonly V[]) => readonly V[];

/** Parameters and slots are read and written, gradients only read. */
function mapUpdate(
  target: Target,
  { op, inputs, attributes }: PlacedInstruction,
  slots: readonly number[],
  hyperCount: number,
  body: UpdateBody,
  inverseHyper?: number,
): void {
  const parameters = operandAt(inputs, 0);
  map(target, {
    key: `${op} ${JSON.stringify(attributes)}`,
    size: parameters.size,
    streams: [
      { address: parameters.address, writes: true },
      { address: operandAt(inputs, 1).address, writes: false },
      ...slots.map((slot) => ({ address: operandAt(inputs, slot).address, writes: true })),
    ],
    scalars: [operandAt(inputs, 2).address],
    prepare: hyperNumbers(hyperCount, inverseHyper),
    body,
  });
}

/** An optimizer's moment as it is kept: one that decays would be denormal in the end and stay so (tiny.ts). */
const moment = (f: FunctionBuilder, value: Vector): V => f.keep(zeroBelow(f, TINY, value));

/** old·rho + g²·(1 − rho), without squares that would be denormal. */
function meanSquare(f: FunctionBuilder, old: V, rho: number, g: V): V {
  const counted = f.keep(zeroBelow(f, TINY_ROOT, g));
  return f.keep(zeroBelow(f, TINY_SQUARE, multiplyAdd(old, constant(rho), mul(mul(counted, counted), constant(1 - rho)))));
}

const missing = (): never => {
  throw new Error("an update has parameters, gradients and its slots");
};

export const sgdUpdate: WasmKernel = {
  lower: (target, instruction) => {
    const momentum = constant(attribute<number>(instruction.attributes, "momentum"));
    const nesterov = attribute<boolean>(instruction.attributes, "nesterov");
    const hasVelocity = instruction.inputs.length > 3;
    mapUpdate(target, instruction, hasVelocity ? [3] : [], 1, (f, [p, g, velocity], [rate]) => {
      if (p === undefined || g === undefined || rate === undefined) return missing();
      if (velocity === undefined) return [f.keep(negativeMultiplyAdd(rate, g, p))];
      const next = moment(f, multiplyAdd(velocity, momentum, g));
      const step = nesterov ? multiplyAdd(next, momentum, g) : next;
      return [f.keep(negativeMultiplyAdd(rate, step, p)), next];
    });
  },
};

export const adamUpdate: WasmKernel = {
  lower: (target, instruction) => {
    const beta1 = attribute<number>(instruction.attributes, "beta_1");
    const beta2 = attribute<number>(instruction.attributes, "beta_2");
    const epsilon = constant(attribute<number>(instruction.attributes, "epsilon"));
    const decays = instruction.attributes["decays"] === true;
    const keepsLargest = instruction.inputs.length > 5;
    const update: UpdateBody = (f, [p, g, m, v, largest], hyper) => {
      const [stepSize, inverseCorrection, decay] = hyper;
      if (
        p === undefined ||
        g === undefined ||
        m === undefined ||
        v === undefined ||
        stepSize === undefined ||
        inverseCorrection === undefined
      )
        return missing();
      const first = moment(f, multiplyAdd(m, constant(beta1), mul(g, constant(1 - beta1))));
      const second = meanSquare(f, v, beta2, g);
      const divided = largest === undefined ? second : f.keep(max(largest, second));
      const step = div(mul(stepSize, first), multiplyAdd(sqrt(divided), inverseCorrection, epsilon));
      const decayed = decay === undefined ? p : mul(p, decay);
      const next = f.keep(negativeMultiplyAdd(constant(1), step, decayed));
      return largest === undefined ? [next, first, second] : [next, first, second, divided];
    };
    mapUpdate(target, instruction, keepsLargest ? [3, 4, 5] : [3, 4], decays ? 3 : 2, update, 1);
  },
};

export const nadamUpdate: WasmKernel = {
  lower: (target, instruction) => {
    const beta1 = attribute<number>(instruction.attributes, "beta_1");
    const beta2 = attribute<number>(instruction.attributes, "beta_2");
    const epsilon = constant(attribute<number>(instruction.attributes, "epsilon"));
    const update: UpdateBody = (f, [p, g, m, v], [ofGradient, ofMoment, inverseCorrection]) => {
      if (p === undefined || g === undefined || m === undefined || v === undefined) return missing();
      if (ofGradient === undefined || ofMoment === undefined || inverseCorrection === undefined) return missing();
      const first = moment(f, multiplyAdd(m, constant(beta1), mul(g, constant(1 - beta1))));
      const second = meanSquare(f, v, beta2, g);
      const step = div(multiplyAdd(ofMoment, first, mul(ofGradient, g)), multiplyAdd(sqrt(second), inverseCorrection, epsilon));
      return [f.keep(negativeMultiplyAdd(constant(1), step, p)), first, second];
    };
    mapUpdate(target, instruction, [3, 4], 3, update, 2);
  },
};

export const adadeltaUpdate: WasmKernel = {
  lower: (target, instruction) => {
    const rho = attribute<number>(instruction.attributes, "rho");
    const epsilon = constant(attribute<number>(instruction.attributes, "epsilon"));
    mapUpdate(target, instruction, [3, 4], 1, (f, [p, g, s, u], [rate]) => {
      if (p === undefined || g === undefined || s === undefined || u === undefined || rate === undefined) return missing();
      const square = meanSquare(f, s, rho, g);
      const step = f.keep(mul(div(sqrt(add(u, epsilon)), sqrt(add(square, epsilon))), g));
      const steps = meanSquare(f, u, rho, step);
      return [f.keep(negativeMultiplyAdd(rate, step, p)), square, steps];
    });
  },
};

export const rmspropUpdate: WasmKernel = {
  lower: (target, instruction) => {
    const rho = attribute<number>(instruction.attributes, "rho");
    const momentum = constant(attribute<number>(instruction.attributes, "momentum"));
    const epsilon = constant(attribute<number>(instruction.attributes, "epsilon"));
    const hasVelocity = instruction.inputs.length > 4;
    mapUpdate(target, instruction, hasVelocity ? [3, 4] : [3], 1, (f, [p, g, s, velocity], [rate]) => {
      if (p === undefined || g === undefined || s === undefined || rate === undefined) return missing();
      const square = meanSquare(f, s, rho, g);
      const step = f.keep(div(g, add(sqrt(square), epsilon)));
      if (velocity === undefined) return [f.keep(negativeMultiplyAdd(rate, step, p)), square];
      const next = moment(f, multiplyAdd(velocity, momentum, step));
      return [f.keep(negativeMultiplyAdd(rate, next, p)), square, next];
    });
  },
};

export const adagradUpdate: WasmKernel = {
  lower: (target, instruction) => {
    const epsilon = constant(attribute<number>(instruction.attributes, "epsilon"));
    mapUpdate(target, instruction, [3], 1, (f, [p, g, s], [rate]) => {
      if (p === undefined || g === undefined || s === undefined || rate === undefined) return missing();
      const counted = f.keep(zeroBelow(f, TINY_ROOT, g));
      const squares = f.keep(multiplyAdd(counted, counted, s));
      return [f.keep(negativeMultiplyAdd(constant(1), div(mul(rate, g), add(sqrt(squares), epsilon)), p)), squares];
    });
  },
};

export const averageUpdate: WasmKernel = {
  lower: (target, { inputs }) => {
    const [p, hyper, average] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(inputs, 2)];
    map(target, {
      key: "average_update",
      size: p.size,
      streams: [
        { address: p.address, writes: false },
        { address: average.address, writes: true },
      ],
      scalars: [hyper.address + AVERAGE_MOMENTUM * 4],
      prepare: (f, [place]) => {
        if (place === undefined) return missing();
        const momentum = f.keep(loadSplat(place));
        return [momentum, f.keep(sub(constant(1), momentum))];
      },
      body: (f, [value, old], [momentum, rest]) => {
        if (value === undefined || old === undefined || momentum === undefined || rest === undefined) return missing();
        return [moment(f, multiplyAdd(old, momentum, mul(value, rest)))];
      },
    });
  },
};

export const clipByValue: WasmKernel = {
  lower: (target, { inputs, attributes }) => {
    const limit = attribute<number>(attributes, "limit");
    const g = operandAt(inputs, 0);
    map(target, {
      key: `clip_by_value ${limit}`,
      size: g.size,
      streams: [{ address: g.address, writes: true }],
      body: (_, [value]) => (value === undefined ? missing() : [pseudoMin(pseudoMax(value, constant(-limit)), constant(limit))]),
    });
  },
};

/** By thread 0: the sum comes before the scaling, and gradients of one parameter are few. */
export const clipByNorm: WasmKernel = {
  lower: (target, { inputs, attributes }) => {
    if (target.share.index !== 0) return;
    const limit = attribute<number>(attributes, "limit");
    const g = operandAt(inputs, 0);
    const index = target.module.function(`clip_by_norm ${g.size} ${limit}`, 1, (f) => {
      const [start] = f.parameters as [P];
      const pointer = f.keep(start);
      const sum = new DoubleSum(f, zero);
      forRow(f, g.size, [pointer], (lanes) => {
        const value = f.keep(lanes === 4 ? load(pointer) : and(load(pointer), firstLanes(lanes)));
        sum.add(mul(value, value));
      });
      const norm = f.keep(dSqrt(sum.total()));
      f.when(dGreater(norm, double(limit)), () => {
        const scale = f.keep(splat(floatOfDouble(dDiv(double(limit), norm))));
        f.set(pointer, start);
        forRow(f, g.size, [pointer], (lanes) => f.storeLanes(pointer, 0, f.keep(mul(load(pointer), scale)), lanes));
      });
    });
    target.call(index, [g.address]);
  },
};
