/** Options of Keras's that no field of ours takes: those that say nothing, those that are told as left out, and all others, which are refused. */
import { AppError } from "../errors.ts";
import type { Schema } from "../schema/fields.ts";
import type { KerasConfig, KerasSource } from "./layer.ts";

/** Options that say nothing of the numbers, or only what is always so here. */
const SILENT = new Set([
  "name",
  "trainable",
  "dtype",
  "autocast",
  "batch_shape",
  "batch_input_shape",
  "input_shape",
  "build_config",
  "implementation",
  "rank",
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

/** Left out and told: what is learned, drawn or kept from batch to batch differs, and no row is predicted otherwise by the same weights. */
const TOLD = new Set([
  "ragged",
  "sparse",
  "optional",
  "noise_shape",
  "stateful",
  "center",
  "scale",
  "renorm",
  "virtual_batch_size",
  "synchronized",
  "lora_rank",
  "lora_alpha",
]);

/** Options that are on in Keras where nothing is said, and always so in a layer of ours that has none of them. */
const ON = new Set(["center", "scale"]);

/** What Keras 2 writes of every convolution; of those that have no such option here nothing else is said by it. */
const ALWAYS: Readonly<Record<string, unknown>> = { groups: 1 };

/** What the weights start from that no option of ours chooses. */
const STARTS: Readonly<Record<string, string>> = {
  gamma_initializer: "ones",
  beta_initializer: "zeros",
  moving_mean_initializer: "zeros",
  moving_variance_initializer: "ones",
  alpha_initializer: "zeros",
};

/** An object by its class and what is set in it; not where the class is from. */
export function shown(value: unknown): string {
  const { class_name: name, config = {} } = (value ?? {}) as { readonly class_name?: unknown; readonly config?: unknown };
  const text = typeof name === "string" ? `${name} ${JSON.stringify(config)}` : (JSON.stringify(value) ?? "");
  return text.slice(0, 120);
}

/** @throws AppError import.option_not_supported */
export function refuseOption(option: string, value: unknown): never {
  throw new AppError("import.option_not_supported", { option, value: shown(value) });
}

const nameOf = (value: unknown): string => {
  const name: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "class_name") : value;
  return String(name).toLowerCase();
};

/**
 * @param reads  options that the layer takes apart itself
 * @param weighs whether the options of a weight, `kernel_…`, are taken apart elsewhere
 * @throws AppError import.option_not_supported for what would give other numbers
 */
export function checkOthers(
  keras: KerasConfig,
  schema: Schema,
  reads: readonly string[],
  weighs: (option: string) => boolean,
  source: KerasSource,
): void {
  for (const [option, value] of Object.entries(keras)) {
    if (schema[option] !== undefined || SILENT.has(option) || reads.includes(option) || weighs(option)) continue;
    if (value === null || value === ON.has(option) || value === ALWAYS[option] || (Array.isArray(value) && value.length === 0)) continue;
    if (option === "data_format" && value !== "channels_first") continue;
    if (STARTS[option] !== undefined && STARTS[option] === nameOf(value)) continue;
    if (TOLD.has(option) || /_(initializer|regularizer|constraint)$/.test(option)) source.leaveOut(option, value);
    else refuseOption(option, value);
  }
}

/** Of layers that normalize: Keras's `axis` can only be the last. */
export const normalizesLast = {
  reads: ["axis"],
  config: ({ axis }: KerasConfig, source: KerasSource) => {
    source.axesAre("axis", axis ?? -1, "last");
    return {};
  },
} as const;
