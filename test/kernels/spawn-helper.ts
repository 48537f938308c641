/** Starts helper threads in Node. They do not keep the process alive. */
import { MessageChannel, Worker } from "node:worker_threads";
import type { SpawnHelper } from "../../core/kernels/wasm/threads/protocol.ts";
import { prepareThreads } from "../../main/engine/source-threads.ts";

const HELPER = new URL("./helper.worker.ts", import.meta.url);
prepareThreads(HELPER);

export const spawnHelper: SpawnHelper = (start) => {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(HELPER, { workerData: { start, port: port2 }, transferList: [port2] });
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
