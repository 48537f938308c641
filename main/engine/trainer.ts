/**
 * Trainer: drives the training loop in a worker. It paces messages (about ten a second), obeys pause, stop and suspend
 * between steps, takes checkpoints and hands over the model. The clock and the messages are passed in.
 */

import type { Table } from "../../core/data/table.ts";
import { AppError, errorData } from "../../core/errors.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { readTraining, type TrainingOptions } from "../../core/spec/training.ts";
import { BatchWindow } from "../../core/train/batch-window.ts";
import { restoreCheckpoint } from "../../core/train/checkpoint.ts";
import { type EpochReport, freshState, type LoopState, trainingInPieces } from "../../core/train/loop.ts";
import { Network } from "../../core/train/network.ts";
import { continueOptimizer } from "../../core/train/optimizer-memory.ts";
import type { PreparedDesign } from "../../core/train/prepare-design.ts";
import { SignalProbe } from "../../core/train/signal-probe.ts";
import { CourseFigures, type CourseNow } from "./course-figures.ts";
import { figuresOf, finishedRun } from "./finished-run.ts";
import { KeptCheckpoints, weightsNow } from "./kept-checkpoints.ts";
import { endedBefore, type FromTrainer, type Preparing, type StartedLayers, type ToTrainer, type TrainingJob } from "./messages.ts";
import { Pacing } from "./pacing.ts";
import { PointBuffer } from "./point-buffer.ts";
import { putStartWeights } from "./put-start-weights.ts";
import { SignalLooks } from "./signal-looks.ts";
import { weightsFrom } from "./start-source.ts";

const MESSAGE_INTERVAL_MS = 100;
/** Steps run at most this long before messages are looked at. */
const SLICE_MS = 20;

/** What a run trains on. */
export interface JobData {
  readonly prepared: PreparedDesign;
  /** Columns of the targets, and whatever else was read whole. */
  readonly table: Table;
}

export interface TrainerSurroundings {
  readonly nowMs: () => number;
  readonly post: (message: FromTrainer, transfer?: ArrayBuffer[]) => void;
  readonly openBackend: (arithmetic: "fast" | "reproducible", threads: number) => KernelBackend;
  /** Lets waiting messages be handled. */
  readonly breathe: () => Promise<void>;
  /** Calls once after so many milliseconds. */
  readonly after: (ms: number, act: () => void) => void;
}

type Order = Exclude<ToTrainer["kind"], "watch" | "weights" | "step" | "pace" | "go_on"> | "none";

/** Somebody stopped the run before it had weights. */
class StoppedBefore extends Error {}

export class Trainer {
  private readonly job: TrainingJob;
  private readonly around: TrainerSurroundings;
  private readonly points = new PointBuffer();
  private readonly kept: KeptCheckpoints;
  private readonly pacing = new Pacing();
  private order: Order = "none";
  /** Whether the host was told that the run rests. */
  private saidPaused = false;
  private optimizer: "continued" | "fresh" | null = null;
  private layers: StartedLayers | null = null;
  private wake: (() => void) | null = null;
  /** Waits to hear whether it goes on. */
  private asks = false;
  private state: LoopState = freshState();
  /** Null until its weights are there. */
  private network: Network | null = null;
  private seconds = 0;
  private sliceStart = 0;
  private lastMessage = 0;
  private rowsSinceMessage = 0;
  private secondsAtMessage = 0;
  private rate: number | null = null;
  private watching = false;
  private signals: SignalLooks | null = null;

  constructor(job: TrainingJob, around: TrainerSurroundings) {
    this.job = job;
    this.around = around;
    this.kept = new KeptCheckpoints(job, around);
  }

  receive(message: ToTrainer): void {
    if (message.kind === "weights") this.sendWeights();
    else if (message.kind === "watch") this.watching = message.on;
    else if (message.kind === "go_on") this.asks = false;
    else if (message.kind === "pace") this.pacing.set(message.stepsPerSecond);
    else if (message.kind === "step") {
      // It rests again when that is done.
      this.pacing.ask(message.unit);
      this.order = "pause";
    } else {
      this.pacing.forget();
      this.order = message.kind;
    }
    this.wake?.();
  }

  /** Trains to the end; never throws: what goes wrong is posted. */
  async run(prepare: (tell: (preparing: Preparing) => void) => Promise<JobData>): Promise<void> {
    try {
      await this.train(await prepare((preparing) => this.tellPreparing(preparing)));
    } catch (error) {
      if (error instanceof StoppedBefore) {
        this.end("stopped");
        return;
      }
      this.around.post({ kind: "progress", progress: this.progress(0), points: this.points.take(this.state.epoch, this.seconds) });
      this.around.post({ kind: "failed", error: errorData(error), step: this.state.step });
    }
  }

  /** A run that is resumed has weights to keep: it stops once they are there. @throws StoppedBefore */
  private tellPreparing(preparing: Preparing): void {
    if (this.order === "stop" && this.job.checkpoint === null) throw new StoppedBefore();
    const now = this.around.nowMs();
    if (now - this.lastMessage < MESSAGE_INTERVAL_MS) return;
    this.lastMessage = now;
    this.around.post({ kind: "preparing", preparing });
  }

  /** Without weights to keep. */
  private end(how: "stopped" | "suspended"): void {
    const { state, seconds } = this;
    this.around.post(endedBefore(how, state.epoch - 1, seconds));
  }

  private async train({ prepared, table }: JobData): Promise<void> {
    const { job } = this;
    const training = readTraining(job.design.train);
    const rows = prepared.prepared.training.rowCount;
    const backend = this.around.openBackend(training.arithmetic, job.threads);
    const network = new Network({
      spec: prepared.spec,
      training,
      encodings: prepared.encodings,
      backend,
      trainingRows: rows,
      rowsHaveWeights: prepared.prepared.training.weights !== undefined,
      mixesRows: prepared.prepared.training.mixup !== undefined,
      memoryLimitBytes: job.memoryLimitBytes,
      ...(prepared.prepared.training.batches === undefined ? {} : { batches: prepared.prepared.training.batches }),
    });
    const { spec, encodings } = prepared;
    this.signals = new SignalLooks(this.around, () => new SignalProbe({ spec, training, encodings, backend }, prepared.prepared.training));
    this.begin(network, training, prepared.given);
    this.network = network;
    this.around.post({
      kind: "ready",
      parameters: network.parameterCount,
      peakBytes: network.peakBytes,
      memory: network.memory,
      backend: `${backend.name} ${backend.arithmetic}${backend.vectorBits === null ? "" : ` ${backend.vectorBits}-bit`}`,
      threads: backend.threads,
      stepsPerEpoch: network.stepsPerEpoch,
      optimizer: this.optimizer,
      layers: this.layers,
    });
    const how = await this.loop(network, prepared, training);
    if (how === "suspended") {
      this.kept.sendBest();
      this.end(how);
      return;
    }
    this.sendSignals(network);
    this.kept.sendBest();
    const { state, seconds } = this;
    const { message, transfer } = finishedRun({ how, job, network, state, prepared, training, table, seconds });
    this.around.post(message, transfer);
  }

  private begin(network: Network, training: TrainingOptions, given: PreparedDesign["given"]): void {
    network.initialise(training.seed, given);
    const { checkpoint, startFrom, startOptimizer } = this.job;
    if (startFrom !== null) this.layers = putStartWeights(network, weightsFrom(startFrom));
    if (startOptimizer !== null) {
      const { memory } = startOptimizer;
      this.optimizer = memory !== null && continueOptimizer(network, memory) ? "continued" : "fresh";
    }
    if (checkpoint !== null) {
      this.state = restoreCheckpoint(network, checkpoint.header, checkpoint.bytes);
      this.seconds = checkpoint.header.seconds;
    }
    this.sliceStart = this.lastMessage = this.around.nowMs();
    this.secondsAtMessage = this.seconds;
    this.kept.begin(network, this.state, training.epochs);
  }

  private async loop(
    network: Network,
    { prepared, outputs }: PreparedDesign,
    training: TrainingOptions,
  ): Promise<"done" | "stopped" | "suspended"> {
    let learningRate = 0;
    const { state } = this;
    const window = new BatchWindow({ network, data: prepared, outputs, state });
    const course = new CourseFigures(this.around.nowMs, { network, window, state }, training.epochs);
    const now = (): CourseNow => ({ seconds: this.seconds, learningRate, samplesPerSecond: this.rate });
    /** All that is known so far, so that a checkpoint is never ahead of the curves. */
    const tell = (): void => {
      this.tick();
      this.points.add(...course.batches(this.seconds));
      this.report(network, training, learningRate);
    };
    for (const report of trainingInPieces({ network, data: prepared, training, outputs, state })) {
      if (report.kind === "step") {
        this.points.addStep(report.step, report.loss);
        this.rowsSinceMessage += report.rows;
        learningRate = report.learningRate;
      } else if (report.kind === "epoch") {
        this.tick();
        this.endEpoch(report);
        this.points.add(...course.endEpoch(report, now()));
        this.kept.endEpoch(network, this.state, this.seconds, report);
      } else if (report.kind === "check") this.points.add(...course.check(report, this.seconds));
      const nowMs = this.around.nowMs();
      if (report.kind === "step" && course.isDue(nowMs)) {
        this.tick();
        this.points.add(...course.atStep(now()));
      }
      const byHand = this.pacing.isByHand;
      const isValidating = report.kind === "validation" || report.kind === "check";
      if (!isValidating) this.pacing.done(report.kind === "step" ? "batch" : "epoch", nowMs);
      if (nowMs - this.sliceStart < SLICE_MS && report.kind !== "epoch" && (isValidating || !byHand)) continue;
      this.tick();
      const { intervalMs } = this.pacing;
      if (Math.max(nowMs - this.lastMessage, intervalMs) >= MESSAGE_INTERVAL_MS) this.report(network, training, learningRate);
      if (this.kept.isLastDue(nowMs)) {
        tell();
        this.sendCheckpoint(network);
      }
      if (this.signals?.isDue(nowMs, intervalMs) === true) this.sendSignals(network);
      if (report.kind === "epoch" && !report.last && this.job.judgedAfter?.includes(report.epoch) === true) {
        tell();
        await this.askToGoOn(report.epoch);
      }
      await this.around.breathe();
      if (!isValidating) await this.keepPace();
      if (this.isToRest()) {
        tell();
        // Of single batches none is kept: those that are lost are made again to the same bits.
        if (!this.saidPaused) this.sendCheckpoint(network);
        await this.pause(network);
      }
      // A single batch is taken from within the pause; a whole epoch is training like any other.
      if (this.pacing.owes !== "batch") this.sayPaused(false);
      // An order that came while paused counts too.
      if (this.isOrder("stop") || this.isOrder("suspend")) {
        tell();
        if (this.isOrder("stop")) return "stopped";
        this.sendCheckpoint(network);
        return "suspended";
      }
      this.sliceStart = this.around.nowMs();
    }
    this.report(network, training, learningRate);
    return "done";
  }

  /** A pause, and no step asked for that is not done yet. */
  private isToRest(): boolean {
    return this.order === "pause" && this.pacing.owes === null;
  }

  /** Waits until the next step is due; an order ends that at once. The time does not count as training. */
  private async keepPace(): Promise<void> {
    for (;;) {
      const wait = this.pacing.waitMs(this.around.nowMs());
      if (wait <= 0 || this.isToRest() || this.isOrder("stop") || this.isOrder("suspend")) break;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        this.around.after(wait, resolve);
      });
    }
    this.wake = null;
  }

  /** Whoever asks for a pause meanwhile has it afterwards. The time does not count as training. */
  private async askToGoOn(epoch: number): Promise<void> {
    this.asks = true;
    this.around.post({ kind: "asks", epoch });
    while (this.asks && !this.isOrder("stop") && !this.isOrder("suspend")) await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = null;
  }

  private isOrder(order: Order): boolean {
    return this.order === order;
  }

  /** Adds the time since the slice began to the seconds of training. */
  private tick(): void {
    const now = this.around.nowMs();
    this.seconds += (now - this.sliceStart) / 1000;
    this.sliceStart = now;
  }

  private async pause(network: Network): Promise<void> {
    this.sayPaused(true);
    while (this.isToRest()) {
      this.sendSignals(network);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    this.wake = null;
  }

  private sayPaused(paused: boolean): void {
    if (this.saidPaused === paused) return;
    this.saidPaused = paused;
    this.around.post({ kind: "paused", paused });
  }

  private endEpoch(report: EpochReport): void {
    const add = (name: string, value: number | null): void =>
      this.points.add({
        name,
        step: report.step,
        epoch: report.epoch,
        seconds: this.seconds,
        value: value !== null && Number.isFinite(value) ? value : null,
      });
    add("loss", report.loss);
    if (report.valLoss !== null) add("val_loss", report.valLoss);
    for (const [name, value] of Object.entries(report.metrics)) add(name, value);
  }

  private report(network: Network, training: TrainingOptions, learningRate: number): void {
    const elapsed = this.seconds - this.secondsAtMessage;
    if (elapsed > 0 && this.rowsSinceMessage > 0) {
      const now = this.rowsSinceMessage / elapsed;
      this.rate = this.rate === null ? now : 0.8 * this.rate + 0.2 * now;
    }
    this.rowsSinceMessage = 0;
    this.secondsAtMessage = this.seconds;
    this.lastMessage = this.around.nowMs();
    const remainingSteps = Math.max(0, training.epochs * network.stepsPerEpoch - this.state.step);
    // Slow motion takes as long as it waits between two steps.
    const secondsAStep = Math.max(this.seconds / this.state.step, this.pacing.intervalMs / 1000);
    const remaining = this.state.step === 0 ? null : secondsAStep * remainingSteps;
    this.around.post({
      kind: "progress",
      progress: { ...this.progress(learningRate), remainingSeconds: remaining },
      points: this.points.take(this.state.epoch, this.seconds),
    });
  }

  private progress(learningRate: number): Extract<FromTrainer, { kind: "progress" }>["progress"] {
    const { epoch, step, stopping } = this.state;
    const { latestReport } = this.state;
    // Between two epochs it is the one that ended: the next has not begun.
    const done = latestReport?.step === step ? latestReport.epoch : epoch;
    return {
      epoch: done,
      step,
      seconds: this.seconds,
      samplesPerSecond: this.rate,
      remainingSeconds: null,
      learningRate,
      bestEpoch: stopping.bestEpoch === 0 ? null : stopping.bestEpoch,
      metrics: figuresOf(latestReport),
    };
  }

  /** Nothing, while nobody looks. */
  private sendSignals(network: Network): void {
    if (this.watching) this.signals?.send(network, this.state);
  }

  /** Messages are heard between two steps only, so that the weights are those after a whole one. Nothing of the training changes. */
  private sendWeights(): void {
    const weights = this.network === null ? null : weightsNow(this.network, this.state);
    this.around.post({ kind: "weights", weights }, weights === null ? [] : [weights.bytes.buffer]);
  }

  private sendCheckpoint(network: Network): void {
    this.tick();
    this.kept.sendLast(network, this.state, this.seconds);
  }
}

/** The error of a worker that died without a word. */
export function workerDied(step: number, detail: string): AppError {
  return new AppError("engine.worker_died", { step, detail });
}
