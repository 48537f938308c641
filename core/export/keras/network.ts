/** A spec as Keras's functional API, line by line, and the order in which each of its layers holds our weights. */
import { AppError } from "../../errors.ts";
import type { Shape } from "../../ir/tensor.ts";
import { type KerasMapping, onPort } from "../../layers/layer.ts";
import { arrivalsOf, valueName, valueShapes } from "../../spec/layer-values.ts";
import { definitionOf } from "../../spec/model.ts";
import type { LayerSpec, ModelSpec } from "../../spec/model-spec.ts";
import { PythonNames, pythonArguments } from "../code/python.ts";
import { withActivations } from "./activation-options.ts";

export interface KerasNetwork {
  readonly support: readonly string[];
  readonly lines: readonly string[];
  readonly names: PythonNames;
  /** By the Keras layer's name, our weights in the order of its own. */
  readonly weights: ReadonlyMap<string, readonly string[]>;
  readonly parameterCount: number;
  /** Variable that each output gives out, by layer id. */
  readonly outputs: ReadonlyMap<string, string>;
}

/** Names that the script uses itself, and those that Keras gives to operations of its own. */
const TAKEN = ["keras", "layers", "np", "json", "base64", "sys", "argparse", "math", "model", "inputs", "outputs", "cast", "zeros_like"];

/** @throws AppError export.layer_not_said, design.activation_not_in_keras, design.not_in_keras */
export function kerasNetwork(spec: ModelSpec): KerasNetwork {
  return new Writer(spec).write();
}

/** Keras takes which steps count in a loss from the mask that a prediction carries. */
const COUNTED_STEPS = `
class CountedSteps(keras.layers.Layer):
    """Passes a prediction on with a mask: only steps that it counts are in the loss."""

    def call(self, both):
        return keras.ops.copy(both[0])

    def compute_mask(self, both, previous):
        prediction, mask = both
        return keras.ops.cast(keras.ops.reshape(mask, (-1, *prediction.shape[1:-1])), "bool")
`.trim();

const ownerOf = (layer: LayerSpec): string => layer.shared_with ?? layer.id;
type Behind = NonNullable<KerasMapping["behind"]>;

class Writer {
  private readonly spec: ModelSpec;
  private readonly names: PythonNames;
  private readonly shapes: ReadonlyMap<string, Shape>;
  private readonly used: ReadonlySet<string>;
  private readonly byId: ReadonlyMap<string, LayerSpec>;
  /** Owners of weights that several layers use; those of whom any gives a state. */
  private readonly shared: ReadonlySet<string>;
  private readonly statesOf: ReadonlySet<string>;
  /** Owners whose constructors are written. */
  private readonly made = new Set<string>();
  private readonly support = new Set<string>();
  private readonly lines: string[] = [];
  private readonly weights = new Map<string, readonly string[]>();
  private readonly outputs = new Map<string, string>();
  private parameterCount = 0;

  constructor(spec: ModelSpec) {
    this.spec = spec;
    this.names = new PythonNames(spec.layers, TAKEN);
    this.shapes = valueShapes(spec.layers);
    this.used = new Set(spec.layers.flatMap(({ inputs }) => inputs));
    this.byId = new Map(spec.layers.map((layer) => [layer.id, layer]));
    this.shared = new Set(spec.layers.flatMap(({ shared_with: owner }) => (owner === null ? [] : [owner])));
    this.statesOf = new Set(spec.layers.filter((layer) => this.givenPorts(layer).some(Boolean)).map(ownerOf));
  }

  write(): KerasNetwork {
    for (const layer of this.spec.layers) {
      const { role } = definitionOf(layer).traits;
      const name = this.names.of(layer.id);
      if (role === "input")
        this.lines.push(
          `${name} = keras.Input((${layer.shape
            .map((axis) => `${axis}, `)
            .join("")
            .trimEnd()}), name="${name}")`,
        );
      else if (role === undefined) this.say(layer);
      else this.endWith(layer);
    }
    const { support, lines, names, weights, outputs, parameterCount } = this;
    return { support: [...support], lines, names, weights, outputs, parameterCount };
  }

  private endWith(layer: LayerSpec): void {
    const arriving = arrivalsOf(layer, (value) => this.variable(value));
    const mask = onPort(arriving, definitionOf(layer).ports.inputs, "mask");
    const [prediction = ""] = arriving.inputs;
    if (mask === undefined) return void this.outputs.set(layer.id, prediction);
    this.support.add(COUNTED_STEPS);
    const name = this.names.besideOf(layer.id, "counted");
    this.lines.push(`${name} = CountedSteps(name="${name}")([${prediction}, ${mask}])`);
    this.outputs.set(layer.id, name);
  }

  private variable(value: string): string {
    const [id = "", port] = value.split(/:(?=\d+$)/);
    const layer = this.byId.get(id);
    const later = port === undefined || layer === undefined ? undefined : definitionOf(layer).ports.outputs[Number(port)]?.name;
    return later === undefined ? this.names.of(id) : this.names.besideOf(id, later);
  }

  private mappingOf(layer: LayerSpec): KerasMapping {
    const definition = definitionOf(layer);
    const context = { config: layer.config as never, ...arrivalsOf(layer, (value) => this.shapes.get(value) ?? []) };
    try {
      const mapping = definition.keras?.(context);
      if (mapping !== undefined) return mapping;
    } catch (error) {
      throw error instanceof AppError ? error.atNode(layer.id) : error;
    }
    throw new AppError(
      "export.layer_not_said",
      { name: layer.name, layer: definition.texts.en.label, tool: "Keras" },
      { nodeId: layer.id },
    );
  }

  /** Which of its later outputs are wired, by port. */
  private givenPorts(layer: LayerSpec): readonly boolean[] {
    return (layer.shapes ?? [layer.shape]).map((_, port) => port > 0 && this.used.has(valueName(layer.id, port)));
  }

  private say(layer: LayerSpec): void {
    const mapping = this.mappingOf(layer);
    if (mapping.support !== undefined) this.support.add(mapping.support);
    const states = mapping.laterOutputs;
    const wanted = this.givenPorts(layer);
    // One layer of Keras gives its states at every call, or at none.
    const givesStates = states !== undefined && this.statesOf.has(ownerOf(layer));
    const own = this.layerOf(layer, mapping);
    const inputs = layer.inputs.map((value) => this.variable(value));
    const call = mapping.call?.(own, inputs) ?? `${own}(${inputs.length === 1 ? inputs[0] : `[${inputs.join(", ")}]`})`;
    const results = givesStates
      ? states.order.map((port) => (port === null || (port > 0 && wanted[port] !== true) ? "_" : this.variable(valueName(layer.id, port))))
      : [this.names.of(layer.id)];
    this.lines.push(`${results.join(", ")} = ${call}`);
    if (mapping.behind !== undefined) this.sayBehind(layer, mapping.behind);
  }

  private sayBehind(layer: LayerSpec, behind: Behind): void {
    const own = this.shared.has(ownerOf(layer)) ? this.names.besideOf(ownerOf(layer), "activation_layer") : this.madeBehind(layer, behind);
    this.lines.push(`${this.names.of(layer.id)} = ${own}(${this.names.of(layer.id)})`);
  }

  private madeBehind(owner: LayerSpec, { className, config }: Behind): string {
    const name = this.names.besideOf(owner.id, "activation");
    return `layers.${className}(${pythonArguments({ ...config, ...(owner.frozen === true ? { trainable: false } : {}), name })})`;
  }

  /** The layer as an expression: made on the spot; by name where several use it, made before the first that does. */
  private layerOf(layer: LayerSpec, mapping: KerasMapping): string {
    if (mapping.className === null) return "";
    const owner = this.byId.get(ownerOf(layer)) ?? layer;
    if (!this.shared.has(owner.id)) return this.madeLayer(layer, mapping);
    const variable = this.names.besideOf(owner.id, "layer");
    if (this.made.has(owner.id)) return variable;
    this.made.add(owner.id);
    const own = owner === layer ? mapping : this.mappingOf(owner);
    this.lines.push(`${variable} = ${this.madeLayer(owner, own)}`);
    if (own.behind !== undefined)
      this.lines.push(`${this.names.besideOf(owner.id, "activation_layer")} = ${this.madeBehind(owner, own.behind)}`);
    return variable;
  }

  private madeLayer(layer: LayerSpec, mapping: KerasMapping): string {
    const name = this.names.of(layer.id);
    this.keepWeights(layer, name, mapping);
    const states = this.statesOf.has(layer.id) ? (mapping.laterOutputs?.config ?? {}) : {};
    const frozen = layer.frozen === true ? { trainable: false } : {};
    const options = pythonArguments({ ...withActivations({ ...mapping.config, ...states }), ...frozen, name });
    return `${mapping.support === undefined ? "layers." : ""}${mapping.className}(${options})`;
  }

  private keepWeights(layer: LayerSpec, name: string, mapping: KerasMapping): void {
    const definition = definitionOf(layer);
    const context = { config: layer.config as never, ...arrivalsOf(layer, (value) => this.shapes.get(value) ?? []) };
    const parameters = definition.parameters?.(context) ?? [];
    const all = [...parameters, ...(definition.states?.(context) ?? [])].filter(
      ({ name: weight }) => mapping.lacks?.includes(weight) !== true,
    );
    this.parameterCount += parameters.reduce((sum, { shape }) => sum + shape.reduce((product, axis) => product * axis, 1), 0);
    const isBehind = (weight: { readonly name: string }): boolean => mapping.behind !== undefined && weight.name.startsWith("activation_");
    const keep = (place: () => string, weights: readonly { readonly name: string }[]): void => {
      if (weights.length > 0)
        this.weights.set(
          place(),
          weights.map((weight) => `${layer.name}/${weight.name}`),
        );
    };
    keep(
      () => name,
      all.filter((weight) => !isBehind(weight)),
    );
    keep(() => this.names.besideOf(layer.id, "activation"), all.filter(isBehind));
  }
}
