/**
 * Categorical cross-entropies: of probabilities and, fused with the softmax, of logits. The class of a row is a float
 * that holds a whole number. Losses are summed in double precision, row by row, by one thread.
 */
import { attribute } from "../../../ir/op.ts";
import {
  add,
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
  type Vector,
  zero,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { log } from "../math.ts";
import { isWithinBounds, logOfProbability } from "./probability.ts";
import { firstLanes, forRow, sumOfLanes } from "./rows.ts";
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
export const evenWeights =
  (first: number) =>
  ({ inputs }: PlacedInstruction): boolean =>
    Number.isInteger(rowsOf(operandAt(inputs, first), inputs[first + 2]).rowsPerWeight);

/** How far labels are drawn towards the middle; 0 when they are not. */
const smoothingOf = ({ attributes }: PlacedInstruction): number => (attributes["smoothing"] ?? 0) as number;

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
export function addressOfClass(f: FunctionBuilder, row: P, classes: P, K: number): Integer {
  const index = f.keep(integerOfFloat(loadFloat(classes)));
  return iAdd(row, iMul(iMin(index, integer(K - 1)), integer(4)));
}

/** The mean over rows of weight · rowLoss, times the loss's own weight, by thread 0. */
export function lowerLoss(
  target: Target,
  instruction: PlacedInstruction,
  rowLoss: (f: FunctionBuilder, row: P, classes: P, K: number) => Float,
): void {
  if (target.share.index !== 0) return;
  const { inputs, outputs, attributes, op } = instruction;
  const [values, classes, weights] = [operandAt(inputs, 0), operandAt(inputs, 1), inputs[2]];
  const shape = rowsOf(values, weights);
  const scale = attribute<number>(attributes, "weight") / shape.rows;
  const index = target.module.function(`${op} ${JSON.stringify(shape)} ${scale} ${smoothingOf(instruction)}`, 4, (f) => {
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
export function lowerGradient(
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
  const index = target.module.function(`${op} ${JSON.stringify(shape)} ${scale} ${smoothingOf(instruction)}`, 5, (f) => {
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
      const loss = f.keep(lane(neg(logOfProbability(f, probability)), 0));
      const smoothing = smoothingOf(instruction);
      if (smoothing === 0) return loss;
      const all = sumOfRow(f, row, K, (p) => neg(logOfProbability(f, p)));
      return f.keep(fAdd(fMul(float(1 - smoothing), loss), fMul(float(smoothing / K), all)));
    }),
};

export const categoricalCrossEntropyGradient: WasmKernel = {
  supports: evenWeights(1),
  lower: (target, instruction) =>
    lowerGradient(target, instruction, (f, { row, classes, output }, K, scale) => {
      const smoothing = smoothingOf(instruction);
      forClassMask(f, row, output, classes, K, (from, mask) => {
        const p = f.keep(load(from));
        if (smoothing === 0) return select(and(mask, isWithinBounds(p)), neg(div(scale, p)), zero);
        return and(neg(div(mul(scale, targetOf(mask, smoothing, K)), p)), isWithinBounds(p));
      });
    }),
};

export const softmaxCrossEntropy: WasmKernel = {
  supports: evenWeights(0),
  lower: (target, instruction) =>
    lowerLoss(target, instruction, (f, row, classes, K) => {
      const top = largestOfRow(f, row, K);
      const logarithm = log(f, sumOfExponentials(f, row, K, top));
      const below = f.keep(fSub(lane(top, 0), loadFloat(addressOfClass(f, row, classes, K))));
      const smoothing = smoothingOf(instruction);
      if (smoothing === 0) return f.keep(fAdd(lane(logarithm, 0), below));
      const all = sumOfRow(f, row, K, (z) => sub(top, z));
      return f.keep(fAdd(lane(logarithm, 0), fAdd(fMul(float(1 - smoothing), below), fMul(float(smoothing / K), all))));
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
      const smoothing = smoothingOf(instruction);
      forClassMask(f, output, output, classes, K, (from, mask) => mul(scale, sub(mul(load(from), inverse), targetOf(mask, smoothing, K))));
    }),
};

/** The target of the lanes of a row: 1 at the class, or less where labels are smoothed, and something everywhere else. */
const targetOf = (mask: Local<"v128">, smoothing: number, K: number): Vector =>
  smoothing === 0 ? and(mask, constant(1)) : add(and(mask, constant(1 - smoothing)), constant(smoothing / K));

/** Σ term over a row. */
function sumOfRow(f: FunctionBuilder, row: P, K: number, term: (value: Vector) => Vector): Float {
  const pointer = f.keep(row);
  const sum = f.keep(zero);
  forRow(f, K, [pointer], (lanes) => {
    const value = term(load(pointer));
    f.set(sum, add(sum, lanes === 4 ? value : and(value, firstLanes(lanes))));
  });
  return f.keep(sumOfLanes(sum));
}

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
