/**
 * What a run says of values that a person gives: they are read as a line of a file would be, so that the answer is that of `neuroloom
 * predict`. Beside it how much the answer hangs on each column: how far it moves, on average, with that column taken from other rows.
 */
import { readFile } from "node:fs/promises";
import { graphColumns } from "../../../core/data/graph/graph-columns.ts";
import { AppError } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import type { Store } from "../../store/store.ts";
import { queryStored } from "../datasets/load-table.ts";
import { decode } from "../datasets/pictures/collect.ts";
import { fromStored, rowsByNumber } from "../datasets/stored-table.ts";
import type { HostFiles } from "../files.ts";
import type { DownloadFile } from "../host-interface.ts";
import type { AskedModel, AskedModels } from "./asked-model.ts";
import type { AskedForm } from "./said-lines.ts";
import { withOtherColumns, withoutWords } from "./try-effects.ts";
import { typedNames, type Values } from "./typed-table.ts";

type Input = MethodInput<"runs.try">;

/** Rows whose values are tried in each column, and rows in all: an answer must come at once. */
const TRIED_ROWS = 24;
const FEWEST_TRIED = 4;
const MOST_ROWS = 2000;
/** Of a graph: what one pass over it has room for. */
const MOST_NEW_NODES = 900;

export function tryHandlers(o: {
  readonly store: Store;
  readonly asked: AskedModels;
  readonly files: HostFiles;
  readonly tablePath: (datasetId: string) => Promise<string>;
}): Pick<HostHandlers, "runs.form" | "runs.picture" | "runs.try"> {
  const { store, asked, files, tablePath } = o;
  return {
    "runs.form": async ({ id }) => {
      const { columns, shapes, window, graph } = (await asked.open(id)).form;
      return {
        window: window !== null,
        graph: graph === null ? null : graphColumns(graph),
        columns: columns.map(({ name, type }) => ({ name, type, shape: Object.hasOwn(shapes, name) ? [...(shapes[name] ?? [])] : null })),
      };
    },
    "runs.picture": async ({ id, file, size }) => {
      const given = files.incoming(file);
      try {
        return await pictureOf((await asked.open(id)).form, given, size);
      } finally {
        files.forget(file);
      }
    },
    "runs.try": async (input) => {
      const model = await asked.open(input.id);
      const { window, graph } = model.form;
      // A step of a series is nothing without the steps around it: it is tried in a window (try-series.ts).
      if (window !== null) throw new AppError("run.try_needs_other_rows", {});
      const datasetId = store.getRun(input.id).dataset_id;
      const most = graph === null ? MOST_ROWS : MOST_NEW_NODES;
      const others =
        !input.effects || datasetId === null ? [] : await otherRows(await tablePath(datasetId), changedNames(model.form), most);
      return answered(model, input, others);
    },
  };
}

/** Decoded as at import, to the size and colours that the network takes. @throws AppError run.try_no_picture, run.try_picture_unreadable */
async function pictureOf(
  { columns, shapes }: AskedForm,
  { path, fileName: name }: DownloadFile,
  size: readonly [number, number] | undefined,
): Promise<MethodOutput<"runs.picture">> {
  const column = columns.find(({ type }) => type === "picture");
  const [height, width, channels = 1] = shapes[column?.name ?? ""] ?? size ?? [];
  if (height === undefined || width === undefined) throw new AppError("run.try_no_picture", {});
  const colours = column !== undefined && channels === 3 ? 3 : 1;
  const pixels = await decode({ bytes: () => readFile(path) }, height, width, colours);
  if ("fault" in pixels) throw new AppError("run.try_picture_unreadable", { name, picture_fault: pixels.fault, detail: pixels.detail });
  return { height, width, channels: colours, pixels: Buffer.from(pixels).toString("base64") };
}

/** Those that mean something in another row: what a node is called says nothing of it. */
function changedNames({ columns, graph }: AskedForm): string[] {
  const own = graph?.kind === "links" ? graph.id : null;
  return typedNames(columns).filter((name) => name !== own);
}

/** Texts to read: not the columns in which a table holds its links. */
function textNames({ columns, graph }: AskedForm): string[] {
  const links = graph?.kind === "links" ? graphColumns(graph) : [];
  return columns.flatMap(({ name, type }) => (type === "text" && !links.includes(name) ? [name] : []));
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

async function answered(model: AskedModel, input: Input, others: readonly Values[]): Promise<MethodOutput<"runs.try">> {
  const { values, picture, effects, as_new = false } = input;
  const isGraph = model.form.graph !== null;
  const columns = withOtherColumns(values, changedNames(model.form), others);
  const words = effects ? withoutWords(values, textNames(model.form)) : null;
  const lines: Values[] = [values, ...columns.lines, ...(words?.lines ?? [])];
  // A node that the graph holds stands in it as it is: what changes with its values is asked of a new one.
  const own = isGraph ? await model.ask([values], picture, as_new) : null;
  const asked = isGraph && lines.length === 1 ? own : await model.ask(lines, picture, isGraph);
  const scores = asked?.scores ?? [];
  const [here = 0] = scores;
  const [node] = own?.nodes ?? [];
  return {
    outputs: ((own ?? asked)?.answers ?? []).flatMap((answers) => answers.slice(0, 1)),
    effects: columns.effects(here, scores.slice(1, 1 + columns.lines.length)),
    words: words?.effects(here, scores.slice(1 + columns.lines.length)) ?? [],
    ...(node === undefined ? {} : { node: { known: node.node >= 0, links: node.links } }),
  };
}
