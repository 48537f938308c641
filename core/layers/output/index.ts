/**
 * Output: the end of a branch; holds what the prediction is compared with (target columns, or an input for an
 * autoencoder) and the loss. It passes the prediction through unchanged. A mask (its own, or one that comes with the prediction) says
 * which steps or nodes of a row count: the loss is the mean over those.
 */

import { AppError } from "../../errors.ts";
import { type Shape, sizeOf } from "../../ir/tensor.ts";
import { lossDefinition, lossDefinitions, lossNames } from "../../losses/definitions.ts";
import { choice, float, names, text } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { onPort, type Port } from "../layer.ts";
import { texts } from "./texts.ts";

const inputs: readonly Port[] = [
  { name: "input", kind: "float" },
  { name: "mask", kind: "mask", optional: true },
];

/** Rows of the last axis, each with a loss of its own: 1, or steps of a sequence, or nodes of a graph. */
const rowsOf = (shape: Shape): number => sizeOf(shape) / (shape.at(-1) ?? 1);

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
  traits: { role: "output", mask: "passes" },
  ports: { inputs, outputs: [] },
  headline: (c) => c.loss,
  output: (c) => ({
    loss: c.loss,
    weight: c.loss_weight,
    labelSmoothing: c.label_smoothing,
    columns: c.target,
    targetInput: c.target_input === "" ? null : c.target_input,
  }),
  outputShapes: ({ config, data, ...arrivals }) => {
    const prediction = arrivals.inputs[0] ?? [];
    const rows = rowsOf(prediction);
    const mask = onPort(arrivals, inputs, "mask");
    if (mask !== undefined && sizeOf(mask) !== rows)
      throw new AppError("design.mask_rows_differ", { expected: rows, received: sizeOf(mask) });
    // With a class for each step or node, a row of the last axis is what one class is compared with.
    const width = data?.shape !== undefined && sizeOf(data.shape) === rows ? sizeOf(prediction) / rows : sizeOf(prediction);
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
  build: ({ maskOutput, ...arrivals }) => {
    const mask = onPort(arrivals, inputs, "mask");
    if (mask !== undefined) maskOutput(mask);
    return arrivals.inputs.slice(0, 1);
  },
  examples: [],
});
