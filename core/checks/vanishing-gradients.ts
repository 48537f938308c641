/**
 * A long row of activations that are flat at both ends: each passes on a fraction of the gradient (a sigmoid at most a
 * quarter), so the first layers hardly learn (Hochreiter 1991; Glorot & Bengio 2010). Normalization between them, or a
 * path around them, ends the row.
 */

import type { Command } from "../graph/commands.ts";
import { nodeProblem } from "../graph/problem.ts";
import { type CheckedDesign, defineCheck } from "./check.ts";
import { setActivation, USUAL_ACTIVATION } from "./mend.ts";
import { activationOf } from "./walk.ts";

/** Five sigmoids leave at most (1/4)⁵, a thousandth, of the gradient. */
export const LONGEST_SATURATING_ROW = 4;

export const vanishingGradients = defineCheck({
  code: "design.vanishing_gradients",
  runDesign: (context) => {
    const rows = saturatingRows(context);
    // One report a row, on its last node: the rows that no longer row continues.
    const longest = [...rows].filter(
      ([, row]) =>
        row.length > LONGEST_SATURATING_ROW &&
        ![...rows.values()].some((other) => other.length > row.length && row.every((id) => other.includes(id))),
    );
    const reported = new Set<string>();
    return longest.flatMap(([, row]) => {
      const last = row.at(-1) ?? "";
      const node = context.nodes.get(last);
      if (node === undefined || reported.has(last)) return [];
      reported.add(last);
      // The last layer of a row often has to give a probability: it stays as it is.
      const commands = row
        .slice(0, -1)
        .map((id) => context.nodes.get(id))
        .map((one) => (one === undefined ? null : setActivation(one, USUAL_ACTIVATION)))
        .filter((command): command is Command => command !== null);
      const fix = { code: "fix.set_activations", params: { count: commands.length, activation: USUAL_ACTIVATION }, commands };
      return [
        nodeProblem(
          last,
          "design.vanishing_gradients",
          { count: row.length, activation: activationOf(node)?.name ?? "", name: node.node.name },
          "warning",
          fix,
        ),
      ];
    });
  },
});

/** By node: ids of the saturating nodes the gradient must pass on its easiest way from here back to where it is fresh. */
function saturatingRows(context: CheckedDesign): Map<string, readonly string[]> {
  const rows = new Map<string, readonly string[]>();
  for (const id of context.propagation.order) {
    const checked = context.nodes.get(id);
    if (checked === undefined) continue;
    const before = checked.incoming.map((edge) => rows.get(edge.source) ?? []);
    const easiest =
      before.reduce<readonly string[] | null>((best, row) => (best === null || row.length < best.length ? row : best), null) ?? [];
    if (checked.node.bypassed) rows.set(id, easiest);
    else if (checked.definition.traits.normalizes !== undefined) rows.set(id, []);
    else rows.set(id, activationOf(checked)?.saturates === true ? [...easiest, id] : easiest);
  }
  return rows;
}
