/** The network does no better than saying the commonest class, or the mean, for every row. */
import type { EvaluatedOutput } from "../../train/evaluation.ts";
import { type Judge, percent, type Verdict } from "./verdict.ts";

/** Points of accuracy, or of the variance explained, that count as better. */
const BETTER = 0.01;

export const noBetterThanGuessing: Judge = ({ outputs, diverged }) => {
  if (diverged) return null;
  for (const output of outputs) {
    const verdict = output.task === "numbers" ? ofNumbers(output) : ofClasses(output);
    if (verdict !== null) return verdict;
  }
  return null;
};

function ofNumbers({ figures, name }: EvaluatedOutput): Verdict | null {
  const explained = figures["r2"];
  if (explained === undefined || explained === null || explained > BETTER) return null;
  return { code: "verdict.no_better_than_mean", tone: "problem", params: { output: name, r2: Number(explained.toFixed(3)) }, fixes: [] };
}

function ofClasses({ figures, classes, name, weight, task, confusion, labels }: EvaluatedOutput): Verdict | null {
  const accuracy = figures["accuracy"];
  if (task === "labels" || accuracy === undefined || accuracy === null || weight === 0) return null;
  const supports = confusion === null ? classes.map(({ support }) => support) : confusion.map((row) => row.reduce((sum, n) => sum + n, 0));
  const most = Math.max(0, ...supports);
  const share = most / weight;
  if (supports.length === 0 || share === 1 || accuracy > share + BETTER) return null;
  const params = { output: name, accuracy: percent(accuracy), label: labels[supports.indexOf(most)] ?? "", share: percent(share) };
  return { code: "verdict.no_better_than_majority", tone: "problem", params, fixes: [] };
}
