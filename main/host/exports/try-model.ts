/**
 * What a run says of values that a person gives: they are read as a line of a file would be, so that the answer is that of `neuroloom
 * predict`. Beside it how much the answer hangs on each column: how far it moves, on average, with that column taken from other rows.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FittedPipeline } from "../../../core/data/prepared.ts";
import type { Column, PictureColumn, Table } from "../../../core/data/table.ts";
import { columnsToRead } from "../../../core/data/windows.ts";
import { AppError } from "../../../core/errors.ts";
import { csvCell } from "../../../core/export/csv-cell.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import { answersOf } from "../../../core/train/answers.ts";
import type { Predictor } from "../../../core/train/model.ts";
import type { Store } from "../../store/store.ts";
import { queryStored, readFileTable } from "../datasets/load-table.ts";
import { decode } from "../datasets/pictures/collect.ts";
import { fromStored, rowsByNumber } from "../datasets/stored-table.ts";
import { makeWorkFolder } from "../datasets/work-folder.ts";
import type { HostFiles } from "../files.ts";
import type { DownloadFile } from "../host-interface.ts";
import type { TrainedModels } from "./trained-model.ts";

type Input = MethodInput<"runs.try">;
type Values = Readonly<Record<string, string | null>>;

/** Rows whose values are tried in each column, and rows in all: an answer must come at once. */
const TRIED_ROWS = 24;
const FEWEST_TRIED = 4;
const MOST_ROWS = 2000;

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
      requireSingleRows(pipeline);
      const shapes = new Map(pipeline.features.map(({ column, shape }) => [column, shape]));
      return {
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
      const names = readNames(pipeline);
      const datasetId = store.getRun(input.id).dataset_id;
      const others = !input.effects || datasetId === null ? [] : await otherRows(await tablePath(datasetId), names);
      return answered(predictor, input, names, others);
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

/** A step of a series and a node of a graph are nothing without the rows around them. */
function requireSingleRows({ window, graph }: FittedPipeline): void {
  if (window !== undefined || graph !== undefined) throw new AppError("run.try_needs_other_rows", {});
}

const featureColumns = (pipeline: FittedPipeline): ReturnType<typeof columnsToRead> =>
  columnsToRead(pipeline).filter(({ role }) => role === "feature");

/** Names of the columns that are typed: all features but pictures. */
const readNames = (pipeline: FittedPipeline): string[] =>
  featureColumns(pipeline).flatMap(({ name, type }) => (type === "picture" ? [] : [name]));

/** Values of rows from all over the table; none where the table lacks a column (it has changed). */
async function otherRows(path: string, names: readonly string[]): Promise<Values[]> {
  const count = Math.min(TRIED_ROWS, Math.floor(MOST_ROWS / Math.max(1, names.length)));
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

async function answered(
  predictor: Predictor,
  input: Input,
  names: readonly string[],
  others: readonly Values[],
): Promise<MethodOutput<"runs.try">> {
  // The row itself, then for each column the same row with that column's value of each of the others.
  const lines: Values[] = [
    input.values,
    ...names.flatMap((name) => others.map((other) => ({ ...input.values, [name]: other[name] ?? null }))),
  ];
  const part = predictor.prepare(await asTable(predictor.pipeline, names, lines, input.picture), false);
  const found = predictor.predict(part);
  const each = predictor.outputs.map((output) => answersOf(output, predictor.pipeline, found[output.layer.id] ?? new Float32Array(0)));
  const [scores = []] = each.map((one) => one.scores);
  const [here = 0] = scores;
  const effectOf = (place: number): number => {
    const moved = scores.slice(1 + place * others.length, 1 + (place + 1) * others.length);
    return moved.reduce((sum, score) => sum + Math.abs(score - here), 0) / Math.max(1, moved.length);
  };
  return {
    outputs: each.flatMap(({ answers }) => answers.slice(0, 1)),
    effects: others.length === 0 ? [] : names.map((column, place) => ({ column, effect: effectOf(place) })),
  };
}

async function asTable(
  pipeline: FittedPipeline,
  names: readonly string[],
  lines: readonly Values[],
  picture: Input["picture"],
): Promise<Table> {
  const pictured = featureColumns(pipeline).find(({ type }) => type === "picture");
  const pictures = pictured === undefined ? [] : [pictureColumn(pipeline, pictured.name, picture, lines.length)];
  const typed = names.length === 0 ? { columns: [] } : await typedTable(pipeline, names, lines);
  const columns: Column[] = [...pictures, ...typed.columns];
  return { rowCount: lines.length, rowIds: Uint32Array.from(lines, (_, row) => row), columns };
}

async function typedTable(pipeline: FittedPipeline, names: readonly string[], lines: readonly Values[]): Promise<Table> {
  const folder = await makeWorkFolder("neuroloom-read");
  try {
    const path = join(folder, "values.csv");
    // A line of one empty cell would be no line at all.
    const text = [names, ...lines.map((values) => names.map((name) => values[name] ?? ""))]
      .map((cells) => (cells.length === 1 && cells[0] === "" ? '""' : cells.map(csvCell).join(",")))
      .join("\n");
    await writeFile(path, `${text}\n`);
    return (
      await readFileTable(
        path,
        featureColumns(pipeline).filter(({ type }) => type !== "picture"),
      )
    ).table;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One picture for all rows. @throws AppError run.try_needs_picture, run.try_picture_size */
function pictureColumn(pipeline: FittedPipeline, name: string, picture: Input["picture"], rows: number): PictureColumn {
  const [height = 0, width = 0, channels = 1] = pipeline.features.find((group) => group.column === name)?.shape ?? [];
  if (picture === null) throw new AppError("run.try_needs_picture", { column: name });
  if ("pixels" in picture) {
    const pixels = Uint8Array.from(Buffer.from(picture.pixels, "base64"));
    const expected = height * width * channels;
    if (pixels.length !== expected) throw new AppError("run.try_picture_size", { expected, received: pixels.length });
    return { kind: "picture", name, shape: [height, width, channels], pixels, places: new Uint32Array(rows) };
  }
  const grey = Buffer.from(picture.grey, "base64");
  if (grey.length !== height * width) throw new AppError("run.try_picture_size", { expected: height * width, received: grey.length });
  const pixels =
    channels === 3 ? Uint8Array.from({ length: grey.length * 3 }, (_, i) => grey[Math.floor(i / 3)] as number) : Uint8Array.from(grey);
  return { kind: "picture", name, shape: [height, width, channels === 3 ? 3 : 1], pixels, places: new Uint32Array(rows) };
}
