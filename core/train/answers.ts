/** What a network says of single rows, for people: a class with the share of each, labels that hold, or numbers in the target's units. */
import { inverseTarget } from "../data/prepare.ts";
import type { FittedPipeline } from "../data/prepared.ts";
import { classSaid, thresholdOf, widthOf } from "../metrics/task.ts";
import type { OutputInfo } from "./evaluate.ts";

export interface Answer {
  node_id: string;
  name: string;
  /** A class, the labels that hold, or a number a column. */
  predicted: (string | number)[];
  /** Of each class or label; empty for numbers and for scores that are no probabilities. */
  shares: { label: string; share: number }[];
}

/**
 * @param values `[rows, width]` as the network gives them
 * @returns one answer a row, and of each row the one number that tells most: the probability (or score) of the class that the first
 * row is taken for, or the number itself
 */
export function answersOf(
  { layer, encoding, fromColumns, task }: OutputInfo,
  pipeline: FittedPipeline,
  values: Float32Array,
): { readonly answers: Answer[]; readonly scores: number[] } {
  const width = widthOf(task);
  const { classes = [], columns = [] } = pipeline.targets[layer.id] ?? {};
  const names = task.kind === "labels" ? columns : classes;
  const label = (index: number): string => names[index] ?? String(index);
  const inUnits = encoding === "value" && fromColumns ? inverseTarget(pipeline, layer.id, values) : values;
  const at = (row: number, k: number): number => inUnits[row * width + k] as number;
  const rows = Math.floor(values.length / width);
  const own = (row: number): number[] => Array.from({ length: width }, (_, k) => at(row, k));
  const shared = (shares: readonly number[]): Answer["shares"] =>
    task.probabilities ? shares.map((share, k) => ({ label: label(k), share })) : [];
  const firstClass = rows === 0 || (task.kind !== "classes" && task.kind !== "two_classes") ? 0 : classSaid(task, inUnits, 0);
  const answer = (row: number): Pick<Answer, "predicted" | "shares"> => {
    switch (task.kind) {
      case "two_classes":
        return { predicted: [label(classSaid(task, inUnits, row))], shares: shared([1 - at(row, 0), at(row, 0)]) };
      case "classes":
        return { predicted: [label(classSaid(task, inUnits, row))], shares: shared(own(row)) };
      case "labels":
        return { predicted: own(row).flatMap((share, k) => (share > thresholdOf(task, k) ? [label(k)] : [])), shares: shared(own(row)) };
      case "numbers":
        return { predicted: own(row), shares: [] };
      default:
        return task.kind satisfies never;
    }
  };
  const score = (row: number): number => {
    if (task.kind === "classes") return at(row, firstClass);
    if (task.kind === "two_classes" && firstClass === 0) return task.probabilities ? 1 - at(row, 0) : -at(row, 0);
    return at(row, 0);
  };
  const each = Array.from({ length: rows }, (_, row) => row);
  return { answers: each.map((row) => ({ node_id: layer.id, name: layer.name, ...answer(row) })), scores: each.map(score) };
}
