/** A process that imports the file it is given into the folder it is given, watches itself, and prints what it saw as JSON. */
import { AppError } from "../../core/errors.ts";
import { importFile } from "../../main/host/datasets/import-file.ts";
import type { ImportProgress } from "../../main/host/datasets/import-request.ts";
import type { ImportOutcome } from "./import-large.ts";

const LOOK_MS = 5;
/** Every so many looks the garbage is collected first: what buffers hold then is really held. */
const COLLECT_EVERY = 20;
const collect = globalThis.gc;
if (collect === undefined) throw new Error("to be started with --expose-gc");
const [path = "", folder = "", cancelIn = ""] = process.argv.slice(2);
const controller = new AbortController();
const stages = new Set<string>();
let [reports, longestTaskMs, longestDelayMs, buffers, looks] = [0, 0, 0, 0, 0];
let last = performance.now();
let worked = process.threadCpuUsage();

const onProgress = ({ stage, bytes, totalBytes }: ImportProgress): void => {
  reports += 1;
  stages.add(stage);
  if (stage === cancelIn && bytes > 0.3 * totalBytes) controller.abort();
};
const look = setInterval(() => {
  const now = performance.now();
  const { user, system } = process.threadCpuUsage(worked);
  longestTaskMs = Math.max(longestTaskMs, (user + system) / 1000);
  longestDelayMs = Math.max(longestDelayMs, now - last - LOOK_MS);
  looks += 1;
  if (looks % COLLECT_EVERY === 0) {
    collect();
    buffers = Math.max(buffers, process.memoryUsage().arrayBuffers);
  }
  last = performance.now();
  worked = process.threadCpuUsage();
}, LOOK_MS);

const start = performance.now();
const outcome = await importFile({ path, name: "large.csv", folder, onProgress, signal: controller.signal }).then(
  ({ rowCount }) => ({ rows: rowCount, code: null }),
  (error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    return { rows: null, code: error.code };
  },
);
clearInterval(look);
const seen: ImportOutcome = {
  ...outcome,
  seconds: (performance.now() - start) / 1000,
  peakMegabytes: process.resourceUsage().maxRSS / 1000,
  bufferMegabytes: buffers / 1e6,
  longestTaskMs,
  longestDelayMs,
  reports,
  stages: [...stages],
};
process.stdout.write(JSON.stringify(seen));
