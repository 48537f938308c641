/** A layer that walks along steps gets only the last state of the one before: that one must give every step. */
import { nodeProblem } from "../graph/problem.ts";
import { sharersTake } from "./behind-takes.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { optionFix } from "./mend.ts";

export const sequenceNeeded = defineCheck({
  code: "design.sequence_needed",
  replaces: "design.rank_expected",
  run: (context) => {
    if (!context.result.problems.some((problem) => problem.error.code === "design.rank_expected")) return [];
    const found = lastStateOnly(context, context);
    if (found === null) return [];
    const { before, field } = found;
    const params = { name: context.node.name, before: before.node.name };
    const fix = sharersTake(context, before, { [field]: true }) ? optionFix(before, field, true) : undefined;
    return [nodeProblem(context.node.id, "design.sequence_needed", params, "error", fix)];
  },
});

/** What comes to the layer from one that could give every step and gives the last, and the option that keeps them back. */
export function lastStateOnly(context: CheckedDesign, { incoming }: CheckedNode): { before: CheckedNode; field: string } | null {
  for (const edge of incoming) {
    const before = context.nodes.get(edge.source);
    const field = before?.definition.traits.sequencesField;
    if (before === undefined || field === undefined || before.config?.[field] !== false) continue;
    if (edge.source_port === before.definition.ports.outputs[0]?.name) return { before, field };
  }
  return null;
}
