/**
 * Embedding: a learned vector for every index (Keras's Embedding). Indices are whole numbers from 0 to input_dim − 1; one outside
 * gives NaN, and the run stops and names this layer. Without training the vectors stay what they are.
 */
import { bool, int } from "../../schema/fields.ts";
import { initializerField } from "../fields.ts";
import { defineLayer } from "../layer.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "embedding",
  group: "core",
  icon: "E",
  schema: {
    input_dim: int({ default: 1000, min: 1, max: 16_777_216 }),
    output_dim: int({ default: 64, min: 1, max: 65_536 }),
    embeddings_initializer: initializerField("random_uniform"),
    trainable: bool({ default: true, advanced: true }),
  },
  texts,
  traits: {},
  ports: { inputs: [{ name: "input", kind: "index" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.input_dim} → ${c.output_dim}`,
  outputShapes: ({ config, inputs }) => [[...(inputs[0] ?? []), config.output_dim]],
  // Keras's fans of a matrix.
  parameters: ({ config }) => [
    {
      name: "embeddings",
      shape: [config.input_dim, config.output_dim],
      initializer: config.embeddings_initializer,
      fanIn: config.input_dim,
      fanOut: config.output_dim,
      ...(config.trainable ? {} : { trainable: false as const }),
    },
  ],
  build: ({ builder, inputs, parameters }) => {
    const [indices] = inputs;
    const { embeddings } = parameters;
    if (indices === undefined || embeddings === undefined) throw new Error("embedding: no input or vectors");
    return [builder.one("embedding", [indices, embeddings])];
  },
  pytorch: ({ config }) => ({
    module: config.trainable
      ? `nn.Embedding(${config.input_dim}, ${config.output_dim})`
      : `nn.Embedding(${config.input_dim}, ${config.output_dim}).requires_grad_(False)`,
    call: (module, [x = ""]) => `${module}(${x}.long())`,
    weights: { embeddings: { name: "weight" } },
  }),
  keras: ({ config }) => ({
    className: "Embedding",
    config: {
      input_dim: config.input_dim,
      output_dim: config.output_dim,
      embeddings_initializer: config.embeddings_initializer,
      trainable: config.trainable,
    },
  }),
  examples: [
    { name: "a sequence of indices", config: { input_dim: 5, output_dim: 3 }, inputs: [[4]], indices: 5 },
    { name: "one index of many rows", config: { input_dim: 7, output_dim: 2 }, inputs: [[1]], indices: 7 },
    { name: "two axes", config: { input_dim: 3, output_dim: 5 }, inputs: [[2, 3]], indices: 3 },
  ],
});
