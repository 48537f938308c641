/** Of a time series: what stands beside the run, the value one season before or a straight line, is nearer to the truth on the same rows. */
import type { BesideBaseline, EvaluatedOutput } from "../../train/evaluation.ts";
import { figure, type Judge, percent, type Verdict } from "./verdict.ts";

/** Share by which an error must be larger, or points of accuracy that must be missing: less is chance. */
const WORSE = 0.01;
const NAIVE = "seasonal_naive";

/** The naive forecast is named before the line: it learns nothing but its season. */
export const worseThanBeside: Judge = ({ outputs, diverged }) => {
  if (diverged) return null;
  const all = outputs.flatMap((output) => (output.baselines ?? []).map((beside) => ({ output, beside })));
  const inOrder = [...all.filter(({ beside }) => beside.name === NAIVE), ...all.filter(({ beside }) => beside.name !== NAIVE)];
  for (const { output, beside } of inOrder) {
    const verdict = output.task === "numbers" ? ofNumbers(output, beside) : ofClasses(output, beside);
    if (verdict !== null) return verdict;
  }
  return null;
};

function ofNumbers({ figures, name }: EvaluatedOutput, beside: BesideBaseline): Verdict | null {
  const [own, theirs] = [figures["rmse"], beside.figures["rmse"]];
  if (own == null || theirs == null || own <= (1 + WORSE) * theirs) return null;
  const numbers = { output: name, own: figure(own), theirs: figure(theirs) };
  if (beside.name !== NAIVE) return { code: "verdict.worse_than_line", tone: "advice", params: numbers, fixes: [] };
  const back = beside.said?.params["back"];
  return back === undefined
    ? { code: "verdict.worse_than_naive_seasons", tone: "problem", params: numbers, fixes: [] }
    : { code: "verdict.worse_than_naive", tone: "problem", params: { ...numbers, back }, fixes: [] };
}

function ofClasses({ figures, name }: EvaluatedOutput, beside: BesideBaseline): Verdict | null {
  const [own, theirs] = [figures["accuracy"], beside.figures["accuracy"]];
  if (own == null || theirs == null || own >= theirs - WORSE) return null;
  const params = { output: name, own: percent(own), theirs: percent(theirs) };
  return { code: "verdict.worse_than_logistic", tone: "advice", params, fixes: [] };
}
