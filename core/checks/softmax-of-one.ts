/** Probabilities that sum to one, of a single number, are always 1: a sigmoid is meant. */
import type { Command } from "../graph/command.ts";
import { type Fix, nodeProblem } from "../graph/problem.ts";
import { behindTakes } from "./behind-takes.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { activationGiving, all, setActivation, setLoss, setUnits } from "./mend.ts";
import { activationOf, fed, outputFacts, sharesWeights } from "./walk.ts";

export const softmaxOfOne = defineCheck({
  code: "design.softmax_of_one",
  run: (context) => {
    const activation = activationOf(context);
    if (activation?.gives !== "row_probabilities" || context.result.outputs?.[0]?.at(-1) !== 1) return [];
    const to = activationGiving("each_probability");
    const commands = all(setActivation(context, to), ...binaryLosses(context, context));
    const fix =
      commands === null ? undefined : { code: "fix.set_activation", params: { name: context.node.name, activation: to }, commands };
    return [
      nodeProblem(context.node.id, "design.softmax_of_one", { name: context.node.name, activation: activation.name }, "error", [
        fix,
        severalUnits(context),
      ]),
    ];
  },
});

/** As many classes as the target has, two where nobody knows: one number each. */
function severalUnits(context: CheckedDesign & CheckedNode): Fix | undefined {
  const units = Math.max(2, context.design.data?.class_count ?? 2);
  const outputs = context.result.outputs?.map((shape) => [...shape.slice(0, -1), units]) ?? [];
  const command = !sharesWeights(context) && behindTakes(context, context, outputs) ? setUnits(context, units) : null;
  return command === null ? undefined : { code: "fix.set_units", params: { name: context.node.name, units }, commands: [command] };
}

/** The loss over several probabilities goes with the softmax that is taken away. */
function binaryLosses(context: CheckedDesign, checked: CheckedNode): (Command | null)[] {
  return fed(context, checked)
    .filter((next) => outputFacts(next)?.loss.expects === "row_probabilities")
    .map((output) => setLoss(output, "binary_crossentropy"));
}
