/**
 * Dropout directly before batch normalization: the variance seen in training is not the one of prediction (Li et al.
 * 2019, "Understanding the Disharmony between Dropout and Batch Normalization"). The fix swaps the two.
 */
import type { Command } from "../graph/command.ts";
import { type Fix, nodeProblem } from "../graph/problem.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { skipped } from "./mend.ts";
import { feeder } from "./walk.ts";

export const dropoutBeforeNormalization = defineCheck({
  code: "design.dropout_before_batch_normalization",
  run: (context) => {
    if (context.definition.traits.normalizes !== "batch") return [];
    const before = feeder(context, context);
    if (before?.definition.traits.trainingOnly !== true) return [];
    return [
      nodeProblem(
        context.node.id,
        "design.dropout_before_batch_normalization",
        { name: context.node.name, before: before.node.name },
        "warning",
        [swapFix(context, before, context), skipped(before)],
      ),
    ];
  },
});

/** Swaps two neighbours: the edges keep their places, only their ends change. */
function swapFix(context: CheckedDesign, first: CheckedNode, second: CheckedNode): Fix | undefined {
  const [into, ...more] = first.incoming;
  const [between] = second.incoming;
  if (into === undefined || between === undefined || more.length > 0 || first.outgoing.length !== 1 || between.source !== first.node.id)
    return undefined;
  const { edges } = context.design.graph;
  const port = (checked: CheckedNode, side: "inputs" | "outputs"): string => checked.definition.ports[side][0]?.name ?? "";
  const changed = [
    { ...into, target: second.node.id, target_port: port(second, "inputs") },
    { ...between, source: second.node.id, source_port: port(second, "outputs"), target: first.node.id, target_port: port(first, "inputs") },
    ...second.outgoing.map((edge) => ({ ...edge, source: first.node.id, source_port: port(first, "outputs") })),
  ].sort((a, b) => indexOf(edges, a.id) - indexOf(edges, b.id));
  const commands: Command[] = [
    { type: "remove", node_ids: [], edge_ids: changed.map((edge) => edge.id) },
    { type: "add_nodes", nodes: [], edges: changed, edge_indices: changed.map((edge) => indexOf(edges, edge.id)) },
    { type: "move", positions: { [first.node.id]: second.node.position, [second.node.id]: first.node.position } },
  ];
  return { code: "fix.swap", params: { first: first.node.name, second: second.node.name }, commands };
}

const indexOf = (list: readonly { readonly id: string }[], id: string): number => list.findIndex((item) => item.id === id);
