/** Networks for tables: the straight line that everything must beat, one hidden layer sized by the rows, and a larger one that is held back. */
import { designOf, relu } from "./draw.ts";
import { type DataFacts, type Proposal, widthOf } from "./facts.ts";

const MANY_ROWS = 5000;

const FEWEST_UNITS = 8;
const MOST_UNITS = 64;

/** So many that the weights stay fewer than the rows: enough to learn, too few to remember each of them. */
function hiddenUnits(rows: number, width: number, outputs: number): number {
  // Weights and biases: units · (width + 1) + (units + 1) · outputs.
  const most = (rows - outputs) / (width + 1 + outputs);
  return Math.min(MOST_UNITS, Math.max(FEWEST_UNITS, 2 ** Math.floor(Math.log2(Math.max(1, most)))));
}

/** Units of the last layer: one tells two classes apart. */
function outputsOf({ classCount, data }: DataFacts): number {
  if (classCount !== null && data.columns.some(({ role, lists }) => role === "target" && lists !== undefined)) return classCount;
  if (classCount !== null) return classCount === 2 ? 1 : classCount;
  return Math.max(1, data.columns.filter(({ role }) => role === "target").length);
}

export function tableProposals(facts: DataFacts): Proposal[] {
  const width = widthOf(facts);
  const rows = facts.trainingRows;
  const data = { ...facts.data, feature_count: width };
  const units = hiddenUnits(rows, width, outputsOf(facts));
  const plain: Proposal = {
    key: "table_plain",
    params: { width },
    design: designOf(facts, { inputShape: null, layers: [], data, learningRate: 0.01, stopEarly: false }),
  };
  const hidden: Proposal = {
    key: "table_hidden",
    params: { units, rows },
    design: designOf(facts, { inputShape: null, layers: [relu(units)], data, learningRate: 0.003, stopEarly: false }),
  };
  if (rows >= MANY_ROWS)
    return [
      hidden,
      {
        key: "table_deep",
        params: { rows },
        design: designOf(facts, {
          inputShape: null,
          layers: [
            relu(128),
            ["batch_normalization"],
            ["dropout", { rate: 0.2 }],
            relu(64),
            ["batch_normalization"],
            ["dropout", { rate: 0.2 }],
          ],
          data,
          learningRate: 0.001,
          stopEarly: true,
        }),
      },
      plain,
    ];
  return [
    hidden,
    {
      key: "table_careful",
      params: { rows },
      design: designOf(facts, {
        inputShape: null,
        layers: [relu(units), ["dropout", { rate: 0.3 }], relu(Math.max(8, units / 2))],
        data,
        learningRate: 0.003,
        stopEarly: true,
      }),
    },
    plain,
  ];
}
