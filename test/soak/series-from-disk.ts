/** A time series whose windows are larger than what a training may hold: they are cut from the series on the disk. */
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { Random } from "../../core/data/random.ts";
import { chain, node } from "../engine/design.ts";
import { type DiskCase, diskSoak } from "./disk-soak.ts";

const STEPS = 20_000_000;
const LENGTH = 56;
const SEED = 9;
const DATA_MEGABYTES = 16;
const LINES_A_WRITE = 10_000;

export const seriesCase: DiskCase = {
  name: "series-from-disk",
  title: "Training on a series from the disk",
  about: `A series of ${STEPS.toLocaleString("en")} steps of two columns is learnt in windows of ${LENGTH} steps over 1 epoch by a process that may hold ${DATA_MEGABYTES} MB of rows, twice. In memory the windows would take ${((STEPS * LENGTH * 8) / 1e9).toFixed(1)} GB. Another process imports it. Peak memory is the resident set of the one that trains, engine and all: what is one number a step (the target, its row, the split) it holds whole.`,
  dataMegabytes: DATA_MEGABYTES,
  mostMegabytes: 2500,
  targets: ["load"],
  write: (place, share) => writeSteps(place, Math.round(STEPS * share)),
  design: (data) => ({
    train: { optimizer: { type: "adam", learning_rate: 0.001 }, batch_size: 1024, epochs: 1, seed: 5 },
    graph: chain(node("x", "input"), node("flat", "flatten"), node("value", "dense", { units: 1 }), node("y", "output", { loss: "mse" })),
    data: {
      ...data,
      steps: [{ type: "standardise", columns: ["load", "wind"] }],
      split: { method: "time", validation_fraction: 0.2, seed: null },
      window: { columns: ["load", "wind"], length: LENGTH, horizon: 1, order_by: null },
    },
  }),
};

export const seriesFromDisk = diskSoak(seriesCase);

/** Waves of a day and of a week, and noise. */
async function writeSteps(place: string, count: number): Promise<[file: string]> {
  const path = join(place, "series.csv");
  const random = new Random(SEED);
  const file = createWriteStream(path);
  file.write("load,wind\n");
  let lines: string[] = [];
  for (let step = 0; step < count; step += 1) {
    const load = 50 + 20 * Math.sin(step / 24) + 5 * Math.sin(step / 168) + 2 * random.float();
    lines.push(`${load.toFixed(2)},${(10 * random.float()).toFixed(2)}`);
    if (lines.length < LINES_A_WRITE && step + 1 < count) continue;
    if (!file.write(`${lines.join("\n")}\n`)) await new Promise((resolve) => file.once("drain", resolve));
    lines = [];
  }
  file.end();
  await finished(file);
  return [path];
}
