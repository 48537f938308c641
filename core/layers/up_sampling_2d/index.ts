/** Up-sampling of pictures [height, width, channels]: every pixel becomes a block of equal ones, or bilinear: of blends with its neighbours (Keras's UpSampling2D). */
import { choice, shape } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { requireRank } from "../shapes.ts";
import { pairOf } from "../windows.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  type: "up_sampling_2d",
  group: "reshaping",
  icon: "↑",
  schema: {
    size: shape({ default: [2, 2], maxRank: 2 }),
    interpolation: choice({ values: ["nearest", "bilinear"], default: "nearest" }),
  },
  texts,
  traits: { reads: "picture", repeatsField: "size" },
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
      const op = config.interpolation === "nearest" ? "repeat" : "interpolate";
      return builder.one(op, [builder.one(op, [x], { axis: 2, times: across })], { axis: 1, times: down });
    }),
  pytorch: ({ config }) => {
    const [down, across] = pairOf(config.size, "size");
    return {
      module: null,
      call: (_, [x = ""]) =>
        config.interpolation === "nearest"
          ? `${x}.repeat_interleave(${down}, 1).repeat_interleave(${across}, 2)`
          : `nn.functional.interpolate(${x}.permute(0, 3, 1, 2), scale_factor=(${down}, ${across}), mode="bilinear", align_corners=False).permute(0, 2, 3, 1)`,
      weights: {},
    };
  },
  keras: ({ config }) => ({
    className: "UpSampling2D",
    config: { size: pairOf(config.size, "size"), interpolation: config.interpolation },
  }),
  examples: [
    { name: "twice", config: {}, inputs: [[2, 3, 2]] },
    { name: "bilinear", config: { interpolation: "bilinear" }, inputs: [[3, 4, 2]] },
    { name: "bilinear, three times as high", config: { size: [3, 1], interpolation: "bilinear" }, inputs: [[2, 1, 5]] },
    { name: "three times as high", config: { size: [3, 1] }, inputs: [[2, 2, 1]] },
  ],
});
