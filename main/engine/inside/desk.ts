/**
 * Answers questions about the inside of a run, one after the other, in a thread of its own. What takes seconds (UMAP) goes on in small
 * steps while other questions are answered, tells how far it is, and can be cancelled.
 */
import { AppError, errorData } from "../../../core/errors.ts";
import { encodeNumbers } from "../../../core/export/json/numbers.ts";
import { insideView } from "../../../core/insight/inside/registry.ts";
import { shownVectors } from "../../../core/insight/inside/vectors/view.ts";
import { type ColumnSurface, columnSurface } from "../../../core/train/explain/column-surface.ts";
import { lookInside, offeredViews } from "../../../core/train/inside/look-inside.ts";
import { weightsOf } from "../../host/exports/model-views.ts";
import { withChosenThreshold } from "../../host/exports/put-threshold.ts";
import { formOf, saidOfLines } from "../../host/exports/said-lines.ts";
import { TriedRows } from "../../host/exports/said-series.ts";
import { givenForm } from "../../host/inside/given-row.ts";
import { bytesOfText } from "../model-bytes.ts";
import { weightHistory } from "./history.ts";
import { LookedInto } from "./looked-into.ts";
import type { FromInside, InsideAnswers, InsideQuestion, ToInside } from "./messages.ts";
import { NEIGHBOURS, umapPlane } from "./umap.ts";

/** How soon others are heard, and how often progress is told. */
const SLICE_MS = 20;
const MESSAGE_INTERVAL_MS = 100;

export interface DeskSurroundings {
  readonly nowMs: () => number;
  readonly post: (message: FromInside) => void;
  /** Lets waiting messages be handled. */
  readonly breathe: () => Promise<void>;
}

type Ask = Extract<ToInside, { kind: "ask" }>;
type SurfaceAsked = Extract<InsideQuestion, { kind: "surface" }>;

export class InsideDesk {
  private readonly around: DeskSurroundings;
  private run: LookedInto | null = null;
  private readonly series = new TriedRows();
  private readonly cancelled = new Set<number>();
  /** Messages are taken in their order: each waits for the one before. */
  private last: Promise<void> = Promise.resolve();

  constructor(around: DeskSurroundings) {
    this.around = around;
  }

  receive(message: ToInside): void {
    if (message.kind === "cancel") this.cancelled.add(message.id);
    else this.last = this.last.then(() => this.handle(message));
  }

  private async handle(message: Exclude<ToInside, { kind: "cancel" }>): Promise<void> {
    if (message.kind === "run") this.run = new LookedInto(message.run);
    else if (message.kind === "weights") this.run?.takeWeights(message.weights);
    else await this.answered(message);
  }

  private async answered({ id, question }: Ask): Promise<void> {
    try {
      if (this.run === null) throw new Error("a question before any run");
      if (question.kind === "umap") {
        // Others need not wait for it.
        void this.umap(id, await vectorsOf(this.run, question.nodeId));
        return;
      }
      const answer =
        question.kind === "surface" ? await this.surface(id, this.run, question) : await answerOf(this.run, this.series, question);
      this.around.post({ kind: "answer", id, answer });
    } catch (error) {
      this.around.post({ kind: "failed", id, error: errorData(error) });
    } finally {
      if (question.kind !== "umap") this.cancelled.delete(id);
    }
  }

  /** In its turn: who asks next may bring other weights. */
  private async surface(id: number, run: LookedInto, question: SurfaceAsked): Promise<InsideAnswers["surface"]> {
    // First: it says what is missing where the data are gone.
    const rows = await run.surfaceRows(question.row);
    return surfaceForPage(await this.sliced(id, columnSurface(await run.predictor(), rows, question)));
  }

  private async umap(id: number, { values, width }: ReturnType<typeof shownVectors>): Promise<void> {
    const { post } = this.around;
    try {
      const answer: InsideAnswers["umap"] = {
        points: encodeNumbers(await this.sliced(id, umapPlane(values, width))),
        neighbours: NEIGHBOURS,
      };
      post({ kind: "answer", id, answer });
    } catch (error) {
      post({ kind: "failed", id, error: errorData(error) });
    } finally {
      this.cancelled.delete(id);
    }
  }

  /** Goes on with work step by step, hears others in between, tells how far it is. @throws AppError inside.cancelled */
  private async sliced<T>(id: number, work: Generator<{ readonly done: number; readonly total: number }, T>): Promise<T> {
    const { nowMs, post, breathe } = this.around;
    let [lastBreath, lastMessage] = [nowMs(), nowMs()];
    for (;;) {
      if (this.cancelled.has(id)) throw new AppError("inside.cancelled");
      const next = work.next();
      if (next.done === true) return next.value;
      const now = nowMs();
      if (now - lastBreath < SLICE_MS) continue;
      if (now - lastMessage >= MESSAGE_INTERVAL_MS) {
        post({ kind: "progress", id, ...next.value });
        lastMessage = now;
      }
      await breathe();
      lastBreath = nowMs();
    }
  }
}

async function answerOf(
  run: LookedInto,
  series: TriedRows,
  question: Exclude<InsideQuestion, { kind: "umap" | "surface" }>,
): Promise<InsideAnswers[keyof InsideAnswers]> {
  switch (question.kind) {
    case "views":
      return viewsOf(run);
    case "look": {
      const { nodeId, view, subject, explained, plane } = question;
      const part = await run.part(view, subject);
      const { predictor, probe } = await run.probe();
      return sent(lookInside(predictor, { nodeId, view, explained, plane }, part, probe));
    }
    case "history":
      return { weights: await weightHistory(run, question) };
    case "weights":
      return weightsOf(await run.predictor(), question.nodeId);
    case "form":
      return formOf((await run.predictor()).pipeline);
    case "say":
      return saidOfLines(await run.predictor(), question);
    case "window":
      return series.window(await run.predictor(), question.series, question.end);
    case "forecast":
      return series.forecast(await run.predictor(), question);
    case "threshold":
      return bytesOfText(withChosenThreshold(await run.predictor(), question));
    default:
      return question satisfies never;
  }
}

async function viewsOf(run: LookedInto): Promise<InsideAnswers["views"]> {
  const { network, pipeline, graph } = await run.predictor();
  return {
    layers: offeredViews(network.spec, graph).map(({ layer, views }) => ({
      node_id: layer.id,
      name: layer.name,
      views: views.map((view) => ({ view, of_row: insideView(view).ofRow })),
    })),
    form: givenForm(pipeline),
  };
}

/** The vectors that a layer's view lays out. @throws AppError inside.no_such_view */
async function vectorsOf(run: LookedInto, nodeId: string): Promise<ReturnType<typeof shownVectors>> {
  const { network } = await run.predictor();
  const found = offeredViews(network.spec).find(({ layer }) => layer.id === nodeId);
  if (found === undefined || !found.views.includes("vectors")) throw new AppError("inside.no_such_view", { view: "vectors" }, { nodeId });
  return shownVectors(found.layer, (fullName) => Float32Array.from(network.view("parameter", fullName)));
}

function sent({ arrays, labels, figures, choices, explained }: ReturnType<typeof lookInside>): InsideAnswers["look"] {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    arrays: arrays.map(({ name, shape, values }) => ({ name, shape: [...shape], values: encodeNumbers(values) })),
    labels: Object.fromEntries(Object.entries(labels).map(([name, own]) => [name, [...own]])),
    figures: Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, finite(value)])),
    ...(choices === undefined
      ? {}
      : { choices: choices.map(({ nodeId, place, label, value }) => ({ node_id: nodeId, place, label, value: finite(value) })) }),
    ...(explained === undefined ? {} : { explained: { node_id: explained.nodeId, place: explained.place } }),
  };
}

function surfaceForPage(found: ColumnSurface): InsideAnswers["surface"] {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const axis = ({ words, ...own }: ColumnSurface["x_axis"]): InsideAnswers["surface"]["x_axis"] => ({
    ...own,
    words: words === null ? null : [...words],
  });
  return {
    ...found,
    outputs: [...found.outputs],
    labels: [...found.labels],
    columns: [...found.columns],
    x_axis: axis(found.x_axis),
    y_axis: axis(found.y_axis),
    x: [...found.x],
    y: [...found.y],
    values: found.values.map(finite),
    shares: found.shares?.map(finite) ?? null,
    points: [...found.points],
    held: { ...found.held, values: [...found.held.values] },
  };
}
