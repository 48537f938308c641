/** Networks for pictures, whether they came as files or as a column a pixel: convolutions, convolutions with their mean, and a plain one to compare with. */
import type { DataDocument } from "../graph/document.ts";
import { defaultsOf } from "../schema/validate.ts";
import { stepDefinition } from "../steps/definitions.ts";
import { designOf, designOfLayers, ending, type Joined, type Layer, MOST_IN_ROW, type Placed, relu, trainingOf } from "./draw.ts";
import { type DataFacts, type Proposal, type ProposalKey, targetSteps, widthOf } from "./facts.ts";

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
  const steps = [{ type: "min_max", columns: names, ...defaultsOf(stepDefinition("min_max").schema) }, ...targetSteps(data)];
  return { shape: [side, side, 1], data: { ...data, columns, steps, feature_count: pixels.length } };
}

/** One column of pictures beside columns of other kinds. */
export interface PicturesBeside {
  readonly picture: string;
  readonly shape: PictureShape;
  readonly others: readonly string[];
  /** Of the others together, as they were prepared. */
  readonly width: number;
}

/** Rows that are a picture and something else; null where they are not. */
export function picturesBeside({ data, features }: DataFacts): PicturesBeside | null {
  const pictures = data.columns.filter(({ type, role }) => role === "feature" && type === "picture");
  const [picture] = pictures;
  const [height, width, channels] = features.find(({ column }) => column === picture?.name)?.shape ?? [];
  if (picture === undefined || pictures.length > 1 || height === undefined || width === undefined || channels === undefined) return null;
  const beside = features.filter(({ column }) => column !== picture.name);
  // A bag of words is a row of numbers as other columns are.
  const isFlat = beside.length > 0 && beside.every(({ shape = [] }) => shape.length < 2);
  if (!isFlat) return null;
  const others = beside.map(({ column }) => column);
  return { picture: picture.name, shape: [height, width, channels], others, width: beside.reduce((sum, one) => sum + one.width, 0) };
}

/** Each kind of column by layers of its own, brought together before the answer. */
export function besideProposals(facts: DataFacts, { picture, shape, others, width }: PicturesBeside): Proposal[] {
  const stages = stagesOf(shape);
  const data: DataDocument = { ...facts.data, feature_count: null };
  const joined = (key: ProposalKey, units: number, filters: number, careful: boolean): Proposal => {
    const stack = Array.from({ length: stages }, (_, stage) => [convolution(Math.min(64, filters * 2 ** stage)), halved]).flat();
    const seen: readonly Layer[] = [...stack, ["flatten"], relu(units)];
    const last: readonly Layer[] = [...(careful ? [["dropout", { rate: 0.3 }] as const] : []), relu(units), ...ending(facts)];
    const lines = Math.ceil((seen.length + 1) / MOST_IN_ROW);
    const inARow = Math.ceil((seen.length + 1) / lines);
    const layers: Placed[] = [
      ["picture", "input", { columns: [picture], shape: [...shape] }, 0, 0],
      ...seen.map(([type, config = {}], k): Placed => [`seen_${k + 1}`, type, config, (k + 1) % inARow, Math.floor((k + 1) / inARow)]),
      ["columns", "input", { columns: [...others], shape: [width] }, 0, lines],
      ["given", "dense", { units, activation: "relu", kernel_initializer: "he_uniform" }, 1, lines],
      ["both", "concatenate", {}, 2, lines],
      ...last.map(([type, config = {}], k): Placed => [k === last.length - 1 ? "output" : `answer_${k + 1}`, type, config, 3 + k, lines]),
    ];
    const chain = (names: readonly string[]): Joined[] => names.slice(1).map((name, k) => [names[k] as string, name]);
    const joins: Joined[] = [
      ...chain(["picture", ...seen.map((_, k) => `seen_${k + 1}`)]),
      ["columns", "given"],
      [`seen_${seen.length}`, "both", "inputs"],
      ["given", "both", "inputs"],
      ...chain(["both", ...last.map((_, k) => (k === last.length - 1 ? "output" : `answer_${k + 1}`))]),
    ];
    const train = trainingOf(facts, { learningRate: 0.001, stopEarly: true });
    return {
      key,
      params: { height: shape[0], width: shape[1], columns: width },
      design: designOfLayers(facts, { layers, joins, data, train }),
    };
  };
  return [joined("picture_and_columns", 32, 8, false), joined("picture_and_columns_large", 64, 16, true)];
}

/** Down to about four by four, whatever they begin with. */
const stagesOf = ([height, width]: PictureShape): number => Math.max(1, Math.min(5, Math.round(Math.log2(Math.min(height, width) / 4))));

const convolution = (filters: number): Layer => [
  "conv_2d",
  { filters, kernel_size: [3, 3], padding: "same", activation: "relu", kernel_initializer: "he_uniform" },
];
const halved: Layer = ["max_pooling_2d", { pool_size: [2, 2] }];

export function pictureProposals(facts: DataFacts, { shape, data }: Pictures): Proposal[] {
  const [height, width] = shape;
  const stages = stagesOf(shape);
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
