/** Entry of the thread that looks inside runs. It lives while somebody looks; the host ends it. */
import { parentPort } from "node:worker_threads";
import { InsideDesk } from "./inside/desk.ts";
import type { FromInside, ToInside } from "./inside/messages.ts";

const port = parentPort;
if (port === null) throw new Error("inside.worker.ts runs in a worker thread only");
const desk = new InsideDesk({
  nowMs: () => performance.now(),
  post: (message: FromInside) => port.postMessage(message),
  breathe: () => new Promise<void>((resolve) => setImmediate(resolve)),
});
port.on("message", (message: ToInside) => desk.receive(message));
