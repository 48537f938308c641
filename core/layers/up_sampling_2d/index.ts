/** Up-sampling of pictures [height, width, channels]: every pixel becomes a block of equal ones (Keras's UpSampling2D, nearest). */
import { shape } from "../../schema/fields.ts";
import { defineLayer } from "../layer.ts";
import { requireRank } from "../shapes.ts";
import { pairOf } from "../windows.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "up_sampling_2d",
  group: "reshaping",
  icon: "↑",
  schema: { size: shape({ default: [2, 2], maxRank: 2 }) },
  texts,
  traits: {},
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => c.size.join("×"),
  outputShapes: ({ config, inputs }) => {
    const [height = 0, width = 0, channels = 0] = requireRank(inputs, 3, "[height, width, channels]");
    const [down, across] = pairOf(config.size, "size");
    return [[height * down, width * across, channels]];
  },
  build: ({ builder, config, inputs }) =>
    inputs.slice(0, 1).map((x) => {
      const [down, across] = pairOf(config.size, "size");
      return builder.one("repeat", [builder.one("repeat", [x], { axis: 2, times: across })], { axis: 1, times: down });
    }),
  pytorch: ({ config }) => {
    const [down, across] = pairOf(config.size, "size");
    return { module: null, call: (_, [x = ""]) => `${x}.repeat_interleave(${down}, 1).repeat_interleave(${across}, 2)`, weights: {} };
  },
  keras: ({ config }) => ({ className: "UpSampling2D", config: { size: pairOf(config.size, "size"), interpolation: "nearest" } }),
  examples: [
    { name: "twice", config: {}, inputs: [[2, 3, 2]] },
    { name: "three times as high", config: { size: [3, 1] }, inputs: [[2, 2, 1]] },
  ],
});
