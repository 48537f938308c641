/** A proposed network as a design: layers in rows from the data to the loss, with training options that suit the number of rows. */
import { type DataDocument, DESIGN_FORMAT, DESIGN_FORMAT_VERSION, type DesignDocument, type NodeDocument } from "../graph/document.ts";
import { defaultTraining, writeTraining } from "../spec/training.ts";
import type { DataFacts } from "./facts.ts";

export type Layer = readonly [type: string, config?: Readonly<Record<string, unknown>>];

const STEP_X = 236;
const STEP_Y = 162;
/** More in one row would be seen too small to be read. */
export const MOST_IN_ROW = 7;

export interface Drawn {
  /** Null: the numbers that the preparation gives, also when a column is left out later. */
  readonly inputShape: readonly number[] | null;
  readonly layers: readonly Layer[];
  readonly data: DataDocument;
  readonly learningRate: number;
  /** Ends when the validation loss rests, and goes back to the best epoch. */
  readonly stopEarly: boolean;
}

export function designOf(facts: DataFacts, drawn: Drawn): DesignDocument {
  const chain: readonly Layer[] = [
    ["input", drawn.inputShape === null ? {} : { shape: [...drawn.inputShape] }],
    ...drawn.layers,
    ...ending(facts),
  ];
  const rowLength = Math.ceil(chain.length / Math.ceil(chain.length / MOST_IN_ROW));
  const counts = new Map<string, number>();
  const nodes = chain.map(([type, config = {}], place): NodeDocument => {
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    const name = count === 1 ? type : `${type}_${count}`;
    return {
      id: `n${place + 1}`,
      type,
      name,
      config: { ...config },
      position: { x: (place % rowLength) * STEP_X, y: Math.floor(place / rowLength) * STEP_Y },
      shared_with: null,
      bypassed: false,
    };
  });
  const edges = nodes.slice(1).map((node, place) => edge(place + 1, `n${place + 1}`, node.id, "input"));
  return designWith(facts, { nodes, edges, groups: [] }, drawn.data, trainingOf(facts, drawn));
}

/** A layer at its place: columns from the left, lines from the top. */
export type Placed = readonly [name: string, type: string, config: Readonly<Record<string, unknown>>, column: number, line: number];
/** From a layer to another: to its input, or to the port that is named. */
export type Joined = readonly [source: string, target: string, port?: string];

/** A network that is no chain. */
export function designOfLayers(
  facts: DataFacts,
  { layers, joins, data, train }: { layers: readonly Placed[]; joins: readonly Joined[]; data: DataDocument; train: Training },
): DesignDocument {
  const nodes = layers.map(([name, type, config, column, line]): NodeDocument => {
    const position = { x: column * STEP_X, y: line * STEP_Y };
    return { id: name, type, name, config: { ...config }, position, shared_with: null, bypassed: false };
  });
  const edges = joins.map(([source, target, port = "input"], place) => edge(place + 1, source, target, port));
  return designWith(facts, { nodes, edges, groups: [] }, data, train);
}

const edge = (number: number, source: string, target: string, port: string) => ({
  id: `e${number}`,
  source,
  source_port: "output",
  target,
  target_port: port,
});

type Training = DesignDocument["train"];

const designWith = (facts: DataFacts, graph: DesignDocument["graph"], data: DataDocument, train: Training): DesignDocument => ({
  format: DESIGN_FORMAT,
  format_version: DESIGN_FORMAT_VERSION,
  name: "",
  graph,
  train,
  data: { ...data, class_count: facts.classCount },
  notes: "",
});

/** What the target asks for: one unit and a sigmoid for two classes, softmax for more, plain numbers otherwise. */
export function ending({ classCount, data }: DataFacts): readonly Layer[] {
  const targets = data.columns.filter(({ role }) => role === "target").length;
  const isLists = data.columns.some(({ role, lists }) => role === "target" && lists !== undefined);
  if (isLists && classCount !== null)
    return [
      ["dense", { units: classCount, activation: "sigmoid" }],
      ["output", { loss: "binary_crossentropy" }],
    ];
  if (classCount === null)
    return [
      ["dense", { units: Math.max(1, targets) }],
      ["output", { loss: "mse" }],
    ];
  if (classCount === 2)
    return [
      ["dense", { units: 1, activation: "sigmoid" }],
      ["output", { loss: "binary_crossentropy" }],
    ];
  return [
    ["dense", { units: classCount, activation: "softmax" }],
    ["output", { loss: "categorical_crossentropy" }],
  ];
}

/** So many steps of training that the number of rows hardly matters, within reason. */
const USUAL_STEPS = 2000;

export function trainingOf(
  { trainingRows }: DataFacts,
  { learningRate, stopEarly }: Pick<Drawn, "learningRate" | "stopEarly">,
): DesignDocument["train"] {
  const usual = defaultTraining();
  const batchSize = trainingRows < 20_000 ? 32 : 128;
  const epochs = Math.min(60, Math.max(8, Math.round((USUAL_STEPS * batchSize) / Math.max(1, trainingRows))));
  return writeTraining({
    ...usual,
    batch_size: batchSize,
    epochs,
    optimizer: { ...usual.optimizer, config: { ...usual.optimizer.config, learning_rate: learningRate } },
    early_stopping: { ...usual.early_stopping, enabled: stopEarly },
  });
}

export const relu = (units: number): Layer => ["dense", { units, activation: "relu", kernel_initializer: "he_uniform" }];
