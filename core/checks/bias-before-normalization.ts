/** A learned offset that batch normalization takes away at once (Ioffe & Szegedy 2015, 3.2). */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { optionFix } from "./mend.ts";
import { activationOf, feeder, isFrozen, isIdentity, sharesWeights } from "./walk.ts";

export const biasBeforeNormalization = defineCheck({
  code: "design.bias_before_normalization",
  run: (context) => {
    if (context.definition.traits.normalizes !== "batch") return [];
    const before = feeder(context, context);
    const field = before?.definition.traits.biasField;
    if (before === null || field === undefined || before.config?.[field] !== true || before.outgoing.length > 1) return [];
    const activation = activationOf(before);
    if (activation === null || !isIdentity(activation) || sharesWeights(before)) return [];
    // Frozen, it subtracts the mean of what it has seen before, and a bias that is not learnt any more is part of the network as it is.
    if (isFrozen(context, context) || isFrozen(context, before)) return [];
    const params = { name: before.node.name, next: context.node.name };
    return [nodeProblem(before.node.id, "design.bias_before_normalization", params, "warning", optionFix(before, field, false))];
  },
});
