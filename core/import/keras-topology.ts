/**
 * The three ways in which models of Keras are written (Keras 2, Keras 3, TensorFlow.js) as one list of layers with their calls. A call is
 * one use of a layer: a layer that is shared has several.
 */
import { AppError } from "../errors.ts";
import { freeName } from "../graph/naming.ts";

/** A tensor: the layer that gave it, in which of its calls, and which of its outputs it is. */
export interface TensorRef {
  readonly layer: string;
  readonly call: number;
  readonly output: number;
  /** The argument by name that it is handed as; Keras 3 writes masks so, which its layers made by themselves. */
  readonly argument?: string;
}
export interface KerasCall {
  readonly inputs: readonly TensorRef[];
  /** Arguments that are no tensors: use_causal_mask. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The use of a nested model that it is part of. */
  readonly part?: string;
}
export interface KerasLayer {
  readonly className: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly calls: readonly KerasCall[];
  /** Of a layer of a nested model: with the names of the models around it. */
  readonly path?: string;
}
export interface KerasTopology {
  readonly name: string;
  readonly layers: readonly KerasLayer[];
  /** Its input layers, in the order in which it is handed tensors. */
  readonly inputs: readonly string[];
  readonly outputs: readonly TensorRef[];
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const malformed = (path: string): never => {
  throw new AppError("import.malformed", { path });
};
const text = (value: unknown, path: string): string => (typeof value === "string" ? value : malformed(path));
const list = (value: unknown, path: string): readonly unknown[] => (Array.isArray(value) ? value : malformed(path));
const object = (value: unknown, path: string): Json => (isObject(value) ? value : malformed(path));

/** Where the model stands in a file: at its top, or under `modelTopology` and `model_config` of TensorFlow.js. */
export function findTopology(json: unknown): Json | null {
  if (!isObject(json)) return null;
  const inner = isObject(json["modelTopology"]) ? json["modelTopology"] : json;
  const model = isObject(inner["model_config"]) ? inner["model_config"] : inner;
  return typeof model["class_name"] === "string" && (isObject(model["config"]) || Array.isArray(model["config"])) ? model : null;
}

const SEQUENTIAL = "Sequential";
const FUNCTIONAL = ["Functional", "Model"];

export const isNestedModel = ({ className }: Pick<KerasLayer, "className">): boolean =>
  className === SEQUENTIAL || FUNCTIONAL.includes(className);

/** @throws AppError import.malformed, import.layer_not_supported for models of other classes */
export function readTopology(model: Json): KerasTopology {
  const className = text(model["class_name"], "class_name");
  if (className === SEQUENTIAL) return sequential(model["config"]);
  if (FUNCTIONAL.includes(className)) return functional(object(model["config"], "config"));
  throw new AppError("import.layer_not_supported", { name: className, layer: className });
}

function layerOf(raw: unknown, path: string): Omit<KerasLayer, "calls"> & { readonly raw: Json } {
  const layer = object(raw, path);
  const config = object(layer["config"], `${path}.config`);
  const className = text(layer["class_name"], `${path}.class_name`);
  return { raw: layer, className, config, name: text(layer["name"] ?? config["name"] ?? className, `${path}.name`) };
}

/** Layers one behind the other; the shape that comes in stands on the first, or on an InputLayer. */
function sequential(config: unknown): KerasTopology {
  const given = Array.isArray(config) ? config : list(object(config, "config")["layers"], "config/layers");
  const all = given.map((raw, i) => layerOf(raw, `config/layers[${i}]`));
  const [first] = all;
  if (first === undefined) return malformed("config/layers");
  const name = isObject(config) ? text(config["name"] ?? "model", "config/name") : "model";
  const shape = firstShape(first.config) ?? (isObject(config) ? config["build_input_shape"] : undefined);
  const input = freeName("input", new Set(all.map((layer) => layer.name)));
  const start = first.className === "InputLayer" ? [] : [{ className: "InputLayer", name: input, config: { batch_shape: shape }, raw: {} }];
  const chain = [...start, ...all];
  const layers = chain.map(({ raw: _, ...layer }, i) => {
    const before = chain[i - 1];
    return { ...layer, calls: [{ inputs: before === undefined ? [] : [{ layer: before.name, call: 0, output: 0 }], options: {} }] };
  });
  const [begin] = chain;
  return { name, layers, inputs: [begin?.name ?? ""], outputs: [{ layer: chain.at(-1)?.name ?? "", call: 0, output: 0 }] };
}

/** Of a layer, or of the first in a model that stands in its place. */
function firstShape(config: Json): unknown {
  const { layers } = config;
  const [first]: readonly unknown[] = Array.isArray(layers) ? layers : [];
  return shapeOf(config) ?? (isObject(first) && isObject(first["config"]) ? firstShape(first["config"]) : undefined);
}

export const shapeOf = (config: Json): unknown => config["batch_shape"] ?? config["batch_input_shape"];

function functional(config: Json): KerasTopology {
  const layers = list(config["layers"], "config/layers").map((raw, i) => {
    const path = `config/layers[${i}]`;
    const { raw: own, ...layer } = layerOf(raw, path);
    const nodes = list(own["inbound_nodes"] ?? [], `${path}.inbound_nodes`);
    const calls = nodes.map((node, k) => callOf(node, `${path}.inbound_nodes[${k}]`));
    return { ...layer, calls: calls.length === 0 ? [{ inputs: [], options: {} }] : calls };
  });
  const named = tensorsIn(config["input_layers"]).map(({ layer }) => layer);
  const inputs = named.length > 0 ? named : layers.filter(({ className }) => className === "InputLayer").map(({ name }) => name);
  return { name: text(config["name"] ?? "model", "config/name"), layers, inputs, outputs: tensorsIn(config["output_layers"]) };
}

/** Keras 3: `{args, kwargs}` with tensors somewhere inside. Before: `[[layer, call, output, kwargs], …]`. */
function callOf(node: unknown, path: string): KerasCall {
  if (isObject(node)) {
    const kwargs = isObject(node["kwargs"]) ? node["kwargs"] : {};
    const named = Object.entries(kwargs).flatMap(([argument, value]) => kerasTensors(value).map((tensor) => ({ ...tensor, argument })));
    const tensors = [...kerasTensors(node["args"]), ...named];
    return { inputs: tensors, options: plainOptions(kwargs) };
  }
  const entries = list(node, path);
  const rows = typeof entries[0] === "string" ? [entries] : entries;
  const inputs: TensorRef[] = [];
  let options: Json = {};
  for (const row of rows) {
    const [layer, call, output, kwargs] = list(row, path);
    inputs.push({ layer: text(layer, path), call: Number(call ?? 0), output: Number(output ?? 0) });
    if (!isObject(kwargs)) continue;
    options = { ...options, ...plainOptions(kwargs) };
    inputs.push(...Object.values(kwargs).flatMap(tensorsIn));
  }
  return { inputs, options };
}

const plainOptions = (kwargs: Json): Json =>
  Object.fromEntries(Object.entries(kwargs).filter(([, value]) => ["boolean", "number", "string"].includes(typeof value)));

function kerasTensors(value: unknown): TensorRef[] {
  if (Array.isArray(value)) return value.flatMap(kerasTensors);
  if (!isObject(value)) return [];
  if (value["class_name"] !== "__keras_tensor__") return [];
  const history = list(object(value["config"], "__keras_tensor__")["keras_history"], "keras_history");
  return [{ layer: text(history[0], "keras_history"), call: Number(history[1]), output: Number(history[2]) }];
}

/** `["dense", 0, 0]`, or a list or an object of such. */
function tensorsIn(value: unknown): TensorRef[] {
  if (isObject(value)) return Object.values(value).flatMap(tensorsIn);
  if (!Array.isArray(value)) return [];
  const [layer, call, output] = value;
  if (typeof layer === "string" && typeof call === "number") return [{ layer, call, output: Number(output ?? 0) }];
  return value.flatMap(tensorsIn);
}
