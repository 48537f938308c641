/** Very many layers with weights in a row, no normalization and no way around: the gradient hardly reaches the first (He et al. 2016). */
import { nodeProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";

const DEEPEST = 20;

export const deepWithoutShortcuts = defineCheck({
  code: "design.deep_without_shortcuts",
  runDesign: (context) => {
    const depths = new Map<string, number>();
    let deepest = { id: "", depth: 0 };
    for (const id of context.propagation.order) {
      const checked = context.nodes.get(id);
      if (checked === undefined) continue;
      // The shortest way counts: a path around layers carries the gradient past them.
      const before = Math.min(...checked.incoming.map((edge) => depths.get(edge.source) ?? 0));
      const easiest = Number.isFinite(before) ? before : 0;
      const { normalizes } = checked.definition.traits;
      const weighs = !checked.node.bypassed && checked.result.parameters > 0;
      const depth = normalizes !== undefined && !checked.node.bypassed ? 0 : easiest + Number(weighs);
      depths.set(id, depth);
      if (depth > deepest.depth) deepest = { id, depth };
    }
    const last = context.nodes.get(deepest.id);
    if (last === undefined || deepest.depth <= DEEPEST) return [];
    return [nodeProblem(deepest.id, "design.deep_without_shortcuts", { name: last.node.name, count: deepest.depth }, "warning")];
  },
});
