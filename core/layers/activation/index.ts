/** Activation: a function applied on its own, where one wants to see it between two layers. */

import { activationNames } from "../../activations/definitions.ts";
import { AppError } from "../../errors.ts";
import { defineLayer } from "../define-layer.ts";
import { activationField } from "../fields.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "activation",
  group: "core",
  icon: "ƒ",
  schema: { activation: activationField("relu") },
  texts,
  traits: { activationField: "activation", activates: true, mask: "passes" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => c.activation,
  outputShapes: ({ inputs }) => [inputs[0] ?? []],
  build: ({ builder, config, inputs }) => inputs.slice(0, 1).map((x) => builder.activation(x, config.activation)),
  pytorch: ({ config }) => ({ module: null, call: (_, [x]) => `ACTIVATION:${config.activation}(${x ?? ""})`, weights: {} }),
  keras: ({ config }) => ({ className: "Activation", config: { activation: config.activation } }),
  fromKeras: {
    classes: ["ReLU", "ELU", "Softmax", "PReLU", "LeakyReLU"],
    config: ({ alpha, negative_slope, max_value, threshold, axis, shared_axes }, className) => {
      const slope = Number(negative_slope ?? alpha ?? (className === "LeakyReLU" ? 0.3 : 0));
      const is = (value: unknown, wanted: readonly unknown[]): boolean => value === undefined || value === null || wanted.includes(value);
      const unusual = (option: string, value: unknown): never => {
        throw new AppError("import.option_not_supported", { option, value: JSON.stringify(value) });
      };
      switch (className) {
        case "ReLU":
          if (!is(max_value, []) || !is(threshold, [0]) || slope !== 0)
            unusual("max_value, threshold, negative_slope", [max_value, threshold, slope]);
          return { activation: "relu" };
        case "LeakyReLU":
          if (Math.abs(slope - 0.01) > 1e-9) unusual("negative_slope", slope);
          return { activation: "leaky_relu" };
        case "ELU":
          if (!is(alpha, [1])) unusual("alpha", alpha);
          return { activation: "elu" };
        case "Softmax":
          if (!is(axis, [-1])) unusual("axis", axis);
          return { activation: "softmax" };
        case "PReLU":
          return {
            activation: "prelu",
            activation_weights: Array.isArray(shared_axes) && shared_axes.length > 0 ? "per_unit" : "per_value",
          };
        default:
          return {};
      }
    },
  },
  examples: [
    ...activationNames.map((activation) => ({ name: activation, config: { activation }, inputs: [[3, 5]] })),
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
