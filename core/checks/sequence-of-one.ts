/** A walk along a sequence of one step: there is nothing to remember. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";

export const sequenceOfOne = defineCheck({
  code: "design.sequence_of_one",
  run: (context) => {
    const { traits } = context.definition;
    const [input] = context.result.inputs;
    if ((traits.sequencesField === undefined && traits.attends !== true) || input?.length !== 2 || input[0] !== 1) return [];
    return [nodeProblem(context.node.id, "design.sequence_of_one", { name: context.node.name, features: input[1] ?? 0 }, "warning")];
  },
});
