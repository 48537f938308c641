/**
 * Options of layers with a kernel and a bias: what they start from, penalties on weights and on what comes out, and what a
 * kernel must keep to. Penalties on outputs are divided by the batch size, as Keras does.
 */
import { initializerDefinition, initializerNames } from "../initializers/definitions.ts";
import type { ConfigOf } from "../schema/fields.ts";
import { choice, float, optionalFloat } from "../schema/fields.ts";
import { initializerField, penaltyField } from "./fields.ts";
import type { ConstraintDefinition, ParameterDefinition } from "./layer.ts";

/** Initializers that take a number: the constant itself, a deviation or a limit. */
const WITH_VALUE = initializerNames.filter((name) => initializerDefinition(name).value !== undefined);

/** @param field the field that holds the initializer's name */
export const initializerValueField = (field: string) =>
  optionalFloat({ min: -1e6, max: 1e6, advanced: true, visibleWhen: { field, values: WITH_VALUE } });
export const constraintField = () => choice({ values: ["none", "max_norm", "unit_norm", "non_neg"], default: "none", advanced: true });
/** @param field the field that holds the constraint's name */
export const maxNormField = (field: string) =>
  float({ default: 2, min: 0, max: 1e6, exclusiveMin: true, advanced: true, visibleWhen: { field, values: ["max_norm"] } });
export const normAxesField = (field: string) =>
  choice({
    values: ["first", "all_but_last", "last"],
    default: "first",
    advanced: true,
    visibleWhen: { field, values: ["max_norm", "unit_norm"] },
  });

/** The weights of a layer that has a kernel, as dense has them. */
export const weightOptions = () => ({
  kernel_initializer: initializerField("glorot_uniform"),
  kernel_initializer_value: initializerValueField("kernel_initializer"),
  bias_initializer: initializerField("zeros"),
  bias_initializer_value: initializerValueField("bias_initializer"),
  l1: penaltyField(),
  l2: penaltyField(),
  bias_l1: penaltyField(),
  bias_l2: penaltyField(),
  activity_l1: penaltyField(),
  activity_l2: penaltyField(),
  kernel_constraint: constraintField(),
  kernel_max_norm: maxNormField("kernel_constraint"),
  kernel_norm_axes: normAxesField("kernel_constraint"),
  bias_constraint: constraintField(),
  bias_max_norm: maxNormField("bias_constraint"),
});
export type WeightConfig = ConfigOf<ReturnType<typeof weightOptions>>;

type Properties = Pick<ParameterDefinition, "initializer" | "initializerValue" | "l1" | "l2" | "constraint">;

export const initialValue = (value: number | null): { readonly initializerValue?: number } =>
  value === null ? {} : { initializerValue: value };

export function constraintOf(
  name: "none" | ConstraintDefinition["function"],
  limit: number,
  over: ConstraintDefinition["over"],
): { readonly constraint?: ConstraintDefinition } {
  if (name === "none") return {};
  return { constraint: { function: name, over, ...(name === "max_norm" ? { limit } : {}) } };
}

type KernelConfig = Pick<
  WeightConfig,
  "kernel_initializer" | "kernel_initializer_value" | "l1" | "l2" | "kernel_constraint" | "kernel_max_norm" | "kernel_norm_axes"
>;
type BiasConfig = Pick<
  WeightConfig,
  "bias_initializer" | "bias_initializer_value" | "bias_l1" | "bias_l2" | "bias_constraint" | "bias_max_norm"
>;

export const kernelProperties = (c: KernelConfig): Properties => ({
  initializer: c.kernel_initializer,
  ...initialValue(c.kernel_initializer_value),
  l1: c.l1,
  l2: c.l2,
  ...constraintOf(c.kernel_constraint, c.kernel_max_norm, c.kernel_norm_axes),
});
export const biasProperties = (c: BiasConfig): Properties => ({
  initializer: c.bias_initializer,
  ...initialValue(c.bias_initializer_value),
  l1: c.bias_l1,
  l2: c.bias_l2,
  ...constraintOf(c.bias_constraint, c.bias_max_norm, "first"),
});

const AXES = { first: () => 0, all_but_last: (rank: number) => Array.from({ length: rank - 1 }, (_, i) => i), last: () => -1 } as const;

/** An object as Keras serialises it. */
export const kerasObject = (module: string, className: string, config: Readonly<Record<string, unknown>>) => ({
  module: `keras.${module}`,
  class_name: className,
  config,
});

/** An initializer as Keras writes it: its name, or with the value that was chosen. */
export function kerasInitializer(name: string, value: number | null): unknown {
  if (value === null && name !== "constant") return name;
  const chosen = value ?? initializerDefinition(name).value?.default ?? 0;
  switch (name) {
    case "constant":
      return kerasObject("initializers", "Constant", { value: chosen });
    case "random_normal":
      return kerasObject("initializers", "RandomNormal", { mean: 0, stddev: chosen });
    case "random_uniform":
      return kerasObject("initializers", "RandomUniform", { minval: -chosen, maxval: chosen });
    case "truncated_normal":
      return kerasObject("initializers", "TruncatedNormal", { mean: 0, stddev: chosen });
    default:
      return name;
  }
}

/** Null for none, as Keras writes it. */
export const kerasPenalty = (l1: number, l2: number): unknown =>
  l1 === 0 && l2 === 0 ? null : kerasObject("regularizers", "L1L2", { l1, l2 });

export function kerasConstraint(constraint: ConstraintDefinition | undefined, rank: number): unknown {
  if (constraint === undefined) return null;
  if (constraint.function === "non_neg") return kerasObject("constraints", "NonNeg", {});
  const axis = AXES[constraint.over](rank);
  return constraint.function === "unit_norm"
    ? kerasObject("constraints", "UnitNorm", { axis })
    : kerasObject("constraints", "MaxNorm", { max_value: constraint.limit ?? 2, axis });
}

/** One weight's options under Keras's names: `kernel_initializer`, `kernel_regularizer`, `kernel_constraint`. @param rank axes of the weight */
export const kerasWeight = (name: string, own: Properties, rank: number): Record<string, unknown> => ({
  [`${name}_initializer`]: kerasInitializer(own.initializer, own.initializerValue ?? null),
  [`${name}_regularizer`]: kerasPenalty(own.l1 ?? 0, own.l2 ?? 0),
  [`${name}_constraint`]: kerasConstraint(own.constraint, rank),
});

/** Without what is null: Keras's own default. */
export const withoutNull = (config: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));

/**
 * @param kernels how Keras calls the kernels of the layer: `kernel`, `depthwise`
 * @param rank    axes of the kernel
 */
export function kerasWeights(config: WeightConfig, kernels: readonly string[], rank: number): Record<string, unknown> {
  const ofKernels = kernels.map((name) => kerasWeight(name, kernelProperties(config), rank));
  return withoutNull({
    ...Object.assign({}, ...ofKernels),
    ...kerasWeight("bias", biasProperties(config), 1),
    activity_regularizer: kerasPenalty(config.activity_l1, config.activity_l2),
  });
}
