/** Networks for texts: words counted, the mean of what words mean, and words read in their order. */

import type { DataDocument } from "../graph/document.ts";
import { defaultsOf } from "../schema/validate.ts";
import { stepDefinition } from "../steps/definitions.ts";
import { designOf, designOfLayers, type Layer, relu, trainingOf } from "./draw.ts";
import { type DataFacts, type Proposal, targetSteps, tokenizerOf, widthOf } from "./facts.ts";

const VOCABULARY = 5000;
const LENGTH = 64;
const FEW_TEXTS = 2000;

/** The one column of texts that rows are learnt from; null where there are none, or others beside it. */
export function textColumnOf({ data }: DataFacts): string | null {
  const features = data.columns.filter(({ role }) => role === "feature");
  return features.length === 1 && features[0]?.type === "text" ? features[0].name : null;
}

export function textProposals(facts: DataFacts, column: string): Proposal[] {
  const counted = { ...facts.data, feature_count: widthOf(facts) };
  const vocabulary = facts.trainingRows < FEW_TEXTS ? Math.floor(VOCABULARY / 5) : VOCABULARY;
  const numbered: DataDocument = {
    ...facts.data,
    feature_count: LENGTH,
    steps: [
      {
        type: "token_sequence",
        columns: [column],
        ...defaultsOf(stepDefinition("token_sequence").schema),
        tokenizer: tokenizerOf(facts, column),
        vocabulary,
        length: LENGTH,
      },
      ...targetSteps(facts.data),
    ],
  };
  const embedding: Layer = ["embedding", { input_dim: vocabulary, output_dim: 32, mask_zero: true }];
  const read = (layers: readonly Layer[]): Proposal["design"] =>
    designOf(facts, { inputShape: [LENGTH], layers: [embedding, ...layers], data: numbered, learningRate: 0.003, stopEarly: true });
  const averaged: Proposal = {
    key: "text_averaged",
    params: { vocabulary },
    design: read([["global_average_pooling_1d"], ["dropout", { rate: 0.3 }]]),
  };
  return [
    {
      key: "text_counted",
      params: { rows: facts.trainingRows },
      design: designOf(facts, {
        inputShape: null,
        layers: [["dropout", { rate: 0.3 }], relu(16)],
        data: counted,
        learningRate: 0.003,
        stopEarly: true,
      }),
    },
    suitsGraph(facts) ? documentGraph(facts, column) : averaged,
    { key: "text_recurrent", params: { length: LENGTH }, design: read([["gru", { units: 32 }]]) },
  ];
}

const FEWEST_DOCUMENTS = 300;
/** All texts and words are one graph, which every step goes through as a whole. */
const MOST_DOCUMENTS = 10_000;
const GRAPH_UNITS = 64;
const GRAPH_EPOCHS = 80;

function suitsGraph({ data, classCount, rowCount }: DataFacts): boolean {
  const [target, ...others] = data.columns.filter(({ role }) => role === "target");
  const isClasses = classCount !== null && target !== undefined && others.length === 0 && target.lists === undefined;
  return isClasses && rowCount >= FEWEST_DOCUMENTS && rowCount <= MOST_DOCUMENTS;
}

/** TextGCN (Yao et al. 2019): texts and words as nodes, two graph convolutions. */
function documentGraph(facts: DataFacts, column: string): Proposal {
  const words = { tokenizer: tokenizerOf(facts, column), lowercase: true, min_count: 2, max_words: VOCABULARY, window: 20 } as const;
  const train = trainingOf(facts, { learningRate: 0.02, stopEarly: true });
  return {
    key: "text_graph",
    params: { rows: facts.rowCount },
    design: designOfLayers(facts, {
      layers: [
        ["graph", "input", {}, 0, 0],
        ["words", "graph_convolution", { units: GRAPH_UNITS, activation: "relu" }, 1, 0],
        ["dropout", "dropout", { rate: 0.5 }, 2, 0],
        ["topics", "graph_convolution", { units: facts.classCount, activation: "softmax" }, 3, 0],
        ["counted", "input", {}, 3, 1],
        ["output", "output", { loss: "categorical_crossentropy" }, 4, 0],
      ],
      joins: [
        ["graph", "words", "graph"],
        ["words", "dropout"],
        ["dropout", "topics"],
        ["graph", "topics", "graph"],
        ["topics", "output"],
        ["counted", "output", "mask"],
      ],
      data: { ...facts.data, steps: [], feature_count: null, graph: { kind: "document_words", column, ...words } },
      // A batch is the whole graph: an epoch is one step.
      train: { ...train, batch_size: 1, epochs: GRAPH_EPOCHS },
    }),
  };
}
