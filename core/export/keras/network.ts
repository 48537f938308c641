/** A spec as Keras's functional API, line by line, and the order in which each of its layers holds our weights. */
import { AppError } from "../../errors.ts";
import type { Shape } from "../../ir/tensor.ts";
import type { KerasMapping } from "../../layers/layer.ts";
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
  readonly variableOf: (value: string) => string;
}

/** Names that the script uses itself, and those that Keras gives to operations of its own. */
const TAKEN = ["keras", "layers", "np", "json", "base64", "sys", "argparse", "math", "model", "inputs", "outputs", "cast", "zeros_like"];

/** @throws AppError export.layer_not_said, design.activation_not_in_keras, design.not_in_keras */
export function kerasNetwork(spec: ModelSpec): KerasNetwork {
  return new Writer(spec).write();
}

class Writer {
  private readonly spec: ModelSpec;
  private readonly names: PythonNames;
  private readonly shapes: ReadonlyMap<string, Shape>;
  private readonly used: ReadonlySet<string>;
  private readonly sharers: ReadonlySet<string>;
  private readonly support = new Set<string>();
  private readonly lines: string[] = [];
  private readonly weights = new Map<string, readonly string[]>();
  private parameterCount = 0;

  constructor(spec: ModelSpec) {
    this.spec = spec;
    this.names = new PythonNames(spec.layers, TAKEN);
    this.shapes = valueShapes(spec.layers);
    this.used = new Set(spec.layers.flatMap(({ inputs }) => inputs));
    this.sharers = new Set(spec.layers.flatMap(({ shared_with: owner }) => (owner === null ? [] : [owner])));
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
    }
    const { support, lines, names, weights, parameterCount } = this;
    return { support: [...support], lines, names, weights, parameterCount, variableOf: (value) => this.variable(value) };
  }

  private variable(value: string): string {
    const [id = "", port] = value.split(/:(?=\d+$)/);
    const layer = this.spec.layers.find((one) => one.id === id);
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

  private say(layer: LayerSpec): void {
    const mapping = this.mappingOf(layer);
    if (mapping.support !== undefined) this.support.add(mapping.support);
    const states = mapping.laterOutputs;
    const wanted = (layer.shapes ?? [layer.shape]).map((_, port) => port > 0 && this.used.has(valueName(layer.id, port)));
    const givesStates = states !== undefined && wanted.some(Boolean);
    const own = this.layerOf(layer, mapping, givesStates ? states.config : {});
    const inputs = layer.inputs.map((value) => this.variable(value));
    const call = mapping.call?.(own, inputs) ?? `${own}(${inputs.length === 1 ? inputs[0] : `[${inputs.join(", ")}]`})`;
    const results = givesStates
      ? states.order.map((port) => (port === null || (port > 0 && wanted[port] !== true) ? "_" : this.variable(valueName(layer.id, port))))
      : [this.names.of(layer.id)];
    this.lines.push(`${results.join(", ")} = ${call}`);
    if (mapping.behind !== undefined) this.sayBehind(layer, mapping.behind);
  }

  private sayBehind(layer: LayerSpec, { className, config }: NonNullable<KerasMapping["behind"]>): void {
    const owner = layer.shared_with ?? layer.id;
    const name = this.names.besideOf(owner, "activation");
    const made = `layers.${className}(${pythonArguments({ ...config, ...(layer.frozen === true ? { trainable: false } : {}), name })})`;
    const isShared = this.sharers.has(owner);
    const own = isShared ? this.names.besideOf(owner, "activation_layer") : made;
    if (isShared && owner === layer.id) this.lines.push(`${own} = ${made}`);
    this.lines.push(`${this.names.of(layer.id)} = ${own}(${this.names.of(layer.id)})`);
  }

  /** The layer as an expression: made on the spot, or by name where several use it. */
  private layerOf(layer: LayerSpec, mapping: KerasMapping, more: Readonly<Record<string, unknown>>): string {
    if (mapping.className === null) return "";
    if (layer.shared_with !== null) return this.names.besideOf(layer.shared_with, "layer");
    const name = this.names.of(layer.id);
    this.keepWeights(layer, name, mapping);
    const frozen = layer.frozen === true ? { trainable: false } : {};
    const options = pythonArguments({ ...withActivations({ ...mapping.config, ...more }), ...frozen, name });
    const made = `${mapping.support === undefined ? "layers." : ""}${mapping.className}(${options})`;
    if (!this.sharers.has(layer.id)) return made;
    const variable = this.names.besideOf(layer.id, "layer");
    this.lines.push(`${variable} = ${made}`);
    return variable;
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
