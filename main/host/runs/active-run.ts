/** One run that trains: carries what its worker says into the store and out as events. */
import { AppError } from "../../../core/errors.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import type { FromTrainer, ToTrainer, TrainingJob, TrainingProgress } from "../../engine/messages.ts";
import type { StartTrainer, TrainerHandle } from "../../engine/worker-handle.ts";
import { workerDied } from "../../engine/trainer.ts";
import type { Store } from "../../store/store.ts";
import type { HostEvents } from "../events.ts";

export interface ActiveRunSurroundings {
  readonly store: Store;
  readonly events: HostEvents;
  readonly now: () => number;
  readonly start: StartTrainer;
  /** Told when the worker is gone and the run's row is final. */
  readonly ended: (runId: string) => void;
}

export class ActiveRun {
  readonly id: string;
  private readonly around: ActiveRunSurroundings;
  private readonly trainer: TrainerHandle;
  private sequence = 0;
  private lastProgress: TrainingProgress | null = null;
  private settled = false;
  private readonly finished: Promise<void>;
  private resolveFinished: () => void = () => {};

  constructor(job: TrainingJob, around: ActiveRunSurroundings) {
    this.id = job.runId;
    this.around = around;
    this.finished = new Promise((resolve) => (this.resolveFinished = resolve));
    this.update({ status: "preparing", started_at: around.now(), error: null, ended_at: null });
    this.trainer = around.start(job, { message: (message) => this.guard(() => this.receive(message)), exit: (detail) => this.exit(detail) });
  }

  post(message: ToTrainer): void {
    this.trainer.post(message);
  }

  /** Resolves when the worker has ended. */
  whenFinished(): Promise<void> {
    return this.finished;
  }

  async kill(): Promise<void> {
    await this.trainer.terminate();
  }

  /** What cannot be stored (a full disk) pauses training: the run waits, nothing is lost, and the error is shown. */
  private guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.trainer.post({ kind: "pause" });
      this.around.events.emit("run.changed", { run: { ...this.around.store.getRun(this.id), error: error.toData() }, samples_per_second: null, remaining_seconds: null, learning_rate: null });
    }
  }

  private receive(message: FromTrainer): void {
    const { store, now } = this.around;
    switch (message.kind) {
      case "ready":
        this.update({ status: "running", parameters: message.parameters, peak_bytes: message.peakBytes, backend: message.backend, threads: message.threads, steps_per_epoch: message.stepsPerEpoch });
        return;
      case "progress":
        this.progress(message);
        return;
      case "epoch": {
        const metrics = { ...finite(message.metrics), loss: message.loss, ...(message.valLoss === null ? {} : { val_loss: message.valLoss }) };
        this.update({ epoch: message.epoch, metrics, seconds: message.seconds });
        return;
      }
      case "paused":
        this.update({ status: message.paused ? "paused" : "running" });
        return;
      case "checkpoint":
        store.saveCheckpoint(this.id, { kind: "last", step: message.header.loop.step, epoch: message.header.loop.epoch, header: message.header, bytes: message.bytes });
        return;
      case "ended":
        if (message.model !== null) store.saveModel(this.id, message.model);
        this.settled = true;
        if (message.how === "suspended") this.update({ status: "interrupted", ended_at: now(), seconds: message.seconds });
        else this.update({ status: message.how, ended_at: now(), seconds: message.seconds, metrics: message.metrics, epoch: message.epochs, best_epoch: message.bestEpoch });
        return;
      case "failed":
        this.settled = true;
        this.update({ status: "failed", ended_at: now(), error: message.error, step: message.step });
        return;
      default:
        message satisfies never;
    }
  }

  private progress({ progress, points }: Extract<FromTrainer, { kind: "progress" }>): void {
    const { store, events } = this.around;
    if (points.length > 0) store.appendPoints(this.id, points);
    this.lastProgress = progress;
    if (points.length > 0) {
      this.sequence += 1;
      events.emit("run.points", { run_id: this.id, sequence: this.sequence, points: [...points] });
    }
    store.heartbeat(this.id);
    this.update({ epoch: progress.epoch, step: progress.step, seconds: progress.seconds, best_epoch: progress.bestEpoch });
  }

  private update(patch: Parameters<Store["updateRun"]>[1]): Run {
    const run = this.around.store.updateRun(this.id, patch);
    const progress = this.lastProgress;
    this.around.events.emit("run.changed", {
      run,
      samples_per_second: progress?.samplesPerSecond ?? null,
      remaining_seconds: run.status === "running" || run.status === "paused" ? (progress?.remainingSeconds ?? null) : null,
      learning_rate: progress?.learningRate ?? null,
    });
    return run;
  }

  private exit(detail: string | null): void {
    if (!this.settled) {
      const error = workerDied(this.lastProgress?.step ?? 0, detail ?? "");
      this.guard(() => this.update({ status: "failed", ended_at: this.around.now(), error: error.toData() }));
    }
    this.around.ended(this.id);
    this.resolveFinished();
  }
}

function finite(metrics: Readonly<Record<string, number>>): Record<string, number | null> {
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, Number.isFinite(value) ? value : null]));
}
