/** A process that imports the table it is given and trains on it with little memory for data, through the host; prints what came of it as JSON. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { openHost } from "../../main/host/host.ts";
import { hasEnded, runUntil, WORKER } from "../host/fixture.ts";
import type { StoredTraining } from "./train-from-disk.ts";
import { designFor } from "./train-from-disk.ts";

const [home = "", path = "", epochs = "", megabytes = ""] = process.argv.slice(2);
const host = await openHost({ home, entry: "test", workerUrl: WORKER });
const { dataset } = await host.datasets.importPath(path, "large.csv");
await host.handlers["app.set_setting"]({ key: "data_memory_mb", value: Number(megabytes) });
const { data } = await host.handlers["datasets.propose"]({ id: dataset.id, targets: ["v4"] });
const design = designFor(data, Number(epochs));
const { project } = await host.handlers["projects.create"]({ design, dataset_id: dataset.id });
const { run } = await host.handlers["runs.start"]({ project_id: project.id, design, dataset_id: dataset.id });
const ended = await runUntil(host, run.id, hasEnded);
if (ended.status !== "done") throw new Error(`the run ended as ${ended.status}: ${JSON.stringify(ended.error)}`);
const { download } = await host.handlers["exports.model"]({ run_id: run.id, format: "json", plain_arrays: false });
const { weights } = JSON.parse(readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8")) as { weights: unknown };
const outcome: StoredTraining = {
  peakMegabytes: process.resourceUsage().maxRSS / 1000,
  seconds: ended.seconds,
  loss: ended.metrics["loss"] ?? null,
  weights: createHash("sha256").update(JSON.stringify(weights)).digest("hex"),
};
process.stdout.write(JSON.stringify(outcome));
await host.shutdown({ checkpoint: false });
