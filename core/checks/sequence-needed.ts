/** A layer that walks along steps gets only the last state of the one before: that one must give every step. */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { optionFix } from "./mend.ts";

export const sequenceNeeded = defineCheck({
  code: "design.sequence_needed",
  replaces: "design.rank_expected",
  run: (context) => {
    if (!context.result.problems.some((problem) => problem.error.code === "design.rank_expected")) return [];
    for (const edge of context.incoming) {
      const before = context.nodes.get(edge.source);
      const field = before?.definition.traits.sequencesField;
      if (before === undefined || field === undefined || before.config?.[field] !== false) continue;
      if (edge.source_port !== before.definition.ports.outputs[0]?.name) continue;
      const params = { name: context.node.name, before: before.node.name };
      return [nodeProblem(context.node.id, "design.sequence_needed", params, "error", optionFix(before, field, true))];
    }
    return [];
  },
});
