/** A walk along a sequence of one step, or attention to only one: there is nothing to remember, and nothing to choose among. */
import { nodeProblem } from "../graph/problem.ts";
import type { Shape } from "../ir/tensor.ts";
import { arrivalsOf } from "./arrivals.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";

export const sequenceOfOne = defineCheck({
  code: "design.sequence_of_one",
  run: (context) => {
    const sequence = sequenceOf(context, context);
    if (sequence?.length !== 2 || sequence[0] !== 1) return [];
    return [nodeProblem(context.node.id, "design.sequence_of_one", { name: context.node.name, features: sequence[1] ?? 0 }, "warning")];
  },
});

/** What it walks along; of attention what is weighed and not what asks, of which one is as good as many. */
function sequenceOf(context: CheckedDesign, checked: CheckedNode): Shape | undefined {
  const { traits, ports } = checked.definition;
  if (traits.attends === true) return arrivalsOf(context, checked)?.find(({ edge }) => edge.target_port === ports.inputs[1]?.name)?.shape;
  return traits.sequencesField === undefined ? undefined : checked.result.inputs[0];
}
