/** The thread that looks inside runs, seen from the host: told of a run and of weights only when they are others than before. */
import { AppError } from "../../../core/errors.ts";
import { type AskOptions, KeptThread } from "../kept-thread.ts";
import type { InsideAnswers, InsideQuestion, RunToLookInto, ToInside, WeightsOfMoment } from "./messages.ts";

export interface Moment {
  /** Another key is another run, or the same one in another state. */
  readonly runKey: string;
  readonly run: () => Promise<RunToLookInto>;
  readonly weightsKey: string;
  /** Null: those of the trained model. */
  readonly weights: () => Promise<WeightsOfMoment | null>;
}

export class InsideThread {
  private readonly kept: KeptThread;
  private readonly closing: AbortSignal;
  private runKey = "";
  private weightsKey = "";
  /** Until what was asked last is said: what it is about must be said right before it. */
  private said: Promise<unknown> = Promise.resolve();

  /** @param workerUrl of the trainer's worker */
  constructor(workerUrl: URL, closing: AbortSignal) {
    this.closing = closing;
    this.kept = new KeptThread({
      workerUrl,
      worker: "inside",
      name: "look inside",
      closing,
      diedCode: "inside.thread_died",
      onEnd: () => {
        [this.runKey, this.weightsKey] = ["", ""];
      },
    });
  }

  /** @throws AppError what the question fails with, inside.thread_died, app.closing */
  async ask<K extends InsideQuestion["kind"]>(
    moment: Moment,
    question: Extract<InsideQuestion, { kind: K }>,
    options: AskOptions = {},
  ): Promise<InsideAnswers[K]> {
    const saying = this.said.then(() => this.say(moment, question, options));
    this.said = saying.catch(() => undefined);
    return (await (
      await saying
    ).answer) as InsideAnswers[K];
  }

  /** @returns once it is said; the answer comes later */
  private async say(moment: Moment, question: InsideQuestion, options: AskOptions): Promise<{ readonly answer: Promise<unknown> }> {
    if (this.closing.aborted) throw new AppError("app.closing");
    // Read before anything is said: what fails leaves the thread as it was.
    const run = this.kept.runs && this.runKey === moment.runKey ? null : await moment.run();
    const sameWeights = run === null && this.weightsKey === moment.weightsKey;
    const weights = sameWeights ? null : await moment.weights();
    if (run !== null) this.tell({ kind: "run", run });
    if (!sameWeights) this.tell({ kind: "weights", weights });
    this.runKey = moment.runKey;
    // A history goes through weights of its own.
    this.weightsKey = question.kind === "history" ? "" : moment.weightsKey;
    return { answer: this.kept.ask(question, options) };
  }

  private tell(message: ToInside): void {
    this.kept.tell(message);
  }
}
