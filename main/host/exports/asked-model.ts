/** Whoever is asked about rows that a person types: the network of a run, or an ensemble, whose members each read them in their own way. */

import type { PreparedPart } from "../../../core/data/prepared.ts";
import { isEnsemble } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import { type Answer, answersOf, answersOfRows } from "../../../core/train/answers.ts";
import type { Predictor } from "../../../core/train/model.ts";
import type { Store } from "../../store/store.ts";
import { ensembleOf, membersOf } from "../ensembles/ensemble-rows.ts";
import type { RowPredictions } from "../evaluation/row-predictions.ts";
import type { TrainedModels } from "./trained-model.ts";
import { asTable, featureColumns, type Picture, type Values } from "./typed-table.ts";

export interface SaidOfLines {
  /** By output, one a line. */
  readonly answers: readonly (readonly Answer[])[];
  /** Of the first output, as answersOf gives them. */
  readonly scores: readonly number[];
  /** Of a graph: node of each line, −1 for a new one, and how many nodes a new one is linked to. */
  readonly nodes?: readonly { readonly node: number; readonly links: number }[];
}

export interface AskedModel {
  /** The columns that are read, in order. */
  readonly columns: ReturnType<typeof featureColumns>;
  /** Of the first network: what its rows are. */
  readonly pipeline: Predictor["pipeline"];
  readonly ask: (lines: readonly Values[], picture: Picture, asNew: boolean) => Promise<SaidOfLines>;
}

/** @throws AppError run.no_model, ensemble.* */
export function askedModel(
  around: { readonly store: Store; readonly models: TrainedModels; readonly predictions: RowPredictions },
  runId: string,
): AskedModel {
  const run = around.store.getRun(runId);
  return isEnsemble(run) ? askedEnsemble(around, runId) : askedNetwork(around.models.predictor(runId));
}

/** Names of the columns that are typed: all but pictures. */
export const typedNames = (columns: AskedModel["columns"]): string[] =>
  columns.flatMap(({ name, type }) => (type === "picture" ? [] : [name]));

function askedNetwork(predictor: Predictor): AskedModel {
  const { pipeline } = predictor;
  const columns = featureColumns(pipeline);
  return {
    columns,
    pipeline,
    ask: async (lines, picture, asNew) => {
      const part = predictor.prepare(await asTable(pipeline, typedNames(columns), lines, picture), false, asNew);
      const found = predictor.predict(part);
      const each = predictor.outputs.map((output) => answersOf(output, pipeline, found[output.layer.id] ?? new Float32Array(0)));
      const nodes = nodesOf(part);
      return { answers: each.map(({ answers }) => answers), scores: each[0]?.scores ?? [], ...(nodes === undefined ? {} : { nodes }) };
    },
  };
}

function nodesOf({ graphRows }: PreparedPart): SaidOfLines["nodes"] {
  if (graphRows === undefined) return undefined;
  return Array.from(graphRows.nodes, (node, row) => ({ node, links: (graphRows.incoming[row]?.length ?? 0) / 2 }));
}

/** @throws AppError ensemble.try_needs_single_rows where some members read rows in their order, or as nodes, and others do not */
function askedEnsemble({ store, models, predictions }: Parameters<typeof askedModel>[0], runId: string): AskedModel {
  const run = store.getRun(runId);
  const ensemble = ensembleOf(run);
  const members = membersOf(store, ensemble);
  const pipelines = members.map(({ id }) => models.predictor(id).pipeline);
  const [first] = pipelines;
  if (first === undefined) throw new Error("an ensemble has members");
  const alike = pipelines.every(
    ({ window, graph }) => (window === undefined) === (first.window === undefined) && (graph === undefined) === (first.graph === undefined),
  );
  if (!alike) throw new AppError("ensemble.try_needs_single_rows", { name: run.name });
  const columns = [...new Map(pipelines.flatMap(featureColumns).map((column) => [column.name, column])).values()];
  return {
    columns,
    pipeline: first,
    ask: async (lines, picture, asNew) => {
      const asked = [];
      let nodes: SaidOfLines["nodes"];
      // One model at a time is held.
      for (const { id } of members) {
        const predictor = models.predictor(id);
        const table = await asTable(predictor.pipeline, typedNames(featureColumns(predictor.pipeline)), lines, picture);
        const part = predictor.prepare(table, false, asNew);
        asked.push(predictor.answersOf(part));
        // All members learnt from the rows of one data set: the graph is the same.
        nodes ??= nodesOf(part);
      }
      const { answers, scores } = answersOfRows(await predictions.together(asked, members, ensemble.rule));
      return { answers: [answers], scores, ...(nodes === undefined ? {} : { nodes }) };
    },
  };
}
