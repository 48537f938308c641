/**
 * Whether two ports may be connected, asked while an edge is being drawn and again when it is dropped. What may be
 * connected can still be a mistake that the canvas shows (a class count that does not fit); what cannot be is refused.
 */
import { AppError, type ErrorData } from "../errors.ts";
import type { Shape } from "../ir/tensor.ts";
import type { LayerDefinition, Port } from "../layers/layer.ts";
import { layerDefinition } from "../layers/registry.ts";
import type { Command } from "./command.ts";
import type { DesignDocument, EdgeDocument, NodeDocument } from "./document.ts";
import { validConfigOf } from "./node-result.ts";
import { kindsFit, type LayerLookup, type PortReference, portOf, sameEnds } from "./ports.ts";
import type { Propagation } from "./propagation.ts";
import { Wiring } from "./wiring.ts";

export interface ConnectOptions {
  /** A port that takes one edge gives up the one it has. */
  readonly replace?: boolean;
  readonly lookup?: LayerLookup;
  /** Of the same design, where many connections are asked about. */
  readonly wiring?: Wiring;
}

/**
 * @param propagation of this design, for the shapes
 * @returns why not, or null when the edge may be drawn
 */
export function canConnect(
  design: Pick<DesignDocument, "graph">,
  propagation: Propagation,
  from: PortReference,
  to: PortReference,
  options: ConnectOptions = {},
): ErrorData | null {
  try {
    assertConnection(design, propagation, from, to, options);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.toData();
    throw error;
  }
}

/**
 * The command that draws the edge, giving up the edge that is there where the port takes one.
 * @throws AppError design.* when canConnect refuses
 */
export function connectCommand(
  design: Pick<DesignDocument, "graph">,
  propagation: Propagation,
  from: PortReference,
  to: PortReference,
  edgeId: string,
  lookup: LayerLookup = layerDefinition,
): Command {
  assertConnection(design, propagation, from, to, { replace: true, lookup });
  const edge: EdgeDocument = { id: edgeId, source: from.node, source_port: from.port, target: to.node, target_port: to.port };
  const old = givenUp(design, to, lookup);
  if (old.length === 0) return { type: "connect", edge };
  return {
    type: "batch",
    commands: [
      { type: "remove", node_ids: [], edge_ids: old },
      { type: "connect", edge },
    ],
  };
}

/** Ids of the connections that an input gives up for another one: none where it takes several. */
export function givenUp(
  design: Pick<DesignDocument, "graph">,
  to: PortReference,
  lookup: LayerLookup = layerDefinition,
): readonly string[] {
  const target = design.graph.nodes.find((node) => node.id === to.node);
  const port = target === undefined ? undefined : portOf(lookup(target.type)?.ports.inputs ?? [], to.port);
  return port?.multiple === true ? [] : new Wiring(design.graph).into(to).map(({ id }) => id);
}

function assertConnection(
  design: Pick<DesignDocument, "graph">,
  propagation: Propagation,
  from: PortReference,
  to: PortReference,
  options: ConnectOptions,
): void {
  const { lookup = layerDefinition, replace = false, wiring = new Wiring(design.graph) } = options;
  const source = known(wiring, from.node, lookup);
  const target = known(wiring, to.node, lookup);
  const where = { nodeId: to.node };
  if (from.node === to.node) throw new AppError("design.connect_to_itself", {}, where);
  const output = portNamed(source, source.definition.ports.outputs, from.port);
  const input = portNamed(target, target.definition.ports.inputs, to.port);
  const ends = { source: from.node, source_port: from.port, target: to.node, target_port: to.port };
  if (wiring.into(to).some((edge) => sameEnds(edge, ends))) throw new AppError("design.already_connected", {}, where);
  if (!kindsFit(output.kind, input.kind, source.definition.traits.role === "input"))
    throw new AppError("design.kinds_differ", { expected: input.kind, received: output.kind }, where);
  if (input.multiple !== true && !replace && wiring.into(to).length > 0)
    throw new AppError("design.port_taken", { node: target.node.name, port: to.port }, where);
  if (wiring.reaches(to.node, from.node))
    throw new AppError("design.connect_cycle", { from: source.node.name, to: target.node.name }, where);
  const shape = propagation.nodes.get(from.node)?.outputs?.[source.definition.ports.outputs.indexOf(output)];
  if (shape !== undefined) assertShapesMeet(wiring, propagation, target, input, shape, lookup);
}

/** Asks the target's shape rule, as far as enough inputs are there for it to have an answer. */
function assertShapesMeet(wiring: Wiring, propagation: Propagation, target: Known, port: Port, shape: Shape, lookup: LayerLookup): void {
  const { definition, node } = target;
  // Any tensor may come to an output: whether it fits target and loss is said on the node, with a fix.
  if (definition.traits.role === "output" || node.bypassed) return;
  const config = validConfigOf(definition, node);
  if (config === null) return;
  const inputs: Shape[] = [];
  const portNames: string[] = [];
  for (const one of definition.ports.inputs) {
    const present =
      one === port && one.multiple !== true
        ? []
        : wiring.into({ node: node.id, port: one.name }).map((edge) => shapeOf(wiring, propagation, edge, lookup));
    if (present.includes(null)) return;
    const here = present.filter((candidate) => candidate !== null);
    if (one === port) here.push(shape);
    if (here.length === 0 && one.optional !== true) return;
    // A merging layer with one edge is not finished; two alike say whether it can take this shape at all.
    if (one.multiple === true && here.length === 1) here.push(shape);
    inputs.push(...here);
    portNames.push(...here.map(() => one.name));
  }
  const someOptional = definition.ports.inputs.some(({ optional }) => optional === true);
  try {
    definition.outputShapes({ config: config as never, inputs, ...(someOptional ? { portNames } : {}) });
  } catch (error) {
    throw error instanceof AppError ? error.atNode(node.id) : error;
  }
}

interface Known {
  readonly node: NodeDocument;
  readonly definition: LayerDefinition;
}

function known(wiring: Wiring, id: string, lookup: LayerLookup): Known {
  const node = wiring.node(id);
  if (node === undefined) throw new AppError("design.unknown_node", { id });
  const definition = lookup(node.type);
  if (definition === undefined) throw new AppError("design.unknown_layer", { name: node.name, type: node.type }, { nodeId: id });
  return { node, definition };
}

function portNamed({ node }: Known, ports: readonly Port[], name: string): Port {
  const port = portOf(ports, name);
  if (port === undefined)
    throw new AppError(
      "design.unknown_port",
      { node: node.name, port: name, known: ports.map((one) => one.name).join(", ") || "–" },
      { nodeId: node.id },
    );
  return port;
}

function shapeOf(wiring: Wiring, propagation: Propagation, edge: EdgeDocument, lookup: LayerLookup): Shape | null {
  const known = propagation.edges.get(edge.id);
  if (known !== undefined) return known.shape;
  const source = wiring.node(edge.source);
  const index =
    (source === undefined ? undefined : lookup(source.type))?.ports.outputs.findIndex((port) => port.name === edge.source_port) ?? -1;
  return propagation.nodes.get(edge.source)?.outputs?.[index] ?? null;
}
