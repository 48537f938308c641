/** Up-sampling of sequences [steps, channels]: every step `size` times in a row (Keras's UpSampling1D). */
import { int } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { requireRank } from "../shapes.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "up_sampling_1d",
  group: "reshaping",
  icon: "↑",
  schema: { size: int({ default: 2, min: 1, max: 1000 }) },
  texts,
  traits: { reads: "sequence", repeatsField: "size" },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.size}×`,
  outputShapes: ({ config, inputs }) => {
    const [steps = 0, channels = 0] = requireRank(inputs, 2, "[steps, channels]");
    return [[steps * config.size, channels]];
  },
  build: ({ builder, config, inputs }) => [builder.one("repeat", inputs.slice(0, 1), { axis: 1, times: config.size })],
  pytorch: ({ config }) => ({ module: null, call: (_, [x = ""]) => `${x}.repeat_interleave(${config.size}, 1)`, weights: {} }),
  keras: ({ config }) => ({ className: "UpSampling1D", config: { size: config.size } }),
  examples: [
    { name: "twice", config: {}, inputs: [[3, 2]] },
    { name: "three times", config: { size: 3 }, inputs: [[2, 5]] },
  ],
});
