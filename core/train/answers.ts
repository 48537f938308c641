/** What a network says of single rows, for people: a class with the share of each, labels that hold, or numbers in the target's units. */
import { inverseTarget } from "../data/prepare.ts";
import type { FittedPipeline } from "../data/prepared.ts";
import type { MetricTask } from "../metrics/metric.ts";
import { classSaid, thresholdOf, widthOf } from "../metrics/task.ts";
import type { OutputInfo } from "./evaluate.ts";
import type { PredictedRows } from "./predicted-rows.ts";

export interface Answer {
  node_id: string;
  name: string;
  /** A class, the labels that hold, or a number a column. */
  predicted: (string | number)[];
  /** Of each class or label; empty for numbers and for scores that are no probabilities. */
  shares: { label: string; share: number }[];
}

export interface Answers {
  /** One a row. */
  readonly answers: Answer[];
  /**
   * Of each row the one number that tells most: the probability (or score) of the class that the first row is taken for, or the number
   * itself.
   */
  readonly scores: number[];
}

/** @param values `[rows, width]` as the network gives them */
export function answersOf({ layer, encoding, fromColumns, task }: OutputInfo, pipeline: FittedPipeline, values: Float32Array): Answers {
  const { classes = [], columns = [] } = pipeline.targets[layer.id] ?? {};
  const inUnits = encoding === "value" && fromColumns ? inverseTarget(pipeline, layer.id, values) : values;
  return answersFrom({ nodeId: layer.id, name: layer.name, task, labels: task.kind === "labels" ? columns : classes }, inUnits);
}

/** The same of rows that were predicted already, by whomever: an ensemble has no network. */
export const answersOfRows = (rows: PredictedRows): Answers => answersFrom(rows, rows.predictions);

type Judged = Pick<PredictedRows, "nodeId" | "name" | "task" | "labels">;

function answersFrom({ nodeId, name, task, labels }: Judged, values: ArrayLike<number>): Answers {
  const width = widthOf(task);
  const label = (index: number): string => labels[index] ?? String(index);
  const at = (row: number, k: number): number => values[row * width + k] as number;
  const rows = Math.floor(values.length / width);
  const own = (row: number): number[] => Array.from({ length: width }, (_, k) => at(row, k));
  const shared = (shares: readonly number[]): Answer["shares"] =>
    task.probabilities ? shares.map((share, k) => ({ label: label(k), share })) : [];
  const answer = (row: number): Pick<Answer, "predicted" | "shares"> => {
    switch (task.kind) {
      case "two_classes":
        return { predicted: [label(classSaid(task, values, row))], shares: shared([1 - at(row, 0), at(row, 0)]) };
      case "classes":
        return { predicted: [label(classSaid(task, values, row))], shares: shared(own(row)) };
      case "labels":
        return { predicted: own(row).flatMap((share, k) => (share > thresholdOf(task, k) ? [label(k)] : [])), shares: shared(own(row)) };
      case "numbers":
        return { predicted: own(row), shares: [] };
      default:
        return task.kind satisfies never;
    }
  };
  const score = scoreOf(task, rows === 0 || !isOfClasses(task) ? 0 : classSaid(task, values, 0), at);
  const each = Array.from({ length: rows }, (_, row) => row);
  return { answers: each.map((row) => ({ node_id: nodeId, name, ...answer(row) })), scores: each.map(score) };
}

const isOfClasses = ({ kind }: MetricTask): boolean => kind === "classes" || kind === "two_classes";

/** @param firstClass that the first row is taken for */
function scoreOf({ kind, probabilities }: MetricTask, firstClass: number, at: (row: number, k: number) => number): (row: number) => number {
  if (kind === "classes") return (row) => at(row, firstClass);
  if (kind === "two_classes" && firstClass === 0) return (row) => (probabilities ? 1 - at(row, 0) : -at(row, 0));
  return (row) => at(row, 0);
}
