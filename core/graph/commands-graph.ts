/** The commands that add and remove nodes and edges, and put them back where they were; used by commands.ts only. */
import { AppError } from "../errors.ts";
import type { Applied, Command } from "./command.ts";
import { type DesignDocument, type EdgeDocument, MOST_EDGES, MOST_NODES, type NodeDocument } from "./document.ts";
import { assertEdgeEnds, type LayerLookup, sameEnds } from "./ports.ts";
import { handedOn } from "./sharing.ts";

type Of<T extends Command["type"]> = Extract<Command, { type: T }>;

export function withNodes(design: DesignDocument, command: Of<"add_nodes">, lookup: LayerLookup): Applied {
  const { graph } = design;
  if (graph.nodes.length + command.nodes.length > MOST_NODES) throw new AppError("design.too_many_layers", { max: MOST_NODES });
  if (graph.edges.length + command.edges.length > MOST_EDGES) throw new AppError("design.too_many_edges", { max: MOST_EDGES });
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const names = new Set(graph.nodes.map((node) => node.name));
  for (const node of command.nodes) {
    if (nodes.has(node.id)) throw new AppError("design.duplicate_id", { id: node.id });
    if (names.has(node.name)) throw new AppError("design.name_taken", { name: node.name }, { nodeId: node.id });
    if (!Number.isFinite(node.position.x) || !Number.isFinite(node.position.y))
      throw new AppError("design.bad_position", { node: node.name }, { nodeId: node.id });
    nodes.set(node.id, node);
    names.add(node.name);
  }
  for (const node of command.nodes)
    if (node.shared_with !== null && (node.shared_with === node.id || !nodes.has(node.shared_with)))
      throw new AppError("design.shared_owner_missing", { name: node.name }, { nodeId: node.id });
  const edgeIds = new Set(graph.edges.map((edge) => edge.id));
  for (const edge of command.edges) {
    if (edgeIds.has(edge.id)) throw new AppError("design.duplicate_id", { id: edge.id });
    edgeIds.add(edge.id);
    assertEdgeEnds(edge, (id) => nodes.get(id), lookup);
  }
  return {
    design: {
      ...design,
      graph: {
        ...graph,
        nodes: inserted(graph.nodes, command.nodes, command.node_indices),
        edges: inserted(graph.edges, command.edges, command.edge_indices),
      },
    },
    inverse: { type: "remove", node_ids: command.nodes.map((node) => node.id), edge_ids: command.edges.map((edge) => edge.id) },
  };
}

export function withConnection(design: DesignDocument, { edge, index }: Of<"connect">, lookup: LayerLookup): Applied {
  const { edges, nodes } = design.graph;
  if (edges.length >= MOST_EDGES) throw new AppError("design.too_many_edges", { max: MOST_EDGES });
  if (edge.source === edge.target) throw new AppError("design.connect_to_itself", {}, { nodeId: edge.source });
  for (const other of edges) {
    if (other.id === edge.id) throw new AppError("design.duplicate_id", { id: edge.id });
    if (sameEnds(other, edge)) throw new AppError("design.already_connected", {}, { nodeId: edge.target });
  }
  assertEdgeEnds(edge, (id) => nodes.find((node) => node.id === id), lookup);
  const next = inserted(edges, [edge], index === undefined ? undefined : [index]);
  return { design: { ...design, graph: { ...design.graph, edges: next } }, inverse: { type: "remove", node_ids: [], edge_ids: [edge.id] } };
}

export function withoutElements(design: DesignDocument, command: Of<"remove">): Applied {
  const { graph } = design;
  const nodeIds = new Set(command.node_ids);
  const edgeIds = new Set(command.edge_ids);
  const nodes = taken(graph.nodes, (node) => nodeIds.has(node.id));
  const edges = taken(graph.edges, (edge) => edgeIds.has(edge.id) || nodeIds.has(edge.source) || nodeIds.has(edge.target));
  if (nodes.removed.length !== nodeIds.size) throw missing(nodeIds, nodes.removed, "design.unknown_node");
  const unknownEdge = [...edgeIds].find((id) => !edges.removed.some((edge) => edge.id === id));
  if (unknownEdge !== undefined) throw new AppError("design.unknown_edge", { id: unknownEdge });

  const owners = new Map(nodes.removed.map((node) => [node.id, node]));
  const kept = handedOn(nodes.kept, (id) => owners.get(id));
  const inverse: Command[] = [
    { type: "add_nodes", nodes: nodes.removed, edges: edges.removed, node_indices: nodes.indices, edge_indices: edges.indices },
  ];
  inverse.push(...handedBack(nodes.kept, kept));
  const groups = graph.groups.map((group) =>
    group.node_ids.some((id) => nodeIds.has(id)) ? { ...group, node_ids: group.node_ids.filter((id) => !nodeIds.has(id)) } : group,
  );
  const groupsChanged = groups.some((group, index) => group !== graph.groups[index]);
  if (groupsChanged) inverse.push({ type: "set_groups", groups: graph.groups });
  const [only] = inverse;
  return {
    design: {
      ...design,
      graph: {
        ...graph,
        nodes: kept,
        edges: edges.kept,
        groups: groupsChanged ? groups.filter((group) => group.node_ids.length > 0) : graph.groups,
      },
    },
    inverse: inverse.length === 1 && only !== undefined ? only : { type: "batch", commands: inverse },
  };
}

/** The commands that undo handing weights on, once their owner is there again. */
function handedBack(before: readonly NodeDocument[], after: readonly NodeDocument[]): Command[] {
  const changed = before.filter((node, index) => node !== after[index]);
  if (changed.length === 0) return [];
  const heirs = before.filter((node, index) => node !== after[index] && after[index]?.shared_with === null);
  return [
    { type: "set_shared", owners: Object.fromEntries(changed.map((node) => [node.id, node.shared_with])) },
    { type: "set_frozen", frozen: Object.fromEntries(heirs.map((node) => [node.id, node.frozen ?? null])) },
    ...heirs.map(({ id, vectors = null }): Command => ({ type: "set_vectors", id, vectors })),
  ];
}

/** The list with items added at the end, or each at its index in the finished list. */
function inserted<T>(list: readonly T[], items: readonly T[], indices: readonly number[] | undefined): T[] {
  if (indices === undefined) return [...list, ...items];
  if (indices.length !== items.length) throw new AppError("design.bad_index", { expected: items.length, received: indices.length });
  const result: T[] = [];
  let next = 0;
  let from = 0;
  while (result.length < list.length + items.length) {
    const item = items[next];
    if (item !== undefined && indices[next] === result.length) {
      result.push(item);
      next += 1;
      continue;
    }
    const old = list[from];
    if (old === undefined) throw new AppError("design.bad_index", { expected: list.length + items.length, received: indices[next] ?? -1 });
    result.push(old);
    from += 1;
  }
  return result;
}

function taken<T>(list: readonly T[], goes: (item: T) => boolean): { kept: T[]; removed: T[]; indices: number[] } {
  const kept: T[] = [];
  const removed: T[] = [];
  const indices: number[] = [];
  list.forEach((item, index) => {
    if (!goes(item)) kept.push(item);
    else {
      removed.push(item);
      indices.push(index);
    }
  });
  return { kept, removed, indices };
}

function missing(ids: ReadonlySet<string>, found: readonly (NodeDocument | EdgeDocument)[], code: string): AppError {
  const present = new Set(found.map((item) => item.id));
  return new AppError(code, { id: [...ids].find((id) => !present.has(id)) ?? "" });
}
