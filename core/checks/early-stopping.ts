/** Early stopping that watches the validation loss when nothing is held out never stops. */
import { designProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { holdOut } from "./mend.ts";

export const earlyStoppingWithoutValidation = defineCheck({
  code: "design.early_stopping_without_validation",
  runDesign: ({ design }) => {
    const stopping = design.train["early_stopping"];
    if (stopping === null || typeof stopping !== "object" || Array.isArray(stopping) || design.data?.split.method !== "none") return [];
    const options = stopping as Readonly<Record<string, unknown>>;
    if (options["enabled"] !== true || (options["monitor"] ?? "val_loss") !== "val_loss") return [];
    const commands = [{ type: "set_training" as const, patch: { early_stopping: { ...options, monitor: "loss" } } }];
    return [
      designProblem("design.early_stopping_without_validation", {}, "error", [
        { code: "fix.monitor_training_loss", params: {}, commands },
        holdOut(design),
      ]),
    ];
  },
});
