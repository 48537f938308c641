/**
 * Output: the end of a branch; holds what the prediction is compared with (target columns, or an input for an
 * autoencoder) and the loss. It passes the prediction through unchanged.
 */

import { AppError } from "../../errors.ts";
import { sizeOf } from "../../ir/tensor.ts";
import { lossDefinition, lossDefinitions, lossNames } from "../../losses/definitions.ts";
import { choice, float, names, text } from "../../schema/fields.ts";
import { defineLayer } from "../layer.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "output",
  group: "io",
  icon: "L",
  schema: {
    loss: choice({ values: lossNames, default: "mse" }),
    target: names({ of: "target_columns" }),
    target_input: text({ maxLength: 128, advanced: true }),
    loss_weight: float({ default: 1, min: 0, max: 1e6, advanced: true }),
    label_smoothing: float({
      default: 0,
      min: 0,
      max: 1,
      exclusiveMax: true,
      advanced: true,
      visibleWhen: { field: "loss", values: lossNames.filter((name) => lossDefinitions[name]?.smoothsLabels === true) },
    }),
  },
  texts,
  traits: { role: "output" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [] },
  headline: (c) => c.loss,
  output: (c) => ({
    loss: c.loss,
    weight: c.loss_weight,
    labelSmoothing: c.label_smoothing,
    columns: c.target,
    targetInput: c.target_input === "" ? null : c.target_input,
  }),
  outputShapes: ({ config, inputs, data }) => {
    const width = sizeOf(inputs[0] ?? []);
    const { expects } = lossDefinition(config.loss);
    const classes = data?.classes;
    if (config.target_input === "" && classes !== undefined) {
      if ((expects === "row_probabilities" || expects === "row_scores") && width !== classes)
        throw new AppError("design.class_count_mismatch", { classes, units: width });
      if (expects === "each_probability" && width !== classes && !(width === 1 && classes === 2))
        throw new AppError("design.class_count_mismatch", { classes, units: width });
    }
    if ((expects === "row_probabilities" || expects === "row_scores") && width === 1)
      throw new AppError("design.one_unit_softmax", { loss: config.loss });
    return [];
  },
  build: ({ inputs }) => inputs.slice(0, 1),
  examples: [],
});
