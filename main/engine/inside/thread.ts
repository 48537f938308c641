/**
 * The thread that looks inside runs, seen from the host: started by the first question, told of a run and of weights only when they are
 * others than before, and ended when nobody has asked for a while. While nobody looks there is none.
 */
import type { Worker } from "node:worker_threads";
import { AppError } from "../../../core/errors.ts";
import { startThread, type Thread } from "../native-work.ts";
import { prepareThreads } from "../source-threads.ts";
import type { FromInside, InsideAnswers, InsideQuestion, RunToLookInto, ToInside, WeightsOfMoment } from "./messages.ts";

/** A panel that is closed and opened again need not wait for the thread to start. */
const IDLE_MS = 60_000;

export interface Moment {
  /** Another key is another run, or the same one in another state. */
  readonly runKey: string;
  readonly run: () => RunToLookInto;
  readonly weightsKey: string;
  /** Null: those of the trained model. */
  readonly weights: () => WeightsOfMoment | null;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

interface Waiting {
  readonly resolve: (answer: InsideAnswers[keyof InsideAnswers]) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: AskOptions["onProgress"];
}

export class InsideThread {
  private readonly url: URL;
  private readonly closing: AbortSignal;
  private thread: Thread | null = null;
  private runKey = "";
  private weightsKey = "";
  private nextId = 1;
  private readonly waiting = new Map<number, Waiting>();
  private idle: ReturnType<typeof setTimeout> | null = null;

  /** @param workerUrl of the trainer's worker, beside which this one's file lies */
  constructor(workerUrl: URL, closing: AbortSignal) {
    this.url = new URL(workerUrl.href.replace(/trainer(?=\.worker\.[jt]s$)/, "inside"));
    this.closing = closing;
    closing.addEventListener("abort", () => this.end(new AppError("app.closing")), { once: true });
  }

  /** @throws AppError what the question fails with, inside.thread_died, app.closing */
  async ask<K extends InsideQuestion["kind"]>(
    moment: Moment,
    question: Extract<InsideQuestion, { kind: K }>,
    { signal, onProgress }: AskOptions = {},
  ): Promise<InsideAnswers[K]> {
    if (this.closing.aborted) throw new AppError("app.closing");
    // Read before anything is said: what fails leaves the thread as it was.
    const run = this.thread !== null && this.runKey === moment.runKey ? null : moment.run();
    const sameWeights = run === null && this.weightsKey === moment.weightsKey;
    const weights = sameWeights ? null : moment.weights();
    const worker = this.started();
    worker.ref();
    if (run !== null) this.post(worker, { kind: "run", run });
    if (!sameWeights) this.post(worker, { kind: "weights", weights });
    this.runKey = moment.runKey;
    // A history goes through weights of its own.
    this.weightsKey = question.kind === "history" ? "" : moment.weightsKey;
    const id = this.nextId++;
    const cancel = (): void => this.post(worker, { kind: "cancel", id });
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await new Promise<InsideAnswers[K]>((resolve, reject) => {
        this.waiting.set(id, { resolve: resolve as Waiting["resolve"], reject, onProgress });
        this.post(worker, { kind: "ask", id, question });
        if (signal?.aborted === true) cancel();
      });
    } finally {
      signal?.removeEventListener("abort", cancel);
      this.waiting.delete(id);
      if (this.waiting.size === 0) this.rest();
    }
  }

  private post(worker: Worker, message: ToInside): void {
    worker.postMessage(message);
  }

  private started(): Worker {
    if (this.idle !== null) clearTimeout(this.idle);
    this.idle = null;
    if (this.thread !== null) return this.thread.worker;
    prepareThreads(this.url);
    const thread = startThread(this.url, "look inside");
    const { worker } = thread;
    let detail = "";
    worker.on("message", (message: FromInside) => this.take(message));
    worker.on("error", (error) => {
      detail = error instanceof Error ? error.message : String(error);
    });
    worker.on("exit", () => {
      if (this.thread === thread) this.end(new AppError("inside.thread_died", { detail }));
    });
    this.thread = thread;
    return worker;
  }

  private take(message: FromInside): void {
    const waiting = this.waiting.get(message.id);
    if (waiting === undefined) return;
    if (message.kind === "progress") waiting.onProgress?.(message.done, message.total);
    else if (message.kind === "failed") waiting.reject(AppError.fromData(message.error));
    else waiting.resolve(message.answer);
  }

  private rest(): void {
    if (this.thread === null || this.idle !== null) return;
    this.thread.worker.unref();
    this.idle = setTimeout(() => this.end(new AppError("app.closing")), IDLE_MS);
    this.idle.unref();
  }

  /** What still waits fails with the error. */
  private end(error: AppError): void {
    if (this.idle !== null) clearTimeout(this.idle);
    this.idle = null;
    const { thread } = this;
    this.thread = null;
    [this.runKey, this.weightsKey] = ["", ""];
    for (const { reject } of this.waiting.values()) reject(error);
    void thread?.end();
  }
}
