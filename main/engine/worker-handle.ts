/** One trainer's worker seen from the host: started, spoken to, and watched until it ends or dies. */
import { rm } from "node:fs/promises";
import { placeForWork } from "../host/datasets/work-folder.ts";
import {
  endedBefore,
  type FromTrainer,
  type FromTrainerThread,
  type ToTrainer,
  type ToTrainerThread,
  type TrainingJob,
} from "./messages.ts";
import { startThread, type Thread } from "./native-work.ts";
import { prepareThreads } from "./source-threads.ts";
import { helperUrlBeside } from "./spawn-helper.ts";

export interface TrainerHandle {
  post(message: ToTrainer): void;
  /** Ends the thread, whatever it does. */
  end(): Promise<void>;
}

export interface TrainerListener {
  message(message: FromTrainer): void;
  /** The thread is gone; `detail` says why when it was not its own doing. */
  exit(detail: string | null): void;
}

export type StartTrainer = (job: TrainingJob, listener: TrainerListener) => TrainerHandle;

/**
 * A thread that prepares hears nothing while a step learns (a truncated SVD, neighbours): if it has not ended so long after the stop, it is
 * ended. There are no weights yet that could be lost.
 */
const PREPARING_ENDS_MS = 1000;

/** A thread that trained a small network waits so long for another job: runs of a group mostly follow one another. */
const FREE_MS = 3000;

/**
 * @param workerUrl       trainer.worker.ts in the source, trainer.worker.js in a build
 * @param wideVectorsFile where this machine's finding about wide vectors is kept (wide-vectors.ts)
 * @param closing         of the host: ends a thread that waits
 */
export function trainerStarter(workerUrl: URL, wideVectorsFile: string, closing: AbortSignal): StartTrainer {
  prepareThreads(workerUrl);
  const free = new FreeThread();
  closing.addEventListener("abort", () => free.end(), { once: true });
  return (job, listener) => {
    const thread =
      free.take() ?? startThread(workerUrl, "trainer", { trains: true, helperUrl: helperUrlBeside(workerUrl).href, wideVectorsFile });
    const { worker } = thread;
    const workFolder = placeForWork("neuroloom-rows");
    const started = performance.now();
    let detail: string | null = null;
    let freed = false;
    let prepares = job.checkpoint === null;
    let patience: ReturnType<typeof setTimeout> | undefined;
    let brokenOff = false;
    const listen = (message: FromTrainerThread): void => {
      if (brokenOff) return;
      if (message.kind !== "free") {
        if (message.kind !== "preparing") {
          prepares = false;
          clearTimeout(patience);
        }
        listener.message(message);
        return;
      }
      freed = true;
      worker.off("message", listen).off("error", fail).off("exit", exit);
      if (closing.aborted) void thread.end();
      else free.keep(thread);
      listener.exit(null);
    };
    const fail = (error: unknown): void => {
      detail = error instanceof Error ? error.message : String(error);
    };
    const exit = (code: number): void => {
      clearTimeout(patience);
      void rm(workFolder, { recursive: true, force: true });
      listener.exit(detail ?? (code === 0 || brokenOff ? null : `exit code ${code}`));
    };
    const breakOff = (): void => {
      brokenOff = true;
      listener.message(endedBefore("stopped", 0, (performance.now() - started) / 1000));
      void thread.end();
    };
    worker.on("message", listen).on("error", fail).on("exit", exit);
    worker.postMessage({ kind: "job", job, workFolder } satisfies ToTrainerThread);
    return {
      // What is said to a run that has just ended must not reach the next one.
      post: (message) => {
        if (freed) return;
        worker.postMessage(message satisfies ToTrainerThread);
        if (message.kind === "stop" && prepares) patience ??= setTimeout(breakOff, PREPARING_ENDS_MS);
      },
      end: async () => void (!freed && (await thread.end())),
    };
  };
}

/** At most one thread that waits for a job; it keeps no process alive. */
class FreeThread {
  private thread: Thread | null = null;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private readonly gone = (): void => {
    this.thread = null;
  };

  keep(thread: Thread): void {
    this.end();
    thread.worker.on("error", this.gone).on("exit", this.gone).unref();
    this.thread = thread;
    this.idle = setTimeout(() => this.end(), FREE_MS).unref();
  }

  take(): Thread | null {
    clearTimeout(this.idle);
    const { thread } = this;
    this.thread = null;
    thread?.worker.off("error", this.gone).off("exit", this.gone).ref();
    return thread;
  }

  end(): void {
    void this.take()?.end();
  }
}
