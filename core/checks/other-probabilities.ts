/** Softmax before a loss over independent yes/no answers, or sigmoids before one over exclusive classes. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { activationGiving, lossFix, setActivation } from "./mend.ts";
import { activationOf, goesOnlyTo, lastActivation, outputFacts } from "./walk.ts";

export const otherProbabilities = defineCheck({
  code: "design.loss_wants_other_probabilities",
  run: (context) => {
    const expects = outputFacts(context)?.loss.expects;
    const loss = outputFacts(context)?.loss.name ?? "";
    if (expects !== "each_probability" && expects !== "row_probabilities") return [];
    const source = lastActivation(context, context);
    const activation = source === null ? null : activationOf(source);
    if (source === null || activation === null || activation.gives === "values" || activation.gives === expects) return [];
    // One number can only be a probability of its own: softmax-of-one and one-unit-loss say what to do there.
    if (context.result.inputs[0]?.at(-1) === 1) return [];
    const to = activationGiving(expects);
    const command = goesOnlyTo(context, source, context.node.id) ? setActivation(source, to) : null;
    const fix =
      command === null
        ? undefined
        : { code: "fix.set_activation", params: { name: source.node.name, activation: to }, commands: [command] };
    return [
      nodeProblem(
        context.node.id,
        "design.loss_wants_other_probabilities",
        { name: source.node.name, loss, activation: activation.name, expected_activation: to },
        "warning",
        [fix, lossFix(context, activation.gives)],
      ),
    ];
  },
});
