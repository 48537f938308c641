/**
 * The full evaluation of a network on a set: every figure, each class or column, confusion matrix, curves and calibration.
 * Plain JSON, kept with a run, printed by `neuroloom evaluate`, and what the screens of results are drawn from.
 */
import type { SaidOfBaseline } from "../baselines/baseline.ts";
import type { FittedPipeline, PreparedPart } from "../data/prepared.ts";
import { metricsFor } from "../metrics/curves.ts";
import { metricImplementation } from "../metrics/implementations.ts";
import type { CalibrationBin, Figures, MetricDetails, MetricRows, MetricTask } from "../metrics/metric.ts";
import { ACTUAL, sumsOf, tallyOf, WEIGHT } from "../metrics/tally.ts";
import { allFigures, askedOf, type OutputInfo, rowsOfOutput } from "./evaluate.ts";
import type { CountedTally } from "./row-evaluation.ts";

type Numbers = Record<string, number | null>;

export interface EvaluatedCurve {
  kind: "roc" | "precision_recall";
  /** The class or label that counts as yes. */
  label: string;
  /** False positive rate and true positive rate, or recall and precision. */
  x: number[];
  y: number[];
  thresholds: (number | null)[];
  area: number | null;
  /** Of a ROC curve: every threshold that may be the best for some aim is among its points. */
  exact?: true | undefined;
}

export interface EvaluatedOutput {
  node_id: string;
  name: string;
  task: MetricTask["kind"];
  /** Names of classes; of the columns where these are labels or numbers. */
  labels: string[];
  rows: number;
  /** Sum of the rows' weights; the number of rows where all count the same. */
  weight: number;
  /** Its own, without its loss weight and without penalties; null where the loss weight is 0. */
  loss: number | null;
  figures: Numbers;
  /** From above which probability a row counts as yes, or as the second of two classes, where that is not one half. */
  threshold?: number | undefined;
  /** From above which probability each label holds, where thresholds were chosen. */
  label_thresholds?: number[] | undefined;
  /** Each class or label: `support` (weight of its rows) and figures of its own. Empty for numbers. */
  classes: { label: string; support: number; figures: Numbers }[];
  /** Weights by true class (rows) and predicted class (columns); null where there are none or too many classes. */
  confusion: number[][] | null;
  curves: EvaluatedCurve[];
  calibration: { from: number; to: number; rows: number; weight: number; predicted: number | null; observed: number | null }[] | null;
  /** Of a time series: what a network has to beat, on the same rows. Absent until they were made, and where there are none. */
  baselines?: BesideBaseline[] | undefined;
  /** Of a baseline: what a person should know, such as from how many rows it learnt. */
  said?: SaidOfBaseline[] | undefined;
}

/** A baseline that stands beside a result (series-baselines.ts). */
export interface BesideBaseline {
  name: string;
  /** What it found, by the key of a text: which season fits best. */
  said: SaidOfBaseline | null;
  /** How many rows it was fitted to, and whether others than those it is judged by. */
  learnt_from: { rows: number; held_out: boolean };
  figures: Numbers;
}

export interface Evaluation {
  rows: number;
  /** Of everything, penalties included. */
  loss: number | null;
  outputs: EvaluatedOutput[];
}

/** Of more classes there are areas, but no curves: nobody looks at a hundred lines, and a run keeps its evaluation. */
const MOST_CURVES = 30;

export interface EvaluationInput {
  readonly outputs: readonly OutputInfo[];
  readonly pipeline: FittedPipeline;
  readonly data: PreparedPart;
  /** What Network.evaluate gives for the data. */
  readonly found: {
    readonly loss: number;
    readonly losses: Readonly<Record<string, number>>;
    readonly predictions: Readonly<Record<string, Float32Array>>;
    /** Which steps count, of the outputs that have a mask. */
    readonly masks: Readonly<Record<string, Float32Array>>;
    /** Of outputs that were judged batch by batch, in the place of their predictions. */
    readonly tallies?: Readonly<Record<string, CountedTally>>;
  };
}

export function evaluationOf({ outputs, pipeline, data, found }: EvaluationInput): Evaluation {
  return {
    rows: data.rowCount,
    loss: finite(found.loss),
    outputs: outputs.flatMap((given) => {
      const { id } = given.layer;
      const [predicted, target, tally] = [found.predictions[id], data.targets[id], found.tallies?.[id]];
      const output = tally === undefined ? askedOf(given, found.masks[id] !== undefined) : { ...given, task: tally.task };
      if (data.rowCount === 0) return [];
      const loss = output.lossWeight === 0 ? null : finite((found.losses[id] ?? Number.NaN) / output.lossWeight);
      const named = { node_id: id, name: output.layer.name, loss };
      const labels = labelsOf(output, pipeline);
      if (tally !== undefined) return [{ ...named, ...evaluateTally(tally, labels) }];
      if (predicted === undefined || target === undefined) return [];
      const rows = rowsOfOutput(output, pipeline, predicted, target.values, data.rowCount, data.weights ?? null, found.masks[id]);
      return [{ ...named, ...evaluateRows(output.task, rows, labels) }];
    }),
  };
}

export function labelsOf({ layer, task }: OutputInfo, pipeline: FittedPipeline): string[] {
  const { classes = [], columns = [] } = pipeline.targets[layer.id] ?? {};
  const names = task.kind === "classes" || task.kind === "two_classes" ? classes : columns;
  // A step of a sequence has fewer numbers than there are columns, and none of their names.
  const isStep = names === columns && columns.length > task.count;
  return Array.from({ length: task.count }, (_, i) => (isStep ? undefined : names[i]) ?? String(i));
}

/** Numbers of rows that are not kept: their sums say all that is asked of numbers. @param labels of each column */
function evaluateTally(tally: CountedTally, labels: readonly string[]): Omit<EvaluatedOutput, "node_id" | "name" | "loss"> {
  return {
    task: tally.task.kind,
    labels: [...labels],
    rows: tally.rows,
    weight: tally.sums[WEIGHT] ?? 0,
    figures: finiteOf(allFigures(tally.task, null, tally)),
    classes: [],
    confusion: null,
    curves: [],
    calibration: null,
  };
}

const weightOf = (rows: number, weights: ArrayLike<number> | null): number =>
  weights === null ? rows : Array.from(weights).reduce((sum, weight) => sum + weight, 0);

/** One output's rows. @param labels of each class, label or column */
export function evaluateRows(
  task: MetricTask,
  rows: MetricRows,
  labels: readonly string[],
): Omit<EvaluatedOutput, "node_id" | "name" | "loss"> {
  const tally = tallyOf(task, rows);
  const details = metricsFor(task).map(({ name }) => metricImplementation(name).details?.(task, rows, tally) ?? {});
  const bins = details.find((detail) => detail.bins !== undefined)?.bins;
  const matrix = details.find((detail) => detail.matrix !== undefined)?.matrix;
  return {
    task: task.kind,
    labels: [...labels],
    rows: rows.rows,
    weight: weightOf(rows.rows, rows.weights),
    figures: finiteOf(allFigures(task, rows, tally)),
    ...(task.kind === "two_classes" && task.probabilities && task.threshold !== 0.5 ? { threshold: task.threshold } : {}),
    ...(task.secondAbove === undefined ? {} : { threshold: task.secondAbove }),
    ...(task.labelThresholds === undefined ? {} : { label_thresholds: [...task.labelThresholds] }),
    classes:
      task.kind === "numbers"
        ? []
        : labels.map((label, k) => ({ label, support: sumsOf(tally, k)[ACTUAL] ?? 0, figures: ofClass(details, k) })),
    confusion: matrix === undefined ? null : matrix.map((line) => [...line]),
    curves: task.kind !== "numbers" && task.count <= MOST_CURVES ? curvesOf(details, labels) : [],
    calibration: bins === undefined ? null : bins.map((bin: CalibrationBin) => ({ ...bin })),
  };
}

function ofClass(details: readonly MetricDetails[], index: number): Numbers {
  const own = details.flatMap(({ perClass = {} }) => Object.entries(perClass).map(([name, values]) => [name, finite(values[index])]));
  return Object.fromEntries(own) as Numbers;
}

function curvesOf(details: readonly MetricDetails[], labels: readonly string[]): EvaluatedCurve[] {
  return details.flatMap(({ curves = [] }) =>
    curves
      // Without a yes or without a no there is no rate to draw.
      .filter(({ x, y }) => [...x, ...y].every(Number.isFinite))
      .map(({ kind, classIndex, x, y, thresholds, area, exact }) => ({
        kind,
        label: labels[classIndex] ?? String(classIndex),
        x: [...x],
        y: [...y],
        thresholds: [...thresholds],
        area: finite(area),
        ...(exact === true ? { exact } : {}),
      })),
  );
}

const finite = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);
const finiteOf = (figures: Figures): Numbers => Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, finite(value)]));
