/** The thread that goes over the rows of stored tables for whoever looks at data or edits a design, seen from the host. */
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { KeptThread } from "../../engine/kept-thread.ts";
import type { TableMethod, TableQuestion } from "./questions.ts";

export class TableThread {
  private readonly kept: KeptThread;

  /** @param workerUrl of the trainer's worker */
  constructor(workerUrl: URL, closing: AbortSignal) {
    this.kept = new KeptThread({ workerUrl, worker: "tables", name: "tables", closing, diedCode: "data.thread_died" });
  }

  /** @throws AppError data.*, design.*, data.thread_died, app.closing */
  async ask<K extends TableMethod>(question: TableQuestion<K>): Promise<MethodOutput<K>> {
    return (await this.kept.ask(question)) as MethodOutput<K>;
  }
}
