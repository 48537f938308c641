/** A table that is larger than what a training may hold. */
import { join } from "node:path";
import { chain, node } from "../engine/design.ts";
import { type DiskCase, diskSoak } from "./disk-soak.ts";
import { writeLargeTable } from "./large-table.ts";

const ROWS = 2_000_000;
const EPOCHS = 2;
const SEED = 9;
const DATA_MEGABYTES = 1;

export const tableCase: DiskCase = {
  name: "train-from-disk",
  title: "Training from the disk",
  about: `A table of ${ROWS.toLocaleString("en")} rows × 50 columns is imported and trained on over ${EPOCHS} epochs by a process that may hold ${DATA_MEGABYTES} MB of rows, twice. Its columns alone would take ${((ROWS * 50 * 8) / 1e9).toFixed(1)} GB as float64 in memory, and as much again while they are prepared. Another process then asks the model about all rows. Peak memory is a process's resident set, import, engine and all.`,
  dataMegabytes: DATA_MEGABYTES,
  mostMegabytes: 1500,
  importsItself: true,
  targets: ["v4"],
  write: async (place, share) => {
    const path = join(place, "large.csv");
    await writeLargeTable({ path, rows: Math.round(ROWS * share), seed: SEED });
    return [path];
  },
  design: (data) => ({
    train: { optimizer: { type: "adam", learning_rate: 0.001 }, batch_size: 512, epochs: EPOCHS, seed: 5 },
    graph: chain(
      node("x", "input"),
      node("hidden", "dense", { units: 64, activation: "relu" }),
      node("drop", "dropout", { rate: 0.2 }),
      node("classes", "dense", { units: 12, activation: "softmax" }),
      node("y", "output", { loss: "categorical_crossentropy" }),
    ),
    data,
  }),
};

export const trainFromDisk = diskSoak(tableCase);
