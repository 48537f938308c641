/**
 * The three ways in which models of Keras are written (Keras 2, Keras 3, TensorFlow.js) as one list of layers with their calls. A call is
 * one use of a layer: a layer that is shared has several.
 */
import { AppError } from "../errors.ts";
import { freeName } from "../graph/naming.ts";
import { snakeCase } from "../layers/from-keras.ts";

/** A tensor: the layer that gave it, in which of its calls, and which of its outputs it is. */
export interface TensorRef {
  readonly layer: string;
  readonly call: number;
  readonly output: number;
  /** The argument that it is handed as: by name, or by its place, from 0. Absent for an output of a model. */
  readonly argument?: string | number;
  /** Where it stands in a list that is one argument. */
  readonly item?: number;
}
export interface KerasCall {
  readonly inputs: readonly TensorRef[];
  /** Arguments that are no tensors, `use_causal_mask`; those without a name are `argument 2`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What the use of the nested model says to all its layers: `training`. */
  readonly partOptions?: Readonly<Record<string, unknown>>;
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
  /** What is called like a layer and is none of Keras's: an operation on tensors, a class of one's own. */
  readonly other?: { readonly kind: "operation" | "custom"; readonly called: string };
}
export interface KerasTopology {
  readonly name: string;
  readonly layers: readonly KerasLayer[];
  /** Its input layers, in the order in which it is handed tensors. */
  readonly inputs: readonly string[];
  readonly outputs: readonly TensorRef[];
  /** Written by Keras 2 or TensorFlow.js, for which some names mean another thing. */
  readonly older: boolean;
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

/** Keras 3 names the modules of what it writes, and the versions before it their own number. */
export function isOlderKeras(json: unknown): boolean {
  if (!isObject(json)) return false;
  const inner = isObject(json["modelTopology"]) ? json["modelTopology"] : json;
  const version = inner["keras_version"];
  return typeof version === "string" ? !/^3\b/.test(version) : typeof findTopology(json)?.["module"] !== "string";
}

const SEQUENTIAL = "Sequential";
const FUNCTIONAL = ["Functional", "Model"];

export const isNestedModel = ({ className, other }: Pick<KerasLayer, "className" | "other">): boolean =>
  other === undefined && (className === SEQUENTIAL || FUNCTIONAL.includes(className));

/** @throws AppError import.malformed, import.layer_not_supported for models of other classes */
export function readTopology(model: Json, older: boolean): KerasTopology {
  const className = text(model["class_name"], "class_name");
  if (className === SEQUENTIAL) return { ...sequential(model["config"]), older };
  if (FUNCTIONAL.includes(className)) return { ...functional(object(model["config"], "config")), older };
  throw new AppError("import.layer_not_supported", { name: className, layer: className });
}

function layerOf(raw: unknown, path: string): Omit<KerasLayer, "calls"> & { readonly raw: Json } {
  const layer = object(raw, path);
  const config = object(layer["config"], `${path}.config`);
  const className = text(layer["class_name"], `${path}.class_name`);
  const name = text(layer["name"] ?? config["name"] ?? className, `${path}.name`);
  return { raw: layer, className, config, name, ...otherThanLayer(layer, className) };
}

/** Keras 3 and the last of Keras 2 say where a class is from; `package>Dense` is how a class of one's own is registered. */
function otherThanLayer({ module, registered_name: registered }: Json, className: string): Pick<KerasLayer, "other"> {
  if (typeof module === "string" && /^keras\.(src\.)?ops\b/.test(module))
    return { other: { kind: "operation", called: `keras.ops.${snakeCase(className)}` } };
  if (typeof registered === "string" && registered.includes(">")) return { other: { kind: "custom", called: registered } };
  if (typeof module === "string" && !/^(keras|tf_keras|tensorflow)(\.|$)/.test(module))
    return { other: { kind: "custom", called: `${module}.${className}` } };
  return {};
}

/** Layers one behind the other; the shape that comes in stands on the first, or on an InputLayer. */
function sequential(config: unknown): Omit<KerasTopology, "older"> {
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
    return {
      ...layer,
      calls: [{ inputs: before === undefined ? [] : [{ layer: before.name, call: 0, output: 0, argument: 0, item: 0 }], options: {} }],
    };
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

function functional(config: Json): Omit<KerasTopology, "older"> {
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
    const named = Object.entries(isObject(node["kwargs"]) ? node["kwargs"] : {});
    return callWith([...list(node["args"], `${path}.args`).entries(), ...named], kerasTensor);
  }
  const entries = list(node, path);
  const rows = (typeof entries[0] === "string" ? [entries] : entries).map((row) => list(row, path));
  // Every row of a list has the same arguments by name beside it.
  const [, , , kwargs] = rows[0] ?? [];
  return callWith([[0, rows.map(rowTensor)], ...Object.entries(isObject(kwargs) ? kwargs : {})], tensorOfRow);
}

/** Stands in a row of Keras 2 where a number is handed in place of a tensor. */
const CONSTANT = "_CONSTANT_VALUE";
const rowTensor = (row: readonly unknown[]): unknown => (row[0] === CONSTANT ? row[2] : row.slice(0, 3));

/** @param tensor the tensor that a value is, if it is one */
function callWith(given: readonly (readonly [string | number, unknown])[], tensor: (value: unknown) => TensorRef | undefined): KerasCall {
  const inputs: TensorRef[] = [];
  const options: Record<string, unknown> = {};
  for (const [argument, value] of given) {
    let item = 0;
    const isPlain = (one: unknown): boolean => {
      const found = tensor(one);
      if (found !== undefined) inputs.push({ ...found, argument, item });
      else if (Array.isArray(one)) return one.map(isPlain).includes(true);
      item += 1;
      return found === undefined && one !== null && one !== undefined;
    };
    if (isPlain(value)) options[typeof argument === "number" ? `argument ${argument + 1}` : argument] = value;
  }
  return { inputs, options };
}

function kerasTensor(value: unknown): TensorRef | undefined {
  if (!isObject(value) || value["class_name"] !== "__keras_tensor__") return undefined;
  const history = list(object(value["config"], "__keras_tensor__")["keras_history"], "keras_history");
  return { layer: text(history[0], "keras_history"), call: Number(history[1]), output: Number(history[2]) };
}

function tensorOfRow(value: unknown): TensorRef | undefined {
  if (!Array.isArray(value)) return undefined;
  const [layer, call, output] = value;
  return typeof layer === "string" && typeof call === "number" ? { layer, call, output: Number(output ?? 0) } : undefined;
}

/** `["dense", 0, 0]`, or a list or an object of such. */
function tensorsIn(value: unknown): TensorRef[] {
  if (isObject(value)) return Object.values(value).flatMap(tensorsIn);
  if (!Array.isArray(value)) return [];
  const found = tensorOfRow(value);
  return found === undefined ? value.flatMap(tensorsIn) : [found];
}
