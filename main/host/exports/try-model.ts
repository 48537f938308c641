/**
 * What a run says of values that a person gives: they are read as a line of a file would be, so that the answer is that of `neuroloom
 * predict`. Beside it how much the answer hangs on each column: how far it moves, on average, with that column taken from other rows.
 */
import { readFile } from "node:fs/promises";
import { graphColumns } from "../../../core/data/graph/graph-columns.ts";
import type { FittedPipeline, PreparedPart } from "../../../core/data/prepared.ts";
import { AppError } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import { answersOf } from "../../../core/train/answers.ts";
import type { Predictor } from "../../../core/train/model.ts";
import type { Store } from "../../store/store.ts";
import { queryStored } from "../datasets/load-table.ts";
import { decode } from "../datasets/pictures/collect.ts";
import { fromStored, rowsByNumber } from "../datasets/stored-table.ts";
import type { HostFiles } from "../files.ts";
import type { DownloadFile } from "../host-interface.ts";
import type { TrainedModels } from "./trained-model.ts";
import { withOtherColumns, withoutWords } from "./try-effects.ts";
import { asTable, featureColumns, type Values } from "./typed-table.ts";

type Input = MethodInput<"runs.try">;

/** Rows whose values are tried in each column, and rows in all: an answer must come at once. */
const TRIED_ROWS = 24;
const FEWEST_TRIED = 4;
const MOST_ROWS = 2000;
/** Of a graph: what one pass over it has room for. */
const MOST_NEW_NODES = 900;

export function tryHandlers(o: {
  readonly store: Store;
  readonly models: TrainedModels;
  readonly files: HostFiles;
  readonly tablePath: (datasetId: string) => Promise<string>;
}): Pick<HostHandlers, "runs.form" | "runs.picture" | "runs.try"> {
  const { store, models, files, tablePath } = o;
  return {
    "runs.form": async ({ id }) => {
      const { pipeline } = models.predictor(id);
      const shapes = new Map(pipeline.features.map(({ column, shape }) => [column, shape]));
      return {
        window: pipeline.window !== undefined,
        graph: pipeline.graph === undefined ? null : graphColumns(pipeline.graph.document),
        columns: featureColumns(pipeline).map(({ name, type }) => {
          const shape = shapes.get(name);
          return { name, type, shape: shape === undefined ? null : [...shape] };
        }),
      };
    },
    "runs.picture": async ({ id, file, size }) => {
      const given = files.incoming(file);
      try {
        return await pictureOf(models.predictor(id).pipeline, given, size);
      } finally {
        files.forget(file);
      }
    },
    "runs.try": async (input) => {
      const predictor = models.predictor(input.id);
      const { pipeline } = predictor;
      requireSingleRows(pipeline);
      const datasetId = store.getRun(input.id).dataset_id;
      const names = changedNames(pipeline);
      const most = pipeline.graph === undefined ? MOST_ROWS : MOST_NEW_NODES;
      const others = !input.effects || datasetId === null ? [] : await otherRows(await tablePath(datasetId), names, most);
      return answered(predictor, input, others);
    },
  };
}

/** Decoded as at import, to the size and colours that the network takes. @throws AppError run.try_no_picture, run.try_picture_unreadable */
async function pictureOf(
  pipeline: FittedPipeline,
  { path, fileName: name }: DownloadFile,
  size: readonly [number, number] | undefined,
): Promise<MethodOutput<"runs.picture">> {
  const column = featureColumns(pipeline).find(({ type }) => type === "picture");
  const [height, width, channels = 1] = pipeline.features.find((group) => group.column === column?.name)?.shape ?? size ?? [];
  if (height === undefined || width === undefined) throw new AppError("run.try_no_picture", {});
  const colours = column !== undefined && channels === 3 ? 3 : 1;
  const pixels = await decode({ bytes: () => readFile(path) }, height, width, colours);
  if ("reason" in pixels) throw new AppError("run.try_picture_unreadable", { name, reason: pixels.reason });
  return { height, width, channels: colours, pixels: Buffer.from(pixels).toString("base64") };
}

/** A step of a series is nothing without the steps around it: it is tried in a window (try-series.ts). */
function requireSingleRows({ window }: FittedPipeline): void {
  if (window !== undefined) throw new AppError("run.try_needs_other_rows", {});
}

/** Names of the columns that are typed: all features but pictures. */
const readNames = (pipeline: FittedPipeline): string[] =>
  featureColumns(pipeline).flatMap(({ name, type }) => (type === "picture" ? [] : [name]));

/** Those that mean something in another row: what a node is called says nothing of it. */
function changedNames(pipeline: FittedPipeline): string[] {
  const { graph } = pipeline;
  const own = graph?.kind === "links" ? graph.document.id : null;
  return readNames(pipeline).filter((name) => name !== own);
}

/** Texts to read: not the columns in which a table holds its links. */
function textNames(pipeline: FittedPipeline): string[] {
  const links = pipeline.graph?.kind === "links" ? graphColumns(pipeline.graph.document) : [];
  return featureColumns(pipeline).flatMap(({ name, type }) => (type === "text" && !links.includes(name) ? [name] : []));
}

/** Values of rows from all over the table; none where the table lacks a column (it has changed). */
async function otherRows(path: string, names: readonly string[], most: number): Promise<Values[]> {
  const count = Math.min(TRIED_ROWS, Math.floor(most / Math.max(1, names.length)));
  if (count < FEWEST_TRIED || names.length === 0) return [];
  return queryStored(path, async (database) => {
    const total = Number((await database.rows(`SELECT count(*)::INTEGER FROM ${fromStored(path)}`))[0]?.[0]);
    const numbers = [...new Set(Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * total) / count)))];
    const { columns, rows } = await rowsByNumber(database, path, numbers);
    const places = names.map((name) => columns.indexOf(name));
    if (places.includes(-1)) return [];
    return rows.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[places[i] ?? -1] ?? null])));
  });
}

async function answered(predictor: Predictor, input: Input, others: readonly Values[]): Promise<MethodOutput<"runs.try">> {
  const { pipeline } = predictor;
  const names = readNames(pipeline);
  const columns = withOtherColumns(input.values, changedNames(pipeline), others);
  const words = input.effects ? withoutWords(input.values, textNames(pipeline)) : null;
  const lines: Values[] = [input.values, ...columns.lines, ...(words?.lines ?? [])];
  const table = await asTable(pipeline, names, lines, input.picture);
  const isGraph = pipeline.graph !== undefined;
  const asNew = isGraph && input.as_new === true;
  const own = isGraph ? predictor.prepare(await asTable(pipeline, names, [input.values], input.picture), false, asNew) : null;
  // A node that the graph holds stands in it as it is: what changes with its values is asked of a new one.
  const part = predictor.prepare(table, false, isGraph);
  const asked = answersOfPart(predictor, part);
  const [{ scores = [] } = {}] = asked;
  const [here = 0] = scores;
  const shown = own === null ? asked : answersOfPart(predictor, own);
  const node = own?.graphRows?.nodes[0] ?? null;
  return {
    outputs: shown.flatMap(({ answers }) => answers.slice(0, 1)),
    effects: columns.effects(here, scores.slice(1, 1 + columns.lines.length)),
    words: words?.effects(here, scores.slice(1 + columns.lines.length)) ?? [],
    ...(node === null ? {} : { node: { known: node >= 0, links: (own?.graphRows?.incoming[0]?.length ?? 0) / 2 } }),
  };
}

function answersOfPart(predictor: Predictor, part: PreparedPart): ReturnType<typeof answersOf>[] {
  const found = predictor.predict(part);
  return predictor.outputs.map((output) => answersOf(output, predictor.pipeline, found[output.layer.id] ?? new Float32Array(0)));
}
