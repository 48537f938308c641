/** A process that imports a pair of idx files, or trains on what was imported with little memory for data; prints what came of it as JSON. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { DesignDocument } from "../../core/graph/document.ts";
import { openHost } from "../../main/host/host.ts";
import { chain, node } from "../engine/design.ts";
import { hasEnded, runUntil, WORKER } from "../host/fixture.ts";
import type { StoredTraining } from "./train-from-disk.ts";

const [what = "", home = "", given = "", more = ""] = process.argv.slice(2);
const host = await openHost({ home, entry: "test", workerUrl: WORKER });
process.stdout.write(JSON.stringify(what === "import" ? await imported() : await trained()));
await host.shutdown({ checkpoint: false });

async function imported(): Promise<{ dataset: string }> {
  const [file, labels] = [host.uploads.register(given, "train-images-idx3-ubyte"), host.uploads.register(more, "train-labels-idx1-ubyte")];
  const { dataset } = await host.handlers["datasets.import"]({
    file,
    further: [labels],
    name: "train-images-idx3-ubyte",
    import_id: "pictures",
  });
  return { dataset: dataset.id };
}

async function trained(): Promise<StoredTraining> {
  await host.handlers["app.set_setting"]({ key: "data_memory_mb", value: Number(more) });
  const { data } = await host.handlers["datasets.propose"]({ id: given, targets: ["label"] });
  const design: DesignDocument = {
    format: "neuroloom-design",
    format_version: 1,
    name: "pictures",
    notes: "",
    train: { optimizer: { type: "adam", learning_rate: 0.001 }, batch_size: 64, epochs: 2, seed: 5 },
    graph: chain(
      node("x", "input"),
      node("smaller", "average_pooling_2d", { pool_size: [8, 8] }),
      node("flat", "flatten"),
      node("classes", "dense", { units: 2, activation: "softmax" }),
      node("y", "output", { loss: "categorical_crossentropy" }),
    ),
    data: { ...data, augment: { rotate: 10, shift: 0.05, noise: 0.02, seed: null } },
  };
  const { project } = await host.handlers["projects.create"]({ design, dataset_id: given });
  const { run } = await host.handlers["runs.start"]({ project_id: project.id, design, dataset_id: given });
  const ended = await runUntil(host, run.id, hasEnded);
  if (ended.status !== "done") throw new Error(`the run ended as ${ended.status}: ${JSON.stringify(ended.error)}`);
  const { download } = await host.handlers["exports.model"]({ run_id: run.id, format: "json", plain_arrays: false });
  const { weights } = JSON.parse(readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8")) as { weights: unknown };
  return {
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
    seconds: ended.seconds,
    loss: ended.metrics["loss"] ?? null,
    weights: createHash("sha256").update(JSON.stringify(weights)).digest("hex"),
  };
}
