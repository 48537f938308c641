/**
 * Predictions as a table: identifier columns first, then for every output its prediction (a class name, or a number in
 * the target's units; labels of a list as such a list) and, for classes, the probability of each. An autoencoder has a column for every number of its input.
 */

import { inverseTarget } from "../data/prepare.ts";
import type { FittedPipeline } from "../data/prepared.ts";
import { type TargetLayout, tableColumnsOf } from "../data/rows.ts";
import type { MetricTask } from "../metrics/metric.ts";
import { classSaid, thresholdOf } from "../metrics/task.ts";

export interface PredictedOutput {
  readonly nodeId: string;
  readonly name: string;
  readonly width: number;
  /** `[rows, width]` as the network gives them. */
  readonly values: Float32Array;
  /** What a row counts as, where thresholds were chosen; left out: by one half, or the likeliest class. */
  readonly task?: MetricTask;
}

/** Header and one row after the other; every cell is text, numbers with all their digits. */
export function* predictionRows(
  outputs: readonly PredictedOutput[],
  pipeline: FittedPipeline,
  rowCount: number,
): Generator<string[], void, void> {
  const blocks = outputs.map((output) => blockOf(output, pipeline, outputs.length > 1 ? `${output.name}_` : ""));
  yield blocks.flatMap((block) => block.header);
  for (let row = 0; row < rowCount; row++) yield blocks.flatMap((block) => block.cells(row));
}

/**
 * As a competition or another program asks for them: one column for each target, under its name, in its units or words;
 * no probabilities.
 */
export function* targetRows(
  outputs: readonly PredictedOutput[],
  pipeline: FittedPipeline,
  rowCount: number,
): Generator<string[], void, void> {
  const picked = outputs.map((output) => {
    const layout = pipeline.targets[output.nodeId];
    const { header, cells } = blockOf(output, pipeline, "");
    const places = header.flatMap((name, place) => (name === "prediction" || name.startsWith("prediction_") ? [place] : []));
    return { names: isRebuilt(layout) || layout === undefined ? header : tableColumnsOf(layout), places, cells };
  });
  yield picked.flatMap(({ names }) => [...names]);
  for (let row = 0; row < rowCount; row++)
    yield picked.flatMap(({ places, cells }) => {
      const all = cells(row);
      return places.map((place) => all[place] ?? "");
    });
}

interface Block {
  readonly header: string[];
  readonly cells: (row: number) => string[];
}

function blockOf({ nodeId, width, values, task }: PredictedOutput, pipeline: FittedPipeline, prefix: string): Block {
  const layout = pipeline.targets[nodeId];
  if (layout === undefined) throw new Error(`output ${nodeId} has no target layout`);
  const at = (row: number, k: number): number => values[row * width + k] as number;
  const text = (value: number): string => String(value);
  if (isRebuilt(layout)) {
    const header = Array.from({ length: width }, (_, k) => `${prefix}prediction_${k}`);
    return { header, cells: (row) => header.map((_, k) => text(at(row, k))) };
  }
  const above = (k: number): number => (task === undefined ? 0.5 : thresholdOf(task, k));
  switch (layout.encoding) {
    case "value": {
      const inUnits = inverseTarget(pipeline, nodeId, values);
      const names = layout.columns.length === 1 ? [`${prefix}prediction`] : layout.columns.map((column) => `${prefix}prediction_${column}`);
      return { header: names, cells: (row) => names.map((_, k) => text(inUnits[row * width + k] as number)) };
    }
    case "binary":
      return {
        header: [`${prefix}prediction`, ...probabilityNames(layout, prefix)],
        cells: (row) => [className(layout, at(row, 0) > (task?.threshold ?? 0.5) ? 1 : 0), text(1 - at(row, 0)), text(at(row, 0))],
      };
    case "sign":
      return width === 1
        ? {
            header: [`${prefix}prediction`, `${prefix}score`],
            cells: (row) => [className(layout, at(row, 0) > 0 ? 1 : 0), text(at(row, 0))],
          }
        : {
            header: [`${prefix}prediction`, ...layout.classes.map((name) => `${prefix}score_${name}`)],
            cells: (row) => ranked(layout, values, row, width),
          };
    case "multi_binary":
      if (layout.lists !== undefined) {
        const { separator } = layout.lists;
        const said = (row: number): string => layout.columns.filter((_, k) => at(row, k) > above(k)).join(separator);
        return {
          header: [`${prefix}prediction`, ...layout.columns.map((label) => `${prefix}probability_${label}`)],
          cells: (row) => [said(row), ...layout.columns.map((_, k) => text(at(row, k)))],
        };
      }
      return {
        header: layout.columns.flatMap((column) => [`${prefix}prediction_${column}`, `${prefix}probability_${column}`]),
        cells: (row) => layout.columns.flatMap((_, k) => [className(layout, at(row, k) > above(k) ? 1 : 0), text(at(row, k))]),
      };
    case "class_index":
    case "one_hot":
      return {
        header: [`${prefix}prediction`, ...probabilityNames(layout, prefix)],
        cells: (row) => ranked(layout, values, row, width, task),
      };
    default:
      return layout.encoding satisfies never;
  }
}

/** An autoencoder's: no column is predicted, but every number that went in, in the units in which it went in. */
const isRebuilt = (layout: TargetLayout | undefined): boolean => layout?.columns.length === 0;

const className = (layout: TargetLayout, index: number): string => layout.classes[index] ?? String(index);
const probabilityNames = (layout: TargetLayout, prefix: string): string[] => layout.classes.map((name) => `${prefix}probability_${name}`);

function ranked(layout: TargetLayout, values: Float32Array, row: number, width: number, task?: MetricTask): string[] {
  const scores = Array.from(values.subarray(row * width, (row + 1) * width));
  const said = task?.secondAbove === undefined ? scores.indexOf(Math.max(...scores)) : classSaid(task, values, row);
  return [className(layout, said), ...scores.map(String)];
}
