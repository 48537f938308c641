/**
 * What maximum and average pooling share, of sequences [steps, channels] and of pictures [height, width, channels]: options, windows
 * and the op. A layer says how its windows become one number, and what they are in PyTorch and Keras.
 */
import type { Shape } from "../ir/tensor.ts";
import { choice, int, optionalInt, optionalShape, shape } from "../schema/fields.ts";
import { pythonTuple } from "./convolution.ts";
import { defineLayer } from "./define-layer.ts";
import type { LayerDefinition } from "./layer.ts";
import { requireRank } from "./shapes.ts";
import { type Padding, pairOf, windowAxis } from "./windows.ts";

/** What tells one pooling layer from another. */
interface Pooling extends Pick<LayerDefinition, "type" | "icon" | "texts"> {
  readonly function: "maximum" | "average";
  readonly kerasClass: string;
}

/**
 * PyTorch's call on `x`, channels first.
 * @param pads   as nn.functional.pad takes them, last axis first
 * @param window size and strides as Python writes them
 */
function pytorchPool({ function: name }: Pooling, axes: 1 | 2, x: string, pads: readonly number[], window: string): string {
  const padded = pads.some((zeros) => zeros > 0);
  const padding = pythonTuple(pads);
  if (name === "maximum") {
    const filled = padded ? `nn.functional.pad(${x}, ${padding}, value=float("-inf"))` : x;
    return `nn.functional.max_pool${axes}d(${filled}, ${window})`;
  }
  const pool = (what: string): string => `nn.functional.avg_pool${axes}d(nn.functional.pad(${what}, ${padding}), ${window})`;
  // Zeros in the padding do not count: PyTorch counts them, so the mean of ones is divided out.
  return padded ? `(${pool(x)} / ${pool(`torch.ones_like(${x})`)})` : `nn.functional.avg_pool${axes}d(${x}, ${window})`;
}

const common = {
  group: "pooling",
  traits: { window: { kind: "pooling", size: "pool_size", strides: "strides" } },
  ports: { inputs: [{ name: "input", kind: "float" }], outputs: [{ name: "output", kind: "float" }] },
} as const;
const paddingField = () => choice({ values: ["valid", "same"], default: "valid" });

interface SequenceWindows {
  readonly pool_size: number;
  readonly strides: number | null;
  readonly padding: Padding;
}

function stepsOf(config: SequenceWindows, inputs: readonly Shape[]) {
  const [steps = 0, channels = 0] = requireRank(inputs, 2, "[steps, channels]");
  const { pool_size: size, padding } = config;
  const stride = config.strides ?? size;
  return { size, stride, channels, ...windowAxis("steps", { length: steps, size, stride, dilation: 1, padding }) };
}

/** Over [steps, channels]. */
export const poolingOfSequences = (pooling: Pooling): LayerDefinition =>
  defineLayer({
    ...common,
    type: pooling.type,
    icon: pooling.icon,
    schema: {
      pool_size: int({ default: 2, min: 1, max: 100_000 }),
      strides: optionalInt({ min: 1, max: 100_000 }),
      padding: paddingField(),
    },
    texts: pooling.texts,
    headline: (c) => `${c.pool_size}`,
    outputShapes: ({ config, inputs }) => {
      const { output, channels } = stepsOf(config, inputs);
      return [[output, channels]];
    },
    build: ({ builder, config, inputs }) =>
      inputs.slice(0, 1).map((x) => {
        const { size, stride, channels, output, before, after } = stepsOf(config, [x.shape.slice(1)]);
        const [N = 1, steps = 1] = x.shape;
        const y = builder.one("pool2d", [builder.reshape(x, [N, 1, steps, channels])], {
          function: pooling.function,
          size: [1, size],
          strides: [1, stride],
          padding: [0, 0, before, after],
        });
        return builder.reshape(y, [N, output, channels]);
      }),
    pytorch: ({ config, inputs }) => {
      const { size, stride, before, after } = stepsOf(config, inputs);
      return {
        module: null,
        call: (_, [x = ""]) =>
          `${pytorchPool(pooling, 1, `${x}.permute(0, 2, 1)`, [before, after], `${size}, ${stride}`)}.permute(0, 2, 1)`,
        weights: {},
      };
    },
    keras: ({ config }) => ({
      className: pooling.kerasClass,
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

interface PictureWindows {
  readonly pool_size: Shape;
  readonly strides: Shape | null;
  readonly padding: Padding;
}

function sidesOf(config: PictureWindows, inputs: readonly Shape[]) {
  const [height = 0, width = 0, channels = 0] = requireRank(inputs, 3, "[height, width, channels]");
  const size = pairOf(config.pool_size, "pool_size");
  const strides = pairOf(config.strides ?? config.pool_size, "strides");
  const { padding } = config;
  const down = windowAxis("height", { length: height, size: size[0], stride: strides[0], dilation: 1, padding });
  const across = windowAxis("width", { length: width, size: size[1], stride: strides[1], dilation: 1, padding });
  return { size, strides, channels, down, across, padding: [down.before, down.after, across.before, across.after] as const };
}

/** Over [height, width, channels]. */
export const poolingOfPictures = (pooling: Pooling): LayerDefinition =>
  defineLayer({
    ...common,
    type: pooling.type,
    icon: pooling.icon,
    schema: {
      pool_size: shape({ default: [2, 2], maxRank: 2 }),
      strides: optionalShape({ maxRank: 2 }),
      padding: paddingField(),
    },
    texts: pooling.texts,
    headline: (c) => c.pool_size.join("×"),
    outputShapes: ({ config, inputs }) => {
      const { down, across, channels } = sidesOf(config, inputs);
      return [[down.output, across.output, channels]];
    },
    build: ({ builder, config, inputs }) =>
      inputs.slice(0, 1).map((x) => {
        const { size, strides, padding } = sidesOf(config, [x.shape.slice(1)]);
        return builder.one("pool2d", [x], { function: pooling.function, size, strides, padding });
      }),
    pytorch: ({ config, inputs }) => {
      const { size, strides, padding } = sidesOf(config, inputs);
      const [top, bottom, left, right] = padding;
      return {
        module: null,
        call: (_, [x = ""]) => {
          const window = `${pythonTuple(size)}, ${pythonTuple(strides)}`;
          return `${pytorchPool(pooling, 2, `${x}.permute(0, 3, 1, 2)`, [left, right, top, bottom], window)}.permute(0, 2, 3, 1)`;
        },
        weights: {},
      };
    },
    keras: ({ config }) => ({
      className: pooling.kerasClass,
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
