/**
 * A model of Keras as a design that can be edited: its layers in ours, laid out from left to right, with an output behind each of its own.
 * What we do not have is refused by name with its layer; what changes nothing in the numbers is left out and told.
 */
import { AppError } from "../errors.ts";
import { type DesignDocument, type EdgeDocument, type GroupDocument, LONGEST_NAME, type NodeDocument } from "../graph/document.ts";
import { collapsedPlace } from "../graph/groups.ts";
import { configFromKeras } from "../layers/from-keras.ts";
import { checkOthers, shown } from "../layers/keras-options.ts";
import type { KerasConfig, KerasSource, LayerDefinition, Port } from "../layers/layer.ts";
import { layerDefinition, layerTypes } from "../layers/registry.ts";
import { layeredLayout } from "../layout/layered-layout.ts";
import { NODE_HEIGHT, NODE_WIDTH, PORT_TOP } from "../layout/node-measures.ts";
import { validateConfig } from "../schema/validate.ts";
import type { AxesClaim } from "./keras-axes.ts";
import { OwnMasks } from "./keras-masks.ts";
import { type KerasCall, type KerasLayer, type KerasTopology, shapeOf, type TensorRef } from "./keras-topology.ts";

export interface ImportedDesign {
  readonly design: DesignDocument;
  /** By the Keras layer's name: the node that holds its weights. */
  readonly owners: ReadonlyMap<string, NodeDocument>;
  /** By the same name, of layers of nested models: with the names of the models around them. */
  readonly paths: ReadonlyMap<string, string>;
  /** `layer: option` of Keras that has no counterpart and was left out. */
  readonly leftOut: readonly string[];
  /** What must hold of the shapes, which are known when it is built. */
  readonly axes: readonly AxesClaim[];
}

/** A chain of more layers is folded into rows: how wide the window is is not known here. */
const MOST_IN_ROW = 6;

const definitions = layerTypes.map((type) => layerDefinition(type) as LayerDefinition);
const typeOfRole = (role: "input" | "output"): string => definitions.find(({ traits }) => traits.role === role)?.type ?? role;

/** By Keras's class; a layer's own mapping says it for its first example. */
const byClass: ReadonlyMap<string, LayerDefinition> = new Map(
  definitions.flatMap((definition) => {
    const [example] = definition.examples;
    if (example === undefined || definition.keras === undefined) return [];
    const config = validateConfig(definition.schema, example.config, definition.type);
    const ports = example.ports === undefined ? {} : { portNames: example.ports };
    const { className, support } = definition.keras({ config: config as never, inputs: example.inputs, ...ports });
    const own = className === null || support !== undefined ? [] : [className];
    return [...own, ...(definition.fromKeras?.classes ?? [])].map((name): [string, LayerDefinition] => [name, definition]);
  }),
);

/** @throws AppError import.layer_not_supported, import.layers_not_supported, import.layer_option_not_supported, import.mask_lost, import.mask_taken, import.masks_differ, import.padding_fills, import.shape_open, config.* */
export function designFromKeras(topology: KerasTopology): ImportedDesign {
  return new Importer(topology).design();
}

class Importer {
  private readonly topology: KerasTopology;
  private readonly layers: ReadonlyMap<string, KerasLayer>;
  private readonly nodes: NodeDocument[] = [];
  private readonly edges: EdgeDocument[] = [];
  private readonly ids = new Map<string, string>();
  /** Calls that are being made: one that is asked for again comes from itself. */
  private readonly going = new Set<string>();
  private readonly owners = new Map<string, NodeDocument>();
  /** Uses of nested models, with the nodes of their layers. */
  private readonly parts = new Map<string, string[]>();
  /** Each once, however often its layer is used. */
  private readonly leftOut = new Set<string>();
  private readonly axes: AxesClaim[] = [];
  private readonly ownMasks: OwnMasks;

  constructor(topology: KerasTopology) {
    this.topology = topology;
    this.layers = new Map(topology.layers.map((layer) => [layer.name, layer]));
    this.ownMasks = new OwnMasks(this.layers, knownLayer, topology.older);
  }

  design(): ImportedDesign {
    refuseUnknown(this.topology.outputs.length === 0 ? this.topology.layers : this.reached());
    if (this.topology.outputs.length === 0) throw new AppError("import.malformed", { path: "config/output_layers" });
    for (const output of this.topology.outputs) this.endWith(output);
    const groups = [...this.parts].map(
      ([name, node_ids], i): GroupDocument => ({ id: `g${i + 1}`, name: name.slice(0, LONGEST_NAME), node_ids, collapsed: true }),
    );
    const graph = { nodes: placed(this.nodes, this.edges, groups), edges: this.edges, groups };
    const design: DesignDocument = {
      format: "neuroloom-design",
      format_version: 1,
      name: this.topology.name,
      graph,
      train: {},
      data: null,
      notes: "",
    };
    const paths = this.topology.layers.flatMap(({ name, path }): [string, string][] => (path === undefined ? [] : [[name, path]]));
    return { design, owners: this.owners, paths: new Map(paths), leftOut: [...this.leftOut], axes: this.axes };
  }

  /** The layers that the outputs come from, in the model's order. */
  private reached(): readonly KerasLayer[] {
    const names = new Set<string>();
    const open = [...this.topology.outputs];
    for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
      if (names.has(ref.layer)) continue;
      names.add(ref.layer);
      const layer = this.layers.get(ref.layer);
      if (layer !== undefined) open.push(...layer.calls.flatMap((call) => this.wired(layer, call)));
    }
    return this.topology.layers.filter(({ name }) => names.has(name));
  }

  /** The node of one call of a layer, made with all that it comes from when it is first asked for. */
  private nodeOf(ref: TensorRef): string {
    const key = `${ref.layer}\n${ref.call}`;
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const layer = this.layers.get(ref.layer);
    const call = layer?.calls[ref.call] ?? layer?.calls[0];
    if (layer === undefined || call === undefined) throw new AppError("import.malformed", { path: ref.layer });
    const definition = definitionOf(layer);
    if (this.going.has(key)) throw new AppError("import.malformed", { path: `${layer.name}.inbound_nodes` });
    this.going.add(key);
    this.ownMasks.refuseOthers(layer, call, definition);
    const sources = this.wired(layer, call).map((input) => ({ id: this.nodeOf(input), input }));
    const config = this.configOf(layer, call, definition, this.nextId());
    const owner = this.owners.get(layer.name);
    const name = owner === undefined ? layer.name : `${layer.name} ${ref.call + 1}`;
    const node = this.add(definition.type, name, config, owner?.id ?? null, isFrozen(layer, definition));
    this.ids.set(key, node.id);
    if (owner === undefined) this.owners.set(layer.name, node);
    if (call.part !== undefined) this.parts.set(call.part, [...(this.parts.get(call.part) ?? []), node.id]);
    for (const { id, input } of sources) this.connect(id, this.outputPort(input), node.id, layer, input);
    return node.id;
  }

  private wired(layer: KerasLayer, call: KerasCall): readonly TensorRef[] {
    return call.inputs.filter((input) => !this.ownMasks.has(layer, call, input));
  }

  private nextId(): string {
    return `n${this.nodes.length + 1}`;
  }

  private add(type: string, name: string, config: NodeDocument["config"], sharedWith: string | null, frozen = false): NodeDocument {
    const id = this.nextId();
    const taken = new Set(this.nodes.map((node) => node.name));
    let free = name.slice(0, 120);
    for (let number = 2; taken.has(free); number++) free = `${name.slice(0, 110)} ${number}`;
    const plain = { id, type, name: free, config, position: { x: 0, y: 0 }, shared_with: sharedWith, bypassed: false };
    // A layer that shares follows its owner.
    const node = frozen && sharedWith === null ? { ...plain, frozen } : plain;
    this.nodes.push(node);
    return node;
  }

  private connect(source: string, source_port: string, target: string, layer: KerasLayer, input: TensorRef): void {
    const port = portFor(layer, input);
    const taken = this.edges.some((edge) => edge.target === target && edge.target_port === port?.name);
    const { argument = 0, layer: from } = input;
    if (port === undefined || (taken && port.multiple !== true))
      refuse(layer, typeof argument === "number" ? `argument ${argument + 1}` : argument, from);
    else this.edges.push({ id: `e${this.edges.length + 1}`, source, source_port, target, target_port: port.name });
  }

  /** The port of an output: Keras's later outputs are states. */
  private outputPort({ layer: name, output }: TensorRef): string {
    const layer = this.layers.get(name);
    const definition = layer === undefined ? undefined : knownLayer(layer);
    const names = definition?.fromKeras?.outputs?.(layer?.config ?? {}) ?? definition?.ports.outputs.map((port) => port.name) ?? [];
    return names[output] ?? (layer === undefined ? "" : refuse(layer, "output", output + 1));
  }

  private configOf(layer: KerasLayer, call: KerasCall, definition: LayerDefinition, id: string): NodeDocument["config"] {
    const { name, className } = layer;
    const source: KerasSource = {
      className,
      older: this.topology.older,
      leaveOut: (option, value) => this.leaveOut(`${name} (${className})`, option, value),
      axesAre: (option, axes, wanted) => this.axes.push({ nodeId: id, name, layer: className, option, axes, wanted }),
    };
    try {
      if (definition.traits.role === "input") {
        checkOthers(layer.config, definition.schema, [], () => false, source);
        return { shape: fixedShape(layer) };
      }
      const config = configFromKeras(definition, { ...layer.config, ...this.saidInCall(layer, call, definition) }, source);
      return validateConfig(definition.schema, config, `${className} '${name}'`) as NodeDocument["config"];
    } catch (error) {
      if (error instanceof AppError && error.code === "import.option_not_supported")
        throw new AppError("import.layer_option_not_supported", { ...error.params, name, layer: className });
      throw error;
    }
  }

  private leaveOut(where: string, option: string, value: unknown): void {
    this.leftOut.add(`${where}: ${option} = ${shown(value)}`);
  }

  /** Options of the call that are options of ours; others are refused unless they switch something off. */
  private saidInCall(layer: KerasLayer, { options, part, partOptions = {} }: KerasCall, { schema, traits }: LayerDefinition): KerasConfig {
    const own = Object.entries(options).filter(([option]) => schema[option] !== undefined);
    const others = Object.entries({ ...partOptions, ...options }).filter(([option]) => schema[option] === undefined);
    for (const [option, value] of others) {
      if (value !== false) refuse(layer, option, value);
      // Keras 3 writes it of every recurrent layer, by itself.
      const isWritten = traits.sequencesField !== undefined && !this.topology.older;
      const differs = traits.trainingOnly === true || traits.normalizes === "batch" || dropsInside(layer);
      const where = option in options || part === undefined ? `${layer.name} (${layer.className})` : part;
      if (option === "training" && differs && !isWritten) this.leaveOut(where, option, value);
    }
    return Object.fromEntries(own);
  }

  /** An output of ours with the loss that its last activation suggests. */
  private endWith(output: TensorRef): void {
    this.ownMasks.refuseFilled(output);
    const source = this.nodeOf(output);
    const node = this.nodes.find(({ id }) => id === source);
    const definition = layerDefinition(node?.type ?? "");
    const field = definition?.traits.activationField;
    const activation = field === undefined ? "" : String(node?.config[field]);
    const loss = { softmax: "categorical_crossentropy", sigmoid: "binary_crossentropy" }[activation] ?? "mse";
    const name = this.topology.outputs.length === 1 ? "output" : `output ${output.layer}`;
    const end = this.add(typeOfRole("output"), name, { loss }, null);
    const port = this.outputPort(output);
    this.edges.push({ id: `e${this.edges.length + 1}`, source, source_port: port, target: end.id, target_port: "input" });
  }
}

function knownLayer({ className, other }: KerasLayer): LayerDefinition | undefined {
  const definition = className === "InputLayer" ? layerDefinition(typeOfRole("input")) : byClass.get(className);
  const isOurs = other === undefined || (other.kind === "operation" && definition?.fromKeras?.operation === true);
  return isOurs ? definition : undefined;
}

/** Drops values while training, though it is more than that. */
const dropsInside = ({ config }: KerasLayer): boolean =>
  Object.entries(config).some(([option, value]) => /dropout$/.test(option) && Number(value) > 0);

const calledIn = ({ className, other }: KerasLayer): string => other?.called ?? className;

/** @throws AppError import.layer_option_not_supported */
function refuse({ name, className }: KerasLayer, option: string, value: unknown): never {
  throw new AppError("import.layer_option_not_supported", { name, layer: className, option, value: shown(value) });
}

/** The port of a tensor that is handed to a layer; undefined where ours has none for it. */
function portFor(layer: KerasLayer, { argument = 0, item = 0 }: TensorRef): Port | undefined {
  const definition = knownLayer(layer);
  const ports = definition?.ports.inputs ?? [];
  const [first] = ports;
  const isOperand = layer.other !== undefined && typeof argument === "number";
  if (first?.multiple === true) return argument === 0 || argument === "inputs" || isOperand ? first : undefined;
  const namesOf = (masks: boolean): string[] => ports.filter(({ kind }) => (kind === "mask") === masks).map(({ name }) => name);
  const all = definition?.fromKeras?.arguments ?? { inputs: namesOf(false), mask: namesOf(true) };
  const [main = "inputs"] = Object.keys(all);
  const named = typeof argument === "number" ? Object.keys(all)[argument] : argument === "inputs" ? main : argument;
  const name = named === undefined || !Object.hasOwn(all, named) ? undefined : all[named]?.[item];
  return ports.find((port) => port.name === name);
}

/** A model that is frozen whole says so of every layer: of one without weights it means nothing. */
const isFrozen = ({ config }: KerasLayer, { parameters, states }: LayerDefinition): boolean =>
  config["trainable"] === false && (parameters !== undefined || states !== undefined);

function definitionOf(layer: KerasLayer): LayerDefinition {
  const definition = knownLayer(layer);
  if (definition === undefined) throw new AppError("import.layer_not_supported", { name: layer.name, layer: calledIn(layer) });
  return definition;
}

/** Of a kind that occurs often, the first few are named. */
const MOST_NAMED = 4;

/**
 * All that cannot be taken is told at once, each kind with how many there are and where; before anything else that is wrong.
 * @throws AppError import.layer_not_supported, import.layers_not_supported
 */
function refuseUnknown(layers: readonly KerasLayer[]): void {
  const unknown = layers.filter((layer) => knownLayer(layer) === undefined);
  const [only] = unknown;
  if (only === undefined) return;
  if (unknown.length === 1) definitionOf(only);
  const kinds = [...new Set(unknown.map(calledIn))].map((called) => {
    const all = unknown.filter((layer) => calledIn(layer) === called);
    const named = all.slice(0, MOST_NAMED).map(({ name }) => name);
    return `${called} × ${all.length} (${[...named, ...(all.length > MOST_NAMED ? ["…"] : [])].join(", ")})`;
  });
  throw new AppError("import.layers_not_supported", { count: unknown.length, kinds: kinds.length, layers: kinds.join("; ") });
}

/** Where the canvas draws them, each collapsed group as one: nothing says where they stood. */
function placed(nodes: readonly NodeDocument[], edges: readonly EdgeDocument[], groups: readonly GroupDocument[]): NodeDocument[] {
  const groupOf = new Map(groups.flatMap(({ id, node_ids }) => node_ids.map((node) => [node, id] as const)));
  const drawn = (id: string): string => groupOf.get(id) ?? id;
  const positions = laidOut(
    [...new Set(nodes.map(({ id }) => drawn(id)))],
    edges.map(({ source, target }) => ({ source: drawn(source), target: drawn(target) })),
  );
  const inside = groups.map(({ node_ids }) => {
    const own = laidOut(node_ids, edges);
    const corner =
      collapsedPlace(
        node_ids.map((id) => ({ position: own[id] ?? ORIGIN })),
        false,
      ) ?? ORIGIN;
    return new Map(node_ids.map((id) => [id, { x: (own[id]?.x ?? 0) - corner.x, y: (own[id]?.y ?? 0) - corner.y }]));
  });
  return nodes.map((node) => {
    const at = positions[drawn(node.id)] ?? node.position;
    const within = inside.find((places) => places.has(node.id))?.get(node.id) ?? ORIGIN;
    return { ...node, position: { x: at.x + within.x, y: at.y + within.y } };
  });
}

const ORIGIN = { x: 0, y: 0 };

/** @param edges those that do not join two different ones of `ids` do not count */
function laidOut(ids: readonly string[], edges: readonly Pick<EdgeDocument, "source" | "target">[]): ReturnType<typeof layeredLayout> {
  const here = new Set(ids);
  const own = edges.filter(({ source, target }) => source !== target && here.has(source) && here.has(target));
  const sizes = ids.map((id) => ({ id, width: NODE_WIDTH, height: NODE_HEIGHT, anchor: PORT_TOP }));
  return layeredLayout(sizes, own, { foldAfter: MOST_IN_ROW });
}

/** @throws AppError import.shape_open where an axis is left open */
function fixedShape({ name, config }: KerasLayer): number[] {
  const given = shapeOf(config);
  const axes = Array.isArray(given) ? given.slice(1) : null;
  if (axes === null || !axes.every((axis): axis is number => typeof axis === "number"))
    throw new AppError("import.shape_open", { name, received: JSON.stringify(given ?? null) });
  return axes.length === 0 ? [1] : axes;
}
