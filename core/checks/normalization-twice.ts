/** What was normalized is normalized again: the second finds nothing to do but to scale. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { skipped } from "./mend.ts";
import { feeder, goesOnlyTo } from "./walk.ts";

export const normalizationTwice = defineCheck({
  code: "design.normalization_twice",
  run: (context) => {
    if (context.definition.traits.normalizes === undefined) return [];
    const before = feeder(context, context);
    if (before?.definition.traits.normalizes === undefined) return [];
    const params = { name: context.node.name, before: before.node.name };
    // Others may need the first one.
    const first = goesOnlyTo(context, before, context.node.id) ? skipped(before) : undefined;
    return [nodeProblem(context.node.id, "design.normalization_twice", params, "warning", [skipped(context), first])];
  },
});
