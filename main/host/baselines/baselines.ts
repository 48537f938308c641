/** Baselines as runs: each computed in a worker, one after the other, its figures and evaluations kept like a network's; it has no weights. */
import { BASELINE_BACKEND } from "../../../core/baselines/backend.ts";
import { baselineDefinition } from "../../../core/baselines/definitions.ts";
import { AppError, errorData } from "../../../core/errors.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, Run } from "../../../core/protocol/methods.ts";
import { dataFingerprint, specHash } from "../../../core/spec/hash.ts";
import { readTraining, writeTraining } from "../../../core/spec/training.ts";
import { ENGINE_VERSION } from "../../../core/version.ts";
import type { Task } from "../../engine/task.ts";
import type { StartTask } from "../../engine/task-handle.ts";
import type { RunOwner, RunPatch, Store } from "../../store/store.ts";
import type { HostEvents } from "../events.ts";
import { refuseForeignChoices } from "../runs/sound-design.ts";
import { baselineOptions } from "./judge-baseline.ts";

export interface BaselineSurroundings {
  readonly store: Store;
  readonly events: HostEvents;
  readonly owner: RunOwner;
  readonly now: () => number;
  readonly startTask: StartTask;
  readonly tablePath: (datasetId: string) => Promise<string>;
}

type StartInput = MethodInput<"baselines.start">;
/** In baselines, all runs carry it: lists can be filtered by it. */
const TAG = "baseline";
const CANCELLED = "baseline.cancelled";

export class Baselines {
  readonly handlers: Pick<HostHandlers, "baselines.start" | "baselines.cancel">;
  private readonly around: BaselineSurroundings;
  /** By project. */
  private readonly going = new Map<string, AbortController>();

  constructor(around: BaselineSurroundings) {
    this.around = around;
    this.handlers = {
      "baselines.start": async (input) => ({ runs: await this.start(input) }),
      "baselines.cancel": async ({ project_id }) => {
        this.going.get(project_id)?.abort();
        return {};
      },
    };
  }

  private async start(input: StartInput): Promise<Run[]> {
    const { project_id: project, dataset_id } = input;
    if (this.going.has(project)) throw new AppError("baseline.going");
    const controller = new AbortController();
    this.going.set(project, controller);
    try {
      const path = await this.around.tablePath(dataset_id);
      const names = input.names ?? (await this.fitting(input.design, path, controller.signal));
      if (controller.signal.aborted) throw new AppError(CANCELLED);
      const runs = names.map((name) => this.create(input, name));
      // The answer is that they go; how they go is told by their rows.
      void this.computeAll(runs, names, input.design, path, controller).finally(() => this.going.delete(project));
      return runs;
    } catch (thrown) {
      this.going.delete(project);
      throw thrown;
    }
  }

  private async fitting(design: DesignDocument, path: string, signal: AbortSignal): Promise<readonly string[]> {
    const answer = await this.around.startTask({ kind: "baselines", design, table: { path } }, { signal, endsWith: CANCELLED });
    if (answer.kind !== "baselines") throw new Error(`the task answered with ${answer.kind}`);
    return answer.names;
  }

  private create({ project_id, design, dataset_id }: StartInput, name: string): Run {
    const { store, owner } = this.around;
    const { dataset } = store.getDataset(dataset_id).profile;
    refuseForeignChoices(design, dataset.fingerprint);
    const training = readTraining(design.train);
    // Whoever reads it is told in their own language (core/baselines/name-in.ts).
    const { label } = baselineDefinition(name).texts.en;
    const run = store.createRun({
      projectId: project_id,
      design,
      name: label,
      tags: [TAG],
      owner,
      datasetId: dataset_id,
      datasetName: dataset.name,
      dataFingerprint: dataFingerprint(design.data, dataset.fingerprint),
      specHash: specHash(design, writeTraining(training)),
      engineVersion: ENGINE_VERSION,
      seed: training.seed,
      epochs: 0,
      options: baselineOptions(name),
    });
    // Never "queued": what waits in the queue is trained by whoever takes it over.
    return this.patch(run.id, { status: "preparing", backend: BASELINE_BACKEND });
  }

  private patch(id: string, patch: RunPatch): Run {
    const run = this.around.store.updateRun(id, patch);
    this.around.events.emit("run.changed", { run, samples_per_second: null, remaining_seconds: null, learning_rate: null });
    return run;
  }

  private async computeAll(
    runs: readonly Run[],
    names: readonly string[],
    design: DesignDocument,
    path: string,
    { signal }: AbortController,
  ): Promise<void> {
    const { now } = this.around;
    for (const [place, run] of runs.entries()) {
      const started = now();
      try {
        if (signal.aborted) throw new AppError(CANCELLED);
        this.patch(run.id, { status: "running", started_at: started });
        await this.compute(run.id, { kind: "baseline", name: names[place] ?? "", design, table: { path } }, signal);
        this.patch(run.id, { status: "done", ended_at: now(), seconds: (now() - started) / 1000 });
      } catch (thrown) {
        const error = errorData(thrown);
        // The library is shut by then.
        if (error.code === "app.closing") return;
        this.patch(
          run.id,
          error.code === CANCELLED ? { status: "stopped", ended_at: now() } : { status: "failed", ended_at: now(), error },
        );
      }
    }
  }

  private async compute(id: string, task: Extract<Task, { kind: "baseline" }>, signal: AbortSignal): Promise<void> {
    const { store, startTask } = this.around;
    const answer = await startTask(task, { signal });
    if (answer.kind !== "baseline") throw new Error(`the task answered with ${answer.kind}`);
    const { training, validation, metrics } = answer.result;
    store.saveEvaluation(id, "training", training);
    if (validation !== null) store.saveEvaluation(id, "validation", validation);
    this.patch(id, { metrics });
  }
}
