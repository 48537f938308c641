/** The network gives another number of classes than the target has: set the units of the layer that decides. */
import { type Fix, nodeProblem } from "../graph/problem.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { setUnits } from "./mend.ts";
import { sigmoidAndBinaryLoss } from "./one-unit-loss.ts";
import { outputFacts, ownWidthSource } from "./walk.ts";

export const classCount = defineCheck({
  code: "design.class_count_mismatch",
  run: (context) => {
    const found = context.result.problems.find((problem) => problem.error.code === "design.class_count_mismatch");
    return found === undefined
      ? []
      : [nodeProblem(context.node.id, found.error.code, found.error.params, "error", fixOf(context, context))];
  },
});

function fixOf(context: CheckedDesign, output: CheckedNode): Fix | undefined {
  const facts = outputFacts(output);
  const classes = context.design.data?.class_count;
  if (facts === null || classes === undefined || classes === null) return undefined;
  // One unit for two classes: they did not forget the second one, they mean one probability.
  if (classes === 2 && facts.loss.expects === "row_probabilities" && output.result.inputs[0]?.at(-1) === 1)
    return sigmoidAndBinaryLoss(context, output);
  const units = facts.loss.expects === "each_probability" && classes === 2 ? 1 : classes;
  const source = ownWidthSource(context, output);
  const command = source === null || source.result.outputs?.[0]?.length !== 1 ? null : setUnits(source, units);
  return command === null || source === null
    ? undefined
    : { code: "fix.set_units", params: { name: source.node.name, units }, commands: [command] };
}
