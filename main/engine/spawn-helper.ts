/** Starts the engine's helper threads in Node. They do not keep the process alive. */
import { MessageChannel, Worker } from "node:worker_threads";
import type { SpawnHelper } from "../../core/kernels/wasm/threads/protocol.ts";
import { prepareThreads } from "./source-threads.ts";

/** @param workerUrl kernel-helper.worker.ts in the source, kernel-helper.worker.js in a build */
export function helperSpawner(workerUrl: URL): SpawnHelper {
  prepareThreads(workerUrl);
  return (start) => {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(workerUrl, { workerData: { start, port: port2 }, transferList: [port2] });
    worker.unref();
    port1.unref();
    return {
      post: (message) => port1.postMessage(message),
      terminate: () => {
        port1.close();
        void worker.terminate();
      },
    };
  };
}

/** The helper's file beside the trainer's: both are source or both are built. */
export function helperUrlBeside(trainerUrl: URL): URL {
  return new URL(trainerUrl.href.replace("trainer.worker", "kernel-helper.worker"));
}
