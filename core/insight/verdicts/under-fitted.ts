/** The loss has levelled off on the training rows too, and the figures are poor: the network is too simple, or the columns do not tell. */
import type { NewId } from "../../graph/naming.ts";
import type { EvaluatedOutput } from "../../train/evaluation.ts";
import { addHidden } from "./remedies.ts";
import { figure, type Judge, percent, smallest, type Verdict } from "./verdict.ts";

const FEWEST_EPOCHS = 10;
/** The last part of the run, and the share of the loss that it must have brought for the run to be learning still. */
const LAST_PART = 0.25;
const LEVEL = 0.02;
/** So much of the held-out loss may be missing on the training rows: beyond it the rows are learnt by heart. */
const APART = 0.2;
/** Of the way from guessing to all right, or of the variance. */
const POOR = 0.5;

export const underFitted =
  (newId: NewId): Judge =>
  (facts) => {
    const { epochs, outputs, diverged, lossesAlike } = facts;
    const losses = epochs.flatMap(({ loss }) => (loss === null ? [] : [loss]));
    const last = epochs.at(-1);
    if (diverged || losses.length < FEWEST_EPOCHS || last === undefined || last.loss === null) return null;
    const earlier = smallest(losses.slice(0, -Math.ceil(losses.length * LAST_PART)));
    if (earlier - smallest(losses) > LEVEL * Math.abs(earlier)) return null;
    // Whether rows were learnt by heart is not known where the losses cannot be held against each other.
    if (last.valLoss !== null && !lossesAlike) return null;
    if (last.valLoss !== null && last.valLoss - last.loss > APART * Math.abs(last.valLoss)) return null;
    for (const output of outputs) {
      const poor = output.task === "numbers" ? poorNumbers(output) : poorClasses(output);
      if (poor !== null)
        return {
          ...poor,
          tone: "advice",
          params: { ...poor.params, loss: figure(last.loss) },
          fixes: addHidden(facts, output.node_id, newId),
        };
    }
    return null;
  };

type Poor = Pick<Verdict, "code" | "params">;

function poorNumbers({ figures, name }: EvaluatedOutput): Poor | null {
  const explained = figures["r2"];
  if (explained === undefined || explained === null || explained >= POOR) return null;
  return { code: "verdict.under_fitted_numbers", params: { output: name, r2: Number(explained.toFixed(3)) } };
}

function poorClasses({ figures, name, task, confusion, labels, weight }: EvaluatedOutput): Poor | null {
  const accuracy = figures["accuracy"];
  if (task === "labels" || accuracy === undefined || accuracy === null || confusion === null || weight === 0) return null;
  const supports = confusion.map((row) => row.reduce((sum, n) => sum + n, 0));
  const most = Math.max(0, ...supports);
  const share = most / weight;
  if (share === 1 || (accuracy - share) / (1 - share) >= POOR) return null;
  const params = { output: name, accuracy: percent(accuracy), label: labels[supports.indexOf(most)] ?? "", share: percent(share) };
  return { code: "verdict.under_fitted_classes", params };
}
