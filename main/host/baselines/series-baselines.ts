/**
 * What stands beside the result of a time series by itself: seasonal naive and linear, computed by a worker when a run ends, kept with its
 * evaluations. Nobody waits for it but those who ask; runs that differ in nothing that matters to it share one computation.
 */

import { isBaseline } from "../../../core/baselines/backend.ts";
import { isEnsemble } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { Evaluation, MethodInput, MethodOutput, Run } from "../../../core/protocol/methods.ts";
import { readTraining } from "../../../core/spec/training.ts";
import type { BesideBaseline } from "../../../core/train/evaluation.ts";
import type { BesideOutputs, BesidePart } from "../../../core/train/series-baselines.ts";
import type { StartTask } from "../../engine/task-handle.ts";
import type { Store } from "../../store/store.ts";
import { designForOther } from "../evaluation/asked-design.ts";
import type { HostEvents } from "../events.ts";
import type { TrainedModels } from "../exports/trained-model.ts";

/** Computations whose answers are kept: members of a group ask for the same. */
const MOST_KEPT = 20;
const KEPT_PARTS = ["training", "validation"] as const;
type Found = Partial<Record<BesidePart | "all", BesideOutputs>>;
type Asked = MethodInput<"baselines.beside">;

export interface SeriesBaselinesSurroundings {
  readonly store: Store;
  readonly events: HostEvents;
  readonly models: TrainedModels;
  readonly startTask: StartTask;
  readonly tablePath: (datasetId: string) => Promise<string>;
}

export class SeriesBaselines {
  readonly handlers: Pick<HostHandlers, "baselines.beside">;
  private readonly around: SeriesBaselinesSurroundings;
  /** Oldest first. */
  private readonly kept = new Map<string, Promise<Found>>();

  constructor(around: SeriesBaselinesSurroundings) {
    this.around = around;
    this.handlers = { "baselines.beside": (input) => this.beside(input) };
    around.events.listen((event, payload) => {
      if (event === "run.changed" && "run" in payload && (payload.run.status === "done" || payload.run.status === "stopped"))
        this.makeFor(payload.run);
    });
  }

  /** Whoever looks at the run is told what went wrong: it is tried again then. */
  private makeFor(run: Run): void {
    if (!this.isOfSeries(run) || KEPT_PARTS.some((part) => this.keptOf(run.id, part) !== null)) return;
    this.ofRun(run).catch(() => undefined);
  }

  /** Null where some are still to be made. */
  private keptOf(runId: string, part: string): BesideOutputs | null {
    if (part !== "training" && part !== "validation") return null;
    const outputs = this.around.store.loadEvaluation(runId, part)?.outputs ?? [];
    const kept = outputs.flatMap(({ node_id, baselines }) => (baselines === undefined ? [] : [[node_id, baselines] as const]));
    return kept.length === 0 ? null : Object.fromEntries(kept);
  }

  private isOfSeries(run: Run): boolean {
    return !isBaseline(run) && this.around.store.runDesign(run.id).data?.window !== undefined;
  }

  private async beside(input: Asked): Promise<MethodOutput<"baselines.beside">> {
    const run = this.around.store.getRun(input.id);
    if (!this.isOfSeries(run)) return { outputs: [] };
    const found =
      "part" in input
        ? (this.keptOf(run.id, input.part) ?? (await this.ofRun(run))[input.part])
        : (await this.ofOther(run, input.dataset_id)).all;
    return { outputs: Object.entries(found ?? {}).map(([node_id, baselines]) => ({ node_id, baselines: [...baselines] })) };
  }

  private async ofRun(run: Run): Promise<Found> {
    const { store } = this.around;
    if (run.dataset_id === null) throw new AppError("run.no_dataset", { name: run.name });
    const design = store.runDesign(run.id);
    const seed = design.data?.split.method === "time" ? null : readTraining(design.train).seed;
    const found = await this.once(JSON.stringify([run.dataset_id, design.data, design.graph, seed]), {
      design,
      datasetId: run.dataset_id,
      modelOf: null,
    });
    for (const part of KEPT_PARTS) this.keep(run.id, part, found[part] ?? {});
    return found;
  }

  private ofOther(run: Run, datasetId: string): Promise<Found> {
    const { store } = this.around;
    if (isEnsemble(run)) throw new AppError("baseline.ensemble_elsewhere");
    const design = designForOther(store, run.id, datasetId);
    return this.once(JSON.stringify([run.id, run.step, datasetId]), { design, datasetId, modelOf: run.id });
  }

  private once(
    key: string,
    { design, datasetId, modelOf }: { design: ReturnType<Store["runDesign"]>; datasetId: string; modelOf: string | null },
  ): Promise<Found> {
    const { startTask, tablePath, models } = this.around;
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const making = (async (): Promise<Found> => {
      const model = modelOf === null ? null : await models.file(modelOf);
      const answer = await startTask({ kind: "series_baselines", design, table: { path: await tablePath(datasetId) }, model });
      if (answer.kind !== "series_baselines") throw new Error(`the task answered with ${answer.kind}`);
      return answer.found;
    })();
    this.kept.set(key, making);
    // What failed is tried again when it is asked for.
    making.catch(() => this.kept.delete(key));
    for (const oldest of [...this.kept.keys()].slice(0, Math.max(0, this.kept.size - MOST_KEPT))) this.kept.delete(oldest);
    return making;
  }

  /** With the evaluation, where there is one: it goes where that goes. */
  private keep(runId: string, part: "training" | "validation", found: BesideOutputs): void {
    const { store } = this.around;
    const evaluation = store.loadEvaluation(runId, part);
    if (evaluation === null) return;
    store.saveEvaluation(runId, part, withBaselines(evaluation, found));
  }
}

const withBaselines = (evaluation: Evaluation, found: BesideOutputs): Evaluation => ({
  ...evaluation,
  outputs: evaluation.outputs.map((output): Evaluation["outputs"][number] => {
    const baselines: readonly BesideBaseline[] | undefined = found[output.node_id];
    return baselines === undefined ? output : { ...output, baselines: [...baselines] };
  }),
});
