/** Max pooling of sequences [steps, channels]: the largest number of each window, channel by channel (Keras's MaxPooling1D). */
import type { Shape } from "../../ir/tensor.ts";
import { choice, int, optionalInt } from "../../schema/fields.ts";
import { defineLayer } from "../layer.ts";
import { requireRank } from "../shapes.ts";
import { type Padding, windowAxis } from "../windows.ts";
import { texts } from "./texts.ts";

interface Config {
  readonly pool_size: number;
  readonly strides: number | null;
  readonly padding: Padding;
}

function geometryOf(config: Config, inputs: readonly Shape[]) {
  const [steps = 0, channels = 0] = requireRank(inputs, 2, "[steps, channels]");
  const { pool_size: size, padding } = config;
  const stride = config.strides ?? size;
  return { size, stride, channels, ...windowAxis("steps", { length: steps, size, stride, dilation: 1, padding }) };
}

export default defineLayer({
  type: "max_pooling_1d",
  group: "pooling",
  icon: "M1",
  schema: {
    pool_size: int({ default: 2, min: 1, max: 100_000 }),
    strides: optionalInt({ min: 1, max: 100_000 }),
    padding: choice({ values: ["valid", "same"], default: "valid" }),
  },
  texts,
  traits: { window: { kind: "pooling", size: "pool_size", strides: "strides" } },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
  headline: (c) => `${c.pool_size}`,
  outputShapes: ({ config, inputs }) => {
    const { output, channels } = geometryOf(config, inputs);
    return [[output, channels]];
  },
  build: ({ builder, config, inputs }) =>
    inputs.slice(0, 1).map((x) => {
      const { size, stride, channels, output, before, after } = geometryOf(config, [x.shape.slice(1)]);
      const [N = 1, steps = 1] = x.shape;
      const y = builder.one("pool2d", [builder.reshape(x, [N, 1, steps, channels])], {
        function: "maximum",
        size: [1, size],
        strides: [1, stride],
        padding: [0, 0, before, after],
      });
      return builder.reshape(y, [N, output, channels]);
    }),
  pytorch: ({ config, inputs }) => {
    const { size, stride, before, after } = geometryOf(config, inputs);
    return {
      module: null,
      call: (_, [x = ""]) => {
        const first = `${x}.permute(0, 2, 1)`;
        const padded = before + after > 0 ? `nn.functional.pad(${first}, (${before}, ${after}), value=float("-inf"))` : first;
        return `nn.functional.max_pool1d(${padded}, ${size}, ${stride}).permute(0, 2, 1)`;
      },
      weights: {},
    };
  },
  keras: ({ config }) => ({
    className: "MaxPooling1D",
    config: {
      pool_size: config.pool_size,
      strides: config.strides,
      padding: config.padding,
    },
  }),
  examples: [
    { name: "two", config: {}, inputs: [[6, 3]] },
    { name: "same, what is left over", config: { pool_size: 3, padding: "same" }, inputs: [[5, 2]] },
    { name: "overlapping, same", config: { pool_size: 3, strides: 2, padding: "same" }, inputs: [[6, 2]] },
    { name: "overlapping", config: { pool_size: 3, strides: 1 }, inputs: [[5, 4]] },
  ],
});
