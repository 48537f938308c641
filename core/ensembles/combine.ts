/**
 * One answer of several: the mean of what the members say (soft voting), the answer of most (hard voting), or what a model learnt from
 * their answers says (stacking: logistic regression for classes, least squares for numbers, as scikit-learn's estimators of those names).
 */
import type { FittedBaseline } from "../baselines/baseline.ts";
import { baselineImplementation } from "../baselines/implementations.ts";
import { AppError } from "../errors.ts";
import { thresholdOf } from "../metrics/task.ts";
import { type PredictedRows, pickRows, saidClass } from "../train/predicted-rows.ts";
import type { EnsembleRule } from "./ensemble.ts";

/** Parts that stacking is cross-validated in where it answers for the rows it learnt from. */
const STACKING_FOLDS = 5;

/** Aligned members to one. @throws AppError ensemble.vote_needs_classes */
export function combine(members: readonly PredictedRows[], rule: Exclude<EnsembleRule, "stacking">): PredictedRows {
  const [first] = members;
  if (first === undefined) throw new Error("an ensemble has members");
  // A member votes by its own threshold; what they say together is judged by one half.
  const task = atOneHalf(first.task);
  if (rule === "average") {
    const mean = (i: number): number => members.reduce((sum, { predictions }) => sum + (predictions[i] as number), 0) / members.length;
    return { ...first, task, predictions: Float64Array.from({ length: first.predictions.length }, (_, i) => mean(i)) };
  }
  return { ...first, task, predictions: votes(first, members) };
}

function atOneHalf({ labelThresholds: _labels, secondAbove: _second, ...task }: PredictedRows["task"]): PredictedRows["task"] {
  return { ...task, threshold: task.encoding === "sign" ? 0 : 0.5 };
}

/** Shares of the votes; of several with as many the class that comes first wins, as in scikit-learn. */
function votes(first: PredictedRows, members: readonly PredictedRows[]): Float64Array {
  const { kind, count, probabilities } = first.task;
  if (kind === "numbers") throw new AppError("ensemble.vote_needs_classes", {});
  // A signed score is above 0 for yes, as a probability is above one half.
  const asScore = (share: number): number => (probabilities || kind === "classes" ? share : share * 2 - 1);
  if (kind === "classes") {
    const found = new Float64Array(first.rows * count);
    for (const member of members)
      for (let row = 0; row < first.rows; row += 1) {
        const place = row * count + saidClass(member, row);
        found[place] = (found[place] as number) + 1 / members.length;
      }
    return found;
  }
  const yes = (i: number): number =>
    members.filter(({ predictions, task }) => (predictions[i] as number) > thresholdOf(task, i % (kind === "labels" ? count : 1))).length;
  return Float64Array.from({ length: first.predictions.length }, (_, i) => asScore(yes(i) / members.length));
}

/** Learns from rows that no member trained on. @param learnt aligned members; as many and in the order of those it is asked for */
export function stack(learnt: readonly PredictedRows[], asked: readonly PredictedRows[]): PredictedRows {
  const [first] = asked;
  const [truth] = learnt;
  if (first === undefined || truth === undefined) throw new Error("an ensemble has members");
  const { kind, count } = first.task;
  if (kind === "classes" || kind === "two_classes") {
    const classes = kind === "classes" ? count : 2;
    const { predict } = fitted("logistic_regression", inputsOf(learnt), truth.targets, truth, classes);
    const found = predict(inputsOf(asked).values, first.rows);
    if (kind === "classes") return { ...first, task: { ...atOneHalf(first.task), probabilities: true }, predictions: found };
    const yes = Float64Array.from({ length: first.rows }, (_, row) => found[2 * row + 1] as number);
    return { ...first, task: { ...atOneHalf(first.task), probabilities: true, threshold: 0.5 }, predictions: yes };
  }
  return stackColumns(learnt, asked, first, truth);
}

/** Each number or label for itself. */
function stackColumns(
  learnt: readonly PredictedRows[],
  asked: readonly PredictedRows[],
  first: PredictedRows,
  truth: PredictedRows,
): PredictedRows {
  const { kind, count } = first.task;
  const predictions = new Float64Array(first.rows * count);
  for (let column = 0; column < count; column += 1) {
    const { predict } = fittedColumn(learnt, truth, column);
    const found = predict(inputsOf(asked, column).values, first.rows);
    for (let row = 0; row < first.rows; row += 1)
      predictions[row * count + column] = (kind === "numbers" ? found[row] : found[2 * row + 1]) as number;
  }
  if (kind === "numbers") return { ...first, predictions };
  return { ...first, task: { ...atOneHalf(first.task), probabilities: true, threshold: 0.5 }, predictions };
}

function fittedColumn(learnt: readonly PredictedRows[], truth: PredictedRows, column: number): FittedBaseline {
  const { kind, count } = truth.task;
  const targets = columnOf(truth.targets, truth.rows, count, column);
  const name = kind === "numbers" ? "linear_regression" : "logistic_regression";
  return fitted(name, inputsOf(learnt, column), targets, truth, kind === "numbers" ? 1 : 2);
}

export interface StackingWeights {
  /** `[members]`: of all coefficients by their size, which share is the member's. What members say is in the same units. */
  readonly shares: number[];
  /** `[numbers or labels][members]`, what each answer is multiplied by; null of several classes, where every member gives several numbers. */
  readonly coefficients: number[][] | null;
}

/** What stacking made of its members. @param learnt aligned members on the rows that it learns from */
export function stackingWeights(learnt: readonly PredictedRows[]): StackingWeights {
  const [truth] = learnt;
  if (truth === undefined) throw new Error("an ensemble has members");
  const { kind, count } = truth.task;
  const isWhole = kind === "classes" || kind === "two_classes";
  const models = isWhole
    ? [fitted("logistic_regression", inputsOf(learnt), truth.targets, truth, kind === "classes" ? count : 2)]
    : Array.from({ length: count }, (_, column) => fittedColumn(learnt, truth, column));
  const sets = models.flatMap(({ coefficients = [] }) => coefficients);
  const sizes = learnt.map((_, member) =>
    sets.reduce((sum, set) => {
      const own = set.length / learnt.length;
      return sum + set.slice(member * own, (member + 1) * own).reduce((part, value) => part + Math.abs(value), 0);
    }, 0),
  );
  const total = sizes.reduce((a, b) => a + b, 0);
  return {
    shares: sizes.map((size) => (total === 0 ? 0 : size / total)),
    coefficients: kind === "classes" ? null : sets.map((set) => [...set]),
  };
}

/** Answers for the rows that it learns from: each part by what was learnt from the others. */
export function stackCrossValidated(members: readonly PredictedRows[]): PredictedRows {
  const [first] = members;
  if (first === undefined) throw new Error("an ensemble has members");
  const folds = Math.min(STACKING_FOLDS, first.rows);
  if (folds < 2) throw new AppError("ensemble.too_few_rows", { rows: first.rows });
  const width = first.predictions.length / first.rows;
  const predictions = new Float64Array(first.predictions.length);
  let task = first.task;
  for (let fold = 0; fold < folds; fold += 1) {
    const places = Array.from({ length: first.rows }, (_, row) => row);
    const held = places.filter((row) => row % folds === fold);
    const others = places.filter((row) => row % folds !== fold);
    const found = stack(
      members.map((member) => pickRows(member, others)),
      members.map((member) => pickRows(member, held)),
    );
    task = found.task;
    held.forEach((row, k) => {
      for (let i = 0; i < width; i += 1) predictions[row * width + i] = found.predictions[k * width + i] as number;
    });
  }
  return { ...first, task, predictions };
}

/** What the members say side by side, `[rows, members × numbers]`; of one column alone `[rows, members]`. */
function inputsOf(members: readonly PredictedRows[], column?: number): { values: Float64Array; width: number } {
  const rows = members[0]?.rows ?? 0;
  const widths = members.map(({ predictions }) => (column === undefined ? predictions.length / Math.max(1, rows) : 1));
  const width = widths.reduce((a, b) => a + b, 0);
  const values = new Float64Array(rows * width);
  let from = 0;
  members.forEach(({ predictions, task }, k) => {
    const own = widths[k] as number;
    for (let row = 0; row < rows; row += 1)
      for (let i = 0; i < own; i += 1)
        values[row * width + from + i] = predictions[column === undefined ? row * own + i : row * task.count + column] as number;
    from += own;
  });
  return { values, width };
}

const columnOf = (values: ArrayLike<number>, rows: number, count: number, column: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => values[row * count + column] as number);

function fitted(
  name: "logistic_regression" | "linear_regression",
  { values, width }: { values: Float64Array; width: number },
  targets: ArrayLike<number>,
  { rows, weights }: PredictedRows,
  count: number,
): FittedBaseline {
  const task = { kind: count === 1 ? ("numbers" as const) : ("classes" as const), count, width, words: false, window: null };
  const work = baselineImplementation(name).fit({ rows, inputs: values, targets, weights }, task, 0);
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
  }
}
