/**
 * Embedding: a learned vector for every index (Keras's Embedding). Indices are whole numbers from 0 to input_dim − 1; one outside
 * gives NaN, and the run stops and names this layer. Without training the vectors stay what they are.
 */
import { bool, int } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { initializerField, penaltyField } from "../fields.ts";
import {
  constraintField,
  constraintOf,
  initializerValueField,
  initialValue,
  kerasConstraint,
  kerasInitializer,
  kerasPenalty,
  maxNormField,
  normAxesField,
} from "../weight-options.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "embedding",
  group: "core",
  icon: "E",
  schema: {
    input_dim: int({ default: 1000, min: 1, max: 16_777_216 }),
    output_dim: int({ default: 64, min: 1, max: 65_536 }),
    embeddings_initializer: initializerField("random_uniform"),
    embeddings_initializer_value: initializerValueField("embeddings_initializer"),
    l1: penaltyField(),
    l2: penaltyField(),
    activity_l1: penaltyField(),
    activity_l2: penaltyField(),
    embeddings_constraint: constraintField(),
    embeddings_max_norm: maxNormField("embeddings_constraint"),
    embeddings_norm_axes: normAxesField("embeddings_constraint"),
    trainable: bool({ default: true, advanced: true }),
    mask_zero: bool({ default: false }),
  },
  texts,
  traits: { mask: "uses", indexCountField: "input_dim", wordVectors: { parameter: "embeddings", widthField: "output_dim" } },
  ports: { inputs: [{ name: "input", kind: "index" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.input_dim} → ${c.output_dim}`,
  outputShapes: ({ config, inputs }) => [[...(inputs[0] ?? []), config.output_dim]],
  // Keras's fans of a matrix.
  parameters: ({ config }) => [
    {
      name: "embeddings",
      shape: [config.input_dim, config.output_dim],
      initializer: config.embeddings_initializer,
      ...initialValue(config.embeddings_initializer_value),
      l1: config.l1,
      l2: config.l2,
      ...constraintOf(config.embeddings_constraint, config.embeddings_max_norm, config.embeddings_norm_axes),
      fanIn: config.input_dim,
      fanOut: config.output_dim,
      ...(config.trainable ? {} : { trainable: false as const }),
    },
  ],
  build: ({ builder, config, inputs, parameters, maskOutput }) => {
    const [indices] = inputs;
    const { embeddings } = parameters;
    if (indices === undefined || embeddings === undefined) throw new Error("embedding: no input or vectors");
    // A mask is one of steps: the indices must be a sequence.
    if (config.mask_zero && indices.shape.length === 2)
      maskOutput(builder.one("find_steps", [builder.reshape(indices, [...indices.shape, 1])], { value: 0 }));
    return [builder.one("embedding", [indices, embeddings])];
  },
  pytorch: ({ config, inputs }) => ({
    module: config.trainable
      ? `nn.Embedding(${config.input_dim}, ${config.output_dim})`
      : `nn.Embedding(${config.input_dim}, ${config.output_dim}).requires_grad_(False)`,
    call: (module, [x = ""]) => `${module}(${x}.long())`,
    mask: ([x = ""]) => (config.mask_zero && inputs[0]?.length === 1 ? `(${x} != 0).to(${x}.dtype)` : undefined),
    weights: { embeddings: { name: "weight" } },
  }),
  keras: ({ config }) => ({
    className: "Embedding",
    config: {
      input_dim: config.input_dim,
      output_dim: config.output_dim,
      embeddings_initializer: kerasInitializer(config.embeddings_initializer, config.embeddings_initializer_value),
      embeddings_regularizer: kerasPenalty(config.l1, config.l2),
      activity_regularizer: kerasPenalty(config.activity_l1, config.activity_l2),
      embeddings_constraint: kerasConstraint(
        constraintOf(config.embeddings_constraint, config.embeddings_max_norm, config.embeddings_norm_axes).constraint,
        2,
      ),
      trainable: config.trainable,
      mask_zero: config.mask_zero,
    },
  }),
  examples: [
    { name: "a sequence of indices", config: { input_dim: 5, output_dim: 3 }, inputs: [[4]], indices: 5 },
    { name: "one index of many rows", config: { input_dim: 7, output_dim: 2 }, inputs: [[1]], indices: 7 },
    { name: "penalties", config: { input_dim: 4, output_dim: 2, l2: 0.1, activity_l2: 0.3 }, inputs: [[3]], indices: 4 },
    { name: "two axes", config: { input_dim: 3, output_dim: 5 }, inputs: [[2, 3]], indices: 3 },
  ],
});
