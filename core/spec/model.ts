/**
 * From a design and what its data say to the model spec: bypassed nodes go, every option is written out, every shape is found.
 */

import { AppError } from "../errors.ts";
import type { GraphDocument, NodeDocument } from "../graph/document.ts";
import { type Shape, showShape } from "../ir/tensor.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import { withNodeCount } from "../layers/node-count.ts";
import { layerDefinition } from "../layers/registry.ts";
import { validateConfig } from "../schema/validate.ts";
import { canonicalJson } from "./hash.ts";
import { arrivalsOf, layerOfValue, requireOrdinaryId, valueName, valueShapes } from "./layer-values.ts";
import type { LayerSpec, ModelSpec } from "./model-spec.ts";

/** What the data say: shape of one row by input node id, number of classes by output node id. */
export interface DataFacts {
  readonly inputs: Readonly<Record<string, Shape>>;
  /** Of the graph, where the rows are its nodes. */
  readonly nodes?: number;
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly classes?: number;
        readonly columns?: number;
        /** Of a row's target, where a row has several: a class for each node or step. */
        readonly shape?: Shape;
      }
    >
  >;
}

export function definitionOf(layer: { readonly type: string; readonly id: string; readonly name: string }): LayerDefinition {
  const definition = layerDefinition(layer.type);
  if (definition === undefined) throw new AppError("design.unknown_layer", { name: layer.name, type: layer.type }, { nodeId: layer.id });
  return definition;
}

/**
 * @param facts shapes and classes where the data are known; inputs without them must fix their shape themselves
 * @throws AppError design.* or config.*, naming the node
 */
export function makeModelSpec(graph: GraphDocument, facts: DataFacts): ModelSpec {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const sources = incoming(graph, nodes);
  const order = topologicalOrder(graph.nodes, sources);
  const kept = order.filter((node) => !node.bypassed);
  const layers: LayerSpec[] = [];
  const shapes = new Map<string, Shape>();
  for (const node of kept) {
    const definition = definitionOf(node);
    try {
      requireOrdinaryId(node);
      const set = validateConfig(definition.schema, node.config, `${definition.texts.en.label} '${node.name}'`);
      const config = withNodeCount(definition, set, facts.nodes);
      const arriving = sources.get(node.id) ?? [];
      const inputs = arriving.map((source) => unbypassed(source.value, nodes, sources));
      requireConnected(node, definition, arriving);
      const inputShapes = inputs.map((value) => shapes.get(value) ?? withoutOutput(value, nodes, shapes));
      const someOptional = definition.ports.inputs.some((port) => port.optional === true);
      const ports = someOptional && !firstPorts(definition, arriving) ? { input_ports: arriving.map(({ port }) => port) } : {};
      const data = definition.traits.role === "input" ? { shape: facts.inputs[node.id] } : facts.outputs[node.id];
      const outputs = definition.outputShapes({
        config,
        inputs: inputShapes,
        ...(someOptional ? { portNames: arriving.map(({ port }) => port) } : {}),
        ...(data === undefined ? {} : { data: withoutUndefined(data) }),
      });
      const shape = outputs[0] ?? inputShapes[0] ?? [];
      const all = outputs.length > 1 ? { shapes: outputs } : {};
      const layer = {
        id: node.id,
        name: node.name,
        type: node.type,
        config,
        inputs,
        ...ports,
        shared_with: node.shared_with,
        shape,
        ...(isFrozen(node, definition, nodes) ? { frozen: true as const } : {}),
        ...all,
      };
      layers.push(layer);
      for (const [value, its] of valueShapes([layer])) shapes.set(value, its);
    } catch (error) {
      throw error instanceof AppError ? error.atNode(node.id) : error;
    }
  }
  checkRoles(layers);
  checkSharing(layers);
  return { format_version: 1, layers: withoutUnused(layers) };
}

/**
 * A spec of a file that an earlier version wrote: options that it did not know yet have their defaults, which change nothing.
 * @throws AppError design.unknown_layer, config.*
 */
export function withDefaults(spec: ModelSpec): ModelSpec {
  const layers = spec.layers.map((layer) => ({ ...layer, config: validateConfig(definitionOf(layer).schema, layer.config, layer.name) }));
  return { ...spec, layers };
}

/** Weights that are used at several places are trained, or not, where they belong. */
function isFrozen(node: NodeDocument, definition: LayerDefinition, nodes: ReadonlyMap<string, NodeDocument>): boolean {
  const owner = node.shared_with === null ? node : nodes.get(node.shared_with);
  return owner?.frozen === true && (definition.parameters !== undefined || definition.states !== undefined);
}

const withoutUndefined = (data: Record<string, unknown>): Record<string, never> =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as Record<string, never>;

/** Some outputs are there with some options only. @throws AppError design.unknown_port, naming the layer that lacks it */
function withoutOutput(value: string, nodes: ReadonlyMap<string, NodeDocument>, shapes: ReadonlyMap<string, Shape>): never {
  const id = layerOfValue(value);
  const node = nodes.get(id);
  const ports = node === undefined ? [] : definitionOf(node).ports.outputs.map(({ name }) => name);
  const port = ports.find((_, place) => valueName(id, place) === value) ?? value;
  const known = ports.filter((_, place) => shapes.has(valueName(id, place))).join(", ");
  throw new AppError("design.unknown_port", { node: node?.name ?? id, port, known }, { nodeId: id });
}

/** One edge into a node: the value it carries, and the port it ends at. */
interface Source {
  readonly value: string;
  readonly port: string;
}

/** What comes into each node, in the order of its ports and, on one port, of the edges. */
function incoming(graph: GraphDocument, nodes: ReadonlyMap<string, NodeDocument>): Map<string, Source[]> {
  const sources = new Map<string, Source[]>();
  for (const edge of graph.edges) {
    const source = nodes.get(edge.source);
    if (source === undefined || !nodes.has(edge.target)) throw new AppError("design.dangling_edge", { edge: edge.id });
    const port = definitionOf(source).ports.outputs.findIndex(({ name }) => name === edge.source_port);
    const list = sources.get(edge.target) ?? [];
    list.push({ value: valueName(edge.source, Math.max(port, 0)), port: edge.target_port });
    sources.set(edge.target, list);
  }
  checkPorts(graph, nodes);
  for (const [id, list] of sources) {
    const node = nodes.get(id);
    if (node === undefined) continue;
    const names = definitionOf(node).ports.inputs.map(({ name }) => name);
    list.sort((a, b) => names.indexOf(a.port) - names.indexOf(b.port));
  }
  return sources;
}

/** One edge at each of the first ports: the places of the inputs say which is which. */
const firstPorts = (definition: LayerDefinition, arriving: readonly Source[]): boolean =>
  arriving.every(({ port }, i) => definition.ports.inputs[i]?.name === port);

/** @throws AppError design.not_connected when a port that must have an edge has none */
function requireConnected(node: NodeDocument, definition: LayerDefinition, arriving: readonly Source[]): void {
  const ports = definition.ports.inputs;
  const empty = ports.filter((port) => port.optional !== true && !arriving.some((source) => source.port === port.name));
  if (ports.length > 0 && (arriving.length === 0 || empty.length > 0))
    throw new AppError("design.not_connected", { name: node.name, ports: empty.map(({ name }) => name).join(", ") });
}

/** A second edge into a port that takes one would be dropped in silence. */
function checkPorts(graph: GraphDocument, nodes: ReadonlyMap<string, NodeDocument>): void {
  const taken = new Set<string>();
  for (const { target, target_port: name } of graph.edges) {
    const node = nodes.get(target);
    if (node === undefined || definitionOf(node).ports.inputs.some((port) => port.name === name && port.multiple === true)) continue;
    const place = JSON.stringify([target, name]);
    if (taken.has(place)) throw new AppError("design.port_taken", { node: node.name, port: name }, { nodeId: target });
    taken.add(place);
  }
}

/** Kahn's algorithm over nodes sorted by id, so that the order of the document makes no other network of it. */
function topologicalOrder(nodes: readonly NodeDocument[], sources: ReadonlyMap<string, readonly Source[]>): NodeDocument[] {
  const done = new Set<string>();
  const order: NodeDocument[] = [];
  let waiting = [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1));
  while (waiting.length > 0) {
    const rest: NodeDocument[] = [];
    for (const node of waiting) {
      if ((sources.get(node.id) ?? []).every(({ value }) => done.has(layerOfValue(value)))) {
        done.add(node.id);
        order.push(node);
      } else rest.push(node);
    }
    if (rest.length === waiting.length)
      throw new AppError("design.cycle", { nodes: rest.map((node) => node.name).join(", ") }, { nodeId: rest[0]?.id });
    waiting = rest;
  }
  return order;
}

/** A bypassed node passes its first input on, whatever its port. */
function unbypassed(value: string, nodes: ReadonlyMap<string, NodeDocument>, sources: ReadonlyMap<string, readonly Source[]>): string {
  let current = value;
  for (let node = nodes.get(layerOfValue(current)); node?.bypassed === true; node = nodes.get(layerOfValue(current))) {
    const [next] = sources.get(node.id) ?? [];
    if (next === undefined) throw new AppError("design.not_connected", { name: node.name, ports: "input" }, { nodeId: node.id });
    current = next.value;
  }
  return current;
}

function checkRoles(layers: readonly LayerSpec[]): void {
  const roles = layers.map((layer) => definitionOf(layer).traits.role);
  if (!roles.includes("input")) throw new AppError("design.no_input");
  if (!roles.includes("output")) throw new AppError("design.no_output");
}

/** A layer that uses another's weights is that layer once more: same type, same options, same shapes of weights. */
function checkSharing(layers: readonly LayerSpec[]): void {
  const byId = new Map(layers.map((layer) => [layer.id, layer]));
  const shapes = valueShapes(layers);
  for (const layer of layers) {
    if (layer.shared_with === null) continue;
    const where = { nodeId: layer.id };
    const owner = byId.get(layer.shared_with);
    if (owner === undefined || owner.type !== layer.type || owner.shared_with !== null)
      throw new AppError("design.shared_owner_missing", { name: layer.name }, where);
    if (canonicalJson(owner.config) !== canonicalJson(layer.config))
      throw new AppError("design.shared_config_differs", { name: layer.name, owner: owner.name }, where);
    const [expected, received] = [weightShapes(owner, shapes), weightShapes(layer, shapes)];
    if (expected !== received)
      throw new AppError("design.shared_shapes_differ", { name: layer.name, owner: owner.name, expected, received }, where);
  }
}

/** `[4, 3] [3]` */
function weightShapes(layer: LayerSpec, shapes: ReadonlyMap<string, Shape>): string {
  const definition = definitionOf(layer);
  const context = { config: layer.config as never, ...arrivalsOf(layer, (value) => shapes.get(value) ?? []) };
  return [...(definition.parameters?.(context) ?? []), ...(definition.states?.(context) ?? [])]
    .map(({ shape }) => showShape(shape))
    .join(" ");
}

/** Layers that no output depends on do not train; they stay on the canvas, where a check says so. */
function withoutUnused(layers: readonly LayerSpec[]): LayerSpec[] {
  const byId = new Map(layers.map((layer) => [layer.id, layer]));
  const needed = new Set<string>();
  const waiting = layers.filter((layer) => definitionOf(layer).traits.role === "output");
  for (let layer = waiting.pop(); layer !== undefined; layer = waiting.pop()) {
    if (needed.has(layer.id)) continue;
    needed.add(layer.id);
    // An owner of weights may stand behind its sharer, and has inputs of its own.
    const before = [...layer.inputs.map(layerOfValue), ...(layer.shared_with === null ? [] : [layer.shared_with])];
    waiting.push(...before.flatMap((id) => byId.get(id) ?? []));
  }
  return layers.filter((layer) => needed.has(layer.id));
}

/** Input and output layers of a spec, in order. */
export function layersOfRole(spec: ModelSpec, role: "input" | "output"): LayerSpec[] {
  return spec.layers.filter((layer) => definitionOf(layer).traits.role === role);
}
