/** A process of a soak of data from the disk: imports the files that it is given, trains with little memory for rows, or both; prints what came of it as JSON. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { openHost } from "../../main/host/host.ts";
import { hasEnded, runUntil, WORKER } from "../host/fixture.ts";
import type { DiskCase, StoredTraining } from "./disk-soak.ts";
import { picturesCase } from "./pictures-from-disk.ts";
import { seriesCase } from "./series-from-disk.ts";
import { textsCase } from "./texts-from-disk.ts";
import { tableCase } from "./train-from-disk.ts";

const CASES: readonly DiskCase[] = [tableCase, picturesCase, textsCase, seriesCase];

const [name = "", what = "", home = "", ...files] = process.argv.slice(2);
const found = CASES.find((one) => one.name === name);
if (found === undefined) throw new Error(`no case '${name}'`);
const host = await openHost({ home, entry: "test", workerUrl: WORKER });
if (what !== "train") await imported();
if (what !== "import") process.stdout.write(JSON.stringify(await trained(found)));
await host.shutdown({ checkpoint: false });

async function imported(): Promise<void> {
  const [file = "", ...further] = files.map((path) => host.uploads.register(path, basename(path)));
  await host.handlers["datasets.import"]({ file, further, name: basename(files[0] ?? ""), import_id: name });
}

async function trained({ dataMegabytes, targets, design: designOf }: DiskCase): Promise<StoredTraining> {
  await host.handlers["app.set_setting"]({ key: "data_memory_mb", value: dataMegabytes });
  const { datasets } = await host.handlers["datasets.list"]({});
  const id = datasets[0]?.id ?? "";
  const { data } = await host.handlers["datasets.propose"]({ id, targets: [...targets] });
  const design = { format: "neuroloom-design" as const, format_version: 1 as const, name, notes: "", ...designOf(data) };
  const { project } = await host.handlers["projects.create"]({ design, dataset_id: id });
  const start = performance.now();
  const { run } = await host.handlers["runs.start"]({ project_id: project.id, design, dataset_id: id });
  await runUntil(host, run.id, ({ status }) => status !== "queued" && status !== "preparing");
  const preparing = (performance.now() - start) / 1000;
  const ended = await runUntil(host, run.id, hasEnded);
  if (ended.status !== "done") throw new Error(`the run ended as ${ended.status}: ${JSON.stringify(ended.error)}`);
  const { download } = await host.handlers["exports.model"]({ run_id: run.id, format: "json", plain_arrays: false });
  const { weights } = JSON.parse(readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8")) as { weights: unknown };
  return {
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
    seconds: ended.seconds,
    preparing,
    loss: ended.metrics["loss"] ?? null,
    weights: createHash("sha256").update(JSON.stringify(weights)).digest("hex"),
  };
}
