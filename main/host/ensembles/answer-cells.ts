/** What an ensemble says of a row, and what is so, as cells of a CSV. */
import { actualWords, type PredictedRows, saidWords } from "../../../core/train/predicted-rows.ts";

/** As the predictions of one run are headed. */
export function answerHeader({ task, labels }: PredictedRows): string[] {
  switch (task.kind) {
    case "numbers":
      return labels.length === 1 ? ["prediction"] : labels.map((label) => `prediction_${label}`);
    case "labels":
      return labels.flatMap((label) => [`prediction_${label}`, `probability_${label}`]);
    case "two_classes":
    case "classes":
      return ["prediction", ...labels.map((label) => `${task.probabilities ? "probability" : "score"}_${label}`)];
    default:
      return task.kind satisfies never;
  }
}

export function answerCells(rows: PredictedRows, place: number): string[] {
  const { task, labels, predictions } = rows;
  const said = saidWords(rows, place).map(String);
  const own = (k: number): number => predictions[place * (task.kind === "two_classes" ? 1 : task.count) + k] as number;
  switch (task.kind) {
    case "numbers":
      return said;
    case "labels":
      return labels.flatMap((label, k) => [said.includes(label) ? "1" : "0", String(own(k))]);
    case "two_classes":
      return [...said, String(task.probabilities ? 1 - own(0) : -own(0)), String(own(0))];
    case "classes":
      return [...said, ...labels.map((_, k) => String(own(k)))];
    default:
      return task.kind satisfies never;
  }
}

/** @param target name of the column that is predicted, where it is one */
export function actualHeader({ task, labels }: PredictedRows, target: string): string[] {
  return task.kind === "labels" || (task.kind === "numbers" && labels.length > 1) ? labels.map((label) => `true_${label}`) : [target];
}

export function actualCells(rows: PredictedRows, place: number): string[] {
  const words = actualWords(rows, place).map(String);
  return rows.task.kind === "labels" ? rows.labels.map((label) => (words.includes(label) ? "1" : "0")) : words;
}
