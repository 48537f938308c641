/** New nodes, with an id and a name that are free; and a node put into the middle of an edge. */
import { AppError } from "../errors.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import { layerDefinition } from "../layers/registry.ts";
import type { Command } from "./command.ts";
import type { DesignDocument, EdgeDocument, NodeDocument } from "./document.ts";
import { type NewId, uniqueId, uniqueName } from "./naming.ts";
import { type LayerLookup, portOf } from "./ports.ts";

type Point = NodeDocument["position"];

/**
 * A node with all options at their defaults, not yet in the design.
 * @throws AppError design.unknown_layer
 */
export function createNode(
  type: string,
  position: Point,
  design: Pick<DesignDocument, "graph">,
  newId: NewId,
  lookup: LayerLookup = layerDefinition,
): NodeDocument {
  if (lookup(type) === undefined) throw new AppError("design.unknown_layer", { name: type, type });
  const { nodes } = design.graph;
  return {
    id: uniqueId(new Set(nodes.map((node) => node.id)), newId),
    type,
    name: uniqueName(type, new Set(nodes.map((node) => node.name))),
    config: {},
    position: { x: position.x, y: position.y },
    shared_with: null,
    bypassed: false,
  };
}

/**
 * The command that adds a node and leads an edge through it. The half behind the node takes the place of the old edge,
 * because order counts at ports that take several.
 * @param edge its id; or those of several that leave one output: the node is fed once and feeds what they fed
 * @throws AppError design.unknown_edge, design.unknown_layer, design.cannot_insert
 */
export function insertOnEdge(
  design: Pick<DesignDocument, "graph">,
  edge: Strands,
  node: NodeDocument,
  newId: NewId,
  lookup: LayerLookup = layerDefinition,
): Command {
  return ledThrough(design, edge, node, [node], newId, lookup);
}

/** The id of an edge, or of all edges of one output that are led as one. */
export type Strands = string | readonly string[];

interface Strand {
  readonly edge: EdgeDocument;
  /** Its place in the document. */
  readonly index: number;
}

/** In the order of the document. @throws AppError design.unknown_edge */
export function strandsIn({ edges }: DesignDocument["graph"], which: Strands): readonly [Strand, ...Strand[]] {
  const ids = new Set(typeof which === "string" ? [which] : which);
  const [first, ...others] = edges.flatMap((edge, index) => (ids.delete(edge.id) ? [{ edge, index }] : []));
  const [missing] = ids;
  if (missing !== undefined || first === undefined) throw new AppError("design.unknown_edge", { id: missing ?? "" });
  return [first, ...others];
}

/**
 * The same for a layer that is in the design and connected to nothing.
 * @throws AppError design.unknown_edge, design.unknown_node, design.unknown_layer, design.cannot_insert
 */
export function insertExisting(
  design: Pick<DesignDocument, "graph">,
  edge: Strands,
  nodeId: string,
  newId: NewId,
  lookup: LayerLookup = layerDefinition,
): Command {
  const node = design.graph.nodes.find(({ id }) => id === nodeId);
  if (node === undefined) throw new AppError("design.unknown_node", { id: nodeId });
  if (design.graph.edges.some(({ source, target }) => source === nodeId || target === nodeId))
    throw new AppError("design.cannot_insert", { name: node.name });
  return ledThrough(design, edge, node, [], newId, lookup);
}

function ledThrough(
  design: Pick<DesignDocument, "graph">,
  which: Strands,
  node: NodeDocument,
  added: readonly NodeDocument[],
  newId: NewId,
  lookup: LayerLookup,
): Command {
  const { edges, nodes } = design.graph;
  const strands = strandsIn(design.graph, which);
  const [{ edge }] = strands;
  const definition = lookup(node.type);
  if (definition === undefined) throw new AppError("design.unknown_layer", { name: node.name, type: node.type });
  const source = nodes.find((one) => one.id === edge.source);
  const kind = portOf((source === undefined ? undefined : lookup(source.type))?.ports.outputs ?? [], edge.source_port)?.kind;
  const { input, output } = throughPorts(definition, node, kind);
  const taken = new Set(edges.map((one) => one.id));
  const fresh = (): string => {
    const id = uniqueId(taken, newId);
    taken.add(id);
    return id;
  };
  const before: EdgeDocument = { ...edge, id: fresh(), target: node.id, target_port: input };
  const behind = strands.map((strand): EdgeDocument => ({ ...strand.edge, id: fresh(), source: node.id, source_port: output }));
  return {
    type: "batch",
    commands: [
      { type: "remove", node_ids: [], edge_ids: strands.map((strand) => strand.edge.id) },
      { type: "add_nodes", nodes: added, edges: [...behind, before], edge_indices: [...strands.map(({ index }) => index), edges.length] },
    ],
  };
}

function throughPorts(definition: LayerDefinition, node: NodeDocument, kind: string | undefined): { input: string; output: string } {
  const fits = (port: { readonly kind: string }): boolean => kind === undefined || port.kind === kind;
  const input = definition.ports.inputs.find(fits);
  const output = definition.ports.outputs.find(fits);
  if (input === undefined || output === undefined) throw new AppError("design.cannot_insert", { name: node.name });
  return { input: input.name, output: output.name };
}
