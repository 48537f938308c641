/**
 * A long row of activations that are flat at both ends: each passes on a fraction of the gradient (a sigmoid at most a
 * quarter), so the first layers hardly learn (Hochreiter 1991; Glorot & Bengio 2010). Normalization between them, or a
 * path around them, ends the row.
 */

import type { Command } from "../graph/command.ts";
import type { NodeDocument } from "../graph/document.ts";
import { nodeProblem } from "../graph/problem.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { setActivation, USUAL_ACTIVATION } from "./mend.ts";
import { activationOf } from "./walk.ts";

/** Five sigmoids leave at most (1/4)⁵, a thousandth, of the gradient. */
export const LONGEST_SATURATING_ROW = 4;

export const vanishingGradients = defineCheck({
  code: "design.vanishing_gradients",
  runDesign: (context) => {
    // One report a row, on its last node: the rows that no longer row continues.
    const longest = saturatingRows(context).filter(({ length, continued }) => length > LONGEST_SATURATING_ROW && !continued);
    return longest.flatMap((end) => {
      const node = context.nodes.get(end.id);
      if (node === undefined) return [];
      // The last layer of a row often has to give a probability: it stays as it is.
      const fixing = idsOf(end)
        .slice(0, -1)
        .map((id) => context.nodes.get(id))
        .map((one) => (one === undefined ? null : mended(one)))
        .filter((command): command is Command => command !== null);
      const fix = { code: "fix.set_activations", params: { count: fixing.length, activation: USUAL_ACTIVATION }, commands: fixing };
      return [
        nodeProblem(
          end.id,
          "design.vanishing_gradients",
          { count: end.length, activation: activationOf(node)?.name ?? "", name: node.node.name },
          "warning",
          fix,
        ),
      ];
    });
  },
});

/** Of each layer, which is in the fixes of many rows; the same object as long as the layer is the same. */
const commands = new WeakMap<NodeDocument, Command | null>();

function mended(checked: CheckedNode): Command | null {
  const known = commands.get(checked.node);
  if (known !== undefined) return known;
  const command = setActivation(checked, USUAL_ACTIVATION);
  commands.set(checked.node, command);
  return command;
}

/** Saturating nodes one behind the other, told from the last of them: rows share their beginnings. */
interface Row {
  readonly id: string;
  readonly before: Row | null;
  readonly length: number;
  /** Whether a longer row goes on from here. */
  continued: boolean;
}

function idsOf(end: Row): string[] {
  const ids: string[] = [];
  for (let row: Row | null = end; row !== null; row = row.before) ids.push(row.id);
  return ids.reverse();
}

/** All rows, in the order of computing: of each node those that the gradient must pass on its easiest way back to where it is fresh. */
function saturatingRows(context: CheckedDesign): readonly Row[] {
  const rows = new Map<string, Row | null>();
  const all: Row[] = [];
  for (const id of context.propagation.order) {
    const checked = context.nodes.get(id);
    if (checked === undefined) continue;
    const [first = null, ...others] = checked.incoming.map((edge) => rows.get(edge.source) ?? null);
    const easiest = others.reduce((best, row) => ((row?.length ?? 0) < (best?.length ?? 0) ? row : best), first);
    if (checked.node.bypassed) rows.set(id, easiest);
    else if (checked.definition.traits.normalizes !== undefined) rows.set(id, null);
    else if (activationOf(checked)?.saturates === true) {
      const row = { id, before: easiest, length: (easiest?.length ?? 0) + 1, continued: false };
      if (easiest !== null) easiest.continued = true;
      rows.set(id, row);
      all.push(row);
    } else rows.set(id, easiest);
  }
  return all;
}
