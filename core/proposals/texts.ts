/** Networks for texts: words counted, the mean of what words mean, and words read in their order. */

import type { DataDocument } from "../graph/document.ts";
import { defaultsOf } from "../schema/validate.ts";
import { stepDefinition } from "../steps/definitions.ts";
import { designOf, type Layer, relu } from "./draw.ts";
import { type DataFacts, type Proposal, widthOf } from "./facts.ts";

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
      { type: "token_sequence", columns: [column], ...defaultsOf(stepDefinition("token_sequence").schema), vocabulary, length: LENGTH },
    ],
  };
  const embedding: Layer = ["embedding", { input_dim: vocabulary, output_dim: 32, mask_zero: true }];
  const read = (layers: readonly Layer[]): Proposal["design"] =>
    designOf(facts, { inputShape: [LENGTH], layers: [embedding, ...layers], data: numbered, learningRate: 0.003, stopEarly: true });
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
    { key: "text_averaged", params: { vocabulary }, design: read([["global_average_pooling_1d"], ["dropout", { rate: 0.3 }]]) },
    { key: "text_recurrent", params: { length: LENGTH }, design: read([["gru", { units: 32 }]]) },
  ];
}
