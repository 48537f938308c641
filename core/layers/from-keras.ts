/**
 * A layer's options from the configuration that Keras (2, 3) or TensorFlow.js wrote. Options of one name mean the same; initializers,
 * penalties, constraints and activations are taken apart here; what a layer calls otherwise it says itself (`fromKeras`).
 */
import { activationDefinition, activationNames } from "../activations/definitions.ts";
import { AppError } from "../errors.ts";
import { initializerNames } from "../initializers/definitions.ts";
import type { Field } from "../schema/fields.ts";
import type { LayerDefinition } from "./layer.ts";

export type KerasConfig = Readonly<Record<string, unknown>>;
type Options = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const classOf = (value: unknown): { readonly name: string; readonly config: KerasConfig } | null => {
  if (!isObject(value) || typeof value["class_name"] !== "string") return null;
  return { name: value["class_name"], config: isObject(value["config"]) ? value["config"] : {} };
};
/** GlorotUniform is glorot_uniform. */
export const snakeCase = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
const refuse = (option: string, value: unknown): never => {
  throw new AppError("import.option_not_supported", { option, value: JSON.stringify(value)?.slice(0, 120) ?? "" });
};

/** @throws AppError import.option_not_supported for a function that is none of ours */
export function activationFromKeras(value: unknown): string {
  if (value === null || value === undefined) return "linear";
  const name = typeof value === "string" ? value : snakeCase(classOf(value)?.name ?? "");
  const known = name === "swish" ? "silu" : name;
  if (!(activationNames as readonly string[]).includes(known)) return refuse("activation", value);
  // A name that means another curve in Keras.
  const { learned, kerasCode } = activationDefinition(known);
  return learned !== undefined || kerasCode !== undefined ? refuse("activation", value) : known;
}

/** `{"glorot_uniform", null}`; variance scaling, which TensorFlow.js writes for all of its kind, by its numbers. */
function initializerFromKeras(value: unknown, option: string): { readonly name: string; readonly value: number | null } {
  const made = classOf(value);
  const name = snakeCase(typeof value === "string" ? value : (made?.name ?? ""));
  const config = made?.config ?? {};
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
    if (family === "") return refuse(option, value);
    return { name: `${family}_${distribution === "uniform" ? "uniform" : "normal"}`, value: null };
  }
  const plain = { normal: "random_normal", uniform: "random_uniform", orthogonal_initializer: "orthogonal" }[name] ?? name;
  if (!(initializerNames as readonly string[]).includes(plain)) return refuse(option, value);
  const number = config["value"] ?? config["stddev"] ?? config["maxval"];
  return { name: plain, value: typeof number === "number" ? number : plain === "constant" ? 0 : null };
}

function penaltiesFromKeras(value: unknown, option: string): { readonly l1: number; readonly l2: number } {
  const made = classOf(value);
  const name = (made?.name ?? (typeof value === "string" ? value : "")).toLowerCase();
  if (name !== "l1" && name !== "l2" && name !== "l1l2" && name !== "l1_l2") return refuse(option, value);
  const { l1, l2 } = made?.config ?? {};
  return { l1: typeof l1 === "number" ? l1 : 0, l2: typeof l2 === "number" ? l2 : 0 };
}

function constraintFromKeras(value: unknown, option: string): { readonly name: string; readonly limit: number; readonly over: string } {
  const made = classOf(value);
  const name = snakeCase(made?.name ?? "");
  if (name !== "max_norm" && name !== "unit_norm" && name !== "non_neg") return refuse(option, value);
  const { max_value: limit = 2, axis = 0 } = made?.config ?? {};
  const over = Array.isArray(axis) ? "all_but_last" : axis === 0 ? "first" : axis === -1 ? "last" : refuse(option, value);
  return { name, limit: Number(limit), over };
}

/** Weights by the names that Keras gives them; ours are the kernel's where a layer has no option of its own for them. */
const WEIGHTS = ["kernel", "depthwise", "pointwise", "recurrent", "bias", "embeddings", "activity"] as const;

function weightOptionsFrom(keras: KerasConfig, has: (name: string) => boolean): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const put = (name: string, value: unknown): void => {
    if (has(name)) found[name] = value;
  };
  for (const weight of WEIGHTS) {
    const ours = weight === "depthwise" || weight === "pointwise" ? "kernel" : weight;
    const penalty = ours === "kernel" || ours === "embeddings" ? "" : `${ours}_`;
    const { [`${weight}_initializer`]: initializer, [`${weight}_regularizer`]: regularizer, [`${weight}_constraint`]: constraint } = keras;
    if (initializer !== undefined && initializer !== null && has(`${ours}_initializer`)) {
      const { name, value } = initializerFromKeras(initializer, `${weight}_initializer`);
      put(`${ours}_initializer`, name);
      put(`${ours}_initializer_value`, value);
    }
    if (regularizer !== undefined && regularizer !== null) {
      const { l1, l2 } = penaltiesFromKeras(regularizer, `${weight}_regularizer`);
      if (!has(`${penalty}l1`)) refuse(`${weight}_regularizer`, regularizer);
      put(`${penalty}l1`, l1);
      put(`${penalty}l2`, l2);
    }
    if (constraint !== undefined && constraint !== null) {
      const { name, limit, over } = constraintFromKeras(constraint, `${weight}_constraint`);
      if (!has(`${ours}_constraint`)) refuse(`${weight}_constraint`, constraint);
      put(`${ours}_constraint`, name);
      put(`${ours}_max_norm`, limit);
      put(`${ours}_norm_axes`, over);
    }
  }
  return found;
}

/** `[3]` for an option of one number, `3` for one of two, `null` where ours may be empty. */
function valueFor(field: Field, value: unknown): unknown {
  if (field.kind === "int" && Array.isArray(value) && value.length === 1) return value[0];
  if (field.kind === "shape" && typeof value === "number") return [value];
  return value;
}

/** @throws AppError import.option_not_supported, naming the option */
export function configFromKeras(definition: Pick<LayerDefinition, "schema" | "fromKeras">, keras: KerasConfig, className: string): Options {
  const { schema } = definition;
  const config: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema)) {
    const value = keras[name];
    if (value === undefined || /_(initializer|constraint)$/.test(name)) continue;
    config[name] = /(^|_)activation$/.test(name) ? activationFromKeras(value) : valueFor(field, value);
  }
  const has = (name: string): boolean => schema[name] !== undefined;
  return { ...config, ...weightOptionsFrom(keras, has), ...definition.fromKeras?.config(keras, className) };
}
