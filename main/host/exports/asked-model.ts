/** Whoever is asked about rows that a person gives: the network of a run, or an ensemble, whose members each read them in their own way. */
import { isEnsemble } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { answersOfRows } from "../../../core/train/answers.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import { InsideThread, type Moment } from "../../engine/inside/thread.ts";
import type { Store } from "../../store/store.ts";
import { ensembleOf, membersOf } from "../ensembles/ensemble-rows.ts";
import type { RowPredictions } from "../evaluation/row-predictions.ts";
import type { ChosenThreshold } from "./put-threshold.ts";
import type { AskedForm, SaidOfLines } from "./said-lines.ts";
import type { ForecastQuestion, SaidOfSeries, TriedSeries } from "./said-series.ts";
import { forecastTogether, refuseOtherWindows } from "./series-ensemble.ts";
import type { Picture, Values } from "./typed-table.ts";

export interface AskedModel {
  readonly form: AskedForm;
  readonly ask: (lines: readonly Values[], picture: Picture, asNew: boolean) => Promise<Omit<SaidOfLines, "rows">>;
}

export interface AskedSeries {
  /** Of its window, in rows; of an ensemble the longest of its members'. */
  readonly length: number;
  readonly window: (series: TriedSeries, end: number | null) => Promise<MethodOutput<"runs.window">>;
  readonly forecast: (question: Omit<ForecastQuestion, "as">) => Promise<MethodOutput<"runs.forecast">>;
}

/**
 * Networks answer in a thread of their own, which there is only while somebody asks: opening one takes long, and nothing else is to wait.
 * It is another thread than the one that looks inside, so that a person can do both by turns.
 */
export class AskedModels {
  private readonly around: { readonly store: Store; readonly predictions: RowPredictions };
  private readonly thread: InsideThread;

  constructor(around: AskedModels["around"] & { readonly workerUrl: URL; readonly closing: AbortSignal }) {
    this.around = around;
    this.thread = new InsideThread(around.workerUrl, around.closing);
  }

  /** @throws AppError run.no_model, ensemble.* */
  async open(runId: string): Promise<AskedModel> {
    return isEnsemble(this.around.store.getRun(runId)) ? this.ensemble(runId) : this.network(runId);
  }

  private async network(runId: string): Promise<AskedModel> {
    const form = await this.thread.ask(this.momentOf(runId), { kind: "form" });
    return {
      form,
      ask: (lines, picture, asNew) => this.thread.ask(this.momentOf(runId), { kind: "say", lines, picture, asNew, as: "answers" }),
    };
  }

  /** @throws AppError ensemble.try_needs_single_rows where some members read rows in their order, or as nodes, and others do not */
  private async ensemble(runId: string): Promise<AskedModel> {
    const { store, predictions } = this.around;
    const run = store.getRun(runId);
    const ensemble = ensembleOf(run);
    const members = membersOf(store, ensemble);
    const forms: AskedForm[] = [];
    for (const { id } of members) forms.push(await this.thread.ask(this.momentOf(id), { kind: "form" }));
    const [first] = forms;
    if (first === undefined) throw new Error("an ensemble has members");
    if (!forms.every(({ window, graph }) => (window === null) === (first.window === null) && (graph === null) === (first.graph === null)))
      throw new AppError("ensemble.try_needs_single_rows", { name: run.name });
    const columns = [...new Map(forms.flatMap((form) => form.columns).map((column) => [column.name, column])).values()];
    return {
      form: { ...first, columns },
      ask: async (lines, picture, asNew) => {
        const asked: PredictedRows[] = [];
        let nodes: SaidOfLines["nodes"];
        // One model at a time is held.
        for (const { id } of members) {
          const said = await this.thread.ask(this.momentOf(id), { kind: "say", lines, picture, asNew, as: "rows" });
          if (said.rows !== null) asked.push(said.rows);
          // All members learnt from the rows of one data set: the graph is the same.
          nodes ??= said.nodes;
        }
        const { answers, scores } = answersOfRows(await predictions.together(asked, members, ensemble.rule));
        return { answers: [answers], scores, ...(nodes === undefined ? {} : { nodes }) };
      },
    };
  }

  /** @throws AppError run.no_model, run.no_series, ensemble.* */
  async openSeries(runId: string): Promise<AskedSeries> {
    const { store, predictions } = this.around;
    const run = store.getRun(runId);
    const ensemble = isEnsemble(run) ? ensembleOf(run) : null;
    const asked = ensemble === null ? [run] : membersOf(store, ensemble);
    const lengths: number[] = [];
    const forms: AskedForm[] = [];
    for (const { id } of asked) {
      const form = await this.thread.ask(this.momentOf(id), { kind: "form" });
      forms.push(form);
      lengths.push(form.window?.length ?? 0);
    }
    if (ensemble !== null) refuseOtherWindows(forms, run.name);
    else if (lengths[0] === 0) throw new AppError("run.no_series", { name: run.name });
    const length = Math.max(...lengths);
    // What reads back furthest is asked for the window.
    const furthest = asked[lengths.indexOf(length)] ?? run;
    const say = (id: string, question: ForecastQuestion): Promise<SaidOfSeries> =>
      this.thread.ask(this.momentOf(id), { kind: "forecast", ...question });
    return {
      length,
      window: (series, end) => this.thread.ask(this.momentOf(furthest.id), { kind: "window", series, end }),
      forecast: async (question) => {
        if (ensemble === null) {
          const { rows, effects } = await say(runId, { ...question, as: "answers" });
          return { rows, effects };
        }
        const each: SaidOfSeries[] = [];
        for (const { id } of asked) each.push(await say(id, { ...question, as: "rows" }));
        return forecastTogether(each, (rows) => predictions.together(rows, asked, ensemble.rule));
      },
    };
  }

  /** @returns its model file, deciding so. @throws AppError run.no_model, run.threshold_not_here */
  async withThreshold(runId: string, chosen: ChosenThreshold): Promise<Uint8Array> {
    return this.thread.ask(this.momentOf(runId), { kind: "threshold", ...chosen });
  }

  /** The trained network; another key once its model is another one. */
  private momentOf(runId: string): Moment {
    const { store, predictions } = this.around;
    const run = store.getRun(runId);
    return {
      runKey: JSON.stringify([runId, run.step, run.ended_at, run.has_model, predictions.generation]),
      run: async () => ({
        design: store.runDesign(runId),
        model: run.has_model ? await store.loadModel(runId) : null,
        table: null,
        name: run.name,
      }),
      weightsKey: "trained",
      weights: async () => null,
    };
  }
}
