/** A layer that gets nothing: connect it to the one layer whose output goes nowhere, or remove it. */
import { canConnect } from "../graph/connect.ts";
import { countedIds } from "../graph/naming.ts";
import { type Fix, nodeProblem } from "../graph/problem.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
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
  const candidates = [...context.nodes.values()].flatMap((other) => {
    const [output] = other.definition.ports.outputs;
    if (output === undefined || free === undefined || other.outgoing.length > 0) return [];
    const from = { node: other.node.id, port: output.name };
    return canConnect(context.design, context.propagation, from, { node: node.id, port: free.name }, { lookup: context.lookup }) === null
      ? [{ from, name: other.node.name }]
      : [];
  });
  const [only, ...others] = candidates;
  // Of one that feeds others the same would then be said of those.
  const remove = removed(node);
  if (only === undefined || others.length > 0 || free === undefined) return [remove];
  const id = countedIds(
    "e",
    context.design.graph.edges.map((edge) => edge.id),
  )();
  const edge = { id, source: only.from.node, source_port: only.from.port, target: node.id, target_port: free.name };
  return [
    { code: "fix.connect", params: { from: only.name, to: node.name }, commands: [{ type: "connect", edge }] },
    ...(outgoing.length === 0 ? [remove] : []),
  ];
}
