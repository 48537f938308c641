/** Entry of the trainer's worker thread: reads its table and runs a Trainer over the port. One worker, one run. */
import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { loadTable } from "../host/datasets/load-table.ts";
import { openThreadedBackend } from "./backend.ts";
import type { FromTrainer, ToTrainer, TrainingJob } from "./messages.ts";
import { helperSpawner } from "./spawn-helper.ts";
import { Trainer } from "./trainer.ts";
import { findWideVectors } from "./wide-vectors.ts";

const port = parentPort;
if (port === null) throw new Error("trainer.worker.ts runs in a worker thread only");
const { job, helperUrl, wideVectorsFile } = workerData as { job: TrainingJob; helperUrl: string; wideVectorsFile: string };
// On Linux the priority is the calling thread's own; elsewhere it would be the whole app's.
if (job.behindWindow && process.platform === "linux") setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const trainer = new Trainer(job, {
  nowMs: () => performance.now(),
  post: (message: FromTrainer, transfer) => port.postMessage(message, transfer ?? []),
  openBackend: (arithmetic, threads) =>
    openThreadedBackend({ arithmetic, threads, spawn: helperSpawner(new URL(helperUrl)), wide: findWideVectors(wideVectorsFile) }),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
});
port.on("message", (message: ToTrainer) => trainer.receive(message));
await trainer.run(() => loadTable(job.table.path, job.design.data?.columns ?? []));
// Helper threads and the port would keep the thread alive.
process.exit(0);
