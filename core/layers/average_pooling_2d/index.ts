/** Average pooling of pictures [height, width, channels]: the mean of each window, channel by channel (Keras's AveragePooling2D). */
import type { Shape } from "../../ir/tensor.ts";
import { choice, optionalShape, shape } from "../../schema/fields.ts";
import { pythonTuple } from "../convolution.ts";
import { defineLayer } from "../layer.ts";
import { requireRank } from "../shapes.ts";
import { type Padding, pairOf, windowAxis } from "../windows.ts";
import { texts } from "./texts.ts";

interface Config {
  readonly pool_size: Shape;
  readonly strides: Shape | null;
  readonly padding: Padding;
}

function geometryOf(config: Config, inputs: readonly Shape[]) {
  const [height = 0, width = 0, channels = 0] = requireRank(inputs, 3, "[height, width, channels]");
  const size = pairOf(config.pool_size, "pool_size");
  const strides = pairOf(config.strides ?? config.pool_size, "strides");
  const { padding } = config;
  const down = windowAxis("height", { length: height, size: size[0], stride: strides[0], dilation: 1, padding });
  const across = windowAxis("width", { length: width, size: size[1], stride: strides[1], dilation: 1, padding });
  return { size, strides, channels, down, across, padding: [down.before, down.after, across.before, across.after] as const };
}

export default defineLayer({
  type: "average_pooling_2d",
  group: "pooling",
  icon: "A2",
  schema: {
    pool_size: shape({ default: [2, 2], maxRank: 2 }),
    strides: optionalShape({ maxRank: 2 }),
    padding: choice({ values: ["valid", "same"], default: "valid" }),
  },
  texts,
  traits: { window: { kind: "pooling", size: "pool_size", strides: "strides" } },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => c.pool_size.join("×"),
  outputShapes: ({ config, inputs }) => {
    const { down, across, channels } = geometryOf(config, inputs);
    return [[down.output, across.output, channels]];
  },
  build: ({ builder, config, inputs }) =>
    inputs.slice(0, 1).map((x) => {
      const { size, strides, padding } = geometryOf(config, [x.shape.slice(1)]);
      return builder.one("pool2d", [x], { function: "average", size, strides, padding });
    }),
  pytorch: ({ config, inputs }) => {
    const { size, strides, padding } = geometryOf(config, inputs);
    const [top, bottom, left, right] = padding;
    return {
      module: null,
      call: (_, [x = ""]) => {
        const first = `${x}.permute(0, 3, 1, 2)`;
        const pool = (what: string): string =>
          `nn.functional.avg_pool2d(nn.functional.pad(${what}, ${pythonTuple([left, right, top, bottom])}), ${pythonTuple(size)}, ${pythonTuple(strides)})`;
        // Zeros in the padding do not count: PyTorch counts them, so the mean of ones is divided out.
        return padding.some((zeros) => zeros > 0)
          ? `(${pool(first)} / ${pool(`torch.ones_like(${first})`)}).permute(0, 2, 3, 1)`
          : `nn.functional.avg_pool2d(${first}, ${pythonTuple(size)}, ${pythonTuple(strides)}).permute(0, 2, 3, 1)`;
      },
      weights: {},
    };
  },
  keras: ({ config }) => ({
    className: "AveragePooling2D",
    config: {
      pool_size: pairOf(config.pool_size, "pool_size"),
      strides: config.strides === null ? null : pairOf(config.strides, "strides"),
      padding: config.padding,
    },
  }),
  examples: [
    { name: "two by two", config: {}, inputs: [[4, 6, 3]] },
    { name: "same, what is left over", config: { padding: "same" }, inputs: [[5, 3, 2]] },
    { name: "overlapping, same", config: { pool_size: [3, 2], strides: [2, 1], padding: "same" }, inputs: [[5, 4, 2]] },
    { name: "overlapping, one number for both", config: { pool_size: [3], strides: [1] }, inputs: [[4, 5, 1]] },
  ],
});
