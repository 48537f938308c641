/**
 * What a layer gets from its traits and fields without saying it itself: an activation with weights brings their number and
 * their parameters; `activity_l1` and `activity_l2` put a penalty on what comes out.
 */

import type { LearnedActivation } from "../activations/activation.ts";
import { activationDefinition, activationNames } from "../activations/definitions.ts";
import { AppError } from "../errors.ts";
import type { Tensor } from "../ir/tensor.ts";
import { type Shape, sizeOf } from "../ir/tensor.ts";
import { choice, int, type Schema } from "../schema/fields.ts";
import type { KerasMapping, LayerDefinition, LayerTexts, ParameterDefinition, PyTorchMapping } from "./layer.ts";
import { withoutNull } from "./weight-options.ts";

type Values = Readonly<Record<string, unknown>>;

const PREFIX = "activation_";
const learnedNames = activationNames.filter((name) => activationDefinition(name).learned !== undefined);
const namesWithPieces = learnedNames.filter((name) => activationDefinition(name).learned?.pieces === true);

const learnedTexts = {
  en: {
    activation_pieces: { label: "Pieces", help: "How many pieces are summed: more pieces, more bends in the curve." },
    activation_weights: {
      label: "Activation weights",
      help: "per_unit: every unit or channel has its own curve. per_value: every position of the output. one: the whole layer shares one.",
    },
  },
  zh: {
    activation_pieces: { label: "段数", help: "求和的段数：段数越多，曲线的拐点越多。" },
    activation_weights: {
      label: "激活函数的权重",
      help: "per_unit：每个单元或通道各有一条曲线；per_value：输出的每个位置各一条；one：整层共用一条。",
    },
  },
} as const;

export function withSharedOptions(definition: LayerDefinition): LayerDefinition {
  return withActivityPenalty(withLearnedActivation(definition));
}

/** Layers whose activation can be one with weights: those that name it by their trait and offer all names. */
function withLearnedActivation(definition: LayerDefinition): LayerDefinition {
  const { activationField } = definition.traits;
  const field = activationField === undefined ? undefined : definition.schema[activationField];
  if (activationField === undefined || field?.kind !== "choice" || !learnedNames.every((name) => field.values.includes(name)))
    return definition;
  const visible = (values: readonly string[]) => ({ visibleWhen: { field: activationField, values } });
  const chosen = (config: Values): LearnedActivation | undefined => activationDefinition(String(config[activationField])).learned;
  const weightsOf = (config: Values, shape: Shape): readonly ParameterDefinition[] => {
    const count = { one: 1, per_value: sizeOf(shape) }[String(config["activation_weights"])] ?? shape.at(-1) ?? 1;
    const weights = chosen(config)?.weights(count, Number(config["activation_pieces"])) ?? [];
    return weights.map((weight) => ({ ...weight, name: PREFIX + weight.name }));
  };
  const { keras, pytorch } = definition;
  return {
    ...definition,
    schema: insertBehind(definition.schema, activationField, {
      activation_pieces: int({ default: 4, min: 1, max: 256, ...visible(namesWithPieces) }),
      activation_weights: choice({ values: ["per_unit", "per_value", "one"], default: "per_unit", ...visible(learnedNames) }),
    }),
    texts: { en: withWords(definition.texts.en, "en"), zh: withWords(definition.texts.zh, "zh") },
    parameters: (context) => {
      const own = definition.parameters?.(context) ?? [];
      return chosen(context.config) === undefined ? own : [...own, ...weightsOf(context.config, definition.outputShapes(context)[0] ?? [])];
    },
    build: (context) => {
      const { builder } = context;
      const outer = builder.layerParameters;
      builder.layerParameters = context.parameters;
      try {
        return definition.build(context);
      } finally {
        builder.layerParameters = outer;
      }
    },
    ...(keras === undefined
      ? {}
      : {
          keras: (context) => {
            const learned = chosen(context.config);
            if (learned === undefined) return keras(context);
            const name = String(context.config[activationField]);
            const { length } = definition.outputShapes(context)[0] ?? [];
            const object = learned.keras?.(String(context.config["activation_weights"]), length);
            if (object === undefined) throw new AppError("design.activation_not_in_keras", { activation: name });
            const mapping = keras(context);
            // A layer that is nothing but its activation is that layer of Keras.
            if (definition.traits.activates === true) return kerasLayerOf(object);
            // The penalty is of what comes out, behind the activation.
            const { activity_regularizer: penalty, ...config } = mapping.config;
            const behind = kerasLayerOf(object);
            return {
              ...mapping,
              config: { ...config, [activationField]: "linear" },
              behind: { ...behind, config: withoutNull({ ...behind.config, activity_regularizer: penalty ?? null }) },
            };
          },
        }),
    ...(pytorch === undefined
      ? {}
      : {
          pytorch: (context) => {
            const learned = chosen(context.config);
            if (learned === undefined) return pytorch(context);
            const [shape = []] = definition.outputShapes(context);
            return learnedInPyTorch(
              pytorch(context),
              String(context.config[activationField]),
              learned,
              weightsOf(context.config, shape),
              shape,
            );
          },
        }),
  };
}

/** A serialised object of keras.layers, as a mapping. */
const kerasLayerOf = ({ class_name, config }: Readonly<Record<string, unknown>>): KerasMapping => ({
  className: String(class_name),
  config: config as KerasMapping["config"],
});

function insertBehind(schema: Schema, name: string, fields: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, field]) => [[key, field] as const, ...(key === name ? Object.entries(fields) : [])]),
  );
}

const withWords = (texts: LayerTexts, language: "en" | "zh"): LayerTexts => ({
  ...texts,
  fields: { ...texts.fields, ...learnedTexts[language] },
});

/** The layer's module first, then the weights: `nn.ModuleList([nn.Linear(3, 4), nn.ParameterDict({"alpha": …})])`. */
function learnedInPyTorch(
  own: PyTorchMapping,
  name: string,
  learned: LearnedActivation,
  weights: readonly ParameterDefinition[],
  shape: Shape,
): PyTorchMapping {
  const parameters = weights.map(
    (weight) => `"${weight.name.slice(PREFIX.length)}": nn.Parameter(torch.zeros(${weight.shape.join(", ")}))`,
  );
  const everyValue = weights.some((weight) => weight.shape.at(-1) === sizeOf(shape)) && shape.length > 1;
  return {
    ...own,
    module: `nn.ModuleList([${own.module ?? "nn.Identity()"}, nn.ParameterDict({${parameters.join(", ")}})])`,
    call: (module, inputs, masks) => {
      const curve = learned.pytorch("v", (weight) => `${module}[1]["${weight}"]`);
      const applied = everyValue ? `(lambda x: (lambda v: ${curve})(x.flatten(1)).reshape(x.shape))(` : `(lambda v: ${curve})(`;
      return own.call(`${module}[0]`, inputs, masks).replaceAll(`ACTIVATION:${name}(`, applied);
    },
    weights: {
      ...Object.fromEntries(Object.entries(own.weights).map(([key, weight]) => [key, { ...weight, name: `0.${weight.name}` }])),
      ...Object.fromEntries(weights.map((weight) => [weight.name, { name: `1.${weight.name.slice(PREFIX.length)}` }])),
    },
  };
}

/** l1 · Σ|y| + l2 · Σy² of a sample, the mean over the batch (Keras divides by the batch size; its first versions of 3 did not). */
function withActivityPenalty(definition: LayerDefinition): LayerDefinition {
  if (definition.schema["activity_l1"] === undefined) return definition;
  const { pytorch } = definition;
  const strength = (config: Values): { l1: number; l2: number } => ({
    l1: Number(config["activity_l1"]),
    l2: Number(config["activity_l2"]),
  });
  const isOn = (config: Values): boolean => strength(config).l1 !== 0 || strength(config).l2 !== 0;
  return {
    ...definition,
    build: (context) => {
      const outputs = definition.build(context);
      const { l1, l2 } = strength(context.config);
      // Of what comes out, not of the states beside it.
      if (isOn(context.config)) for (const output of outputs.slice(0, 1)) context.addPenalty(penaltyOf(context.builder, output, l1, l2));
      return outputs;
    },
    ...(pytorch === undefined
      ? {}
      : {
          pytorch: (context) => {
            const { l1, l2 } = strength(context.config);
            if (!isOn(context.config)) return pytorch(context);
            const terms = (outputs: readonly string[]): string =>
              outputs
                .slice(0, 1)
                .map((y) => `(${l1} * ${y}.abs().sum() + ${l2} * (${y} ** 2).sum()) / ${y}.shape[0]`)
                .join(" + ");
            return { ...pytorch(context), penalty: terms };
          },
        }),
  };
}

function penaltyOf(builder: Parameters<LayerDefinition["build"]>[0]["builder"], output: Tensor, l1: number, l2: number): Tensor {
  const batch = output.shape[0] ?? 1;
  return builder.one("penalty", [output], { l1: l1 / batch, l2: l2 / batch });
}
