/** A layer whose output goes nowhere: it does not train. Connect it to the one layer that waits for an input, or remove it. */
import { canConnect } from "../graph/connect.ts";
import { countedIds } from "../graph/naming.ts";
import type { PortReference } from "../graph/ports.ts";
import { type Fix, nodeProblem } from "../graph/problem.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { removed } from "./mend.ts";

export const deadEnd = defineCheck({
  code: "design.dead_end",
  run: (context) => {
    if (context.definition.ports.outputs.length === 0 || context.outgoing.length > 0) return [];
    return [nodeProblem(context.node.id, "design.dead_end", { name: context.node.name }, "warning", fixOf(context, context))];
  },
});

function fixOf(context: CheckedDesign, { node, definition, incoming }: CheckedNode): readonly Fix[] {
  const [output] = definition.ports.outputs;
  const from = { node: node.id, port: output?.name ?? "" };
  const waiting: Waiting[] = [];
  for (const one of waitingPorts(context)) {
    if (canConnect(context.design, context.propagation, from, one.to, { lookup: context.lookup }) === null) waiting.push(one);
    // Which of several is meant nobody knows.
    if (waiting.length > 1) break;
  }
  const [only, ...others] = waiting;
  // Of one that is fed the same would then be said of what fed it.
  const remove = removed(node);
  if (only === undefined || others.length > 0) return [remove];
  const id = countedIds(
    "e",
    context.design.graph.edges.map((edge) => edge.id),
  )();
  const edge = { id, source: from.node, source_port: from.port, target: only.to.node, target_port: only.to.port };
  return [
    { code: "fix.connect", params: { from: node.name, to: only.name }, commands: [{ type: "connect", edge }] },
    ...(incoming.length === 0 ? [remove] : []),
  ];
}

interface Waiting {
  readonly name: string;
  readonly to: PortReference;
}

const known = new WeakMap<CheckedDesign["nodes"], readonly Waiting[]>();

/** Inputs that nothing feeds and that something has to: looked up once for all dead ends of a design. */
function waitingPorts({ nodes }: CheckedDesign): readonly Waiting[] {
  let found = known.get(nodes);
  if (found === undefined) {
    found = [...nodes.values()].flatMap(({ node, definition, incoming }) =>
      definition.ports.inputs
        .filter((port) => port.optional !== true && !incoming.some((edge) => edge.target_port === port.name))
        .map((port) => ({ name: node.name, to: { node: node.id, port: port.name } })),
    );
    known.set(nodes, found);
  }
  return found;
}
