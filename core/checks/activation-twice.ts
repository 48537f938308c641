/** Two activations one after the other: most often one was meant, and the option of the layer before was forgotten. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { activationFix, NO_ACTIVATION, skipped } from "./mend.ts";
import { activationOf, feeder, goesOnlyTo, isIdentity, sharesWeights } from "./walk.ts";

export const activationTwice = defineCheck({
  code: "design.activation_twice",
  run: (context) => {
    const activation = activationOf(context);
    if (context.definition.traits.activates !== true || activation === null || isIdentity(activation)) return [];
    const before = feeder(context, context);
    const first = before === null ? null : activationOf(before);
    if (before === null || first === null || isIdentity(first)) return [];
    // floor-before-probabilities has more to say about this one.
    if (activation.gives !== "values" && first.floor === true) return [];
    const params = { name: context.node.name, activation: activation.name, before: before.node.name, first_activation: first.name };
    // Others with the same weights would lose it too, where no activation comes behind them.
    const isOwn = !sharesWeights(before) && goesOnlyTo(context, before, context.node.id);
    const bare = isOwn ? activationFix(before, NO_ACTIVATION) : undefined;
    return [nodeProblem(context.node.id, "design.activation_twice", params, "warning", [bare, skipped(context)])];
  },
});
