/** A loss over several probabilities gets one number: with two classes, one sigmoid and the binary loss are meant. */
import { type Fix, nodeProblem } from "../graph/problem.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { activationGiving, all, setActivation, setLoss } from "./mend.ts";
import { goesOnlyTo, lastActivation } from "./walk.ts";

export const oneUnitLoss = defineCheck({
  code: "design.one_unit_softmax",
  run: (context) => {
    const found = context.result.problems.find((problem) => problem.error.code === "design.one_unit_softmax");
    return found === undefined
      ? []
      : [nodeProblem(context.node.id, found.error.code, found.error.params, "error", sigmoidAndBinaryLoss(context, context))];
  },
});

/** One probability and the loss for it, at this output; undefined where the layer before has no activation. */
export function sigmoidAndBinaryLoss(context: CheckedDesign, output: CheckedNode): Fix | undefined {
  const source = lastActivation(context, output);
  const commands =
    source === null || !goesOnlyTo(context, source, output.node.id)
      ? null
      : all(setActivation(source, activationGiving("each_probability")), setLoss(output, "binary_crossentropy"));
  return commands === null || source === null
    ? undefined
    : { code: "fix.sigmoid_and_binary", params: { name: source.node.name }, commands };
}
