/**
 * Runs: started, queued, paused, stopped, resumed and listed. A run is a row from its first moment; the queue starts
 * as many at once as the machine has cores to spare.
 */
import { AppError } from "../../../core/errors.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { propagate } from "../../../core/graph/propagate.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import { specHash } from "../../../core/spec/hash.ts";
import { readTraining, writeTraining } from "../../../core/spec/training.ts";
import type { CheckpointHeader } from "../../../core/train/checkpoint.ts";
import { ENGINE_VERSION } from "../../../core/version.ts";
import { defaultThreads } from "../../engine/default-threads.ts";
import type { StartTrainer } from "../../engine/worker-handle.ts";
import type { RunOwner, Store } from "../../store/store.ts";
import type { HostEvents } from "../events.ts";
import { ActiveRun } from "./active-run.ts";
import { isAlive } from "./owner.ts";

/** How long to wait before what could not be stored is tried again. */
const RETRY_MS = 2000;
const DEFAULT_MEMORY_LIMIT_BYTES = 4 * 2 ** 30;

export interface RunSurroundings {
  readonly store: Store;
  readonly events: HostEvents;
  readonly now: () => number;
  readonly start: StartTrainer;
  readonly owner: RunOwner;
  /** How many runs train at once. */
  readonly slots: number;
  /** Whether a window shows what goes on. */
  readonly behindWindow: boolean;
  /** Path of a data set's stored file, made again first where it is made from options. */
  readonly tablePath: (datasetId: string) => Promise<string>;
}

type RunHandlers = Pick<
  HostHandlers,
  | "runs.start"
  | "runs.pause"
  | "runs.resume"
  | "runs.stop"
  | "runs.watch"
  | "runs.list"
  | "runs.get"
  | "runs.curves"
  | "runs.update"
  | "runs.delete"
  | "runs.restore"
  | "app.interrupted"
>;

export class Runs {
  readonly handlers: RunHandlers;
  private readonly around: RunSurroundings;
  private readonly active = new Map<string, ActiveRun>();
  private readonly waiting: string[] = [];
  /** Threads asked for by one start. */
  private readonly threads = new Map<string, number>();
  /** Runs that somebody looks into, or will when they train. */
  private readonly watched = new Set<string>();
  private closing = false;

  constructor(around: RunSurroundings) {
    this.around = around;
    const { store, events } = around;
    store.markInterrupted((owner) => isAlive(owner, around.owner));
    this.handlers = {
      "runs.start": async ({ project_id, design, dataset_id, name, threads, watch }) => {
        const run = this.start(project_id, design, dataset_id, name);
        if (threads !== undefined) this.threads.set(run.id, threads);
        if (watch === true) this.watched.add(run.id);
        return { run: this.enqueue(run.id) };
      },
      "runs.pause": async ({ id }) => this.order(id, "pause"),
      "runs.resume": async ({ id }) => this.resume(id),
      "runs.stop": async ({ id }) => this.stop(id),
      "runs.watch": async ({ id, on }) => this.watch(id, on),
      "runs.list": async ({ project_id }) => ({ runs: store.listRuns(project_id) }),
      "runs.get": async ({ id }) => ({ run: store.getRun(id), design: store.runDesign(id) }),
      "runs.curves": async ({ id, max_points }) => ({ curves: store.readCurves(id, max_points) }),
      "runs.update": async ({ id, ...patch }) => ({ run: this.changed(store.updateRun(id, definedOnly(patch))) }),
      "runs.delete": async ({ ids }) => {
        const busy = ids.find((id) => this.active.has(id) || this.waiting.includes(id));
        if (busy !== undefined) throw new AppError("run.still_going", { name: store.getRun(busy).name });
        store.deleteRuns(ids);
        events.emit("run.deleted", { ids });
        return {};
      },
      "runs.restore": async ({ ids }) => {
        store.restoreRuns(ids);
        for (const id of ids) this.changed(store.getRun(id));
        return {};
      },
      "app.interrupted": async () => ({ runs: store.listRuns(null).filter((run) => run.status === "interrupted") }),
    };
  }

  /** Ends a run's worker as if it had crashed: for tests and for a worker that no longer answers. */
  async kill(id: string): Promise<void> {
    await this.active.get(id)?.kill();
  }

  hasRunning(): boolean {
    return this.active.size > 0 || this.waiting.length > 0;
  }

  private changed(run: Run): Run {
    this.around.events.emit("run.changed", { run, samples_per_second: null, remaining_seconds: null, learning_rate: null });
    return run;
  }

  private start(projectId: string, design: DesignDocument, datasetId: string, name?: string): Run {
    if (this.closing) throw new AppError("app.closing");
    refuseUnsound(design);
    const training = readTraining(design.train);
    const { store, owner } = this.around;
    const { dataset } = store.getDataset(datasetId).profile;
    const run = store.createRun({
      projectId,
      design,
      ...(name === undefined ? {} : { name }),
      owner,
      datasetId,
      datasetName: dataset.name,
      dataFingerprint: dataset.fingerprint,
      specHash: specHash(design, writeTraining(training)),
      engineVersion: ENGINE_VERSION,
      seed: training.seed,
      epochs: training.epochs,
    });
    return this.changed(run);
  }

  private enqueue(id: string): Run {
    this.waiting.push(id);
    void this.startWaiting();
    return this.around.store.getRun(id);
  }

  private async startWaiting(): Promise<void> {
    while (!this.closing && this.active.size < this.around.slots) {
      const id = this.waiting.shift();
      if (id === undefined) return;
      try {
        await this.launch(id);
      } catch (error) {
        const data = error instanceof AppError ? error.toData() : { code: "internal.fault", params: { message: String(error) } };
        this.changed(this.around.store.updateRun(id, { status: "failed", ended_at: this.around.now(), error: data }));
      }
    }
  }

  private async launch(id: string): Promise<void> {
    const { store, events, now, start, tablePath, behindWindow } = this.around;
    const run = store.getRun(id);
    if (run.dataset_id === null) throw new AppError("run.no_dataset", { name: run.name });
    const saved = store.loadCheckpoint(id, "last");
    if (saved !== null) store.dropPointsAfter(id, saved.step);
    const settings = store.getSettings();
    const memoryLimitMegabytes = settings["memory_limit_mb"];
    const threads = this.threads.get(id) ?? settings["threads"];
    const path = await tablePath(run.dataset_id);
    const job = {
      runId: id,
      design: store.runDesign(id),
      table: { path },
      dataName: run.dataset_name,
      dataFingerprint: run.data_fingerprint,
      specHash: run.spec_hash,
      // By default a core is left to the window.
      threads: typeof threads === "number" ? threads : defaultThreads(behindWindow),
      checkpoint: saved === null ? null : { header: saved.header as CheckpointHeader, bytes: saved.bytes },
      memoryLimitBytes: typeof memoryLimitMegabytes === "number" ? memoryLimitMegabytes * 2 ** 20 : DEFAULT_MEMORY_LIMIT_BYTES,
      behindWindow,
    };
    const active = new ActiveRun(job, {
      store,
      events,
      now,
      start,
      later: (act) => setTimeout(act, RETRY_MS),
      ended: (runId) => {
        this.active.delete(runId);
        void this.startWaiting();
      },
    });
    this.active.set(id, active);
    if (this.watched.has(id)) active.post({ kind: "watch", on: true });
  }

  private async order(id: string, kind: "pause" | "stop"): Promise<Record<string, never>> {
    const active = this.active.get(id);
    if (active === undefined) throw new AppError("run.not_going", { name: this.around.store.getRun(id).name });
    active.post({ kind });
    return {};
  }

  private async stop(id: string): Promise<Record<string, never>> {
    const place = this.waiting.indexOf(id);
    if (place < 0) return this.order(id, "stop");
    this.waiting.splice(place, 1);
    this.changed(this.around.store.updateRun(id, { status: "stopped", ended_at: this.around.now() }));
    return {};
  }

  private async watch(id: string, on: boolean): Promise<Record<string, never>> {
    this.around.store.getRun(id);
    if (on) this.watched.add(id);
    else this.watched.delete(id);
    this.active.get(id)?.post({ kind: "watch", on });
    return {};
  }

  /** Goes on with a paused run, or with one that was interrupted: from its checkpoint, or from the start without one. */
  private async resume(id: string): Promise<Record<string, never>> {
    const active = this.active.get(id);
    if (active !== undefined) {
      active.post({ kind: "resume" });
      return {};
    }
    const { store, owner } = this.around;
    const run = store.getRun(id);
    if (run.status !== "interrupted") throw new AppError("run.cannot_resume", { name: run.name, status: run.status });
    this.changed(store.claimRun(id, owner));
    if (store.loadCheckpoint(id, "last") === null) store.dropPointsAfter(id, 0);
    this.enqueue(id);
    return {};
  }

  /** Ends everything that goes: with a checkpoint each run can be resumed, without one its last checkpoint stands. */
  async shutdown(checkpoint: boolean): Promise<void> {
    this.closing = true;
    for (const id of this.waiting.splice(0))
      this.changed(this.around.store.updateRun(id, { status: "interrupted", ended_at: this.around.now() }));
    const going = [...this.active.values()];
    for (const run of going) {
      if (checkpoint) run.post({ kind: "suspend" });
      else run.post({ kind: "stop" });
    }
    await Promise.all(going.map((run) => run.whenFinished()));
  }
}

/**
 * The window has checked the design too, but is not trusted. What the data say is known only when they are prepared:
 * the worker checks again with the real shapes.
 */
function refuseUnsound(design: DesignDocument): void {
  if (design.data === null) throw new AppError("design.no_data");
  const { nodes, edges, problems, ok } = propagate(design);
  if (ok) return;
  const all = [
    ...problems,
    ...[...nodes.values()].flatMap((node) => node.problems),
    ...[...edges.values()].flatMap((edge) => edge.problems),
  ];
  const found = all.find(
    (problem) =>
      problem.severity === "error" &&
      problem.error.code !== "design.input_shape_unknown" &&
      problem.error.code !== "design.class_count_mismatch",
  );
  if (found !== undefined) throw AppError.fromData({ ...found.error, nodeId: found.error.nodeId ?? found.nodeId });
}

function definedOnly<T extends Record<string, unknown>>(patch: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
