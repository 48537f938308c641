/** Normalization as the last step: what is predicted then depends on the other rows of the batch, and its scale is lost. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { skipped } from "./mend.ts";
import { feeder } from "./walk.ts";

export const normalizationBeforeOutput = defineCheck({
  code: "design.normalization_before_output",
  run: (context) => {
    if (context.definition.traits.role !== "output") return [];
    const before = feeder(context, context);
    if (before?.definition.traits.normalizes !== "batch" || before.outgoing.length > 1) return [];
    return [nodeProblem(before.node.id, "design.normalization_before_output", { name: before.node.name }, "warning", skipped(before))];
  },
});
