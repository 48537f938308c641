/** A task's worker seen from the host: started, told to stop, and answered for when it dies. */
import { rm } from "node:fs/promises";
import { AppError } from "../../core/errors.ts";
import { placeForWork } from "../host/datasets/work-folder.ts";
import { startThread } from "./native-work.ts";
import { prepareThreads } from "./source-threads.ts";
import { helperUrlBeside } from "./spawn-helper.ts";
import type { FromTask, Task } from "./task.ts";
import { workerDied } from "./trainer.ts";

export interface TaskOptions {
  /** Told of what comes before the answer. */
  readonly onMessage?: (message: FromTask) => void;
  readonly signal?: AbortSignal;
  /** Code of the error with which it fails, its thread ended, when it is aborted; left out, the task hears of it and answers. */
  readonly endsWith?: string;
}

const BEFORE_THE_ANSWER: ReadonlySet<FromTask["kind"]> = new Set([
  "points",
  "vectors_progress",
  "importance_progress",
  "evaluation_progress",
  "import_progress",
] as const);

export type StartTask = (task: Task, options?: TaskOptions) => Promise<FromTask>;

/** The answer that a task of this kind gives. */
export function answered<K extends FromTask["kind"]>(message: FromTask, kind: K): Extract<FromTask, { kind: K }> {
  if (message.kind !== kind) throw new Error(`the task answered with ${message.kind}`);
  return message as Extract<FromTask, { kind: K }>;
}

/**
 * The answer of a task; what failed is thrown.
 * @param workerUrl the trainer's worker, which does tasks too
 * @param closing   of the host: what still runs then is ended at once, and fails with app.closing
 * @param dataMemoryBytes that rows may take before they are prepared on the disk, as the settings say now
 */
export function taskStarter(workerUrl: URL, wideVectorsFile: string, closing: AbortSignal, dataMemoryBytes: () => number): StartTask {
  prepareThreads(workerUrl);
  return (task, { onMessage, signal, endsWith } = {}) =>
    new Promise((resolve, reject) => {
      if (closing.aborted) throw new AppError("app.closing");
      if (endsWith !== undefined && signal?.aborted === true) throw new AppError(endsWith);
      const workFolder = placeForWork("neuroloom-rows");
      const thread = startThread(workerUrl, `task ${task.kind}`, {
        task,
        helperUrl: helperUrlBeside(workerUrl).href,
        wideVectorsFile,
        dataMemoryBytes: dataMemoryBytes(),
        workFolder,
      });
      const { worker } = thread;
      let ended: AppError | null = null;
      const endWith = (code: string) => (): void => {
        ended ??= new AppError(code);
        void thread.end();
      };
      const cancel = endsWith === undefined ? () => worker.postMessage("cancel") : endWith(endsWith);
      const end = endWith("app.closing");
      signal?.addEventListener("abort", cancel, { once: true });
      closing.addEventListener("abort", end, { once: true });
      let detail = "";
      worker.on("message", (message: FromTask) => {
        if (ended !== null) return;
        if (message.kind === "failed") reject(AppError.fromData(message.error));
        else if (BEFORE_THE_ANSWER.has(message.kind)) onMessage?.(message);
        else resolve(message);
      });
      worker.on("error", (error) => {
        detail = error instanceof Error ? error.message : String(error);
      });
      worker.on("exit", () => {
        signal?.removeEventListener("abort", cancel);
        closing.removeEventListener("abort", end);
        void rm(workFolder, { recursive: true, force: true });
        // Does nothing after an answer.
        reject(ended ?? workerDied(0, detail));
      });
    });
}
