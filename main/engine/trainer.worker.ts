/** Entry of the trainer's worker thread: reads its table and runs a Trainer over the port. One worker, one run. */
import { parentPort, workerData } from "node:worker_threads";
import { loadTable } from "../host/datasets/load-table.ts";
import type { FromTrainer, ToTrainer, TrainingJob } from "./messages.ts";
import { Trainer } from "./trainer.ts";

const port = parentPort;
if (port === null) throw new Error("trainer.worker.ts runs in a worker thread only");
const job = workerData as TrainingJob;
const trainer = new Trainer(job, {
  nowMs: () => performance.now(),
  post: (message: FromTrainer, transfer) => port.postMessage(message, transfer ?? []),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
});
port.on("message", (message: ToTrainer) => trainer.receive(message));
await trainer.run(() => loadTable(job.table.path, job.design.data?.columns ?? []));
port.close();
