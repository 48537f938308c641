/**
 * Categorical cross-entropies: of probabilities and, fused with the softmax, of logits. The class of a row is a float
 * that holds a whole number. Losses are summed in double precision, row by row, by one thread.
 */
import { attribute } from "../../../ir/op.ts";
import {
  addIntegers,
  and,
  constant,
  constantInteger,
  type Double,
  dAdd,
  div,
  dMul,
  double,
  doubleOfFloat,
  equal,
  type Float,
  fAdd,
  float,
  floatOfDouble,
  floatsOfIntegers,
  fMul,
  fSub,
  type Integer,
  iAdd,
  iMin,
  iMul,
  integer,
  integerLanes,
  integerOfFloat,
  type Local,
  lane,
  load,
  loadFloat,
  loadSplat,
  mul,
  neg,
  select,
  splat,
  sub,
  zero,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { log } from "../math.ts";
import { isWithinBounds, logOfProbability } from "./probability.ts";
import { forRow } from "./rows.ts";
import { largestOfRow, sumOfExponentials } from "./softmax.ts";
import { lastAxis, type Operand, operandAt, type PlacedInstruction, shareOf, type Target, type WasmKernel } from "./target.ts";

type P = Local<"i32">;

interface Rows {
  readonly rows: number;
  readonly K: number;
  /** Rows that share one row weight; 0 without weights. */
  readonly rowsPerWeight: number;
}

function rowsOf(values: Operand, weights: Operand | undefined): Rows {
  const K = lastAxis(values.shape);
  const rows = values.size / K;
  return { rows, K, rowsPerWeight: weights === undefined ? 0 : rows / weights.size };
}

/** Row weights are taken where every weight covers the same whole number of rows. */
const evenWeights =
  (first: number) =>
  ({ inputs }: PlacedInstruction): boolean =>
    Number.isInteger(rowsOf(operandAt(inputs, first), inputs[first + 2]).rowsPerWeight);

/** Calls `body` for every row with its weight, having moved `weights` on. */
function forWeightedRows(f: FunctionBuilder, { rows, rowsPerWeight }: Rows, weights: P, body: (weight: Float | undefined) => void): void {
  if (rowsPerWeight === 0) {
    f.repeat(rows, () => body(undefined));
    return;
  }
  f.repeat(rows / rowsPerWeight, () => {
    f.repeat(rowsPerWeight, () => body(loadFloat(weights)));
    f.advance(weights, 4);
  });
}

/** Address of the number of the row that its class picks; a class out of range picks the last. */
function addressOfClass(f: FunctionBuilder, row: P, classes: P, K: number): Integer {
  const index = f.keep(integerOfFloat(loadFloat(classes)));
  return iAdd(row, iMul(iMin(index, integer(K - 1)), integer(4)));
}

/** The mean over rows of weight · rowLoss, times the loss's own weight, by thread 0. */
function lowerLoss(
  target: Target,
  instruction: PlacedInstruction,
  rowLoss: (f: FunctionBuilder, row: P, classes: P, K: number) => Float,
): void {
  if (target.share.index !== 0) return;
  const { inputs, outputs, attributes, op } = instruction;
  const [values, classes, weights] = [operandAt(inputs, 0), operandAt(inputs, 1), inputs[2]];
  const shape = rowsOf(values, weights);
  const scale = attribute<number>(attributes, "weight") / shape.rows;
  const index = target.module.function(`${op} ${JSON.stringify(shape)} ${scale}`, 4, (f) => {
    const [row, classPointer, weightPointer, output] = f.parameters as [P, P, P, P];
    const sum = f.keep(double(0));
    forWeightedRows(f, shape, weightPointer, (weight) => {
      let term: Double = doubleOfFloat(rowLoss(f, row, classPointer, shape.K));
      if (weight !== undefined) term = dMul(term, doubleOfFloat(weight));
      f.set(sum, dAdd(sum, term));
      f.advance(row, shape.K * 4);
      f.advance(classPointer, 4);
    });
    f.storeFloat(output, 0, floatOfDouble(dMul(sum, double(scale))));
  });
  target.call(index, [values.address, classes.address, weights?.address ?? 0, operandAt(outputs, 0).address]);
}

/** Writes each row of the gradient; `rowGradient` gets weight · dLoss / rows in all lanes. */
function lowerGradient(
  target: Target,
  instruction: PlacedInstruction,
  rowGradient: (f: FunctionBuilder, pointers: { row: P; classes: P; output: P }, K: number, scale: Local<"v128">) => void,
): void {
  const { inputs, outputs, attributes, op } = instruction;
  const [dLoss, values, classes, weights] = [operandAt(inputs, 0), operandAt(inputs, 1), operandAt(inputs, 2), inputs[3]];
  const all = rowsOf(values, weights);
  const { start, length } = shareOf(all.rows, Math.max(1, all.rowsPerWeight) * 4, target.share);
  if (length === 0) return;
  const shape = { ...all, rows: length };
  const scale = attribute<number>(attributes, "weight") / all.rows;
  const index = target.module.function(`${op} ${JSON.stringify(shape)} ${scale}`, 5, (f) => {
    const [upstream, row, classPointer, weightPointer, output] = f.parameters as [P, P, P, P, P];
    const common = f.keep(fMul(loadFloat(upstream), float(scale)));
    forWeightedRows(f, shape, weightPointer, (weight) => {
      rowGradient(f, { row, classes: classPointer, output }, shape.K, f.keep(splat(weight === undefined ? common : fMul(common, weight))));
      f.advance(row, shape.K * 4);
      f.advance(output, shape.K * 4);
      f.advance(classPointer, 4);
    });
  });
  const rowBytes = start * all.K * 4;
  const weightBytes = all.rowsPerWeight === 0 ? 0 : (start / all.rowsPerWeight) * 4;
  target.call(index, [
    dLoss.address,
    values.address + rowBytes,
    classes.address + start * 4,
    (weights?.address ?? 0) + weightBytes,
    operandAt(outputs, 0).address + rowBytes,
  ]);
}

export const categoricalCrossEntropy: WasmKernel = {
  supports: evenWeights(0),
  lower: (target, instruction) =>
    lowerLoss(target, instruction, (f, row, classes, K) => {
      const probability = splat(loadFloat(addressOfClass(f, row, classes, K)));
      return f.keep(lane(neg(logOfProbability(f, probability)), 0));
    }),
};

export const categoricalCrossEntropyGradient: WasmKernel = {
  supports: evenWeights(1),
  lower: (target, instruction) =>
    lowerGradient(target, instruction, (f, { row, classes, output }, K, scale) => {
      forClassMask(f, row, output, classes, K, (from, mask) => {
        const p = f.keep(load(from));
        return select(and(mask, isWithinBounds(p)), neg(div(scale, p)), zero);
      });
    }),
};

export const softmaxCrossEntropy: WasmKernel = {
  supports: evenWeights(0),
  lower: (target, instruction) =>
    lowerLoss(target, instruction, (f, row, classes, K) => {
      const top = largestOfRow(f, row, K);
      const logarithm = log(f, sumOfExponentials(f, row, K, top));
      return f.keep(fAdd(lane(logarithm, 0), fSub(lane(top, 0), loadFloat(addressOfClass(f, row, classes, K)))));
    }),
};

export const softmaxCrossEntropyGradient: WasmKernel = {
  supports: evenWeights(1),
  lower: (target, instruction) =>
    lowerGradient(target, instruction, (f, { row, classes, output }, K, scale) => {
      const top = largestOfRow(f, row, K);
      const place = f.keep(output);
      const total = sumOfExponentials(f, row, K, top, (value, lanes) => {
        f.storeLanes(place, 0, value, lanes);
        f.advance(place, 16);
      });
      const inverse = f.keep(div(constant(1), total));
      forClassMask(f, output, output, classes, K, (from, mask) => mul(scale, sub(mul(load(from), inverse), and(mask, constant(1)))));
    }),
};

/** Writes a row from `from`; `value` sees the mask of the lane that the row's class picks. */
function forClassMask(
  f: FunctionBuilder,
  from: P,
  to: P,
  classes: P,
  K: number,
  value: (from: P, mask: Local<"v128">) => ReturnType<typeof mul>,
): void {
  const picked = f.keep(loadSplat(classes));
  const indices = f.keep(integerLanes(0, 1, 2, 3));
  const [source, place] = [f.keep(from), f.keep(to)];
  forRow(f, K, [source, place], (lanes) => {
    const mask = f.keep(equal(floatsOfIntegers(indices), picked));
    f.storeLanes(place, 0, f.keep(value(source, mask)), lanes);
    f.set(indices, addIntegers(indices, constantInteger(4)));
  });
}
