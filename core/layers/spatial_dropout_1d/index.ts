/** Spatial dropout of sequences [steps, channels] (Tompson et al. 2015): drops whole channels, not single numbers (Keras's SpatialDropout1D). */
import { sizeOf } from "../../ir/tensor.ts";
import { float } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { requireRank } from "../shapes.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "spatial_dropout_1d",
  group: "regularization",
  icon: "⁙1",
  schema: { rate: float({ default: 0.5, min: 0, max: 1, exclusiveMax: true }) },
  texts,
  traits: { reads: "sequence", trainingOnly: true, rateField: "rate", drops: "channels", mask: "passes" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.rate}`,
  outputShapes: ({ inputs }) => [requireRank(inputs, 2, "[steps, channels]")],
  build: ({ builder, config, inputs, training, stream, seed }) => {
    if (!training || config.rate === 0) return inputs.slice(0, 1);
    return inputs.slice(0, 1).map((x) => {
      const [N = 1, C = 1] = [x.shape[0], x.shape[2]];
      const ones = builder.one("fill", [], { shape: [N, 1, C], value: 1 });
      const kept = builder.one("dropout", [ones], { rate: config.rate, stream, seed });
      const mask = builder.one("repeat", [kept], { axis: 1, times: sizeOf(x.shape.slice(1, -1)) });
      return builder.one("multiply", [x, builder.reshape(mask, x.shape)]);
    });
  },
  pytorch: ({ config }) => ({
    module: `nn.Dropout1d(${config.rate})`,
    call: (module, [x = ""]) => `${module}(${x}.movedim(-1, 1)).movedim(1, -1)`,
    weights: {},
  }),
  keras: ({ config }) => ({ className: "SpatialDropout1D", config: { rate: config.rate } }),
  // Which channels are dropped differs from PyTorch; at rate 0, and when predicting, nothing may.
  examples: [{ name: "rate 0", config: { rate: 0 }, inputs: [[4, 3]] }],
});
