/** Dropout directly before the output: predictions themselves are set to zero while training. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { skipped } from "./mend.ts";
import { feeder } from "./walk.ts";

export const dropoutBeforeOutput = defineCheck({
  code: "design.dropout_before_output",
  run: (context) => {
    if (context.definition.traits.role !== "output") return [];
    const before = feeder(context, context);
    if (before?.definition.traits.trainingOnly !== true || before.outgoing.length > 1) return [];
    return [nodeProblem(before.node.id, "design.dropout_before_output", { name: before.node.name }, "warning", skipped(before))];
  },
});
