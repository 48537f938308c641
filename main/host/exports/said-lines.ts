/** Rows that a person typed, and what a network says of them: computed in the thread that answers such questions. */
import type { GraphOf } from "../../../core/data/graph/graph-columns.ts";
import type { FittedPipeline, PreparedPart } from "../../../core/data/prepared.ts";
import type { ColumnDocument, WindowDocument } from "../../../core/graph/document.ts";
import { type Answer, answersOf } from "../../../core/train/answers.ts";
import type { Predictor } from "../../../core/train/model.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import { asTable, featureColumns, type Picture, typedNames, type Values } from "./typed-table.ts";

/** What a network takes, without what it learnt of the data. */
export interface AskedForm {
  /** The columns that are read, in order. */
  readonly columns: readonly ColumnDocument[];
  /** Of those that come in a shape of their own, by name. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Rows are steps of a series; null: each stands alone. */
  readonly window: WindowDocument | null;
  /** Rows are nodes of a graph. */
  readonly graph: GraphOf | null;
}

export interface SaidLines {
  readonly lines: readonly Values[];
  readonly picture: Picture;
  /** Of a graph: nodes that it holds already are put in again. */
  readonly asNew: boolean;
  /** Of an ensemble's member: what its rule needs of each row; else answers of every output. */
  readonly as: "answers" | "rows";
}

export interface SaidOfLines {
  /** By output, one a line. */
  readonly answers: readonly (readonly Answer[])[];
  /** Of the first output, as answersOf gives them. */
  readonly scores: readonly number[];
  /** Of a member of an ensemble. */
  readonly rows: PredictedRows | null;
  /** Of a graph: node of each line, −1 for a new one, and how many nodes a new one is linked to. */
  readonly nodes?: readonly { readonly node: number; readonly links: number }[];
}

export function formOf(pipeline: FittedPipeline): AskedForm {
  return {
    columns: featureColumns(pipeline),
    shapes: Object.fromEntries(pipeline.features.flatMap(({ column, shape }) => (shape === undefined ? [] : [[column, [...shape]]]))),
    window: pipeline.window ?? null,
    graph: pipeline.graph?.document ?? null,
  };
}

/** @throws AppError data.*, run.try_needs_picture, run.try_picture_size */
export async function saidOfLines(predictor: Predictor, { lines, picture, asNew, as }: SaidLines): Promise<SaidOfLines> {
  const { pipeline } = predictor;
  const part = predictor.prepare(await asTable(pipeline, typedNames(featureColumns(pipeline)), lines, picture), false, asNew);
  const nodes = nodesOf(part);
  const placed = nodes === undefined ? {} : { nodes };
  if (as === "rows") return { answers: [], scores: [], rows: predictor.answersOf(part), ...placed };
  const found = predictor.predict(part);
  const each = predictor.outputs.map((output) => answersOf(output, pipeline, found[output.layer.id] ?? new Float32Array(0)));
  return { answers: each.map(({ answers }) => answers), scores: each[0]?.scores ?? [], rows: null, ...placed };
}

function nodesOf({ graphRows }: PreparedPart): SaidOfLines["nodes"] {
  if (graphRows === undefined) return undefined;
  return Array.from(graphRows.nodes, (node, row) => ({ node, links: (graphRows.incoming[row]?.length ?? 0) / 2 }));
}
