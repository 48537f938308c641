/**
 * What the axes of the values on each edge are: height and width of a picture, steps of time, channels, features. Told by what the layers
 * before them do with axes and by what those behind take them for; the batch in front is not among them.
 */
import type { Shape } from "../ir/tensor.ts";
import type { LayerDefinition, LayerTraits, PortKind } from "../layers/layer.ts";
import { layerDefinition } from "../layers/registry.ts";
import { sampleAxis } from "../layers/shapes.ts";
import { axisOrigins, type Origin } from "./axis-origins.ts";
import type { DesignDocument, EdgeDocument, NodeDocument } from "./document.ts";
import { validConfigOf } from "./node-result.ts";
import { edgesBy, type LayerLookup, nodeMap, portOf } from "./ports.ts";
import type { Propagation } from "./propagation.ts";

/** `position`: places at each of which layers do the same; `groups`: parts of equal size that an axis was cut into. */
export const AXIS_NAMES = ["height", "width", "channels", "time", "features", "nodes", "position", "groups"] as const;
export type AxisName = (typeof AXIS_NAMES)[number];

/** One name an axis of a sample. */
export type Axes = readonly AxisName[];

/** Null where a layer does not care. */
type Wanted = readonly (AxisName | null)[];

const BY_RANK: readonly Axes[] = [[], ["features"], ["time", "features"], ["height", "width", "channels"]];

const READ_AS: Readonly<Record<NonNullable<LayerTraits["reads"]>, Axes>> = {
  picture: ["height", "width", "channels"],
  sequence: ["time", "features"],
  nodes: ["nodes", "features"],
};

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
  return new Naming(graph, propagation, lookup).all();
}

interface Layer {
  readonly node: NodeDocument;
  readonly definition: LayerDefinition;
  /** Of the first input, where it is known. */
  readonly input: Shape | undefined;
  /** By port, in the order of the ports. */
  readonly incoming: readonly EdgeDocument[];
  readonly outgoing: readonly EdgeDocument[];
}

class Naming {
  private readonly layers: readonly Layer[];
  private readonly propagation: Propagation;
  private readonly wanted = new Map<string, Wanted>();
  private readonly names = new Map<string, Axes>();

  constructor(graph: DesignDocument["graph"], propagation: Propagation, lookup: LayerLookup) {
    this.propagation = propagation;
    const nodes = nodeMap(graph);
    const incoming = edgesBy(graph, "target");
    const outgoing = edgesBy(graph, "source");
    this.layers = propagation.order.flatMap((id): Layer[] => {
      const node = nodes.get(id);
      const definition = node === undefined ? undefined : lookup(node.type);
      if (node === undefined || definition === undefined) return [];
      const place = ({ target_port }: EdgeDocument): number => definition.ports.inputs.findIndex(({ name }) => name === target_port);
      const arriving = [...(incoming.get(id) ?? [])].sort((one, other) => place(one) - place(other));
      const [first] = arriving;
      const input = first === undefined ? undefined : this.shapeOf(first);
      return [{ node, definition, input, incoming: arriving, outgoing: outgoing.get(id) ?? [] }];
    });
  }

  all(): ReadonlyMap<string, Axes> {
    for (const layer of this.layers.toReversed()) this.ask(layer);
    const kinds = new Map(this.layers.flatMap(({ definition, incoming }) => incoming.map((edge) => [edge.id, kindAt(definition, edge)])));
    for (const layer of this.layers)
      for (const edge of layer.outgoing) {
        const shape = this.shapeOf(edge);
        const into = kinds.get(edge.id);
        if (shape !== undefined && into !== "graph") this.names.set(edge.id, this.leaving(layer, edge, shape, into));
      }
    return this.names;
  }

  private shapeOf(edge: EdgeDocument): Shape | undefined {
    return this.propagation.edges.get(edge.id)?.shape ?? undefined;
  }

  /** What the layer takes the axes of its inputs for, by itself or for those behind it. */
  private ask({ node, definition, incoming, outgoing }: Layer): void {
    const behind = outgoing.find((edge) => this.wanted.has(edge.id));
    const given = behind === undefined ? undefined : this.shapeOf(behind);
    const asked = behind === undefined ? undefined : this.wanted.get(behind.id);
    for (const edge of incoming) {
      const shape = this.shapeOf(edge);
      if (shape === undefined || kindAt(definition, edge) === "mask" || kindAt(definition, edge) === "graph") continue;
      const own = definition.traits.reads === undefined || node.bypassed ? undefined : READ_AS[definition.traits.reads];
      if (own?.length === shape.length) this.wanted.set(edge.id, own);
      else if (asked !== undefined && given !== undefined) {
        const origins = axisOrigins(definition, node, shape, given);
        this.wanted.set(
          edge.id,
          shape.map((_, place) => asked[origins.indexOf(place)] ?? null),
        );
      }
    }
  }

  private leaving(layer: Layer, edge: EdgeDocument, shape: Shape, into: PortKind | undefined): Axes {
    const { node, definition, input, incoming } = layer;
    const { traits } = definition;
    const wanted = this.wanted.get(edge.id) ?? [];
    // Numbers that stand for words or categories one after the other, and the steps of which a mask tells whether they count.
    if (shape.length === 1 && into === "mask") return ["time"];
    if (traits.role === "input" && into === "index") return shape.map((_, place) => (place === shape.length - 1 ? "time" : "position"));
    const first = incoming[0] === undefined ? undefined : this.names.get(incoming[0].id);
    if (traits.sumsFields !== undefined && !node.bypassed) return summed(layer, traits.sumsFields, this.names, shape);
    const own = traits.reads === undefined ? undefined : READ_AS[traits.reads];
    if (first === undefined || input === undefined)
      return named(
        definition,
        shape,
        own?.length === shape.length ? shape.map((_, place) => place) : shape.map(() => null),
        own ?? [],
        wanted,
      );
    return named(definition, shape, axisOrigins(definition, node, input, shape), first, wanted);
  }
}

const kindAt = ({ ports }: LayerDefinition, { target_port }: EdgeDocument): PortKind | undefined => portOf(ports.inputs, target_port)?.kind;

function named(definition: LayerDefinition, shape: Shape, origins: readonly Origin[], before: Axes, wanted: Wanted): Axes {
  const last = shape.length - 1;
  const kept = origins.some((origin) => typeof origin === "number");
  const usual = kept ? undefined : BY_RANK[shape.length];
  const names = origins.map((origin, place): AxisName | null => {
    if (typeof origin === "number") return before[origin] ?? null;
    if (origin === "piece") return "groups";
    if (origin === "merged" && place < last) return "position";
    if (place === last && kept && definition.traits.window?.kind === "convolution") return "channels";
    return wanted[place] ?? usual?.[place] ?? (place < last ? "position" : null);
  });
  return names.map((name) => name ?? (names.includes("width") ? "channels" : "features"));
}

/** Without the axes that are summed over; two vectors give one number. */
function summed(
  { node, definition, incoming }: Layer,
  fields: readonly [string, string],
  names: ReadonlyMap<string, Axes>,
  shape: Shape,
): Axes {
  const config = validConfigOf(definition, node);
  const left = incoming.slice(0, 2).flatMap(({ id }, side) => {
    const axes = names.get(id) ?? [];
    const over = config === null || axes.length === 0 ? -1 : sampleAxis(Number(config[fields[side] ?? ""]), axes.length);
    return axes.filter((_, place) => place !== over);
  });
  return left.length === shape.length ? left : (BY_RANK[shape.length] ?? shape.map(() => "position"));
}
