/** What convolutions over pictures [height, width, channels] share: where their windows lie, and how that is said in PyTorch and Keras. */
import type { Shape } from "../ir/tensor.ts";
import { choice, shape } from "../schema/fields.ts";
import { pythonTuple } from "./convolution.ts";
import type { LayerTraits, PyTorchMapping } from "./layer.ts";
import { requireRank } from "./shapes.ts";
import { type Padding, pairOf, requireStrideOrDilation, type WindowAxis, windowAxis } from "./windows.ts";

export interface WindowConfig {
  readonly kernel_size: Shape;
  readonly strides: Shape;
  readonly padding: Padding;
  readonly dilation_rate: Shape;
}

export const windowFields = () => ({
  kernel_size: shape({ default: [3, 3], maxRank: 2 }),
  strides: shape({ default: [1, 1], maxRank: 2 }),
  padding: choice({ values: ["valid", "same"], default: "valid" }),
  dilation_rate: shape({ default: [1, 1], maxRank: 2, advanced: true }),
});

export const windowTrait: NonNullable<LayerTraits["window"]> = {
  kind: "convolution",
  size: "kernel_size",
  strides: "strides",
  dilation: "dilation_rate",
};

export interface PictureWindows {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** That come in. */
  readonly channels: number;
  readonly down: WindowAxis;
  readonly across: WindowAxis;
  /** Zeros above, below, left and right. */
  readonly padding: readonly [number, number, number, number];
}

/** @param inputs shapes of one sample @throws AppError where the windows do not fit */
export function pictureWindows(config: WindowConfig, inputs: readonly Shape[]): PictureWindows {
  const [height = 0, width = 0, channels = 0] = requireRank(inputs, 3, "[height, width, channels]");
  const size = pairOf(config.kernel_size, "kernel_size");
  const strides = pairOf(config.strides, "strides");
  const dilation = pairOf(config.dilation_rate, "dilation_rate");
  requireStrideOrDilation(strides, dilation);
  const { padding } = config;
  const down = windowAxis("height", { length: height, size: size[0], stride: strides[0], dilation: dilation[0], padding });
  const across = windowAxis("width", { length: width, size: size[1], stride: strides[1], dilation: dilation[1], padding });
  return { size, strides, dilation, channels, down, across, padding: [down.before, down.after, across.before, across.after] };
}

export const kerasWindows = (config: WindowConfig) => ({
  kernel_size: pairOf(config.kernel_size, "kernel_size"),
  strides: pairOf(config.strides, "strides"),
  padding: config.padding,
  dilation_rate: pairOf(config.dilation_rate, "dilation_rate"),
});

/** `(3, 3), stride=(1, 1), dilation=(1, 1)` */
export const windowsOfConv2d = ({ size, strides, dilation }: PictureWindows): string =>
  `${pythonTuple(size)}, stride=${pythonTuple(strides)}, dilation=${pythonTuple(dilation)}`;

/** The module over a picture whose channels come last here and second there, padded as Keras pads. */
export function callConv2d({ padding }: PictureWindows, activation: string): PyTorchMapping["call"] {
  const [top, bottom, left, right] = padding;
  return (module, [x = ""]) => {
    const first = `${x}.permute(0, 3, 1, 2)`;
    const padded = padding.some((zeros) => zeros > 0) ? `nn.functional.pad(${first}, ${pythonTuple([left, right, top, bottom])})` : first;
    return `ACTIVATION:${activation}(${module}(${padded}).permute(0, 2, 3, 1))`;
  };
}
