/**
 * The words that a layer of vectors needs vectors for, asked while a design is being made: the network may be unfinished. Those of
 * the training part are numbered; those of all rows are worth keeping too, since another split or seed makes others of them.
 */
import { prepare } from "../data/prepare.ts";
import type { FittedPipeline } from "../data/prepared.ts";
import { unsplit } from "../data/split.ts";
import type { Table } from "../data/table.ts";
import { AppError } from "../errors.ts";
import type { DataDocument, DesignDocument, NodeDocument, StepDocument } from "../graph/document.ts";
import { dataNeeds } from "../spec/needs.ts";
import { readTraining } from "../spec/training.ts";
import { stepDefinitions } from "../steps/definitions.ts";
import { inputsInto, wordsInto } from "./given-vectors.ts";
import { outputsFor } from "./layout-design.ts";

export interface Vocabulary {
  /** Of the training part: what the network's indices stand for, the most frequent first. */
  readonly words: readonly string[];
  /** These, and those of a vocabulary of twice the size over all rows. */
  readonly wanted: ReadonlySet<string>;
}

/** @throws AppError data.*, config.* */
export function vocabularyInto(nodeId: string, design: Pick<DesignDocument, "graph" | "data" | "train">, table: Table): Vocabulary {
  const { data, graph } = design;
  const node = graph.nodes.find(({ id }) => id === nodeId);
  if (node === undefined) throw new AppError("design.unknown_node", { id: nodeId });
  if (data === null) throw new AppError("design.no_data");
  const wordsOf = (prepared: DataDocument): readonly string[] =>
    wordsInto(node, graph, pipelineOf(node, { ...design, data: prepared }, table)).flatMap((word) => word ?? []);
  const words = wordsOf(data);
  const { filter: _filter, row_choices: _choices, ...all } = data;
  const whole = wordsOf({ ...all, steps: data.steps.map(withMoreIndices), split: unsplit(data.split) });
  return { words, wanted: new Set([...words, ...whole]) };
}

/** Prepared as for training, but of the columns that reach this layer only. */
function pipelineOf(
  node: NodeDocument,
  { graph, data, train }: Pick<DesignDocument, "graph" | "train"> & { readonly data: DataDocument },
  table: Table,
): Pick<FittedPipeline, "columns" | "steps"> {
  const reached = inputsInto(graph, node.id);
  const inputs = dataNeeds(graph, null).inputs.filter(({ nodeId, feeds }) => reached.includes(nodeId) && feeds === undefined);
  if (inputs.length === 0) throw new AppError("data.vectors_without_words", { layer: node.name }, { nodeId: node.id });
  const needs = { inputs: inputs.map((input) => ({ ...input, shape: null })), outputs: outputsFor(graph, data) };
  return prepare(table, data, needs, readTraining(train).seed).pipeline;
}

function withMoreIndices(step: StepDocument): StepDocument {
  const definition = stepDefinitions[step.type];
  const field = definition?.indexCountField;
  const option = field === undefined ? undefined : definition?.schema[field];
  if (field === undefined || option?.kind !== "int") return step;
  return { ...step, [field]: Math.min(option.max, 2 * Number(step[field] ?? option.default)) };
}
