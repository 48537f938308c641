/**
 * A layer that changes places with the one before or behind it in a row of layers: the same layers, wired in another order. Where the two
 * do not stand in a row (a branch, a merge, an end) the order is not theirs alone, and the command is refused; so it is at a collapsed group.
 */
import { AppError } from "../errors.ts";
import { layerDefinition } from "../layers/registry.ts";
import type { Command } from "./command.ts";
import type { DesignDocument, EdgeDocument, GroupDocument, NodeDocument } from "./document.ts";
import { kindsFit, type LayerLookup, portOf } from "./ports.ts";

export type Place = "earlier" | "later";

/**
 * The command that swaps a layer with its neighbour. Ids of connections stay; positions are swapped too, so that the canvas reads on.
 * @throws AppError design.unknown_node, design.cannot_reorder
 */
export function reorderCommand(
  design: Pick<DesignDocument, "graph">,
  nodeId: string,
  place: Place,
  lookup: LayerLookup = layerDefinition,
): Command {
  const node = design.graph.nodes.find(({ id }) => id === nodeId);
  if (node === undefined) throw new AppError("design.unknown_node", { id: nodeId });
  const edges = design.graph.edges;
  const refuse = (): never => {
    throw new AppError("design.cannot_reorder", { name: node.name }, { nodeId });
  };
  // Going later is the one behind going earlier.
  const behind = edges.filter((edge) => edge.source === nodeId);
  const secondId = place === "earlier" ? nodeId : behind.length === 1 ? behind[0]?.target : undefined;
  const between = only(edges.filter((edge) => edge.target === secondId));
  const before = between === undefined ? undefined : only(edges.filter((edge) => edge.target === between.source));
  const outs = edges.filter((edge) => edge.source === secondId);
  if (secondId === undefined || between === undefined || before === undefined || outs.length === 0) return refuse();
  const [out] = outs;
  // Two that feed each other have no order.
  const isCircle = before.source === secondId;
  const branches =
    isCircle ||
    edges.filter((edge) => edge.source === between.source).length > 1 ||
    outs.some((one) => one.source_port !== out?.source_port);
  if (branches || out === undefined) return refuse();
  const changed = new Map<string, EdgeDocument>([
    [before.id, { ...before, target: secondId, target_port: between.target_port }],
    [between.id, { ...between, source: secondId, source_port: out.source_port, target: between.source, target_port: before.target_port }],
    ...outs.map((one): [string, EdgeDocument] => [one.id, { ...one, source: between.source, source_port: between.source_port }]),
  ]);
  const nodeOf = (id: string): NodeDocument | undefined => design.graph.nodes.find((one) => one.id === id);
  if (![...changed.values()].every((edge) => fits(edge, nodeOf, lookup))) return refuse();
  const { groups } = design.graph;
  const [firstGroup, secondGroup] = [between.source, secondId].map((id) => groups.find(({ node_ids }) => node_ids.includes(id)));
  // A collapsed group is one box: nothing goes into it or comes out of it by an order.
  if (firstGroup !== secondGroup && (firstGroup?.collapsed === true || secondGroup?.collapsed === true)) return refuse();
  const members = firstGroup === secondGroup ? [] : swapMembers(groups, between.source, secondId);
  return { type: "batch", commands: [...rewire(edges, changed), ...swapPositions(nodeOf(between.source), nodeOf(secondId)), ...members] };
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

function fits(edge: EdgeDocument, nodeOf: (id: string) => NodeDocument | undefined, lookup: LayerLookup): boolean {
  const source = lookup(nodeOf(edge.source)?.type ?? "");
  const target = lookup(nodeOf(edge.target)?.type ?? "");
  const output = portOf(source?.ports.outputs ?? [], edge.source_port);
  const input = portOf(target?.ports.inputs ?? [], edge.target_port);
  return output !== undefined && input !== undefined && kindsFit(output.kind, input.kind, source?.traits.role === "input");
}

/** In place: the order of connections counts at ports that take several. */
function rewire(edges: readonly EdgeDocument[], changed: ReadonlyMap<string, EdgeDocument>): readonly Command[] {
  const added: EdgeDocument[] = [];
  const indices: number[] = [];
  edges.forEach((edge, index) => {
    const next = changed.get(edge.id);
    if (next === undefined) return;
    added.push(next);
    indices.push(index);
  });
  return [
    { type: "remove", node_ids: [], edge_ids: [...changed.keys()] },
    { type: "add_nodes", nodes: [], edges: added, edge_indices: indices },
  ];
}

/** Each takes the other's place in its group too: the frames stay where they are. */
function swapMembers(groups: readonly GroupDocument[], first: string, second: string): readonly Command[] {
  const swapped = (id: string): string => (id === first ? second : id === second ? first : id);
  return [{ type: "set_groups", groups: groups.map((group) => ({ ...group, node_ids: group.node_ids.map(swapped) })) }];
}

function swapPositions(a: NodeDocument | undefined, b: NodeDocument | undefined): readonly Command[] {
  return a === undefined || b === undefined ? [] : [{ type: "move", positions: { [a.id]: b.position, [b.id]: a.position } }];
}
