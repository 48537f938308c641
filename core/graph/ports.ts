/**
 * Looking things up in a graph: definitions, ports, edges by their end. What a node's type is unknown to this version,
 * its ports are taken to be whatever its edges name.
 */
import { AppError } from "../errors.ts";
import type { LayerDefinition, Port, PortKind } from "../layers/layer.ts";
import type { EdgeDocument, GraphDocument, NodeDocument } from "./document.ts";

/** The registry's look-up, or another one in tests. */
export type LayerLookup = (type: string) => LayerDefinition | undefined;

export interface PortReference {
  readonly node: string;
  readonly port: string;
}

/**
 * Whether an edge may join the two: indices are whole numbers kept as floats, so an index port takes any numbers. What the data
 * hold (`fromData`) may be anything, edges of a graph and masks too; what a layer computes as numbers is neither.
 */
export const kindsFit = (output: PortKind, input: PortKind, fromData: boolean): boolean =>
  output === input || (output === "float" && (input === "index" || fromData));

export function portOf(ports: readonly Port[], name: string): Port | undefined {
  return ports.find((port) => port.name === name);
}

/**
 * The edge's ends as nodes.
 * @throws AppError design.edge_end_missing, design.edge_unknown_port
 */
export function assertEdgeEnds(edge: EdgeDocument, nodeOf: (id: string) => NodeDocument | undefined, lookup: LayerLookup): void {
  for (const end of ["source", "target"] as const) {
    const node = nodeOf(edge[end]);
    if (node === undefined) throw new AppError("design.edge_end_missing", { edge: edge.id, end, node: edge[end] });
    const definition = lookup(node.type);
    if (definition === undefined) continue;
    const ports = end === "source" ? definition.ports.outputs : definition.ports.inputs;
    const name = edge[`${end}_port`];
    if (portOf(ports, name) === undefined)
      throw new AppError(
        "design.edge_unknown_port",
        { edge: edge.id, node: node.name, port: name, known: ports.map((port) => port.name).join(", ") || "–" },
        { nodeId: node.id },
      );
  }
}

export function nodeMap(graph: GraphDocument): Map<string, NodeDocument> {
  return new Map(graph.nodes.map((node) => [node.id, node]));
}

/** Edges by the node at one of their ends, in the order of the document. */
export function edgesBy(graph: GraphDocument, end: "source" | "target"): Map<string, EdgeDocument[]> {
  const found = new Map<string, EdgeDocument[]>();
  for (const edge of graph.edges) {
    const list = found.get(edge[end]);
    if (list === undefined) found.set(edge[end], [edge]);
    else list.push(edge);
  }
  return found;
}

export function sameEnds(a: Omit<EdgeDocument, "id">, b: Omit<EdgeDocument, "id">): boolean {
  return a.source === b.source && a.source_port === b.source_port && a.target === b.target && a.target_port === b.target_port;
}

/** What an input node feeds where that is not numbers: the edges of a graph, or a mask; null else. The first port of either kind decides. */
export function feedOf(graph: GraphDocument, nodeId: string, lookup: LayerLookup): "graph" | "mask" | null {
  for (const edge of graph.edges) {
    if (edge.source !== nodeId) continue;
    const target = graph.nodes.find(({ id }) => id === edge.target);
    const kind = portOf(lookup(target?.type ?? "")?.ports.inputs ?? [], edge.target_port)?.kind;
    if (kind === "graph" || kind === "mask") return kind;
  }
  return null;
}
