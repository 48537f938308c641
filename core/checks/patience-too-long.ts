/** Early stopping that waits longer than the training lasts never stops it. */
import { designProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { earlyStoppingOption, optionsOf, trainingOption } from "./training-options.ts";

export const patienceTooLong = defineCheck({
  code: "design.patience_too_long",
  runDesign: ({ design }) => {
    const patience = earlyStoppingOption(design, "patience");
    const epochs = trainingOption(design, "epochs");
    if (earlyStoppingOption(design, "enabled") !== true || typeof patience !== "number" || typeof epochs !== "number") return [];
    if (patience < epochs) return [];
    const shorter = Math.floor(epochs / 4);
    const early_stopping = { ...optionsOf(design, "early_stopping"), patience: shorter };
    const commands = [{ type: "set_training" as const, patch: { early_stopping } }];
    const fix = { code: "fix.set_patience", params: { patience: shorter }, commands };
    return [designProblem("design.patience_too_long", { patience, epochs }, "warning", fix)];
  },
});
