/** A table that is larger than what a training may hold: it is trained on from the disk, and the memory of the process is watched. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DataDocument, DesignDocument } from "../../core/graph/document.ts";
import { chain, node } from "../engine/design.ts";
import { writeLargeTable } from "./large-table.ts";
import { atMost, type Figure, type Soak, type SoakOptions, told } from "./soak.ts";

const ROWS = 2_000_000;
const EPOCHS = 2;
const SEED = 9;
/** Of rows that are trained on in memory; the table takes many times as much. */
const DATA_MEGABYTES = 1;
const MOST_MEGABYTES = 1500;
const CHILD = fileURLToPath(new URL("train-child.ts", import.meta.url));

export const trainFromDisk: Soak = {
  name: "train-from-disk",
  title: "Training from the disk",
  about: `A table of ${ROWS.toLocaleString("en")} rows × 50 columns is imported and trained on over ${EPOCHS} epochs by a process that may hold ${DATA_MEGABYTES} MB of rows, twice. Its columns alone would take ${((ROWS * 50 * 8) / 1e9).toFixed(1)} GB as float64 in memory, and as much again while they are prepared. Peak memory is the process's resident set, import, engine and all.`,
  run,
};

/** What train-child.ts prints. */
export interface StoredTraining {
  readonly peakMegabytes: number;
  readonly seconds: number;
  readonly loss: number | null;
  /** SHA-256 of the model's weights. */
  readonly weights: string;
}

/** Classes of column `v4` from all others that are proposed. */
export function designFor(data: DataDocument, epochs: number): DesignDocument {
  return {
    format: "neuroloom-design",
    format_version: 1,
    name: "large",
    notes: "",
    train: { optimizer: { type: "adam", learning_rate: 0.001 }, batch_size: 512, epochs, seed: 5 },
    graph: chain(
      node("x", "input"),
      node("hidden", "dense", { units: 64, activation: "relu" }),
      node("drop", "dropout", { rate: 0.2 }),
      node("classes", "dense", { units: 12, activation: "softmax" }),
      node("y", "output", { loss: "categorical_crossentropy" }),
    ),
    data,
  };
}

async function run({ share, say }: SoakOptions): Promise<Figure[]> {
  const place = await mkdtemp(join(tmpdir(), "neuroloom-soak-"));
  try {
    const path = join(place, "large.csv");
    const rows = Math.round(ROWS * share);
    say(`writing ${rows} rows`);
    await writeLargeTable({ path, rows, seed: SEED });
    say("training");
    const first = await trainInChild(join(place, "first"), path);
    say("training again");
    const second = await trainInChild(join(place, "second"), path);
    const same = first.weights === second.weights;
    return [
      atMost("peak memory of the process", Math.max(first.peakMegabytes, second.peakMegabytes), MOST_MEGABYTES, "MB"),
      {
        what: "final weights of both, by SHA-256",
        value: same ? "the same bits" : `${first.weights} and ${second.weights}`,
        goal: "the same bits",
        met: same,
      },
      told("training, preparing not counted", `${first.seconds.toFixed(0)} s`),
      told("loss", first.loss?.toFixed(4) ?? "none"),
    ];
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

function trainInChild(home: string, path: string): Promise<StoredTraining> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, home, path, String(EPOCHS), String(DATA_MEGABYTES)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [output, errors] = ["", ""];
    child.stdout.on("data", (text) => (output += String(text)));
    child.stderr.on("data", (text) => (errors += String(text)));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(output) as StoredTraining);
      else reject(new Error(`the training ended with ${code}: ${errors}`));
    });
  });
}
