/** So much dropped that hardly anything is left to learn from. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { optionFix, skipped } from "./mend.ts";

const HIGH = 0.7;
const USUAL = 0.5;

export const highDropout = defineCheck({
  code: "design.high_dropout",
  run: (context) => {
    const field = context.definition.traits.rateField;
    const rate = field === undefined ? undefined : context.config?.[field];
    if (field === undefined || typeof rate !== "number" || rate <= HIGH) return [];
    const params = { name: context.node.name, percent: Math.round(100 * rate) };
    // A rate of a layer that does more than drop (a recurrent one) is no reason to skip the layer.
    const skip = context.definition.traits.trainingOnly === true ? skipped(context) : undefined;
    return [nodeProblem(context.node.id, "design.high_dropout", params, "warning", [optionFix(context, field, USUAL), skip])];
  },
});
