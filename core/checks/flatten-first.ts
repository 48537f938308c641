/**
 * A layer that weighs the last axis only gets a grid (an image): flatten it first, if every value is to count. Before or behind a layer
 * that works along the steps of a sequence (attention, a mean over time) or the nodes of a graph it is meant: the same layer for each.
 */

import { type Fix, nodeProblem } from "../graph/problem.ts";
import { showShape } from "../ir/tensor.ts";
import { layerTypes } from "../layers/registry.ts";
import { behindTakes } from "./behind-takes.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { insertFix } from "./mend.ts";
import { sharesWeights } from "./walk.ts";

/** Axes of one, the channels counted. */
const PICTURE = 3;

export const flattenFirst = defineCheck({
  code: "design.dense_on_grid",
  run: (context) => {
    const { traits } = context.definition;
    const [input] = context.result.inputs;
    if (traits.linear !== true || traits.unitsField === undefined || input === undefined || input.length < 2) return [];
    if (input.length === 2 && isPartOfSequence(context, context)) return [];
    // Where a layer behind needs the axes, it is meant for each place.
    const units = Number(context.config?.[traits.unitsField] ?? 0);
    if (!behindTakes(context, context, [[units]])) return [];
    const params = { name: context.node.name, received: showShape(input), last: input.at(-1) ?? 0 };
    return [
      nodeProblem(context.node.id, "design.dense_on_grid", params, "warning", [
        // All values have other weights than each place, which is what the others share.
        sharesWeights(context) ? undefined : flattenFix(context, context),
        meanFix(context, input.length),
      ]),
    ];
  },
});

/** Whether a layer that works along nodes of a graph, or reads masks, which only steps of sequences have, is upstream or downstream. */
function isPartOfSequence(context: CheckedDesign, checked: CheckedNode): boolean {
  return (["source", "target"] as const).some((end) => {
    const seen = new Set([checked.node.id]);
    const left = [checked];
    for (let one = left.pop(); one !== undefined; one = left.pop()) {
      const { mask, merges, reads } = one.definition.traits;
      // What joins inputs does so of any rank, masks or none.
      if (reads === "nodes" || (mask === "uses" && merges !== true)) return true;
      for (const edge of end === "source" ? one.incoming : one.outgoing) {
        const next = context.nodes.get(edge[end]);
        if (next === undefined || seen.has(next.node.id)) continue;
        seen.add(next.node.id);
        left.push(next);
      }
    }
    return false;
  });
}

/** Of a picture each channel may also count by its mean. */
function meanFix(context: CheckedDesign & CheckedNode, rank: number): Fix | undefined {
  const [edge] = context.incoming;
  const type = layerTypes.find((candidate) => context.lookup(candidate)?.traits.averagesGrid === rank);
  return edge === undefined || type === undefined || rank < PICTURE ? undefined : insertFix(context, edge, type, context.node.name);
}

function flattenFix(context: CheckedDesign, { node, incoming }: CheckedNode): Fix | undefined {
  const [edge] = incoming;
  const type = layerTypes.find((candidate) => context.lookup(candidate)?.traits.flattens === true);
  if (edge === undefined || type === undefined) return undefined;
  return insertFix(context, edge, type, node.name);
}
