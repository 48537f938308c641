/**
 * Losses that work number by number, the penalties on weights, and their gradients; the formulas are those of
 * core/losses. Sums are taken in double precision by one thread, gradients by all.
 */
import { attribute } from "../../../ir/op.ts";
import {
  abs,
  add,
  and,
  constant,
  div,
  dMul,
  double,
  float,
  floatOfDouble,
  fMul,
  greater,
  type Local,
  load,
  loadFloat,
  loadSplat,
  mul,
  neg,
  negativeMultiplyAdd,
  pseudoMax,
  splat,
  sub,
  type Vector,
  zero,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { exp, log1pOfFraction, sigmoid, sign } from "../math.ts";
import { map } from "./map.ts";
import { isWithinBounds, logOfProbability } from "./probability.ts";
import { DoubleSum, firstLanes, forRow } from "./rows.ts";
import { type Operand, operandAt, type PlacedInstruction, type WasmKernel } from "./target.ts";

type P = Local<"i32">;
type V = Local<"v128">;

interface VectorLoss {
  readonly value: (f: FunctionBuilder, prediction: V, target: V) => Vector;
  readonly derivative: (f: FunctionBuilder, prediction: V, target: V) => Vector;
}

const ONE = constant(1);

const losses: Readonly<Record<string, VectorLoss>> = {
  mse: {
    value: (f, p, t) => {
      const difference = f.keep(sub(p, t));
      return mul(difference, difference);
    },
    derivative: (_, p, t) => mul(constant(2), sub(p, t)),
  },
  mae: {
    value: (_, p, t) => abs(sub(p, t)),
    derivative: (f, p, t) => sign(f, sub(p, t)),
  },
  hinge: {
    value: (_, p, t) => pseudoMax(negativeMultiplyAdd(t, p, ONE), constant(0)),
    derivative: (_, p, t) => and(neg(t), greater(negativeMultiplyAdd(t, p, ONE), constant(0))),
  },
  binary_crossentropy: {
    value: (f, p, t) => neg(add(mul(t, logOfProbability(f, p)), mul(sub(ONE, t), logOfProbability(f, sub(ONE, p))))),
    derivative: (f, p, t) => {
      const slope = f.keep(div(sub(p, t), mul(p, sub(ONE, p))));
      return and(slope, isWithinBounds(p));
    },
  },
  sigmoid_binary_crossentropy: {
    value: (f, z, t) => add(negativeMultiplyAdd(z, t, pseudoMax(z, constant(0))), log1pOfFraction(f, exp(f, neg(abs(z))))),
    derivative: (f, z, t) => sub(sigmoid(f, z), t),
  },
};

const lossOf = ({ attributes }: PlacedInstruction): VectorLoss | undefined => {
  const name = attribute<string>(attributes, "function");
  return Object.hasOwn(losses, name) ? losses[name] : undefined;
};
function required(instruction: PlacedInstruction): VectorLoss {
  const found = lossOf(instruction);
  if (found === undefined) throw new Error("lowered a loss that is not supported");
  return found;
}

/** Numbers that share one row weight; 0 without weights. */
const perWeight = (values: Operand, weights: Operand | undefined): number => (weights === undefined ? 0 : values.size / weights.size);
const supportsFrom =
  (first: number) =>
  (instruction: PlacedInstruction): boolean =>
    lossOf(instruction) !== undefined && Number.isInteger(perWeight(operandAt(instruction.inputs, first), instruction.inputs[first + 2]));

export const elementwiseLoss: WasmKernel = {
  supports: supportsFrom(0),
  lower: (target, instruction) => {
    if (target.share.index !== 0) return;
    const { inputs, outputs, attributes } = instruction;
    const { value } = required(instruction);
    const [prediction, truth, weights] = [operandAt(inputs, 0), operandAt(inputs, 1), inputs[2]];
    const run = perWeight(prediction, weights);
    const scale = attribute<number>(attributes, "weight") / prediction.size;
    const index = target.module.function(`elementwise_loss ${attributes["function"]} ${prediction.size} ${run} ${scale}`, 4, (f) => {
      const [p, t, w, output] = f.parameters as [P, P, P, P];
      const sum = new DoubleSum(f, zero);
      const addRun = (length: number, weight: Vector | undefined): void => {
        forRow(f, length, [p, t], (lanes) => {
          const term = value(f, f.keep(load(p)), f.keep(load(t)));
          const weighted = weight === undefined ? term : mul(term, weight);
          sum.add(lanes === 4 ? weighted : and(weighted, firstLanes(lanes)));
        });
        f.advance(p, (length % 4) * 4);
        f.advance(t, (length % 4) * 4);
      };
      if (run === 0) addRun(prediction.size, undefined);
      else if (run === 1) {
        forRow(f, prediction.size, [p, t, w], (lanes) => {
          const weighted = mul(value(f, f.keep(load(p)), f.keep(load(t))), load(w));
          sum.add(lanes === 4 ? weighted : and(weighted, firstLanes(lanes)));
        });
      } else
        f.repeat(prediction.size / run, () => {
          const weight = f.keep(loadSplat(w));
          addRun(run, weight);
          f.advance(w, 4);
        });
      f.storeFloat(output, 0, floatOfDouble(dMul(sum.total(), double(scale))));
    });
    target.call(index, [prediction.address, truth.address, weights?.address ?? 0, operandAt(outputs, 0).address]);
  },
};

export const elementwiseLossGradient: WasmKernel = {
  supports: supportsFrom(1),
  lower: (target, instruction) => {
    const { inputs, outputs, attributes } = instruction;
    const { derivative } = required(instruction);
    const [dLoss, prediction, truth, weights] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(inputs, 2), inputs[3]];
    const output = operandAt(outputs, 0);
    const run = perWeight(prediction, weights);
    const scale = attribute<number>(attributes, "weight") / prediction.size;
    if (run <= 1) {
      const weighted = weights === undefined ? [] : [{ address: weights.address, writes: false }];
      map(target, {
        key: `elementwise_loss_gradient ${attributes["function"]} ${scale}`,
        size: output.size,
        streams: [
          { address: prediction.address, writes: false },
          { address: truth.address, writes: false },
          ...weighted,
          { address: output.address, writes: true, reads: false },
        ],
        scalars: [dLoss.address],
        prepare: (f, [upstream]) => (upstream === undefined ? [] : [f.keep(mul(loadSplat(upstream), constant(scale)))]),
        body: (f, [p, t, w], [common]) => {
          if (p === undefined || t === undefined || common === undefined) throw new Error("a loss has a prediction and a target");
          const slope = mul(derivative(f, p, t), common);
          return [w === undefined ? slope : mul(slope, w)];
        },
      });
      return;
    }
    if (target.share.index !== 0) return;
    const index = target.module.function(
      `elementwise_loss_gradient rows ${attributes["function"]} ${output.size} ${run} ${scale}`,
      5,
      (f) => {
        const [upstream, p, t, w, dp] = f.parameters as [P, P, P, P, P];
        const common = f.keep(fMul(loadFloat(upstream), float(scale)));
        f.repeat(output.size / run, () => {
          const weight = f.keep(splat(fMul(common, loadFloat(w))));
          forRow(f, run, [p, t, dp], (lanes) =>
            f.storeLanes(dp, 0, f.keep(mul(derivative(f, f.keep(load(p)), f.keep(load(t))), weight)), lanes),
          );
          for (const pointer of [p, t, dp]) f.advance(pointer, (run % 4) * 4);
          f.advance(w, 4);
        });
      },
    );
    target.call(index, [dLoss.address, prediction.address, truth.address, weights?.address ?? 0, output.address]);
  },
};

export const penalty: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    if (target.share.index !== 0) return;
    const [l1, l2] = [attribute<number>(attributes, "l1"), attribute<number>(attributes, "l2")];
    const w = operandAt(inputs, 0);
    const index = target.module.function(`penalty ${w.size} ${l1} ${l2}`, 2, (f) => {
      const [pointer, output] = f.parameters as [P, P];
      const sum = new DoubleSum(f, zero);
      forRow(f, w.size, [pointer], (lanes) => {
        const value = f.keep(load(pointer));
        const terms = add(mul(abs(value), constant(l1)), mul(mul(value, value), constant(l2)));
        sum.add(lanes === 4 ? terms : and(terms, firstLanes(lanes)));
      });
      f.storeFloat(output, 0, floatOfDouble(sum.total()));
    });
    target.call(index, [w.address, operandAt(outputs, 0).address]);
  },
};

export const penaltyGradient: WasmKernel = {
  lower: (target, { inputs, outputs, attributes }) => {
    const [l1, l2] = [attribute<number>(attributes, "l1"), attribute<number>(attributes, "l2")];
    const output = operandAt(outputs, 0);
    map(target, {
      key: `penalty_gradient ${l1} ${l2}`,
      size: output.size,
      streams: [
        { address: operandAt(inputs, 1).address, writes: false },
        { address: output.address, writes: true, reads: false },
      ],
      scalars: [operandAt(inputs, 0).address],
      prepare: (f, [upstream]) => (upstream === undefined ? [] : [f.keep(loadSplat(upstream))]),
      body: (f, [w], [dLoss]) => {
        if (w === undefined || dLoss === undefined) throw new Error("a penalty has weights");
        return [mul(dLoss, add(mul(constant(l1), sign(f, w)), mul(constant(2 * l2), w)))];
      },
    });
  },
};
