/** Metrics of a network's outputs: which are asked, their figures after an epoch, and rows in the form that metrics take. */
import { inverseTarget } from "../data/prepare.ts";
import type { FittedPipeline, PreparedPart } from "../data/prepared.ts";
import type { TargetEncoding } from "../data/rows.ts";
import { sizeOf } from "../ir/tensor.ts";
import { curveFigures, metricsFor, usualFigures } from "../metrics/curves.ts";
import { figureNames } from "../metrics/figure-names.ts";
import { metricImplementation } from "../metrics/implementations.ts";
import type { Figures, MetricDefinition, MetricRows, MetricTask, Tally } from "../metrics/metric.ts";
import { tallyOf } from "../metrics/tally.ts";
import { metricRows, widthOf } from "../metrics/task.ts";
import type { LayerSpec } from "../spec/model-spec.ts";
import type { Evaluated } from "./row-evaluation.ts";

export interface OutputInfo {
  readonly layer: LayerSpec;
  readonly encoding: TargetEncoding;
  /** Columns are the target; an autoencoder has none, and its figures stay in the units of its input. */
  readonly fromColumns: boolean;
  /** What its metrics are asked. */
  readonly task: MetricTask;
  /** With which its loss is added to those of the other outputs. */
  readonly lossWeight: number;
}

/** `accuracy` for one output, `name_accuracy` for each of several. */
export function metricName(outputs: readonly OutputInfo[], output: OutputInfo, name: string): string {
  return outputs.length === 1 ? name : `${output.layer.name}_${name}`;
}

/**
 * `name_loss` of each of several outputs, as the loss itself is: without the weight with which it is added to the others.
 * @param losses by output node id, times that weight
 */
export function ownLosses(
  outputs: readonly OutputInfo[],
  losses: Readonly<Record<string, number>>,
  prefix: "" | "val_",
): Record<string, number> {
  if (outputs.length === 1) return {};
  return Object.fromEntries(
    outputs.flatMap((output) => {
      const loss = losses[output.layer.id];
      // A loss of weight 0 was multiplied away.
      if (loss === undefined || output.lossWeight === 0) return [];
      return [[`${prefix}${metricName(outputs, output, "loss")}`, loss / output.lossWeight]];
    }),
  );
}

/**
 * The usual figures of an evaluation, by name, those that are finite. Runs keep them whatever had a curve: tables and comparisons go by them.
 * @param evaluated of each output its figures
 */
export function usualKept(
  outputs: readonly OutputInfo[],
  evaluated: readonly { readonly node_id: string; readonly figures: Readonly<Record<string, number | null>> }[],
  prefix: "" | "val_",
): Record<string, number> {
  return Object.fromEntries(
    outputs.flatMap((output) => {
      const figures = evaluated.find(({ node_id }) => node_id === output.layer.id)?.figures ?? {};
      return usualFigures(output.task).flatMap((name) => {
        const value = figures[name];
        return typeof value === "number" ? [[`${prefix}${metricName(outputs, output, name)}`, value] as const] : [];
      });
    }),
  );
}

/** Figures that have a curve, from sums alone: what an epoch's training rows have. */
export function runningFigures(tally: Tally): Figures {
  return figuresOf(tally.task, tally, null, (definition) => curveFigures(definition, tally.task));
}

/** Figures that have a curve, from all rows: what the validation rows have. */
export function epochFigures(task: MetricTask, rows: MetricRows): Figures {
  return figuresOf(task, tallyOf(task, rows), rows, (definition) => curveFigures(definition, task));
}

/** Every figure that can be asked. @param rows null where sums alone say all: of numbers */
export function allFigures(task: MetricTask, rows: MetricRows | null, tally: Tally): Figures {
  return figuresOf(task, tally, rows, (definition) => figureNames(definition, task));
}

function figuresOf(
  task: MetricTask,
  tally: Tally,
  rows: MetricRows | null,
  wanted: (definition: MetricDefinition) => readonly string[],
): Figures {
  const figures: Record<string, number> = {};
  for (const definition of metricsFor(task)) {
    const names = wanted(definition);
    if (names.length === 0) continue;
    const { running, whole } = metricImplementation(definition.name);
    const found = { ...running?.(tally), ...(rows === null ? {} : whole?.(task, rows)) };
    for (const name of names) if (found[name] !== undefined) figures[name] = found[name];
  }
  return figures;
}

/**
 * What an output with a mask is asked: numbers and labels step by step, because each step counts or does not. Without a mask they are
 * asked row by row, with a column for every number of every step.
 */
export function askedOf(output: OutputInfo, masked: boolean): OutputInfo {
  const { layer, task } = output;
  if (!masked || (task.kind !== "numbers" && task.kind !== "labels")) return output;
  return { ...output, task: { ...task, count: layer.shape.at(-1) ?? 1 } };
}

/**
 * Rows of an output as metrics take them: numbers of columns in the units of the table, steps of a sequence as rows of their own.
 * @param output one with a mask as `askedOf` gives it
 * @param mask `[rows, steps]`: a step with 0 has no weight
 */
export function rowsOfOutput(
  { layer, encoding, fromColumns, task }: OutputInfo,
  pipeline: FittedPipeline,
  predictions: ArrayLike<number>,
  targets: ArrayLike<number>,
  rows: number,
  weights: ArrayLike<number> | null,
  mask?: ArrayLike<number>,
): MetricRows {
  const inUnits = (values: ArrayLike<number>): ArrayLike<number> =>
    encoding === "value" && fromColumns ? inverseTarget(pipeline, layer.id, values) : values;
  const steps = sizeOf(layer.shape) / widthOf(task);
  const weightOfStep = (own: ArrayLike<number>): ArrayLike<number> =>
    steps === 1 ? own : Float32Array.from({ length: rows * steps }, (_, i) => own[Math.floor(i / steps)] as number);
  const ofSteps = weights === null ? null : weightOfStep(weights);
  const counted = mask === undefined ? ofSteps : Float32Array.from(mask, (counts, i) => (counts === 0 ? 0 : (ofSteps?.[i] ?? 1)));
  return metricRows(task, inUnits(predictions), inUnits(targets), rows * steps, counted);
}

/**
 * Figures over a whole part by name, those that are finite.
 * @param predictions by output node id, `[rows, width]` as the network gives them
 * @param masks       by output node id, `[rows, steps]`, of the outputs that have one
 * @param tallies     of outputs that were judged batch by batch, in the place of their predictions
 */
export function metricsOf(
  outputs: readonly OutputInfo[],
  pipeline: FittedPipeline,
  data: PreparedPart,
  predictions: Readonly<Record<string, Float32Array>>,
  masks: Readonly<Record<string, Float32Array>> = {},
  tallies: Readonly<Record<string, Tally>> = {},
): Record<string, number> {
  const figures: Record<string, number> = {};
  for (const given of outputs) {
    const { id } = given.layer;
    const output = askedOf(given, masks[id] !== undefined);
    const [predicted, target, tally] = [predictions[id], data.targets[id], tallies[id]];
    const add = (own: Figures): void => {
      for (const [name, value] of Object.entries(own)) if (Number.isFinite(value)) figures[metricName(outputs, output, name)] = value;
    };
    if (tally !== undefined) add(runningFigures(tally));
    else if (predicted !== undefined && target !== undefined)
      add(
        epochFigures(output.task, rowsOfOutput(output, pipeline, predicted, target.values, data.rowCount, data.weights ?? null, masks[id])),
      );
  }
  return figures;
}

/** As metricsOf, with the loss of each of several outputs: what an epoch says of a part. */
export function partFigures(
  outputs: readonly OutputInfo[],
  pipeline: FittedPipeline,
  data: PreparedPart,
  found: Pick<Evaluated, "predictions" | "masks" | "tallies" | "losses">,
  prefix: "" | "val_",
): Record<string, number> {
  const figures = metricsOf(outputs, pipeline, data, found.predictions, found.masks, found.tallies);
  const named = Object.entries(figures).map(([name, value]) => [`${prefix}${name}`, value]);
  return { ...Object.fromEntries(named), ...ownLosses(outputs, found.losses, prefix) };
}
