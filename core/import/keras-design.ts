/**
 * A model of Keras as a design that can be edited: its layers in ours, laid out from left to right, with an output behind each of its own.
 * What we do not have is refused by name with its layer; what changes nothing in the numbers is left out and told.
 */
import { AppError } from "../errors.ts";
import { type DesignDocument, type EdgeDocument, type GroupDocument, LONGEST_NAME, type NodeDocument } from "../graph/document.ts";
import { collapsedPlace } from "../graph/groups.ts";
import { configFromKeras } from "../layers/from-keras.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import { layerDefinition, layerTypes } from "../layers/registry.ts";
import { layeredLayout } from "../layout/layered-layout.ts";
import { NODE_HEIGHT, NODE_WIDTH, PORT_TOP } from "../layout/node-measures.ts";
import { validateConfig } from "../schema/validate.ts";
import { type KerasCall, type KerasLayer, type KerasTopology, shapeOf, type TensorRef } from "./keras-topology.ts";

export interface ImportedDesign {
  readonly design: DesignDocument;
  /** By the Keras layer's name: the node that holds its weights. */
  readonly owners: ReadonlyMap<string, NodeDocument>;
  /** By the same name, of layers of nested models: with the names of the models around them. */
  readonly paths: ReadonlyMap<string, string>;
  /** `layer: option` of Keras that has no counterpart and was left out. */
  readonly leftOut: readonly string[];
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

/** Options that say nothing of the numbers, or only what is always so here. */
const SILENT = new Set([
  "name",
  "trainable",
  "dtype",
  "batch_shape",
  "batch_input_shape",
  "input_shape",
  "build_config",
  "implementation",
  "unroll",
  "return_state",
  "use_cudnn",
  "input_length",
  "seed",
  "fused",
  "input_dim",
  "flash_attention",
  "renorm_momentum",
  "renorm_clipping",
]);

/** Options that are on in Keras where nothing is said, and always so in a layer of ours that has none of them. */
const ON = new Set(["center", "scale"]);

/** Options of a layer inside another that no mapping asks for. Bidirectional sets zero_output_for_mask by itself. */
const INNER = ["stateful", "time_major"];

/** @throws AppError import.layer_not_supported, import.layers_not_supported, import.option_not_supported, import.shape_open, config.* */
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

  constructor(topology: KerasTopology) {
    this.topology = topology;
    this.layers = new Map(topology.layers.map((layer) => [layer.name, layer]));
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
    return { design, owners: this.owners, paths: new Map(paths), leftOut: [...this.leftOut] };
  }

  /** The layers that the outputs come from, in the model's order. */
  private reached(): readonly KerasLayer[] {
    const names = new Set<string>();
    const open = [...this.topology.outputs];
    for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
      if (names.has(ref.layer)) continue;
      names.add(ref.layer);
      const calls = this.layers.get(ref.layer)?.calls ?? [];
      open.push(...calls.flatMap(({ inputs }) => inputs.filter((input) => !this.isOwnMask(input))));
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
    const sources = call.inputs.filter((input) => !this.isOwnMask(input)).map((input) => ({ id: this.nodeOf(input), input }));
    const config = this.configOf(layer, call, definition);
    const owner = this.owners.get(layer.name);
    const name = owner === undefined ? layer.name : `${layer.name} ${ref.call + 1}`;
    const node = this.add(definition.type, name, config, owner?.id ?? null, isFrozen(layer, definition));
    this.ids.set(key, node.id);
    if (owner === undefined) this.owners.set(layer.name, node);
    if (call.part !== undefined) this.parts.set(call.part, [...(this.parts.get(call.part) ?? []), node.id]);
    sources.forEach(({ id, input }, place) => this.connect(id, this.outputPort(input), node.id, definition, place, input.argument));
    return node.id;
  }

  /** A mask that a layer before it makes: ours make it again. One that comes in from outside is wired. */
  private isOwnMask({ argument, layer }: TensorRef): boolean {
    return argument !== undefined && /mask$/.test(argument) && this.layers.get(layer)?.className !== "InputLayer";
  }

  private add(type: string, name: string, config: NodeDocument["config"], sharedWith: string | null, frozen = false): NodeDocument {
    const id = `n${this.nodes.length + 1}`;
    const taken = new Set(this.nodes.map((node) => node.name));
    let free = name.slice(0, 120);
    for (let number = 2; taken.has(free); number++) free = `${name.slice(0, 110)} ${number}`;
    const plain = { id, type, name: free, config, position: { x: 0, y: 0 }, shared_with: sharedWith, bypassed: false };
    // A layer that shares follows its owner.
    const node = frozen && sharedWith === null ? { ...plain, frozen } : plain;
    this.nodes.push(node);
    return node;
  }

  private connect(source: string, source_port: string, target: string, definition: LayerDefinition, place: number, argument = ""): void {
    const { inputs } = definition.ports;
    const [first] = inputs;
    const mask = /mask$/.test(argument) ? inputs.find(({ kind }) => kind === "mask") : undefined;
    const port = mask ?? (first?.multiple === true ? first : inputs[place]);
    if (port === undefined) {
      const node = this.nodes.find(({ id }) => id === target);
      throw new AppError("import.option_not_supported", { option: node?.name ?? "", value: `${place + 1} inputs` }, { nodeId: target });
    }
    this.edges.push({ id: `e${this.edges.length + 1}`, source, source_port, target, target_port: port.name });
  }

  /** The port of an output: Keras's later outputs are states. */
  private outputPort({ layer, output }: TensorRef): string {
    const known = this.layers.get(layer);
    const definition = known?.className === "InputLayer" ? layerDefinition(typeOfRole("input")) : byClass.get(known?.className ?? "");
    const names = definition?.fromKeras?.outputs?.(known?.config ?? {}) ?? definition?.ports.outputs.map(({ name }) => name) ?? [];
    const port = names[output];
    if (port === undefined) throw new AppError("import.option_not_supported", { option: layer, value: `output ${output}` });
    return port;
  }

  private configOf(layer: KerasLayer, call: KerasCall, definition: LayerDefinition): NodeDocument["config"] {
    try {
      if (definition.traits.role === "input") {
        this.tellLeftOut(layer, definition);
        return { shape: fixedShape(layer) };
      }
      const raw = { ...layer.config, ...call.options };
      const config = configFromKeras(definition, raw, layer.className);
      this.tellLeftOut(layer, definition);
      return validateConfig(definition.schema, config, `${layer.className} '${layer.name}'`) as NodeDocument["config"];
    } catch (error) {
      if (error instanceof AppError && error.code === "import.option_not_supported")
        throw new AppError("import.layer_option_not_supported", { ...error.params, name: layer.name, layer: layer.className });
      throw error;
    }
  }

  /** @throws AppError import.option_not_supported for channels that come first, and axes other than the last */
  private tellLeftOut({ name, className, config }: KerasLayer, definition: LayerDefinition): void {
    const tell = (option: string, value: unknown): void => {
      this.leftOut.add(`${name} (${className}): ${option} = ${JSON.stringify(value).slice(0, 60)}`);
    };
    for (const option of INNER) {
      const value = innerConfig(config)[option];
      if (value === true) tell(option, value);
    }
    for (const [option, value] of Object.entries(config)) {
      if (definition.schema[option] !== undefined || SILENT.has(option) || /_(initializer|regularizer|constraint)$/.test(option)) continue;
      if (value === null || value === ON.has(option) || (Array.isArray(value) && value.length === 0)) continue;
      if (option === "data_format" && value !== "channels_first") continue;
      if (option === "axis" && (definition.traits.normalizes === undefined || isLastAxis(value))) continue;
      if (option === "data_format" || option === "axis")
        throw new AppError("import.option_not_supported", { option, value: JSON.stringify(value) });
      if (definition.fromKeras === undefined) tell(option, value);
    }
  }

  /** An output of ours with the loss that its last activation suggests. */
  private endWith(output: TensorRef): void {
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

const knownLayer = ({ className }: KerasLayer): LayerDefinition | undefined =>
  className === "InputLayer" ? layerDefinition(typeOfRole("input")) : byClass.get(className);

/** A model that is frozen whole says so of every layer: of one without weights it means nothing. */
const isFrozen = ({ config }: KerasLayer, { parameters, states }: LayerDefinition): boolean =>
  config["trainable"] === false && (parameters !== undefined || states !== undefined);

function definitionOf(layer: KerasLayer): LayerDefinition {
  const definition = knownLayer(layer);
  if (definition === undefined) throw new AppError("import.layer_not_supported", { name: layer.name, layer: layer.className });
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
  const kinds = [...new Set(unknown.map(({ className }) => className))].map((className) => {
    const all = unknown.filter((layer) => layer.className === className);
    const named = all.slice(0, MOST_NAMED).map(({ name }) => name);
    return `${className} × ${all.length} (${[...named, ...(all.length > MOST_NAMED ? ["…"] : [])].join(", ")})`;
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

/** Of the layer that a wrapper holds. */
function innerConfig({ layer }: KerasLayer["config"]): Readonly<Record<string, unknown>> {
  const inner: unknown = typeof layer === "object" && layer !== null ? Reflect.get(layer, "config") : null;
  return typeof inner === "object" && inner !== null ? { ...inner } : {};
}

/** Keras 2 writes [3], 3 writes −1; which of them is the last is known where it is built, and a list of one is. */
const isLastAxis = (value: unknown): boolean =>
  value === -1 || (Array.isArray(value) && value.length === 1) || typeof value !== "number" || value > 0;

/** @throws AppError import.shape_open where an axis is left open */
function fixedShape({ name, config }: KerasLayer): number[] {
  const given = shapeOf(config);
  const axes = Array.isArray(given) ? given.slice(1) : null;
  if (axes === null || !axes.every((axis): axis is number => typeof axis === "number"))
    throw new AppError("import.shape_open", { name, received: JSON.stringify(given ?? null) });
  return axes.length === 0 ? [1] : axes;
}
