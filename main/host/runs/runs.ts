/**
 * Runs: started, queued, paused, stopped, resumed and listed. A run is a row from its first moment; when it trains is the
 * queue's affair (queue.ts), what several of them are for is that of groups (groups.ts).
 */

import { isBaseline } from "../../../core/baselines/backend.ts";
import { AppError } from "../../../core/errors.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { GOING, type ListedRun } from "../../../core/protocol/contract/runs.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodInput, Run } from "../../../core/protocol/methods.ts";
import { numberSetting } from "../../../core/protocol/number-settings.ts";
import { dataFingerprint, specHash } from "../../../core/spec/hash.ts";
import { readTraining, writeTraining } from "../../../core/spec/training.ts";
import type { CheckpointHeader } from "../../../core/train/checkpoint.ts";
import { ENGINE_VERSION } from "../../../core/version.ts";
import type { ToTrainer, WeightsNow } from "../../engine/messages.ts";
import type { StartTask } from "../../engine/task-handle.ts";
import type { StartTrainer } from "../../engine/worker-handle.ts";
import type { NewRun, RunOwner } from "../../store/store.ts";
import type { HostEvents } from "../events.ts";
import { applyRetention } from "../library.ts";
import { ActiveRun } from "./active-run.ts";
import { jobOf, type LaunchSurroundings } from "./launch-job.ts";
import { isMadeAgain } from "./made-again.ts";
import { isAlive } from "./owner.ts";
import { RunQueue } from "./queue.ts";
import { optionsOfRuns } from "./run-options.ts";
import { refuseForeignChoices, refuseUnsound } from "./sound-design.ts";
import { layersToKeep, requireWeights } from "./start-weights.ts";

/** How long to wait before what could not be stored is tried again. */
const RETRY_MS = 2000;
/** Starts of runs between two looks at what all snapshots take. */
const LAUNCHES_A_ROUND = 10;

export interface RunSurroundings extends LaunchSurroundings {
  readonly events: HostEvents;
  readonly now: () => number;
  readonly start: StartTrainer;
  readonly startTask: StartTask;
  readonly owner: RunOwner;
  /** Whether runs that waited when the last process died are taken over: the window does, the command line does not. */
  readonly takeOverQueue: boolean;
}

type ContinueFrom = NonNullable<MethodInput<"runs.start">["continue_from"]>;
type RunHandlers = Pick<
  HostHandlers,
  | "runs.start"
  | "runs.pause"
  | "runs.resume"
  | "runs.step"
  | "runs.pace"
  | "runs.stop"
  | "runs.watch"
  | "runs.list"
  | "runs.recent"
  | "runs.page"
  | "runs.noted"
  | "runs.options"
  | "runs.archive"
  | "runs.get"
  | "runs.discard"
  | "runs.update"
  | "runs.delete"
  | "runs.restore"
  | "runs.checkpoints"
  | "runs.layers_to_keep"
  | "runs.snapshots"
  | "queue.move"
  | "app.unfinished"
>;

export class Runs {
  readonly handlers: RunHandlers;
  private readonly around: RunSurroundings;
  private readonly active = new Map<string, ActiveRun>();
  /** Runs whose checkpoint or parent is being read, each until its worker is started or it could not be. */
  private readonly launching = new Map<string, Promise<unknown>>();
  readonly queue: RunQueue;
  /** Runs that somebody looks into, or will when they train. */
  private readonly watched = new Set<string>();
  /** Runs that are to rest after their first batch. */
  private readonly bySteps = new Set<string>();
  private closing = false;
  private launched = 0;

  constructor(around: RunSurroundings) {
    this.around = around;
    const { store, owner, behindWindow } = around;
    this.queue = new RunQueue({
      store,
      behindWindow,
      busy: () => [...this.active.values()].filter((run) => !run.isPaused).length,
      launch: (id) => {
        const launch = this.launch(id);
        const done = launch.catch(() => undefined).finally(() => this.launching.delete(id));
        this.launching.set(id, done);
        return launch;
      },
      failed: (id, error) => this.fail(id, error),
      changed: (run) => this.changed(run),
    });
    store.markInterrupted((other) => isAlive(other, owner));
    this.handlers = {
      "runs.start": async ({ project_id, design, dataset_id, name, threads, watch, by_steps, continue_from }) => {
        refuseUnsound(design);
        const run = this.create(project_id, design, dataset_id, {
          ...(name === undefined ? {} : { name }),
          ...(threads === undefined ? {} : { threadsWanted: threads }),
          ...(continue_from === undefined ? {} : { parent: this.parentOf(continue_from) }),
        });
        if (watch === true) this.watched.add(run.id);
        if (by_steps === true) this.bySteps.add(run.id);
        this.queue.add([run.id]);
        return { run: store.getRun(run.id) };
      },
      "runs.layers_to_keep": async ({ id, checkpoint, design }) => ({ layers: await layersToKeep(around, id, checkpoint, design) }),
      "runs.checkpoints": async ({ id }) => ({
        checkpoints: [
          ...store.listCheckpoints(id).map(({ kind, step, epoch, sizeBytes }) => ({ kind, step, epoch, size_bytes: sizeBytes })),
          ...(store.getRun(id).has_model ? [{ kind: "final" as const, step: null, epoch: null, size_bytes: null }] : []),
        ],
      }),
      "runs.snapshots": async ({ id }) => ({
        snapshots: store.listSnapshots(store.getRun(id).id).map(({ epoch, step, sizeBytes }) => ({ epoch, step, size_bytes: sizeBytes })),
      }),
      "queue.move": async ({ id, before }) => {
        this.queue.move(id, before);
        return {};
      },
      "runs.pause": async ({ id }) => this.order(id, { kind: "pause" }),
      "runs.step": async ({ id, unit }) => this.order(id, { kind: "step", unit }),
      "runs.pace": async ({ id, steps_per_second }) => this.order(id, { kind: "pace", stepsPerSecond: steps_per_second }),
      "runs.resume": async ({ id }) => {
        if (isBaseline(store.getRun(id))) throw new AppError("baseline.not_resumed");
        return this.resume(id);
      },
      "runs.stop": async ({ id }) => this.stop(id),
      "runs.discard": async ({ id }) => this.discard(id),
      "runs.watch": async ({ id, on }) => this.watch(id, on),
      "runs.list": async ({ project_id }) => ({ runs: this.asTheyAre(store.listRuns(project_id)) }),
      "runs.recent": async ({ project_id, limit }) => {
        const { runs, older } = store.recentRuns(project_id, limit);
        return { runs: this.asTheyAre(runs), older };
      },
      "runs.page": async ({ project_id, after, limit }) => {
        const page = store.listPage(project_id, { after, limit });
        return { ...page, runs: this.asTheyAre(page.runs) };
      },
      "runs.noted": async ({ project_id, text }) => ({ ids: store.runsNoted(project_id, text) }),
      "runs.options": async ({ ids }) => optionsOfRuns(store.runDesigns(ids)),
      "runs.archive": async ({ ids, archived }) => {
        store.archiveRuns(ids, archived);
        for (const id of ids) this.changed(store.getRun(id));
        return {};
      },
      "runs.get": async ({ id }) => ({ run: this.asItIs(store.getRun(id)), design: store.runDesign(id) }),
      "runs.update": async ({ id, ...patch }) => ({ run: this.changed(store.updateRun(id, definedOnly(patch))) }),
      "runs.delete": async ({ ids }) => {
        const busy = ids.find((id) => this.isGoing(id) || this.isGoingElsewhere(id));
        if (busy !== undefined) throw new AppError("run.still_going", { name: store.getRun(busy).name });
        return this.delete(ids);
      },
      "runs.restore": async ({ ids }) => {
        store.restoreRuns(ids);
        for (const id of ids) this.changed(store.getRun(id));
        return {};
      },
      "app.unfinished": async () => {
        const runs = store.listRuns(null);
        return {
          interrupted: runs.filter(({ status }) => status === "interrupted"),
          going: this.asTheyAre(runs.filter(({ status }) => GOING.has(status))),
        };
      },
    };
  }

  /** Ends a run's worker as if it had crashed: for tests and for a worker that no longer answers. */
  async kill(id: string): Promise<void> {
    await this.active.get(id)?.kill();
  }

  get isClosing(): boolean {
    return this.closing;
  }

  /** Waits or trains in this process. */
  isGoing(id: string): boolean {
    return this.active.has(id) || this.launching.has(id) || this.queue.has(id);
  }

  /** Another process that uses the library trains it, or has it wait. */
  private isGoingElsewhere(id: string): boolean {
    const { store, owner } = this.around;
    const { owner: other } = store.runLineage(id);
    return other.startToken !== owner.startToken && isAlive(other, owner) && GOING.has(store.getRun(id).status);
  }

  hasRunning(): boolean {
    return this.active.size > 0 || this.queue.length > 0;
  }

  /** Takes over what waited when the last process died, in its order. Called once the whole host stands. */
  takeOver(): void {
    const { store, owner, takeOverQueue } = this.around;
    if (takeOverQueue) this.queue.takeOver(store.adoptQueued((other) => isAlive(other, owner), owner));
  }

  /** A row of the library with what only its worker knows: that it waits for room on the disk. */
  private asItIs<T extends ListedRun>(row: T): T {
    return this.active.get(row.id)?.asItIs(row) ?? row;
  }

  private asTheyAre<T extends ListedRun>(rows: readonly T[]): T[] {
    return rows.map((row) => this.asItIs(row));
  }

  changed(row: Run): Run {
    const run = this.asItIs(row);
    this.around.events.emit("run.changed", { run, samples_per_second: null, remaining_seconds: null, learning_rate: null });
    return run;
  }

  /** A run's row, not queued yet. */
  create(
    projectId: string,
    design: DesignDocument,
    datasetId: string,
    more: Pick<NewRun, "name" | "group" | "parent" | "threadsWanted">,
  ): Run {
    if (this.closing) throw new AppError("app.closing");
    const training = readTraining(design.train);
    const { store, owner } = this.around;
    const { dataset } = store.getDataset(datasetId).profile;
    refuseForeignChoices(design, dataset.fingerprint);
    const run = store.createRun({
      projectId,
      design,
      ...more,
      owner,
      datasetId,
      datasetName: dataset.name,
      dataFingerprint: dataFingerprint(design.data, dataset.fingerprint),
      specHash: specHash(design, writeTraining(training)),
      engineVersion: ENGINE_VERSION,
      seed: training.seed,
      epochs: training.epochs,
    });
    return this.changed(run);
  }

  fail(id: string, error: unknown): void {
    const data = error instanceof AppError ? error.toData() : { code: "internal.fault", params: { message: String(error) } };
    this.changed(this.around.store.updateRun(id, { status: "failed", ended_at: this.around.now(), error: data }));
  }

  /** @throws AppError checkpoint.none */
  private parentOf({ run_id, checkpoint, optimizer = false }: ContinueFrom): NonNullable<NewRun["parent"]> {
    requireWeights(this.around.store, run_id, checkpoint);
    return { runId: run_id, checkpoint, optimizer };
  }

  private async launch(id: string): Promise<void> {
    const { store, events, now, start } = this.around;
    const run = store.getRun(id);
    const saved = await store.loadCheckpoint(id, "last");
    this.makeRoom();
    const job = await jobOf(run, saved, this.queue.threadsOf(id), this.around);
    if (saved !== null) store.dropPointsAfter(id, saved.step, isMadeAgain(saved.header as CheckpointHeader));
    const active = new ActiveRun(job, {
      store,
      events,
      now,
      start,
      later: (act) => setTimeout(act, RETRY_MS),
      keepLast: () => numberSetting(store.getSettings(), "checkpoint_keep"),
      paused: () => void this.queue.startWaiting(),
      ended: (runId) => {
        this.active.delete(runId);
        void this.queue.startWaiting();
      },
    });
    this.active.set(id, active);
    if (this.watched.has(id)) active.post({ kind: "watch", on: true });
    if (this.bySteps.delete(id)) active.post({ kind: "step", unit: "batch" });
  }

  /** Weights to look back at are the first to go: now and then those of the oldest runs are dropped. */
  private makeRoom(): void {
    if (this.launched % LAUNCHES_A_ROUND === 0) applyRetention(this.around.store);
    this.launched += 1;
  }

  private async order(id: string, message: ToTrainer): Promise<Record<string, never>> {
    if (this.launching.has(id)) await this.launching.get(id);
    const active = this.active.get(id);
    if (active === undefined) throw new AppError("run.not_going", { name: this.around.store.getRun(id).name });
    active.post(message);
    return {};
  }

  /** @param why where it was not a person who ended it: kept with the run */
  async stop(id: string, why: AppError | null = null): Promise<Record<string, never>> {
    if (this.launching.has(id)) await this.launching.get(id);
    if (why !== null) this.active.get(id)?.endsFor(why);
    if (!this.queue.remove(id)) return this.order(id, { kind: "stop" });
    this.changed(this.around.store.updateRun(id, { status: "stopped", ended_at: this.around.now() }));
    return {};
  }

  /** Ends it, waits for its worker, and deletes it; it can be restored as any deleted run, with the model that it had. */
  private async discard(id: string): Promise<Record<string, never>> {
    await this.launching.get(id);
    const active = this.active.get(id);
    await this.stop(id);
    active?.leave();
    await active?.whenFinished();
    return this.delete([id]);
  }

  private delete(ids: readonly string[]): Record<string, never> {
    this.around.store.deleteRuns(ids);
    this.around.events.emit("run.deleted", { ids: [...ids] });
    return {};
  }

  private async watch(id: string, on: boolean): Promise<Record<string, never>> {
    this.around.store.getRun(id);
    if (on) this.watched.add(id);
    else this.watched.delete(id);
    this.active.get(id)?.post({ kind: "watch", on });
    return {};
  }

  /** The weights that a run has in the middle of its training. @throws AppError run.not_going, inside.not_begun */
  async weightsNow(id: string): Promise<WeightsNow> {
    const active = this.active.get(id);
    const { name } = this.around.store.getRun(id);
    if (active === undefined) throw new AppError("run.not_going", { name });
    const weights = await active.weightsNow();
    if (weights === null) throw new AppError("inside.not_begun", { name });
    return weights;
  }

  /** Goes on with a paused run, or with one that was interrupted: from its checkpoint, or from the start without one. */
  async resume(id: string): Promise<Record<string, never>> {
    const active = this.active.get(id);
    if (active !== undefined) {
      active.post({ kind: "resume" });
      return {};
    }
    const { store, owner } = this.around;
    const run = store.getRun(id);
    if (run.status !== "interrupted") throw new AppError("run.cannot_resume", { name: run.name, status: run.status });
    this.changed(store.claimRun(id, owner));
    if (store.checkpointHeader(id, "last") === null) store.dropPointsAfter(id, 0);
    this.queue.add([id]);
    return {};
  }

  /** Ends everything that goes: with a checkpoint each run can be resumed, without one its last checkpoint stands. */
  async shutdown(checkpoint: boolean): Promise<void> {
    this.closing = true;
    this.queue.close();
    await Promise.all(this.launching.values());
    const going = [...this.active.values()];
    for (const run of going) {
      run.leave();
      if (checkpoint) run.post({ kind: "suspend" });
      else run.post({ kind: "stop" });
    }
    await Promise.all(going.map((run) => run.whenFinished()));
  }
}

function definedOnly<T extends Record<string, unknown>>(patch: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
