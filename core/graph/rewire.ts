/**
 * A layer that is taken out of where it stands and led into another connection: what fed it feeds what it fed, and the connection that
 * it was dropped on goes through it. One command, undone as one.
 */
import { AppError } from "../errors.ts";
import { layerDefinition } from "../layers/registry.ts";
import type { Command } from "./command.ts";
import { applyCommand } from "./commands.ts";
import { insertExisting, type Strands, strandsIn } from "./create.ts";
import type { DesignDocument, EdgeDocument, NodeDocument } from "./document.ts";
import type { NewId } from "./naming.ts";
import { kindsFit, type LayerLookup, portOf, sameEnds } from "./ports.ts";

/**
 * @param edge as of `insertOnEdge`
 * @returns the command; null where the connection is one of the layer's own, which leaves everything as it is
 * @throws AppError design.unknown_edge, design.unknown_node, design.cannot_insert, design.cannot_take_out, design.cannot_leave
 */
export function rewireCommand(
  design: DesignDocument,
  edge: Strands,
  nodeId: string,
  newId: NewId,
  lookup: LayerLookup = layerDefinition,
): Command | null {
  if (strandsIn(design.graph, edge).some(({ edge: { source, target } }) => source === nodeId || target === nodeId)) return null;
  const out = takeOut(design, nodeId, lookup);
  if (out === null) return insertExisting(design, edge, nodeId, newId, lookup);
  const without = applyCommand(design, out).design;
  return { type: "batch", commands: [out, insertExisting(without, edge, nodeId, newId, lookup)] };
}

/** Joins the neighbours of a layer and leaves it connected to nothing; null where it is so already. */
function takeOut(design: Pick<DesignDocument, "graph">, nodeId: string, lookup: LayerLookup): Command | null {
  const { edges, nodes } = design.graph;
  const node = nodes.find(({ id }) => id === nodeId);
  if (node === undefined) throw new AppError("design.unknown_node", { id: nodeId });
  const into = edges.filter(({ target }) => target === nodeId);
  const from = edges.filter(({ source }) => source === nodeId);
  if (into.length + from.length === 0) return null;
  const [feed, ...more] = into;
  // Of several that come in none stands for the others: which of them its place belongs to cannot be told.
  if (more.length > 0) throw new AppError("design.cannot_take_out", { name: node.name }, { nodeId });
  const kept = edges.filter((edge) => edge.source !== nodeId && edge.target !== nodeId);
  const joined = feed === undefined ? [] : from.map((edge) => ({ ...edge, source: feed.source, source_port: feed.source_port }));
  const fitting = joined.filter((edge) => fits(edge, nodes, lookup));
  if (lookup(node.type)?.ports.inputs.length === 0) throw new AppError("design.cannot_insert", { name: node.name });
  // What it feeds would be left without an input, and nobody would be told.
  if (fitting.length < from.length) throw new AppError("design.cannot_leave", { name: node.name }, { nodeId });
  const missing = fitting.filter((edge) => !kept.some((other) => sameEnds(other, edge)));
  const after = new Map([...kept, ...missing].map((edge) => [edge.id, edge]));
  // In their old places among the others: order counts at ports that take several.
  const order = edges.flatMap(({ id }) => (after.has(id) ? [id] : []));
  return {
    type: "batch",
    commands: [
      { type: "remove", node_ids: [], edge_ids: [...into, ...from].map(({ id }) => id) },
      { type: "add_nodes", nodes: [], edges: missing, edge_indices: missing.map(({ id }) => order.indexOf(id)) },
    ],
  };
}

function fits(edge: EdgeDocument, nodes: readonly NodeDocument[], lookup: LayerLookup): boolean {
  const definitionOf = (id: string) => lookup(nodes.find((one) => one.id === id)?.type ?? "");
  const source = definitionOf(edge.source);
  const output = portOf(source?.ports.outputs ?? [], edge.source_port);
  const input = portOf(definitionOf(edge.target)?.ports.inputs ?? [], edge.target_port);
  return output !== undefined && input !== undefined && kindsFit(output.kind, input.kind, source?.traits.role === "input");
}
