/**
 * What the axes of the values on each edge are: height and width of a picture, steps of time, channels, features. Told
 * from the input on by what the layers between do with them; the batch in front is not among them.
 */
import type { Shape } from "../ir/tensor.ts";
import type { LayerDefinition, PortKind } from "../layers/layer.ts";
import { layerDefinition } from "../layers/registry.ts";
import type { DesignDocument, EdgeDocument, NodeDocument } from "./document.ts";
import { validConfigOf } from "./node-result.ts";
import { edgesBy, type LayerLookup, nodeMap } from "./ports.ts";
import type { Propagation } from "./propagation.ts";

export const AXIS_NAMES = ["height", "width", "channels", "time", "features"] as const;
export type AxisName = (typeof AXIS_NAMES)[number];

/** One name an axis of a sample; null where nobody can tell what the axis is. */
export type Axes = readonly (AxisName | null)[];

const BY_RANK: readonly Axes[] = [[], ["features"], ["time", "features"], ["height", "width", "channels"]];

/**
 * @param design      what was propagated
 * @param propagation its shapes: an edge without a shape has no axes
 * @returns the axes on each edge, by its id, as many as its shape has; the shape [] has none. What carries links of a graph is left out.
 */
export function axisNames(
  { graph }: Pick<DesignDocument, "graph">,
  propagation: Propagation,
  lookup: LayerLookup = layerDefinition,
): ReadonlyMap<string, Axes> {
  const nodes = nodeMap(graph);
  const incoming = edgesBy(graph, "target");
  const outgoing = edgesBy(graph, "source");
  const names = new Map<string, Axes>();
  for (const id of propagation.order) {
    const node = nodes.get(id);
    const definition = node === undefined ? undefined : lookup(node.type);
    if (node === undefined || definition === undefined) continue;
    const arriving = arrivingOf(node, definition, incoming.get(id) ?? [], names);
    for (const edge of outgoing.get(id) ?? []) {
      const shape = propagation.edges.get(edge.id)?.shape ?? null;
      const into = lookup(nodes.get(edge.target)?.type ?? "")?.ports.inputs.find(({ name }) => name === edge.target_port)?.kind;
      if (shape === null || into === "graph") continue;
      names.set(edge.id, leaving(node, definition, arriving, propagation.nodes.get(id)?.inputs[0], shape, into));
    }
  }
  return names;
}

/** Of what arrives at the first port that anything arrives at. */
function arrivingOf(
  node: NodeDocument,
  { ports }: LayerDefinition,
  edges: readonly EdgeDocument[],
  names: ReadonlyMap<string, Axes>,
): Axes | undefined {
  for (const { name } of ports.inputs) {
    const edge = edges.find(({ target_port, target }) => target === node.id && target_port === name);
    if (edge !== undefined) return names.get(edge.id);
  }
  return undefined;
}

function leaving(
  node: NodeDocument,
  definition: LayerDefinition,
  arriving: Axes | undefined,
  input: Shape | undefined,
  shape: Shape,
  into: PortKind | undefined,
): Axes {
  const { traits } = definition;
  if (node.bypassed && arriving?.length === shape.length) return arriving;
  // Numbers that stand for words or categories one after the other, and the steps of which a mask tells whether they count.
  if (shape.length === 1 && (into === "mask" || (traits.role === "input" && into === "index"))) return ["time"];
  const usual = BY_RANK[shape.length] ?? shape.map(() => null);
  if (arriving === undefined || input === undefined || arriving.length !== shape.length) return usual;
  if (traits.orderField !== undefined) {
    const order = validConfigOf(definition, node)?.[traits.orderField];
    return Array.isArray(order) ? order.map((place) => arriving[Number(place) - 1] ?? null) : usual;
  }
  const last = shape.length - 1;
  const makesLast = traits.unitsField !== undefined || traits.window?.kind === "convolution" || shape[last] !== input[last];
  return makesLast ? [...arriving.slice(0, last), newLast(definition, shape)] : arriving;
}

/** What a layer makes of the last axis: channels of a picture or of a convolution, else features. */
function newLast({ traits }: LayerDefinition, shape: Shape): AxisName | null {
  return shape.length > 2 || traits.window?.kind === "convolution" ? "channels" : "features";
}
