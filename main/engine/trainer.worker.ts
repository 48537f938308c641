/** Entry of the trainer's worker thread: reads its table and runs a Trainer, or a task, over the port. One worker, one run or task. */

import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { loadTable } from "../host/datasets/load-table.ts";
import { openThreadedBackend } from "./backend.ts";
import { Feeders, feederUrlBeside } from "./feeders.ts";
import type { FromTrainer, ToTrainer, TrainingJob } from "./messages.ts";
import { prepareJob } from "./prepare-job.ts";
import { helperSpawner } from "./spawn-helper.ts";
import { runTask, type Task } from "./task.ts";
import { Trainer } from "./trainer.ts";
import { findWideVectors } from "./wide-vectors.ts";

const port = parentPort;
if (port === null) throw new Error("trainer.worker.ts runs in a worker thread only");
type Given =
  | { readonly job: TrainingJob; readonly task?: never }
  | { readonly task: Task; readonly dataMemoryBytes: number; readonly workFolder: string; readonly job?: never };
const given = workerData as Given & { helperUrl: string; wideVectorsFile: string };
const { job, task, helperUrl, wideVectorsFile } = given;
const around = {
  nowMs: () => performance.now(),
  openBackend: (arithmetic: "fast" | "reproducible", threads: number) =>
    openThreadedBackend({ arithmetic, threads, spawn: helperSpawner(new URL(helperUrl)), wide: findWideVectors(wideVectorsFile) }),
  breathe: () => new Promise<void>((resolve) => setImmediate(resolve)),
  after: (ms: number, act: () => void) => void setTimeout(act, ms),
};
if (job !== undefined) {
  // On Linux the priority is the calling thread's own; elsewhere it would be the whole app's.
  if (job.behindWindow && process.platform === "linux") setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const trainer = new Trainer(job, { ...around, post: (message: FromTrainer, transfer) => port.postMessage(message, transfer ?? []) });
  port.on("message", (message: ToTrainer) => trainer.receive(message));
  const feeders = new Feeders(feederUrlBeside(helperUrl));
  let close = async (): Promise<void> => undefined;
  await trainer.run(async (tell) => {
    const prepared = await prepareJob(job, feeders, { tell });
    close = prepared.close;
    return prepared;
  });
  feeders.close();
  await close();
} else {
  let cancelled = false;
  port.on("message", () => {
    cancelled = true;
  });
  await runTask(task, (reads) => loadTable(reads.path, reads.columns), {
    ...around,
    post: (message) => port.postMessage(message),
    isCancelled: () => cancelled,
    dataMemoryBytes: given.dataMemoryBytes,
    workFolder: given.workFolder,
    makeFeeders: () => new Feeders(feederUrlBeside(helperUrl)),
  });
}

// Helper threads and the port would keep the thread alive.
process.exit(0);
