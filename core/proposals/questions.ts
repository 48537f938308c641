/** A network for a picture and a sentence in one row: each place of the picture looks at the words that are asked about it. */

import type { ColumnDocument, DataDocument } from "../graph/document.ts";
import { KEY_REMARK, SENTENCES_REMARK } from "../schema/column-remarks.ts";
import { defaultsOf } from "../schema/validate.ts";
import { stepDefinition } from "../steps/definitions.ts";
import { designOfLayers, ending, type Joined, type Placed, trainingOf } from "./draw.ts";
import { type DataFacts, type Proposal, tokenizerOf } from "./facts.ts";

const MOST_WORDS = 5000;
const LONGEST = 64;
/** Texts that hardly come again are not counted word by word in the profile. */
const OF_TEXTS = { longest: 32, words: MOST_WORDS } as const;
/** Numbers of a place of the picture, and of a word: both are added. */
const WIDTH = 32;
/** Places that are looked from, along the shorter side. */
const GRID = 8;

interface Asked {
  readonly picture: string;
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly question: string;
  readonly longest: number;
  readonly words: number;
}

/** Rows that are a picture and a sentence, and nothing else; null where they are not. */
export function questionOf(facts: DataFacts): Asked | null {
  const { data, features } = facts;
  const pictures = data.columns.filter(({ type, role }) => role === "feature" && type === "picture");
  const asked = data.columns.flatMap((column) => sentencesIn(facts, column) ?? []);
  const [picture, question] = [pictures[0]?.name, asked[0]];
  const [height, width, channels] = features.find(({ column }) => column === picture)?.shape ?? [];
  if (picture === undefined || question === undefined || height === undefined || width === undefined || channels === undefined) return null;
  const isAll = features.every(({ column }) => column === picture || column === question.question);
  return pictures.length === 1 && asked.length === 1 && isAll ? { picture, shape: [height, width, channels], ...question } : null;
}

function sentencesIn({ columns }: DataFacts, { name, type, role }: ColumnDocument): Pick<Asked, "question" | "longest" | "words"> | null {
  if (role === "target" || role === "weight") return null;
  const remarks = columns.find((column) => column.name === name)?.remarks ?? [];
  if (remarks.includes(KEY_REMARK)) return null;
  const remark = remarks.find((one) => one.startsWith(SENTENCES_REMARK));
  if (remark === undefined) return type === "text" ? { question: name, ...OF_TEXTS } : null;
  if (type !== "categorical" && type !== "text") return null;
  const [longest = 0, words = 0] = remark.slice(SENTENCES_REMARK.length).split(",").map(Number);
  return { question: name, longest: Math.min(LONGEST, longest), words: Math.min(MOST_WORDS, words) };
}

/** Guided attention (Yu et al. 2019), as in the template of questions about pictures. */
export function questionProposal(facts: DataFacts, { picture, shape, question, longest, words }: Asked): Proposal {
  // Of padding and of words that are unknown.
  const vocabulary = words + 2;
  const { stack, places } = gridOf(shape);
  const last = ending(facts);
  const inputs: readonly Placed[] = [
    ["picture", "input", { columns: [picture], shape: [...shape] }, 0, 0],
    ...stack.map((config, k): Placed => [`seen_${k + 1}`, "conv_2d", config, k + 1, 0]),
    ["grid", "reshape", { target_shape: [places, WIDTH] }, stack.length + 1, 0],
    ["question", "input", { columns: [question], shape: [longest] }, 0, 1],
    ["words", "embedding", { input_dim: vocabulary, output_dim: WIDTH, mask_zero: true }, 1, 1],
    ["read", "lstm", { units: WIDTH, return_sequences: true }, 2, 1],
  ];
  const attention: readonly Placed[] = [
    ["guided", "multi_head_attention", { num_heads: 2, key_dim: WIDTH / 2 }, 0, 2],
    ["guided_sum", "add", {}, 1, 2],
    ["guided_norm", "layer_normalization", {}, 2, 2],
    ["feed_inner", "dense", { units: 2 * WIDTH, activation: "relu" }, 3, 2],
    ["feed_outer", "dense", { units: WIDTH }, 4, 2],
    ["feed_sum", "add", {}, 5, 2],
    ["feed_norm", "layer_normalization", {}, 6, 2],
  ];
  const answer: readonly Placed[] = [
    ["found", "global_max_pooling_1d", {}, 0, 3],
    ["asked", "global_max_pooling_1d", {}, 0, 4],
    ["both", "concatenate", {}, 1, 3],
    ["hidden", "dense", { units: 2 * WIDTH, activation: "relu", kernel_initializer: "he_uniform" }, 2, 3],
    ...last.map(([type, config = {}], k): Placed => [k === last.length - 1 ? "output" : `answer_${k + 1}`, type, config, 3 + k, 3]),
  ];
  const chain = (layers: readonly Placed[]): Joined[] => layers.slice(1).map(([name], k) => [(layers[k] as Placed)[0], name]);
  const joins: readonly Joined[] = [
    ...chain(inputs.slice(0, stack.length + 2)),
    ...chain(inputs.slice(-3)),
    ["grid", "guided", "query"],
    ["read", "guided", "value"],
    ["grid", "guided_sum", "inputs"],
    ["guided", "guided_sum", "inputs"],
    ["guided_sum", "guided_norm"],
    ["guided_norm", "feed_inner"],
    ["feed_inner", "feed_outer"],
    ["guided_norm", "feed_sum", "inputs"],
    ["feed_outer", "feed_sum", "inputs"],
    ["feed_sum", "feed_norm"],
    ["feed_norm", "found"],
    ["read", "asked"],
    ["found", "both", "inputs"],
    ["asked", "both", "inputs"],
    ...chain(answer.slice(2)),
  ];
  return {
    key: "picture_and_question",
    params: { column: question, places },
    design: designOfLayers(facts, {
      layers: [...inputs, ...attention, ...answer],
      joins,
      data: readAsText(facts, question, vocabulary, longest),
      train: trainingOf(facts, { learningRate: 0.002, stopEarly: true }),
    }),
  };
}

/** Convolutions that halve the picture until about GRID places are left along its shorter side. */
function gridOf([height, width]: Asked["shape"]): {
  readonly stack: readonly Readonly<Record<string, unknown>>[];
  readonly places: number;
} {
  const halvings = Math.max(0, Math.min(5, Math.round(Math.log2(Math.min(height, width) / GRID))));
  const convolution = (filters: number, stride: number) => ({
    filters,
    kernel_size: [3, 3],
    strides: [stride, stride],
    padding: "same",
    activation: "relu",
    kernel_initializer: "he_uniform",
  });
  const stack = [...Array.from({ length: halvings }, (_, k) => convolution(k === 0 ? WIDTH / 2 : WIDTH, 2)), convolution(WIDTH, 1)];
  const left = (side: number): number => Math.ceil(side / 2 ** halvings);
  return { stack, places: left(height) * left(width) };
}

/** The sentences as rows of the numbers of their words. */
function readAsText(facts: DataFacts, question: string, vocabulary: number, length: number): DataDocument {
  const { data } = facts;
  const steps = data.steps
    .map((step) => ({ ...step, columns: step.columns.filter((name) => name !== question) }))
    .filter(({ columns }) => columns.length > 0);
  const numbered = {
    type: "token_sequence",
    columns: [question],
    ...defaultsOf(stepDefinition("token_sequence").schema),
    tokenizer: tokenizerOf(facts, question),
    vocabulary,
    length,
  };
  return {
    ...data,
    columns: data.columns.map((column) => (column.name === question ? { ...column, type: "text", role: "feature" } : column)),
    steps: [...steps, numbered],
    feature_count: null,
  };
}
