/**
 * One run that trains: carries what its worker says into the store and out as events. What cannot be stored (a full
 * disk) waits in order while training is paused, and is tried again until there is room: nothing is lost.
 */
import { AppError } from "../../../core/errors.ts";
import type { CurvePoint, Run } from "../../../core/protocol/methods.ts";
import { ClockMarker } from "../../../core/protocol/run-clock.ts";
import type { FromTrainer, Preparing, ToTrainer, TrainingJob, TrainingProgress, WeightsNow } from "../../engine/messages.ts";
import { workerDied } from "../../engine/trainer.ts";
import type { StartTrainer, TrainerHandle } from "../../engine/worker-handle.ts";
import type { CheckpointKind, Store } from "../../store/store.ts";
import type { HostEvents } from "../events.ts";

export interface ActiveRunSurroundings {
  readonly store: Store;
  readonly events: HostEvents;
  readonly now: () => number;
  readonly start: StartTrainer;
  /** Told when the worker is gone and the run's row is final. */
  readonly ended: (runId: string) => void;
  /** Calls once after a while. */
  readonly later: (act: () => void) => void;
  /** How many checkpoints of single epochs stay. */
  readonly keepLast: () => number;
  /** Told when a run has come to rest. */
  readonly paused: () => void;
}

type Said<K extends FromTrainer["kind"]> = Extract<FromTrainer, { kind: K }>;

/** Errors of the library that pass: a run waits for that. */
const PASSES: ReadonlySet<string> = new Set(["store.disk_full", "store.locked"]);

interface Act {
  readonly act: () => void | Promise<void>;
  /** Of a checkpoint that is to be kept. */
  readonly checkpoint: CheckpointKind | null;
}

export class ActiveRun {
  readonly id: string;
  private readonly around: ActiveRunSurroundings;
  private readonly trainer: TrainerHandle;
  /** As it was last stored. */
  private row: Run;
  private sequence = 0;
  private readonly clock = new ClockMarker();
  private lastProgress: TrainingProgress | null = null;
  private settled = false;
  private endedFor: AppError | null = null;
  /** Why what it says cannot be stored now; null while it can. */
  private waitsFor: AppError | null = null;
  private resting = false;
  /** Nobody waits any longer for what cannot be stored. */
  private leaving = false;
  /** Paused by hand, or a step at a time: room on the disk does not make it go on. */
  private held = false;
  private stepsPerSecond: number | null = null;
  /** What is being stored, and what waits for it or for room on the disk, in order. */
  private readonly backlog: Act[] = [];
  /** Whether its worker is: what it said last may still wait to be stored. */
  private gone = false;
  /** What its worker still says is not stored. */
  private givenUp = false;
  private readonly askedForWeights: ((weights: WeightsNow | null) => void)[] = [];
  private readonly finished: Promise<void>;
  private resolveFinished: () => void = () => {};

  constructor(job: TrainingJob, around: ActiveRunSurroundings) {
    this.id = job.runId;
    this.around = around;
    this.finished = new Promise((resolve) => (this.resolveFinished = resolve));
    this.row = this.update({ status: "preparing", started_at: around.now(), error: null, ended_at: null });
    const exit = (detail: string | null): void => {
      this.gone = true;
      this.tellWeights(null);
      if (this.givenUp) this.exit(detail);
      else this.inOrder(() => this.exit(detail));
    };
    this.trainer = around.start(job, { message: (message) => this.take(message), exit });
  }

  /** By hand: it takes no processor. One that waits for room on the disk is not counted. */
  get isPaused(): boolean {
    return this.resting;
  }

  /** The library cannot be told that a run waits for room in the library: its row says what it did before. */
  asItIs<T extends Pick<Run, "status" | "error">>(row: T): T {
    return this.waitsFor === null ? row : { ...row, status: "paused", error: this.waitsFor.toData() };
  }

  /** @throws AppError run.waits_for_room when a step is asked of a run that waits for room on the disk */
  post(message: ToTrainer): void {
    const waits = this.waitsFor !== null && (message.kind === "resume" || message.kind === "step");
    if (message.kind === "step" && waits) throw new AppError("run.waits_for_room", { name: this.around.store.getRun(this.id).name });
    if (message.kind === "pause" || message.kind === "step") this.held = true;
    if (message.kind === "resume") this.held = false;
    if (message.kind === "pace") this.stepsPerSecond = message.stepsPerSecond;
    // It goes on by itself as soon as there is room.
    if (!waits) this.trainer.post(message);
    if (message.kind === "pace" && this.waitsFor === null) this.tell(this.around.store.getRun(this.id));
  }

  /** What its weights are now, between two steps; null before there are any, and when it ends first. */
  weightsNow(): Promise<WeightsNow | null> {
    if (this.gone) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.askedForWeights.push(resolve);
      if (this.askedForWeights.length === 1) this.trainer.post({ kind: "weights" });
    });
  }

  private tellWeights(weights: WeightsNow | null): void {
    for (const resolve of this.askedForWeights.splice(0)) resolve(weights);
  }

  /** Resolves when the worker has ended. */
  whenFinished(): Promise<void> {
    return this.finished;
  }

  async kill(): Promise<void> {
    await this.trainer.end();
  }

  /** From now on what cannot be stored is given up at the next try: the run is then interrupted, and its last checkpoint stands. */
  leave(): void {
    this.leaving = true;
  }

  /** Points are an act of their own: what comes after them may be tried again without storing them twice. */
  private take(message: FromTrainer): void {
    // Nothing of it is stored, so that it need not wait for what is.
    if (message.kind === "weights") {
      this.tellWeights(message.weights);
      return;
    }
    const newest = message.kind === "progress" ? message.points.at(-1) : undefined;
    if (message.kind === "progress" && newest !== undefined) {
      // The time at which it came, not that at which there is room for it.
      const points = [...message.points, ...this.clock.mark(newest, this.around.now())];
      this.inOrder(() => this.storePoints(points));
    }
    this.inOrder(() => this.receive(message), message.kind === "checkpoint" ? message.checkpoint : null);
  }

  /** Acts now, or after what waits before it. Where the disk is slower than the training, a checkpoint that waits gives way to a newer one of its kind. */
  private inOrder(act: Act["act"], checkpoint: CheckpointKind | null = null): void {
    if (this.givenUp) return;
    // The first is being stored.
    const older = checkpoint === null ? -1 : this.backlog.findIndex((one, place) => place > 0 && one.checkpoint === checkpoint);
    if (older > 0) this.backlog.splice(older, 1);
    this.backlog.push({ act, checkpoint });
    if (this.backlog.length === 1) void this.drain();
  }

  private async drain(): Promise<void> {
    for (;;) {
      const [first] = this.backlog;
      if (first === undefined) break;
      try {
        const storing = first.act();
        // What is stored at once lets nothing else come between.
        if (storing !== undefined) await storing;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const passes = PASSES.has(error.code);
        if (passes && !this.leaving) this.wait(error);
        else this.giveUp(passes ? { status: "interrupted" } : { status: "failed", error: error.toData() });
        return;
      }
      this.backlog.shift();
    }
    if (this.waitsFor !== null) {
      this.waitsFor = null;
      if (this.settled) return;
      if (this.held) this.inOrder(() => this.rest(true));
      else this.trainer.post({ kind: "resume" });
    }
  }

  private wait(error: AppError): void {
    if (this.waitsFor === null && !this.settled) this.trainer.post({ kind: "pause" });
    this.waitsFor = error;
    const { store, events, later } = this.around;
    events.emit("run.changed", {
      run: this.asItIs(store.getRun(this.id)),
      samples_per_second: null,
      remaining_seconds: null,
      learning_rate: null,
    });
    later(() => void this.drain());
  }

  /** What waits is dropped and the worker ended. */
  private giveUp(patch: Pick<Run, "status"> & Partial<Pick<Run, "error">>): void {
    this.waitsFor = null;
    this.settled = true;
    this.givenUp = true;
    this.backlog.length = 0;
    const last = { ...patch, ended_at: this.around.now() };
    try {
      this.update(last);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // The row says that it trains until the next start, which finds nobody who does. Of one that was deleted there is nothing to say.
      if (error.code !== "run.not_found") this.tell({ ...this.row, ...last });
    }
    if (this.gone) this.exit(null);
    else void this.trainer.end();
  }

  private receive(message: Exclude<FromTrainer, { kind: "weights" }>): void | Promise<void> {
    const { store } = this.around;
    switch (message.kind) {
      case "preparing":
        this.tell(store.getRun(this.id), message.preparing);
        return;
      case "ready":
        this.update({
          status: "running",
          parameters: message.parameters,
          peak_bytes: message.peakBytes,
          memory: message.memory,
          backend: message.backend,
          threads: message.threads,
          steps_per_epoch: message.stepsPerEpoch,
          ...(message.optimizer === null ? {} : { parent_optimizer: message.optimizer }),
          ...(message.layers === null ? {} : { parent_layers: message.layers }),
        });
        return;
      case "progress":
        this.lastProgress = message.progress;
        store.heartbeat(this.id);
        this.update({
          epoch: message.progress.epoch,
          step: message.progress.step,
          seconds: message.progress.seconds,
          best_epoch: message.progress.bestEpoch,
          metrics: message.progress.metrics,
        });
        return;
      case "signals":
        this.around.events.emit("run.signals", { run_id: this.id, signals: message.signals });
        return;
      case "paused":
        this.rest(message.paused);
        return;
      case "asks":
        // Its points are stored: whoever ends it at this epoch has said so.
        this.trainer.post({ kind: "go_on" });
        return;
      case "checkpoint":
        return this.storeCheckpoint(message);
      case "snapshot":
        return this.storeSnapshot(message);
      case "ended":
        this.settled = true;
        return this.storeEnd(message);
      case "failed":
        this.settled = true;
        this.update({ status: "failed", ended_at: this.around.now(), error: message.error, step: message.step });
        return;
      default:
        message satisfies never;
    }
  }

  private async storeCheckpoint({ checkpoint: kind, header, bytes }: Said<"checkpoint">): Promise<void> {
    const { step, epoch } = header.loop;
    await this.around.store.saveCheckpoint(this.id, { kind, step, epoch, header, bytes });
    this.dropOldCheckpoints();
  }

  private async storeSnapshot({ epoch, step, header, bytes }: Said<"snapshot">): Promise<void> {
    await this.around.store.saveSnapshot(this.id, { epoch, step, header, bytes });
    this.around.events.emit("run.snapshot", { run_id: this.id, epoch });
  }

  private async storeEnd(message: Said<"ended">): Promise<void> {
    const { store, now } = this.around;
    if (message.heldOut !== null) await store.saveHeldOut(this.id, message.heldOut);
    if (message.model !== null) await store.saveModel(this.id, message.model, { sampled_steps: message.sampledSteps });
    if (message.evaluation !== null) store.saveEvaluation(this.id, message.evaluation.part, message.evaluation.evaluation);
    if (message.how === "suspended") this.update({ status: "interrupted", ended_at: now(), seconds: message.seconds });
    else
      this.update({
        status: message.how,
        ended_at: now(),
        seconds: message.seconds,
        metrics: message.metrics,
        epoch: message.epochs,
        best_epoch: message.bestEpoch,
        // It may have come to its own end before it heard.
        ...(message.how === "stopped" && this.endedFor !== null ? { error: this.endedFor.toData() } : {}),
      });
  }

  endsFor(why: AppError): void {
    this.endedFor = why;
  }

  private rest(paused: boolean): void {
    this.resting = paused && this.waitsFor === null;
    this.update({ status: paused ? "paused" : "running" });
    if (this.resting) this.around.paused();
  }

  /** Of those of single epochs the newest stay; best and last are one each. */
  private dropOldCheckpoints(): void {
    const { store, keepLast } = this.around;
    const ofEpochs = store.listCheckpoints(this.id).filter(({ kind }) => kind.startsWith("epoch-"));
    for (const { kind } of ofEpochs.slice(0, Math.max(0, ofEpochs.length - keepLast()))) store.deleteCheckpoint(this.id, kind);
  }

  private storePoints(points: readonly CurvePoint[]): void {
    this.around.store.appendPoints(this.id, points);
    this.sequence += 1;
    this.around.events.emit("run.points", { run_id: this.id, sequence: this.sequence, points: [...points] });
  }

  private update(patch: Parameters<Store["updateRun"]>[1]): Run {
    this.row = this.around.store.updateRun(this.id, patch);
    return this.tell(this.row);
  }

  private tell(run: Run, preparing?: Preparing): Run {
    const progress = this.lastProgress;
    this.around.events.emit("run.changed", {
      run,
      samples_per_second: progress?.samplesPerSecond ?? null,
      remaining_seconds: run.status === "running" || run.status === "paused" ? (progress?.remainingSeconds ?? null) : null,
      learning_rate: progress?.learningRate ?? null,
      steps_per_second: this.stepsPerSecond,
      ...(preparing === undefined ? {} : { preparing: { ...preparing } }),
    });
    return run;
  }

  private exit(detail: string | null): void {
    if (!this.settled) {
      const error = workerDied(this.lastProgress?.step ?? 0, detail ?? "");
      this.update({ status: "failed", ended_at: this.around.now(), error: error.toData() });
    }
    this.around.ended(this.id);
    this.resolveFinished();
  }
}
