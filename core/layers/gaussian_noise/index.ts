/** Gaussian noise: while training, a normal number of deviation `stddev` is added to every number (Keras's GaussianNoise). */
import { float } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "gaussian_noise",
  group: "regularization",
  icon: "∿",
  schema: { stddev: float({ default: 0.1, min: 0, max: 1000 }) },
  texts,
  traits: { trainingOnly: true, mask: "passes" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `σ ${c.stddev}`,
  outputShapes: ({ inputs }) => [inputs[0] ?? []],
  build: ({ builder, config, inputs, training, stream, seed }) =>
    training && config.stddev > 0
      ? [builder.one("gaussian_noise", inputs.slice(0, 1), { stddev: config.stddev, stream, seed })]
      : inputs.slice(0, 1),
  pytorch: ({ config }) => ({
    // PyTorch has no such module: one that does nothing knows whether it is training.
    module: "nn.Identity()",
    call: (module, [x = ""]) => `(${x} + ${config.stddev} * torch.randn_like(${x}) if ${module}.training else ${x})`,
    weights: {},
  }),
  keras: ({ config }) => ({ className: "GaussianNoise", config: { stddev: config.stddev } }),
  // The noise differs from PyTorch's; without any, nothing may.
  examples: [{ name: "no noise", config: { stddev: 0 }, inputs: [[4]] }],
});
