/**
 * Single rows of an evaluated part: what each should have been, what the network said, how sure it was, and how wrong. What the cells
 * of a confusion matrix open, and the list of worst predictions.
 */

import type { MetricRows, MetricTask } from "../metrics/metric.ts";
import { classSaid, thresholdOf } from "../metrics/task.ts";
import type { EvaluationInput } from "./evaluation.ts";
import { type PredictedRows, predictedRows } from "./predicted-rows.ts";
import { WorstRows } from "./worst-rows.ts";

export interface RowQuestion {
  /** Output; the first when null. */
  readonly nodeId: string | null;
  /** Index of the class that the rows are of, and of the one that was predicted; null for any. Of classes alone. */
  readonly actual: number | null;
  readonly predicted: number | null;
  /** At most so many rows. */
  readonly count: number;
}

export interface ExaminedRow {
  /** Of the table, from 0. */
  row: number;
  /** Classes, the labels that hold, or numbers in the target's units. */
  actual: (string | number)[];
  predicted: (string | number)[];
  /** Probability of what was predicted; null where the network gives none. */
  confidence: number | null;
  /** Share by which the answer that is right fell short, or the absolute difference of numbers: larger is worse. */
  error: number;
}

export interface ExaminedRows {
  /** How many rows there are of this kind. */
  total: number;
  /** The worst first. */
  rows: ExaminedRow[];
  /** Column of the table that holds the label or number; null where an output has several, or none. */
  targetColumn: string | null;
}

export function examineRows(input: EvaluationInput, question: RowQuestion): ExaminedRows {
  const { outputs } = input;
  const output = outputs.find(({ layer }) => layer.id === question.nodeId) ?? outputs[0];
  const rows = output === undefined ? null : predictedRows(input, output.layer.id);
  return rows === null ? { total: 0, rows: [], targetColumn: null } : examinePredicted(rows, question);
}

/** The same of rows that were predicted already, by whomever: ensembles and baselines have no network. */
export function examinePredicted(rows: PredictedRows, question: Omit<RowQuestion, "nodeId">): ExaminedRows {
  const judge = judgeOf(rows.task, rows, rows.labels);
  const worst = new WorstRows(question.count);
  let total = 0;
  for (let place = 0; place < rows.rows; place++) {
    if (rows.weights !== null && rows.weights[place] === 0) continue;
    const judged = judge(place);
    if (question.actual !== null && judged.actualIndex !== question.actual) continue;
    if (question.predicted !== null && judged.predictedIndex !== question.predicted) continue;
    total += 1;
    worst.add(place, judged.error);
  }
  return {
    targetColumn: rows.targetColumn ?? null,
    total,
    rows: worst.places().map((place) => {
      const { error, confidence, words } = judge(place);
      const { actual, predicted } = words();
      return { row: rows.rowIds[place] as number, actual, predicted, confidence, error };
    }),
  };
}

interface Judged {
  readonly actualIndex: number | null;
  readonly predictedIndex: number | null;
  readonly confidence: number | null;
  readonly error: number;
  readonly words: () => Pick<ExaminedRow, "actual" | "predicted">;
}

const className = (names: readonly string[], index: number): string => names[index] ?? String(index);

/** @param names of classes, or of the columns of labels */
function judgeOf(task: MetricTask, { predictions, targets }: MetricRows, names: readonly string[]): (place: number) => Judged {
  const { kind, count, probabilities } = task;
  const said = (i: number): number => predictions[i] as number;
  const right = (i: number): number => targets[i] as number;
  const own = (place: number, from: (i: number) => number): number[] => Array.from({ length: count }, (_, k) => from(place * count + k));
  const ofClasses = (actual: number, guess: number, confidence: number, error: number): Judged => ({
    actualIndex: actual,
    predictedIndex: guess,
    confidence: probabilities ? confidence : null,
    error,
    words: () => ({ actual: [className(names, actual)], predicted: [className(names, guess)] }),
  });
  switch (kind) {
    case "two_classes":
      return (place) => {
        const [actual, yes] = [right(place), said(place)];
        const guess = classSaid(task, predictions, place);
        return ofClasses(actual, guess, guess === 1 ? yes : 1 - yes, Math.abs((probabilities ? actual : actual * 2 - 1) - yes));
      };
    case "classes":
      return (place) => {
        const [actual, guess] = [right(place), classSaid(task, predictions, place)];
        const [best, wanted] = [said(place * count + guess), said(place * count + actual)];
        return ofClasses(actual, guess, best, probabilities ? 1 - wanted : best - wanted);
      };
    case "labels":
      return (place) => {
        const holding = (from: (i: number) => number, above: (label: number) => number): string[] =>
          own(place, from).flatMap((value, k) => (value > above(k) ? [className(names, k)] : []));
        const error = own(place, said).reduce((sum, value, k) => sum + Math.abs(value - right(place * count + k)), 0);
        const words = (): Pick<ExaminedRow, "actual" | "predicted"> => ({
          actual: holding(right, () => 0.5),
          predicted: holding(said, (k) => thresholdOf(task, k)),
        });
        return { actualIndex: null, predictedIndex: null, confidence: null, error, words };
      };
    case "numbers":
      return (place) => {
        const error = own(place, said).reduce((sum, value, k) => sum + Math.abs(value - right(place * count + k)), 0);
        const words = (): Pick<ExaminedRow, "actual" | "predicted"> => ({ actual: own(place, right), predicted: own(place, said) });
        return { actualIndex: null, predictedIndex: null, confidence: null, error, words };
      };
    default:
      return kind satisfies never;
  }
}
