/**
 * A process of a soak of data from the disk: imports the files that it is given, trains with little memory for rows, or both; or asks what
 * was trained about all its rows. Prints what came of it as JSON.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { openHost } from "../../main/host/host.ts";
import { TRAINER } from "../built.ts";
import { hasEnded, runUntil } from "../host/fixture.ts";
import type { AskedModel, DiskCase, StoredTraining } from "./disk-soak.ts";
import { picturesCase } from "./pictures-from-disk.ts";
import { seriesCase } from "./series-from-disk.ts";
import { textsCase } from "./texts-from-disk.ts";
import { tableCase } from "./train-from-disk.ts";

const CASES: readonly DiskCase[] = [tableCase, picturesCase, textsCase, seriesCase];

const [name = "", what = "", home = "", ...files] = process.argv.slice(2);
const found = CASES.find((one) => one.name === name);
if (found === undefined) throw new Error(`no case '${name}'`);
const host = await openHost({ home, entry: "test", workerUrl: TRAINER });
if (what === "import" || what === "both") await imported();
if (what === "train" || what === "both") process.stdout.write(JSON.stringify(await trained(found)));
if (what === "ask") process.stdout.write(JSON.stringify(await asked(found)));
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

/** Each question is asked as the window asks it. */
async function asked({ dataMegabytes }: DiskCase): Promise<AskedModel> {
  const { handlers } = host;
  await handlers["app.set_setting"]({ key: "data_memory_mb", value: dataMegabytes });
  const { datasets } = await handlers["datasets.list"]({});
  const datasetId = datasets[0]?.id ?? "";
  const { projects } = await handlers["projects.list"]({});
  const { runs } = await handlers["runs.list"]({ project_id: projects[0]?.id ?? "" });
  const [run] = runs;
  if (run === undefined) throw new Error("nothing was trained");
  const { design } = await handlers["runs.get"]({ id: run.id });
  const rows = { part: "training", node_id: null, actual: null, predicted: null, count: 20 } as const;
  const questions: Record<string, () => Promise<unknown>> = {
    "what its preparation gives": () => handlers["datasets.layout"]({ id: datasetId, design }),
    "evaluation of the training part": () => handlers["runs.evaluation"]({ id: run.id, part: "training" }),
    "its worst rows": () => handlers["runs.examples"]({ id: run.id, ...rows }),
    "predictions of all rows as a file": () => handlers["exports.predictions"]({ run_id: run.id, dataset_id: datasetId, id_columns: [] }),
  };
  const seconds: Record<string, number> = {};
  for (const [question, ask] of Object.entries(questions)) {
    const start = performance.now();
    await ask();
    seconds[question] = (performance.now() - start) / 1000;
  }
  return { peakMegabytes: process.resourceUsage().maxRSS / 1000, seconds };
}
