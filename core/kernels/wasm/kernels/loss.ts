/**
 * Losses that work number by number, the penalties on weights, and their gradients; the formulas are those of
 * core/losses. Sums are taken in double precision by one thread, gradients by all.
 */
import { attribute } from "../../../ir/op.ts";
import { PROBABILITY_EPSILON } from "../../../losses/loss.ts";
import {
  abs,
  add,
  and,
  constant,
  div,
  dMul,
  double,
  equal,
  float,
  floatOfDouble,
  fMul,
  greater,
  type Local,
  less,
  load,
  loadFloat,
  loadSplat,
  mul,
  multiplyAdd,
  neg,
  negativeMultiplyAdd,
  polynomial,
  pseudoMax,
  pseudoMin,
  select,
  splat,
  sub,
  type Vector,
  zero,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { exp, log, log1pOfFraction, sigmoid, sign, tanh } from "../math.ts";
import { map } from "./map.ts";
import { isWithinBounds, logOfProbability } from "./probability.ts";
import { DoubleSum, firstLanes, forRow } from "./rows.ts";
import { lastAxis, type Operand, operandAt, type PlacedInstruction, type WasmKernel } from "./target.ts";

type P = Local<"i32">;
type V = Local<"v128">;

interface VectorLoss {
  readonly value: (f: FunctionBuilder, prediction: V, target: V) => Vector;
  readonly derivative: (f: FunctionBuilder, prediction: V, target: V) => Vector;
  /** The loss of a row is the sum over its last axis and not the mean. */
  readonly sumsRows?: true;
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
  squared_hinge: {
    value: (f, p, t) => {
      const miss = f.keep(pseudoMax(negativeMultiplyAdd(t, p, ONE), constant(0)));
      return mul(miss, miss);
    },
    derivative: (_, p, t) => mul(mul(constant(-2), t), pseudoMax(negativeMultiplyAdd(t, p, ONE), constant(0))),
  },
  huber: {
    value: (f, p, t) => {
      const distance = f.keep(abs(sub(p, t)));
      const near = f.keep(pseudoMin(distance, ONE));
      // ½·near² + (distance − near): one of the two parts is what the other is not.
      return multiplyAdd(mul(near, constant(0.5)), near, sub(distance, near));
    },
    derivative: (_, p, t) => pseudoMin(pseudoMax(sub(p, t), constant(-1)), ONE),
  },
  log_cosh: {
    value: (f, p, t) => logCosh(f, f.keep(abs(sub(p, t)))),
    derivative: (f, p, t) => tanh(f, sub(p, t)),
  },
  poisson: {
    value: (f, p, t) => negativeMultiplyAdd(t, logOrNaN(f, f.keep(add(p, constant(PROBABILITY_EPSILON)))), p),
    derivative: (_, p, t) => sub(ONE, div(t, add(p, constant(PROBABILITY_EPSILON)))),
  },
  kl_divergence: {
    value: (f, p, t) => {
      const target = f.keep(notBelowEpsilon(t));
      return mul(target, log(f, div(target, notBelowEpsilon(p))));
    },
    derivative: (f, p, t) => {
      const slope = f.keep(div(neg(notBelowEpsilon(t)), p));
      return and(slope, equal(p, notBelowEpsilon(p)));
    },
    sumsRows: true,
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

const notBelowEpsilon = (p: Vector): Vector => pseudoMin(pseudoMax(p, constant(PROBABILITY_EPSILON)), ONE);

/** log has no answer at and below 0, and must not give a number there. */
const logOrNaN = (f: FunctionBuilder, x: V): Vector => select(greater(x, constant(0)), log(f, x), constant(Number.NaN));

/** log cosh x for x ≥ 0: log(1 + (cosh x − 1)) up to 1, by the series of cosh; x − log 2 + log(1 + e^−2x) beyond. */
function logCosh(f: FunctionBuilder, x: V): Vector {
  const square = f.keep(pseudoMin(mul(x, x), ONE));
  const series = polynomial(square, [1 / 3628800, 1 / 40320, 1 / 720, 1 / 24, 1 / 2]);
  const near = f.keep(log1pOfFraction(f, mul(series, square)));
  const far = f.keep(add(sub(x, constant(Math.LN2)), log1pOfFraction(f, exp(f, mul(x, constant(-2))))));
  return select(less(x, ONE), near, far);
}

const lossOf = ({ attributes }: PlacedInstruction): VectorLoss | undefined => {
  const name = attribute<string>(attributes, "function");
  return Object.hasOwn(losses, name) ? losses[name] : undefined;
};
function required(instruction: PlacedInstruction): VectorLoss {
  const found = lossOf(instruction);
  if (found === undefined) throw new Error("lowered a loss that is not supported");
  return smoothed(found, (instruction.attributes["smoothing"] ?? 0) as number);
}

/** The loss over targets that are drawn towards the middle; itself where they are not. */
function smoothed(loss: VectorLoss, smoothing: number): VectorLoss {
  if (smoothing === 0) return loss;
  const target = (f: FunctionBuilder, t: V): V => f.keep(multiplyAdd(t, constant(1 - smoothing), constant(smoothing / 2)));
  return {
    ...loss,
    value: (f, p, t) => loss.value(f, p, target(f, t)),
    derivative: (f, p, t) => loss.derivative(f, p, target(f, t)),
  };
}

/** What distinguishes the arithmetic of two losses, and the factor of each term. */
function termsOf({ attributes }: PlacedInstruction, { sumsRows }: VectorLoss, prediction: Operand): { key: string; scale: number } {
  const count = sumsRows === true ? prediction.size / lastAxis(prediction.shape) : prediction.size;
  return { key: `${attributes["function"]} ${attributes["smoothing"] ?? 0}`, scale: attribute<number>(attributes, "weight") / count };
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
    const { inputs, outputs } = instruction;
    const loss = required(instruction);
    const { value } = loss;
    const [prediction, truth, weights] = [operandAt(inputs, 0), operandAt(inputs, 1), inputs[2]];
    const run = perWeight(prediction, weights);
    const { key, scale } = termsOf(instruction, loss, prediction);
    const index = target.module.function(`elementwise_loss ${key} ${prediction.size} ${run} ${scale}`, 4, (f) => {
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
    const { inputs, outputs } = instruction;
    const loss = required(instruction);
    const { derivative } = loss;
    const [dLoss, prediction, truth, weights] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(inputs, 2), inputs[3]];
    const output = operandAt(outputs, 0);
    const run = perWeight(prediction, weights);
    const { key, scale } = termsOf(instruction, loss, prediction);
    if (run <= 1) {
      const weighted = weights === undefined ? [] : [{ address: weights.address, writes: false }];
      map(target, {
        key: `elementwise_loss_gradient ${key} ${scale}`,
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
    const index = target.module.function(`elementwise_loss_gradient rows ${key} ${output.size} ${run} ${scale}`, 5, (f) => {
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
    });
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
