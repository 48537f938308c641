/** Activation: a function applied on its own, where one wants to see it between two layers. */

import { activationNames } from "../../activations/definitions.ts";
import { float } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { activationField } from "../fields.ts";
import { refuseOption } from "../keras-options.ts";
import type { KerasConfig, KerasSource } from "../layer.ts";
import { texts } from "./texts.ts";

/** The slope that the activation has by itself. */
const USUAL_SLOPE = 0.01;

interface Options {
  readonly activation: string;
  readonly negative_slope: number;
}
const hasOwnSlope = ({ activation, negative_slope: slope }: Options): boolean => activation === "leaky_relu" && slope !== USUAL_SLOPE;

const rectifier = ({ negative_slope, alpha, max_value, threshold }: KerasConfig) => {
  const slope = Number(negative_slope ?? alpha ?? 0);
  if (Number(threshold ?? 0) !== 0) refuseOption("threshold", threshold);
  if (max_value === null || max_value === undefined)
    return slope === 0 ? { activation: "relu", ...WITHOUT_SLOPE } : { activation: "leaky_relu", negative_slope: slope };
  if (slope !== 0) refuseOption("max_value, negative_slope", [max_value, slope]);
  return max_value === 6 ? { activation: "relu6", ...WITHOUT_SLOPE } : refuseOption("max_value", max_value);
};

/** Their option of the slope is Keras's by name: where it has no effect it must not get one when another activation is chosen. */
const WITHOUT_SLOPE = { negative_slope: USUAL_SLOPE };

/** Layers of Keras's that are an activation. */
const KERAS_LAYERS: Readonly<Record<string, (keras: KerasConfig, source: KerasSource) => Readonly<Record<string, unknown>>>> = {
  ReLU: rectifier,
  LeakyReLU: ({ negative_slope, alpha }) => ({ activation: "leaky_relu", negative_slope: Number(negative_slope ?? alpha ?? 0.3) }),
  ELU: ({ alpha }) => (Number(alpha ?? 1) === 1 ? { activation: "elu" } : refuseOption("alpha", alpha)),
  Softmax: ({ axis }, source) => {
    source.axesAre("axis", axis ?? -1, "last");
    return { activation: "softmax" };
  },
  PReLU: ({ shared_axes: axes }, source) => {
    const shares = Array.isArray(axes) && axes.length > 0;
    if (shares) source.axesAre("shared_axes", axes, "all_but_last");
    return { activation: "prelu", activation_weights: shares ? "per_unit" : "per_value" };
  },
};

export default defineLayer({
  type: "activation",
  group: "core",
  icon: "ƒ",
  schema: {
    activation: activationField("relu"),
    negative_slope: float({ default: USUAL_SLOPE, min: 0, max: 1000, visibleWhen: { field: "activation", values: ["leaky_relu"] } }),
  },
  texts,
  traits: { activationField: "activation", activates: true, mask: "passes" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => c.activation,
  outputShapes: ({ inputs }) => [inputs[0] ?? []],
  build: ({ builder, config, inputs }) =>
    inputs.slice(0, 1).map((x) => {
      if (!hasOwnSlope(config)) return builder.activation(x, config.activation);
      const slopes = builder.one("fill", [], { shape: x.shape.slice(-1), value: config.negative_slope });
      return builder.one("prelu", [x, slopes]);
    }),
  pytorch: ({ config }) => ({
    module: null,
    call: (_, [x = ""]) =>
      hasOwnSlope(config) ? `torch.nn.functional.leaky_relu(${x}, ${config.negative_slope})` : `ACTIVATION:${config.activation}(${x})`,
    weights: {},
  }),
  keras: ({ config }) =>
    hasOwnSlope(config)
      ? { className: "LeakyReLU", config: { negative_slope: config.negative_slope } }
      : { className: "Activation", config: { activation: config.activation } },
  fromKeras: {
    classes: Object.keys(KERAS_LAYERS),
    reads: ["negative_slope", "alpha", "max_value", "threshold", "axis", "shared_axes"],
    config: (keras, source) => KERAS_LAYERS[source.className]?.(keras, source) ?? {},
  },
  examples: [
    ...activationNames.map((activation) => ({ name: activation, config: { activation }, inputs: [[3, 5]] })),
    { name: "leaky_relu, a slope of its own", config: { activation: "leaky_relu", negative_slope: 0.3 }, inputs: [[3, 5]] },
    { name: "prelu, one slope", config: { activation: "prelu", activation_weights: "one" }, inputs: [[3, 5]] },
    { name: "prelu, a slope for every value", config: { activation: "prelu", activation_weights: "per_value" }, inputs: [[3, 5]] },
    {
      name: "sigmoid_sum of two, one curve",
      config: { activation: "sigmoid_sum", activation_weights: "one", activation_pieces: 2 },
      inputs: [[5]],
    },
    {
      name: "relu_sum of one, a curve for every value",
      config: { activation: "relu_sum", activation_weights: "per_value", activation_pieces: 1 },
      inputs: [[2, 3]],
    },
  ],
});
