/** The thread that goes over the rows of stored tables for whoever looks at data or edits a design, seen from the host. */
import { AppError } from "../../../core/errors.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { KeptThread } from "../../engine/kept-thread.ts";
import type { TableMethod, TableQuestion } from "./questions.ts";

export class TableThread {
  private readonly kept: KeptThread;

  /** @param workerUrl of the trainer's worker */
  constructor(workerUrl: URL, closing: AbortSignal) {
    this.kept = new KeptThread({ workerUrl, worker: "tables", name: "tables", closing, diedCode: "data.thread_died" });
  }

  /**
   * Fitting is one stretch in which the thread hears nothing: cancelled, the thread is ended, and what others had asked is asked again.
   * @throws AppError data.*, design.*, data.layout_cancelled, data.thread_died, app.closing
   */
  async ask<K extends TableMethod>(question: TableQuestion<K>, signal?: AbortSignal): Promise<MethodOutput<K>> {
    const cancel = (): void => this.kept.stop(new Interrupted());
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      for (;;) {
        if (signal?.aborted === true) throw new AppError("data.layout_cancelled");
        try {
          return (await this.kept.ask(question)) as MethodOutput<K>;
        } catch (thrown) {
          if (!(thrown instanceof Interrupted)) throw thrown;
        }
      }
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }
}

/** The thread was ended for the sake of one question. */
class Interrupted extends AppError {
  constructor() {
    super("data.layout_cancelled");
  }
}
