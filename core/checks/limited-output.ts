/** A loss over any number, or over signed scores, behind an activation that only reaches a range, or only one side of 0. */
import { isBounded } from "../activations/activation.ts";
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { NO_ACTIVATION, setActivation } from "./mend.ts";
import { comparesNumbers } from "./target-kind.ts";
import { activationOf, goesOnlyTo, lastActivation, outputFacts } from "./walk.ts";

export const limitedOutput = defineCheck({
  code: "design.output_is_limited",
  run: (context) => {
    const facts = outputFacts(context);
    if (facts === null || facts.targetInput !== null) return [];
    const source = lastActivation(context, context);
    const activation = source === null ? null : activationOf(source);
    if (source === null || activation === null) return [];
    // Squared error over classes (0 and 1) does fit a probability; over numbers, and data must be known for that, it does not.
    const numbers = facts.loss.expects === "values" && comparesNumbers(context, context, facts);
    if (
      !isBounded(activation) ||
      !(numbers || ((facts.loss.expects === "scores" || facts.loss.expects === "row_scores") && activation.gives !== "values"))
    )
      return [];
    const command = goesOnlyTo(context, source, context.node.id) ? setActivation(source, NO_ACTIVATION) : null;
    const fix =
      command === null
        ? undefined
        : { code: "fix.set_activation", params: { name: source.node.name, activation: NO_ACTIVATION }, commands: [command] };
    return [
      nodeProblem(
        context.node.id,
        "design.output_is_limited",
        { name: source.node.name, activation: activation.name, loss: facts.loss.name },
        "warning",
        fix,
      ),
    ];
  },
});
