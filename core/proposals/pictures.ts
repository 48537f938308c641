/** Networks for pictures, whether they came as files or as a column a pixel: convolutions, convolutions with their mean, and a plain one to compare with. */
import type { DataDocument } from "../graph/document.ts";
import { defaultsOf } from "../schema/validate.ts";
import { stepDefinition } from "../steps/definitions.ts";
import { designOf, type Layer, relu } from "./draw.ts";
import { type DataFacts, type Proposal, widthOf } from "./facts.ts";

export type PictureShape = readonly [height: number, width: number, channels: number];

const SMALLEST_SIDE = 8;

export interface Pictures {
  readonly shape: PictureShape;
  /** The preparation that gives this shape. */
  readonly data: DataDocument;
}

/** Rows that are one picture each; null where they are something else. */
export function picturesOf(facts: DataFacts): Pictures | null {
  const { data, features } = facts;
  const [only] = features;
  if (data.columns.some(({ type, role }) => role === "feature" && type === "picture")) {
    const [height, width, channels] = only?.shape ?? [];
    if (features.length !== 1 || height === undefined || width === undefined || channels === undefined) return null;
    return { shape: [height, width, channels], data: { ...data, feature_count: widthOf(facts) } };
  }
  return pixelsOf(data);
}

/** A column a pixel: a square number of columns of numbers that are called alike. Pixels that never change (the corners) count too. */
function pixelsOf(data: DataDocument): Pictures | null {
  const pixels = data.columns.filter(({ role }) => role === "feature" || role === "ignored");
  const side = Math.sqrt(pixels.length);
  const alike = new Set(pixels.map(({ name }) => name.replace(/[\d_x]+/g, ""))).size === 1;
  if (!Number.isInteger(side) || side < SMALLEST_SIDE || !alike || pixels.some(({ type }) => type !== "numeric")) return null;
  const names = pixels.map(({ name }) => name);
  const columns = data.columns.map((column) => (names.includes(column.name) ? { ...column, role: "feature" as const } : column));
  const steps = [{ type: "min_max", columns: names, ...defaultsOf(stepDefinition("min_max").schema) }];
  return { shape: [side, side, 1], data: { ...data, columns, steps, feature_count: pixels.length } };
}

const convolution = (filters: number): Layer => [
  "conv_2d",
  { filters, kernel_size: [3, 3], padding: "same", activation: "relu", kernel_initializer: "he_uniform" },
];
const halved: Layer = ["max_pooling_2d", { pool_size: [2, 2] }];

export function pictureProposals(facts: DataFacts, { shape, data }: Pictures): Proposal[] {
  const [height, width] = shape;
  const side = Math.min(height, width);
  // Down to about four by four, whatever they begin with.
  const stages = Math.max(1, Math.min(5, Math.round(Math.log2(side / 4))));
  const stack = Array.from({ length: stages }, (_, stage) => [convolution(Math.min(64, 16 * 2 ** stage)), halved]).flat();
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
      params: {},
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
