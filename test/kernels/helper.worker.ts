/** A helper thread of the engine in Node: what main/engine starts, for tests and benchmarks. */

import type { MessagePort } from "node:worker_threads";
import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { runHelper } from "../../core/kernels/wasm/threads/helper.ts";
import type { HelperStart, ProgramMessage } from "../../core/kernels/wasm/threads/protocol.ts";

const { start, port } = workerData as { start: HelperStart; port: MessagePort };
runHelper(start, () => receiveMessageOnPort(port)?.message as ProgramMessage | undefined);
