/** Entry of the trainer's worker thread: reads its table and runs a Trainer, or a task, over the port. One worker, one task, or runs of small networks one after another. */

import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import type { WasmBackend } from "../../core/kernels/wasm/backend.ts";
import { loadTable } from "../host/datasets/load-table.ts";
import { openThreadedBackend } from "./backend.ts";
import { Feeders, feederUrlBeside } from "./feeders.ts";
import type { FromTrainer, FromTrainerThread, ToTrainerThread, TrainingJob } from "./messages.ts";
import { prepareJob } from "./prepare-job.ts";
import { helperSpawner } from "./spawn-helper.ts";
import { runTask, type Task } from "./task.ts";
import { Trainer } from "./trainer.ts";
import { findWideVectors } from "./wide-vectors.ts";

/** A thread that held more than this for a network ends with it, and gives all back. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;

const port = parentPort;
if (port === null) throw new Error("trainer.worker.ts runs in a worker thread only");
type Given =
  | { readonly trains: true }
  | { readonly task: Task; readonly dataMemoryBytes: number; readonly workFolder: string; readonly trains?: never };
const given = workerData as Given & { helperUrl: string; wideVectorsFile: string };
const { helperUrl, wideVectorsFile } = given;
const around = {
  nowMs: () => performance.now(),
  openBackend: (arithmetic: "fast" | "reproducible", threads: number) =>
    openThreadedBackend({ arithmetic, threads, spawn: helperSpawner(new URL(helperUrl)), wide: findWideVectors(wideVectorsFile) }),
  breathe: () => new Promise<void>((resolve) => setImmediate(resolve)),
  after: (ms: number, act: () => void) => void setTimeout(act, ms),
};
if (given.trains === true) {
  let trainer: Trainer | null = null;
  const train = async (job: TrainingJob, workFolder: string): Promise<void> => {
    // On Linux the priority is the calling thread's own; elsewhere it would be the whole app's.
    if (job.behindWindow && process.platform === "linux") setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
    const backends: WasmBackend[] = [];
    let [peakBytes, hasEnded] = [0, false];
    const post = (message: FromTrainer, transfer?: ArrayBuffer[]): void => {
      if (message.kind === "ready") peakBytes = message.peakBytes;
      if (message.kind === "ended") hasEnded = true;
      port.postMessage(message, transfer ?? []);
    };
    const openBackend = (...options: Parameters<typeof around.openBackend>): WasmBackend => {
      const backend = around.openBackend(...options);
      backends.push(backend);
      return backend;
    };
    const own = new Trainer(job, { ...around, openBackend, post });
    trainer = own;
    const feeders = new Feeders(feederUrlBeside(helperUrl));
    let close = async (): Promise<void> => undefined;
    await own.run(async (tell) => {
      const prepared = await prepareJob(job, feeders, { tell, workFolder });
      close = prepared.close;
      return prepared;
    });
    trainer = null;
    feeders.close();
    for (const backend of backends) backend.close();
    await close();
    if (hasEnded && peakBytes <= MOST_KEPT_BYTES) port.postMessage({ kind: "free" } satisfies FromTrainerThread);
    else process.exit(0);
  };
  // What comes between two jobs was for the one before.
  port.on("message", (message: ToTrainerThread) =>
    message.kind === "job" ? void train(message.job, message.workFolder) : trainer?.receive(message),
  );
} else {
  let cancelled = false;
  port.on("message", () => {
    cancelled = true;
  });
  await runTask(given.task, (reads) => loadTable(reads.path, reads.columns), {
    ...around,
    post: (message) => port.postMessage(message),
    isCancelled: () => cancelled,
    dataMemoryBytes: given.dataMemoryBytes,
    workFolder: given.workFolder,
    makeFeeders: () => new Feeders(feederUrlBeside(helperUrl)),
  });
  // Helper threads and the port would keep the thread alive.
  process.exit(0);
}
