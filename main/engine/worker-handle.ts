/** One trainer's worker seen from the host: started, spoken to, and watched until it ends or dies. */
import type { FromTrainer, ToTrainer, TrainingJob } from "./messages.ts";
import { startThread } from "./native-work.ts";
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
 * @param workerUrl       trainer.worker.ts in the source, trainer.worker.js in a build
 * @param wideVectorsFile where this machine's finding about wide vectors is kept (wide-vectors.ts)
 */
export function trainerStarter(workerUrl: URL, wideVectorsFile: string): StartTrainer {
  prepareThreads(workerUrl);
  return (job, listener) => {
    const thread = startThread(workerUrl, `trainer ${job.runId}`, { job, helperUrl: helperUrlBeside(workerUrl).href, wideVectorsFile });
    const { worker } = thread;
    let detail: string | null = null;
    worker.on("message", (message: FromTrainer) => listener.message(message));
    worker.on("error", (error) => {
      detail = error instanceof Error ? error.message : String(error);
    });
    worker.on("exit", (code) => listener.exit(detail ?? (code === 0 ? null : `exit code ${code}`)));
    return {
      post: (message) => worker.postMessage(message),
      end: () => thread.end(),
    };
  };
}
