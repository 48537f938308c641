/** Networks for pictures, whether they came as files or as a column a pixel: convolutions, convolutions with their mean, and a plain one to compare with. */
import { designOf, type Layer, relu } from "./draw.ts";
import { type DataFacts, type Proposal, widthOf } from "./facts.ts";

export type PictureShape = readonly [height: number, width: number, channels: number];

const SMALLEST_SIDE = 8;

/** The shape of the one picture that a row is; null where rows are something else. */
export function pictureShapeOf({ data, features, columns }: DataFacts): PictureShape | null {
  const [only] = features;
  const named = data.columns.filter(({ role }) => role === "feature");
  if (named.some(({ type }) => type === "picture")) {
    const [height, width, channels] = only?.shape ?? [];
    return features.length === 1 && height !== undefined && width !== undefined && channels !== undefined
      ? [height, width, channels]
      : null;
  }
  // A column a pixel: a square number of columns of numbers, called alike.
  const side = Math.sqrt(features.length);
  const alike = new Set(features.map(({ column }) => column.replace(/[\d_x]+/g, ""))).size === 1;
  const areNumbers = named.every(({ type }) => type === "numeric") && features.every(({ width }) => width === 1);
  // Columns that never change (the corners) are left out of a proposal: with them the picture would have holes.
  const whole = columns.length - data.columns.filter(({ role }) => role === "target").length === features.length;
  return Number.isInteger(side) && side >= SMALLEST_SIDE && alike && areNumbers && whole ? [side, side, 1] : null;
}

const convolution = (filters: number): Layer => [
  "conv_2d",
  { filters, kernel_size: [3, 3], padding: "same", activation: "relu", kernel_initializer: "he_uniform" },
];
const halved: Layer = ["max_pooling_2d", { pool_size: [2, 2] }];

export function pictureProposals(facts: DataFacts, shape: PictureShape): Proposal[] {
  const data = { ...facts.data, feature_count: widthOf(facts) };
  const [height, width] = shape;
  const side = Math.min(height, width);
  // Down to about four by four, whatever they begin with.
  const stages = Math.max(1, Math.min(5, Math.round(Math.log2(side / 4))));
  const stack = Array.from({ length: stages }, (_, stage) => [convolution(Math.min(64, 16 * 2 ** stage)), halved]).flat();
  const rows = facts.trainingRows;
  return [
    {
      key: "picture_convolution",
      params: { height, width, stages },
      design: designOf(facts, {
        inputShape: shape,
        layers: [...stack, ["flatten"], ["dropout", { rate: 0.3 }], relu(64)],
        data,
        learningRate: 0.001,
        stopEarly: true,
      }),
    },
    {
      key: "picture_pooled",
      params: { rows },
      design: designOf(facts, {
        inputShape: shape,
        layers: [...stack, convolution(64), ["global_average_pooling_2d"]],
        data,
        learningRate: 0.002,
        stopEarly: true,
      }),
    },
    {
      key: "picture_plain",
      params: {},
      design: designOf(facts, { inputShape: shape, layers: [["flatten"], relu(64)], data, learningRate: 0.001, stopEarly: false }),
    },
  ];
}
