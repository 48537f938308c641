/**
 * What the preparation of a design gives, for the data screen: asked while the design is being made, so it does not need
 * a network that is finished or that fits. prepare-design.ts is the strict one, for training.
 */

import type { DataNeeds } from "../data/data-needs.ts";
import { type LayoutSummary, layoutOf } from "../data/layout.ts";
import { prepare } from "../data/prepare.ts";
import type { TargetEncoding } from "../data/rows.ts";
import type { Table } from "../data/table.ts";
import { AppError } from "../errors.ts";
import type { DataDocument, DesignDocument, GraphDocument } from "../graph/document.ts";
import { preparationOf } from "../spec/hash.ts";
import { dataNeeds } from "../spec/needs.ts";
import { readTraining } from "../spec/training.ts";
import { learnStored, targetColumns, whyNotLearnt } from "./learn-stored.ts";
import type { RowReader } from "./row-source.ts";

type Design = Pick<DesignDocument, "graph" | "data" | "train">;

/**
 * All feature columns as one input of any width. Targets as the outputs of the network take them; without an output, as
 * the target columns look.
 * @throws AppError data.*, config.*
 */
export function layoutDesign(design: Design, table: Table): LayoutSummary {
  const { data } = design;
  if (data === null) throw new AppError("design.no_data");
  // Rows that are nodes have the graph as their one sample, and nothing that would be an input of numbers.
  const inputs: DataNeeds["inputs"] = data.graph !== undefined ? [] : [{ nodeId: "features", columns: [], shape: null }];
  return layoutOf(prepare(table, data, { inputs, outputs: outputsFor(design.graph, data) }, readTraining(design.train).seed));
}

/**
 * The same of a table that does not fit into memory: what its preparation on the disk learns, without writing anything.
 * @throws AppError data.*, config.*
 */
export async function layoutStored({ graph, data, train }: Design, source: RowReader): Promise<LayoutSummary> {
  if (data === null) throw new AppError("design.no_data");
  const { targets, features, pipeline } = await learnStored(data, needsInPieces(graph, data), source, readTraining(train).seed, false);
  return layoutOf({ ...targets, pipeline: { ...targets.pipeline, steps: pipeline.steps, features: features.pipeline.features } });
}

/** What the answer of both follows from, for the same table: other designs have the same. */
export const layoutKey = ({ graph, data, train }: Design): string =>
  JSON.stringify(data === null ? null : [preparationOf(data), outputsFor(graph, data), readTraining(train).seed]);

/** Whether layoutStored can do it. */
export const isLaidOutInPieces = ({ graph, data }: Design): boolean =>
  data !== null && whyNotLearnt(data, needsInPieces(graph, data)) === null;

/** Pictures are inputs of their own: in pieces they stay where they are. */
function needsInPieces(graph: GraphDocument, data: DataDocument): DataNeeds {
  const outputs = outputsFor(graph, data);
  const targets = targetColumns(data, { inputs: [], outputs });
  const features = data.columns.filter(({ name, role }) => role === "feature" && !targets.has(name));
  const pictures = features.filter(({ type }) => type === "picture").map(({ name }) => name);
  const others = features.filter(({ type }) => type !== "picture").map(({ name }) => name);
  const alone = pictures.map((name) => ({ nodeId: `picture ${name}`, columns: [name], shape: null }));
  if (pictures.length === 0 || data.window !== undefined) return { inputs: [{ nodeId: "features", columns: [], shape: null }], outputs };
  return { inputs: others.length === 0 ? alone : [...alone, { nodeId: "features", columns: others, shape: null }], outputs };
}

/** Those of the network that are compared with columns; without any, as the target columns look. */
export function outputsFor(graph: GraphDocument, data: DataDocument): DataNeeds["outputs"] {
  const given = dataNeeds(graph, null).outputs;
  return given.length === 0 ? likelyOutputs(data) : given.filter(({ targetInput }) => targetInput === null);
}

/** One output for the columns whose role is target; none when there is no such column: an autoencoder needs none. */
function likelyOutputs(data: DataDocument): DataNeeds["outputs"] {
  const targets = data.columns.filter(({ role }) => role === "target");
  if (targets.length === 0) return [];
  return [{ nodeId: "target", columns: [], targetInput: null, encodings: likelyEncodings(data, targets), width: 0 }];
}

/**
 * Words are classes. Numbers are where there are two of them, or where the rows are to be split or sampled by class; never when a step
 * transforms them.
 */
function likelyEncodings({ split, steps, sampling }: DataDocument, targets: DataDocument["columns"]): readonly TargetEncoding[] {
  const names = new Set(targets.map(({ name }) => name));
  if (steps.some(({ columns }) => columns.some((name) => names.has(name)))) return ["value"];
  if (targets.some(({ lists }) => lists !== undefined)) return ["multi_binary"];
  if (targets.length > 1) return targets.every(({ type }) => type === "numeric") ? ["multi_binary", "value"] : ["multi_binary"];
  if (targets.every(({ type }) => type !== "numeric")) return ["class_index"];
  return [split.method === "stratified" || sampling !== undefined ? "class_index" : "binary", "value"];
}
