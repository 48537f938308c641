/** Probabilities that sum to one, of a single number, are always 1: a sigmoid is meant. */
import type { Command } from "../graph/command.ts";
import { nodeProblem } from "../graph/problem.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { activationGiving, all, setActivation, setLoss } from "./mend.ts";
import { activationOf, fed, outputFacts } from "./walk.ts";

export const softmaxOfOne = defineCheck({
  code: "design.softmax_of_one",
  run: (context) => {
    const activation = activationOf(context);
    if (activation?.gives !== "row_probabilities" || context.result.outputs?.[0]?.at(-1) !== 1) return [];
    const to = activationGiving("each_probability");
    const commands = all(setActivation(context, to), ...binaryLosses(context, context));
    const fix =
      commands === null ? undefined : { code: "fix.set_activation", params: { name: context.node.name, activation: to }, commands };
    return [nodeProblem(context.node.id, "design.softmax_of_one", { name: context.node.name, activation: activation.name }, "error", fix)];
  },
});

/** The loss over several probabilities goes with the softmax that is taken away. */
function binaryLosses(context: CheckedDesign, checked: CheckedNode): (Command | null)[] {
  return fed(context, checked)
    .filter((next) => outputFacts(next)?.loss.expects === "row_probabilities")
    .map((output) => setLoss(output, "binary_crossentropy"));
}
