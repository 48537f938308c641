/**
 * A layer's options from the configuration that Keras (2, 3) or TensorFlow.js wrote. Options of one name mean the same; initializers,
 * penalties, constraints and activations are taken apart here; what a layer calls otherwise it says itself (`fromKeras`).
 */
import { activationDefinition, activationDefinitions, activationNames } from "../activations/definitions.ts";
import { initializerNames } from "../initializers/definitions.ts";
import type { Field } from "../schema/fields.ts";
import { checkOthers, refuseOption } from "./keras-options.ts";
import type { KerasConfig, KerasSource, LayerDefinition } from "./layer.ts";

type Options = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const classOf = (value: unknown): { readonly name: string; readonly config: KerasConfig } | null => {
  if (!isObject(value) || typeof value["class_name"] !== "string") return null;
  return { name: value["class_name"], config: isObject(value["config"]) ? value["config"] : {} };
};
/** GlorotUniform is glorot_uniform. */
export const snakeCase = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();

/**
 * An activation by its name; a layer of Keras's in its place has options of its own, and is refused.
 * @throws AppError import.option_not_supported for a function that is none of ours
 */
function activationFromKeras(option: string, value: unknown, older: boolean): string {
  if (value === null || value === undefined) return "linear";
  const name = value === "swish" ? "silu" : value;
  const before = Object.values(activationDefinitions).find(({ olderKeras }) => olderKeras === name);
  if (older && before !== undefined) return before.name;
  const known = activationNames.find((one) => one === name);
  if (known === undefined) return refuseOption(option, value);
  // A name that means another curve in Keras.
  const { learned, kerasCode } = activationDefinition(known);
  return learned !== undefined || kerasCode !== undefined ? refuseOption(option, value) : known;
}

/** Whether an initializer says something beside its one number: a middle that is not 0, a gain, numbers that are not cut off. */
function saysMore({ minval, maxval, mean, gain, distribution, value }: KerasConfig): boolean {
  const lopsided = typeof minval === "number" && minval !== -Number(maxval ?? 0.05);
  const other = (given: unknown, usual: number): boolean => given !== undefined && given !== null && given !== usual;
  const many = value !== undefined && typeof value !== "number";
  return lopsided || many || other(mean, 0) || other(gain, 1) || distribution === "untruncated_normal";
}

/** `{"glorot_uniform", null}`; variance scaling, which TensorFlow.js writes for all of its kind, by its numbers. */
function initializerFromKeras(
  value: unknown,
  option: string,
  source: KerasSource,
): { readonly name: string; readonly value: number | null } {
  const made = classOf(value);
  const name = snakeCase(typeof value === "string" ? value : (made?.name ?? ""));
  const config = made?.config ?? {};
  if (saysMore(config)) source.leaveOut(option, value);
  if (name === "variance_scaling") {
    const { scale = 1, mode = "fan_in", distribution = "normal" } = config;
    const family =
      mode === "fan_avg" && scale === 1
        ? "glorot"
        : mode === "fan_in" && scale === 2
          ? "he"
          : mode === "fan_in" && scale === 1
            ? "lecun"
            : "";
    if (family === "") return refuseOption(option, value);
    return { name: `${family}_${distribution === "uniform" ? "uniform" : "normal"}`, value: null };
  }
  const plain = { normal: "random_normal", uniform: "random_uniform", orthogonal_initializer: "orthogonal" }[name] ?? name;
  if (!(initializerNames as readonly string[]).includes(plain)) return refuseOption(option, value);
  const number = config["value"] ?? config["stddev"] ?? config["maxval"];
  return { name: plain, value: typeof number === "number" ? number : plain === "constant" ? 0 : null };
}

function penaltiesFromKeras(value: unknown, option: string): { readonly l1: number; readonly l2: number } {
  const made = classOf(value);
  const name = (made?.name ?? (typeof value === "string" ? value : "")).toLowerCase();
  if (name !== "l1" && name !== "l2" && name !== "l1l2" && name !== "l1_l2") return refuseOption(option, value);
  const { l1, l2 } = made?.config ?? {};
  return { l1: typeof l1 === "number" ? l1 : 0, l2: typeof l2 === "number" ? l2 : 0 };
}

function constraintFromKeras(
  value: unknown,
  option: string,
  source: KerasSource,
): { readonly name: string; readonly limit: number; readonly over: string } {
  const made = classOf(value);
  const name = snakeCase(made?.name ?? "");
  if (name !== "max_norm" && name !== "unit_norm" && name !== "non_neg") return refuseOption(option, value);
  const { max_value: limit = 2, axis = 0 } = made?.config ?? {};
  if (Array.isArray(axis)) source.axesAre(option, axis, "kernel_but_last");
  const over = Array.isArray(axis) ? "all_but_last" : axis === 0 ? "first" : axis === -1 ? "last" : refuseOption(option, value);
  return { name, limit: Number(limit), over };
}

/** Weights by the names that Keras gives them; ours are the kernel's where a layer has no option of its own for them. */
const WEIGHTS = ["kernel", "depthwise", "pointwise", "recurrent", "bias", "embeddings", "activity"] as const;

function weightOptionsFrom(keras: KerasConfig, has: (name: string) => boolean, source: KerasSource): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const put = (name: string, value: unknown): void => {
    if (has(name)) found[name] = value;
  };
  for (const weight of WEIGHTS) {
    const ours = weight === "depthwise" || weight === "pointwise" ? "kernel" : weight;
    const penalty = ours === "kernel" || ours === "embeddings" ? "" : `${ours}_`;
    const { [`${weight}_initializer`]: initializer, [`${weight}_regularizer`]: regularizer, [`${weight}_constraint`]: constraint } = keras;
    if (initializer !== undefined && initializer !== null && has(`${ours}_initializer`)) {
      const { name, value } = initializerFromKeras(initializer, `${weight}_initializer`, source);
      put(`${ours}_initializer`, name);
      put(`${ours}_initializer_value`, value);
    }
    if (regularizer !== undefined && regularizer !== null) {
      const { l1, l2 } = penaltiesFromKeras(regularizer, `${weight}_regularizer`);
      if (!has(`${penalty}l1`)) refuseOption(`${weight}_regularizer`, regularizer);
      put(`${penalty}l1`, l1);
      put(`${penalty}l2`, l2);
    }
    if (constraint !== undefined && constraint !== null) {
      const { name, limit, over } = constraintFromKeras(constraint, `${weight}_constraint`, source);
      if (!has(`${ours}_constraint`)) refuseOption(`${weight}_constraint`, constraint);
      put(`${ours}_constraint`, name);
      put(`${ours}_max_norm`, limit);
      put(`${ours}_norm_axes`, over);
    }
  }
  return found;
}

/** `[3]` for an option of one number, `3` for one of two, `null` where ours may be empty; TensorFlow.js writes it for a switch that is off. */
function valueFor(field: Field, value: unknown): unknown {
  if (field.kind === "int" && Array.isArray(value) && value.length === 1) return value[0];
  if (field.kind === "bool" && value === null) return false;
  if (field.kind === "shape" && typeof value === "number") return [value];
  return value;
}

/** Whether `weightOptionsFrom` takes the option of a weight. */
function isOfWeight(option: string, has: (name: string) => boolean): boolean {
  const [, weight, what] = /^(.*)_(initializer|regularizer|constraint)$/.exec(option) ?? [];
  if (!WEIGHTS.some((one) => one === weight)) return false;
  return what !== "initializer" || has(weight === "depthwise" || weight === "pointwise" ? "kernel_initializer" : option);
}

/** @throws AppError import.option_not_supported, naming the option */
export function configFromKeras(
  { schema, fromKeras }: Pick<LayerDefinition, "schema" | "fromKeras">,
  keras: KerasConfig,
  source: KerasSource,
): Options {
  const config: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema)) {
    const value = keras[name];
    if (value === undefined || /_(initializer|constraint)$/.test(name)) continue;
    config[name] = /(^|_)activation$/.test(name) ? activationFromKeras(name, value, source.older) : valueFor(field, value);
  }
  const has = (name: string): boolean => schema[name] !== undefined;
  const weights = weightOptionsFrom(keras, has, source);
  checkOthers(keras, schema, fromKeras?.reads ?? [], (option) => isOfWeight(option, has), source);
  return { ...config, ...weights, ...fromKeras?.config?.(keras, source) };
}
