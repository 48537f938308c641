/** A cross-entropy takes logarithms of probabilities: what comes in must be some. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { activationGiving, setActivation } from "./mend.ts";
import { sigmoidAndBinaryLoss } from "./one-unit-loss.ts";
import { activationOf, goesOnlyTo, lastActivation, outputFacts } from "./walk.ts";

export const probabilitiesForLoss = defineCheck({
  code: "design.loss_wants_probabilities",
  run: (context) => {
    const facts = outputFacts(context);
    if (facts === null || (facts.loss.expects !== "each_probability" && facts.loss.expects !== "row_probabilities")) return [];
    const source = lastActivation(context, context);
    const activation = source === null ? null : activationOf(source);
    if (source === null || activation === null || activation.gives !== "values") return [];
    const to = activationGiving(facts.loss.expects);
    const command = goesOnlyTo(context, source, context.node.id) ? setActivation(source, to) : null;
    // Of one number a softmax is always 1.
    const single = facts.loss.expects === "row_probabilities" && context.result.inputs[0]?.at(-1) === 1;
    const fix = single
      ? sigmoidAndBinaryLoss(context, context)
      : command === null
        ? undefined
        : { code: "fix.set_activation", params: { name: source.node.name, activation: to }, commands: [command] };
    const params = { name: source.node.name, loss: facts.loss.name, activation: activation.name, expected_activation: to };
    return [nodeProblem(context.node.id, "design.loss_wants_probabilities", params, "error", fix)];
  },
});
