/** An activation that cuts off everything below zero, directly before one that gives probabilities: half of the scores are lost. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { activationFix, NO_ACTIVATION } from "./mend.ts";
import { activationOf, feeder, goesOnlyTo, sharesWeights } from "./walk.ts";

export const floorBeforeProbabilities = defineCheck({
  code: "design.floor_before_probabilities",
  run: (context) => {
    const activation = activationOf(context);
    if (context.definition.traits.activates !== true || activation === null || activation.gives === "values") return [];
    const before = feeder(context, context);
    const first = before === null ? null : activationOf(before);
    if (before === null || first?.floor !== true) return [];
    const params = { name: context.node.name, activation: activation.name, before: before.node.name, floor_activation: first.name };
    const isOwn = !sharesWeights(before) && goesOnlyTo(context, before, context.node.id);
    const fix = isOwn ? activationFix(before, NO_ACTIVATION) : undefined;
    return [nodeProblem(context.node.id, "design.floor_before_probabilities", params, "warning", fix)];
  },
});
