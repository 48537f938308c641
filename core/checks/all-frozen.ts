/** Every weight is frozen: training would go through the epochs and change nothing. */
import { designProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";

export const allFrozen = defineCheck({
  code: "design.all_frozen",
  runDesign: ({ design, propagation }) => {
    const { parameters, frozenParameters } = propagation.totals;
    if (parameters === 0 || frozenParameters < parameters) return [];
    const ids = design.graph.nodes.filter((node) => node.frozen === true).map(({ id }) => id);
    const thaw = { type: "set_frozen" as const, frozen: Object.fromEntries(ids.map((id) => [id, null])) };
    const fix = { code: "fix.thaw_all", params: { count: ids.length }, commands: [thaw] };
    return [designProblem("design.all_frozen", {}, "warning", ids.length === 0 ? undefined : fix)];
  },
});
