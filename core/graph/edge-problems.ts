/** What can be wrong with a connection by itself: an end that is not there, a port that is unknown, of another kind or taken. */
import type { EdgeDocument, NodeDocument } from "./document.ts";
import { kindsFit, type LayerLookup, portOf } from "./ports.ts";
import { edgeProblem, type Problem } from "./problem.ts";

interface Ends {
  readonly nodes: ReadonlyMap<string, NodeDocument>;
  /** By the node that they lead to, in the order of the document. */
  readonly incoming: ReadonlyMap<string, readonly EdgeDocument[]>;
  readonly lookup: LayerLookup;
}

export function problemsOfEdge(edge: EdgeDocument, { nodes, incoming, lookup }: Ends): readonly Problem[] {
  const problems: Problem[] = [];
  const say = (code: string, params: Readonly<Record<string, string | number>>): void => {
    problems.push(edgeProblem(edge.id, code, params));
  };
  const ends = { source: nodes.get(edge.source), target: nodes.get(edge.target) };
  for (const end of ["source", "target"] as const)
    if (ends[end] === undefined) say("design.edge_end_missing", { edge: edge.id, end, node: edge[end] });
  const from = ends.source === undefined ? undefined : lookup(ends.source.type);
  const to = ends.target === undefined ? undefined : lookup(ends.target.type);
  const source = from === undefined ? undefined : portOf(from.ports.outputs, edge.source_port);
  const target = to === undefined ? undefined : portOf(to.ports.inputs, edge.target_port);
  if (from !== undefined && source === undefined)
    say("design.edge_unknown_port", {
      edge: edge.id,
      node: ends.source?.name ?? "",
      port: edge.source_port,
      known: from.ports.outputs.map((port) => port.name).join(", ") || "–",
    });
  if (to !== undefined && target === undefined)
    say("design.edge_unknown_port", {
      edge: edge.id,
      node: ends.target?.name ?? "",
      port: edge.target_port,
      known: to.ports.inputs.map((port) => port.name).join(", ") || "–",
    });
  if (source !== undefined && target !== undefined && !kindsFit(source.kind, target.kind, from?.traits.role === "input"))
    say("design.kinds_differ", { expected: target.kind, received: source.kind });
  if (target !== undefined && target.multiple !== true) {
    const first = incoming.get(edge.target)?.find((other) => other.target_port === edge.target_port);
    if (first !== edge) say("design.port_taken", { node: ends.target?.name ?? "", port: edge.target_port });
  }
  return problems;
}
