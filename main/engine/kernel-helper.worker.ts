/** Entry of a helper thread: shares in the steps of the trainer that started it, over the trainer's memory. */
import { type MessagePort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { runHelper } from "../../core/kernels/wasm/threads/helper.ts";
import type { HelperStart, ProgramMessage } from "../../core/kernels/wasm/threads/protocol.ts";

const { start, port } = workerData as { start: HelperStart; port: MessagePort };
runHelper(start, () => receiveMessageOnPort(port)?.message as ProgramMessage | undefined);
