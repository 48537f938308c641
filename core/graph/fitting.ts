/** A new layer at the loose end of a connection: at which of its ports it can be joined, and the command that adds and joins it. */
import { layerDefinition } from "../layers/registry.ts";
import type { Command } from "./command.ts";
import { canConnect, connectCommand } from "./connect.ts";
import type { DesignDocument, NodeDocument } from "./document.ts";
import type { LayerLookup, PortReference } from "./ports.ts";
import type { Propagation } from "./propagation.ts";

/** The end of the connection that is there, and whether it is where values come from. */
export interface LooseEnd {
  readonly port: PortReference;
  readonly forwards: boolean;
}

/**
 * @param node  not in the design yet
 * @returns its first port that can be joined, as what flows there and its shape tell; null when there is none
 */
export function fittingPort(
  design: Pick<DesignDocument, "graph">,
  propagation: Propagation,
  node: NodeDocument,
  { port, forwards }: LooseEnd,
  lookup: LayerLookup = layerDefinition,
): PortReference | null {
  const ports = lookup(node.type)?.ports;
  const grown = withNode(design, node);
  for (const { name, optional } of (forwards ? ports?.inputs : ports?.outputs) ?? []) {
    // A layer is not begun at a port that may stay empty: what it works on is still missing then.
    if (optional === true) continue;
    const own = { node: node.id, port: name };
    const [from, to] = forwards ? [port, own] : [own, port];
    if (canConnect(grown, propagation, from, to, { replace: true, lookup }) === null) return own;
  }
  return null;
}

/**
 * Adds the layer and joins it; an input that takes one connection gives up the one it has.
 * @throws AppError design.* when the two cannot be connected
 */
export function addConnected(
  design: Pick<DesignDocument, "graph">,
  propagation: Propagation,
  node: NodeDocument,
  end: LooseEnd,
  edgeId: string,
  lookup: LayerLookup = layerDefinition,
): Command {
  const ports = lookup(node.type)?.ports;
  const first = (end.forwards ? ports?.inputs : ports?.outputs)?.[0]?.name ?? "";
  const own = fittingPort(design, propagation, node, end, lookup) ?? { node: node.id, port: first };
  const [from, to] = end.forwards ? [end.port, own] : [own, end.port];
  const add: Command = { type: "add_nodes", nodes: [node], edges: [] };
  return { type: "batch", commands: [add, connectCommand(withNode(design, node), propagation, from, to, edgeId, lookup)] };
}

function withNode(design: Pick<DesignDocument, "graph">, node: NodeDocument): Pick<DesignDocument, "graph"> {
  return { graph: { ...design.graph, nodes: [...design.graph.nodes, node] } };
}
