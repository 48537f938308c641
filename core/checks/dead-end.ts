/** A layer whose output goes nowhere: it does not train. Connect it to the one layer that waits for an input, or remove it. */
import { canConnect } from "../graph/connect.ts";
import { countedIds } from "../graph/naming.ts";
import { type Fix, nodeProblem } from "../graph/problem.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { looseInputs, onlyOne } from "./loose-ends.ts";
import { removed } from "./mend.ts";
import { outputFacts } from "./walk.ts";

export const deadEnd = defineCheck({
  code: "design.dead_end",
  run: (context) => {
    if (context.definition.ports.outputs.length === 0 || context.outgoing.length > 0 || isTarget(context, context)) return [];
    return [nodeProblem(context.node.id, "design.dead_end", { name: context.node.name }, "warning", fixOf(context, context))];
  },
});

/** Whether an output compares with it: it need not feed anything. */
function isTarget(context: CheckedDesign, { definition, node }: CheckedNode): boolean {
  if (definition.traits.role !== "input") return false;
  return [...context.nodes.values()].some((other) => !other.node.bypassed && outputFacts(other)?.targetInput === node.name);
}

function fixOf(context: CheckedDesign, { node, definition, incoming }: CheckedNode): readonly Fix[] {
  const [output] = definition.ports.outputs;
  const from = { node: node.id, port: output?.name ?? "" };
  const { design, propagation, lookup } = context;
  const only = onlyOne(looseInputs(context), (to) => canConnect(design, propagation, from, to, { lookup }) === null);
  // Of one that is fed the same would then be said of what fed it.
  const remove = removed(node);
  if (only === null) return [remove];
  const id = countedIds(
    "e",
    design.graph.edges.map((edge) => edge.id),
  )();
  const edge = { id, source: from.node, source_port: from.port, target: only.port.node, target_port: only.port.port };
  return [
    { code: "fix.connect", params: { from: node.name, to: only.name }, commands: [{ type: "connect", edge }] },
    ...(incoming.length === 0 ? [remove] : []),
  ];
}
