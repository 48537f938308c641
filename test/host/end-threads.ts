/** A process that ends threads at moments of their queries spread over 20 ms, and prints the milliseconds that the slowest took to end. */
import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import { startThread, threadsEnded } from "../../main/engine/native-work.ts";
import { prepareThreads } from "../../main/engine/source-threads.ts";

const [spill = ""] = process.argv.slice(2);
const url = new URL("queries.worker.ts", import.meta.url);
prepareThreads(url);
const THREADS = 24;
let slowestMs = 0;
for (let i = 0; i < THREADS; i++) {
  const thread = startThread(url, "queries", { spill, rows: i % 2 === 0 ? 300_000 : 30_000_000_000 });
  await once(thread.worker, "message");
  await after((20 * i) / THREADS);
  const before = performance.now();
  void thread.end();
  await threadsEnded();
  slowestMs = Math.max(slowestMs, performance.now() - before);
}
process.stdout.write(`${THREADS} ended, slowest ${Math.round(slowestMs)} ms\n`);
