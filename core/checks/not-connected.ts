/** A layer that gets nothing: connect it to the one layer whose output goes nowhere, or remove it. */
import { canConnect } from "../graph/connect.ts";
import { countedIds } from "../graph/naming.ts";
import { type Fix, nodeProblem } from "../graph/problem.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { looseOutputs, onlyOne } from "./loose-ends.ts";
import { removed } from "./mend.ts";

export const notConnected = defineCheck({
  code: "design.not_connected",
  run: (context) => {
    const found = context.result.problems.find((problem) => problem.error.code === "design.not_connected");
    return found === undefined
      ? []
      : [nodeProblem(context.node.id, found.error.code, found.error.params, "error", connectFix(context, context))];
  },
});

function connectFix(context: CheckedDesign, { node, definition, incoming, outgoing }: CheckedNode): readonly Fix[] {
  const free = definition.ports.inputs.find((port) => port.optional !== true && !incoming.some((edge) => edge.target_port === port.name));
  const { design, propagation, lookup } = context;
  const to = { node: node.id, port: free?.name ?? "" };
  const only = onlyOne(looseOutputs(context), (from) => canConnect(design, propagation, from, to, { lookup }) === null);
  // Of one that feeds others the same would then be said of those.
  const remove = removed(node);
  if (only === null || free === undefined) return [remove];
  const id = countedIds(
    "e",
    design.graph.edges.map((edge) => edge.id),
  )();
  const edge = { id, source: only.port.node, source_port: only.port.port, target: to.node, target_port: to.port };
  return [
    { code: "fix.connect", params: { from: only.name, to: node.name }, commands: [{ type: "connect", edge }] },
    ...(outgoing.length === 0 ? [remove] : []),
  ];
}
