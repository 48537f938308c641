/**
 * How much of a training step goes into bringing its rows: the workloads and the hotel job, whose rows lie in memory and are copied by
 * the engine's thread, and pictures that are changed on the way, by that thread or by others ahead of it.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../../core/data/random.ts";
import type { Table } from "../../core/data/table.ts";
import { columnsToRead } from "../../core/data/windows.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { readDesign } from "../../core/graph/migrate.ts";
import { readTraining } from "../../core/spec/training.ts";
import { freshState, trainingLoop } from "../../core/train/loop.ts";
import { Network } from "../../core/train/network.ts";
import { type PreparedDesign, prepareDesign } from "../../core/train/prepare-design.ts";
import { RowFeed } from "../../core/train/row-feed.ts";
import { Feeders, feederUrlBeside } from "../../main/engine/feeders.ts";
import { importFile } from "../../main/host/datasets/import-file.ts";
import { loadTable } from "../../main/host/datasets/load-table.ts";
import { chain, node } from "../engine/design.ts";
import { REPOSITORY } from "../run/command.ts";
import { makeStepper, workloadNames } from "./engine/networks.ts";
import { OUR_THREADS, openOurs } from "./engine/workload-times.ts";
import { temporaryHome } from "./loopback-app.ts";
import { type Measurement, measured, median, type Section } from "./measurement.ts";

const HOTEL = join(REPOSITORY, "../shared/data/hotel/hotel.csv.gz");
const TEMPLATE = join(REPOSITORY, "resources/templates/hotel-cancellations.json");
const TRAINER = new URL("../../main/engine/trainer.worker.ts", import.meta.url);
const WARM_STEPS = 20;
const SECONDS_A_TURN = 0.7;
const PICTURES = 4000;
const SIDE = 28;
const GOAL = "goal: at most 0.02";

export const waitingSection: Section = {
  name: "waiting",
  title: "Waiting for data",
  about:
    "Share of a training step that its thread spends on bringing the rows of the batch into the engine: gathered from memory and copied, changed where they are pictures that are augmented, waited for where other threads bring them. Median milliseconds of that over the median step, with 2 threads; pictures with 1, so that a core is left to those that bring them. It counts the copy itself, not waiting alone: of W7 a step takes 2 µs, and looking at the clock a tenth of that.",
  measure: async ({ rounds, say, workloads: asked }) => {
    const measurements: Measurement[] = [];
    for (const name of asked ?? workloadNames()) {
      say(`waiting: ${name}`);
      const backend = openOurs(OUR_THREADS);
      const { step } = makeStepper(name, backend);
      measurements.push(measured(`${name}, share of a step`, "", shares(step, rounds), GOAL));
      backend.close();
    }
    if (asked !== undefined) return { measurements, missing: [] };
    say("waiting: pictures");
    measurements.push(...pictures(rounds));
    if (!existsSync(HOTEL))
      return { measurements, missing: ["the hotel job: shared/data/hotel/hotel.csv.gz is not beside the repository."] };
    say("waiting: the hotel job");
    measurements.push(measured("hotel job, share of a step", "", await hotel(rounds), GOAL));
    return { measurements, missing: [] };
  },
};

/** Milliseconds of the last step that went into its rows. */
let bringing = 0;
const loadTraining = RowFeed.prototype.loadTraining;
RowFeed.prototype.loadTraining = function (this: RowFeed, ...given: Parameters<typeof loadTraining>): void {
  const start = performance.now();
  loadTraining.apply(this, given);
  bringing += performance.now() - start;
};

/** One share a round. */
function shares(step: () => unknown, rounds: number): number[] {
  for (let i = 0; i < WARM_STEPS; i++) step();
  return Array.from({ length: rounds }, () => {
    const [whole, brought]: [number[], number[]] = [[], []];
    const begun = performance.now();
    while (performance.now() - begun < SECONDS_A_TURN * 1000) {
      bringing = 0;
      const start = performance.now();
      step();
      whole.push(performance.now() - start);
      brought.push(bringing);
    }
    return median(brought) / median(whole);
  });
}

function stepsOf(design: PreparedDesign, document: DesignDocument, threads: number): { step: () => unknown; close: () => void } {
  const training = readTraining({ ...document.train, epochs: 1_000_000, early_stopping: { enabled: false } });
  const backend = openOurs(threads);
  const { spec, encodings, outputs, prepared } = design;
  const network = new Network({ spec, training, encodings, backend, trainingRows: prepared.training.rowCount });
  network.initialise(training.seed);
  const loop = trainingLoop({
    network,
    data: { ...prepared, validation: { ...prepared.validation, rowCount: 0 } },
    training,
    outputs,
    state: freshState(),
  });
  return { step: () => loop.next(), close: () => backend.close() };
}

async function hotel(rounds: number): Promise<number[]> {
  using home = temporaryHome();
  const document = readDesign(JSON.parse(readFileSync(TEMPLATE, "utf8")));
  const { path } = await importFile({ path: HOTEL, name: "hotel.csv.gz", folder: join(home.path, "datasets") });
  const design = prepareDesign(document, await loadTable(path, columnsToRead(document.data)));
  const { step, close } = stepsOf(design, document, OUR_THREADS);
  try {
    return shares(step, rounds);
  } finally {
    close();
  }
}

/** Of chance: what is in them takes no time. */
function drawnPictures(): Table {
  const random = new Random(1);
  const pixels = Uint8Array.from({ length: PICTURES * SIDE * SIDE }, () => random.below(256));
  const rows = Uint32Array.from({ length: PICTURES }, (_, row) => row);
  return {
    rowCount: PICTURES,
    rowIds: rows,
    columns: [
      { kind: "picture", name: "picture", shape: [SIDE, SIDE, 1], pixels },
      { kind: "category", name: "label", categories: [..."0123456789"], codes: Int32Array.from(rows, (row) => row % 10) },
    ],
  };
}

/** A convolution over pictures that are flipped, turned, moved and made noisy: by the engine's thread, and by others. */
function pictures(rounds: number): Measurement[] {
  const document: DesignDocument = {
    format: "neuroloom-design",
    format_version: 1,
    name: "pictures",
    notes: "",
    train: { optimizer: { type: "adam" }, batch_size: 64, seed: 1 },
    graph: chain(
      node("x", "input"),
      node("first", "conv_2d", { filters: 16, kernel_size: [3, 3], activation: "relu" }),
      node("smaller", "max_pooling_2d", { pool_size: [2, 2] }),
      node("second", "conv_2d", { filters: 32, kernel_size: [3, 3], activation: "relu" }),
      node("flat", "flatten"),
      node("hidden", "dense", { units: 128, activation: "relu" }),
      node("classes", "dense", { units: 10, activation: "softmax" }),
      node("y", "output", { loss: "categorical_crossentropy" }),
    ),
    data: {
      source: { kind: "file", name: "digits" },
      columns: [
        { name: "picture", type: "picture", role: "feature" },
        { name: "label", type: "categorical", role: "target" },
      ],
      steps: [{ type: "picture", columns: ["picture"] }],
      split: { method: "random", validation_fraction: 0.2, seed: null },
      augment: { rotate: 15, shift: 0.1, zoom: 0.1, noise: 0.05, seed: null },
      feature_count: null,
      class_count: null,
    },
  };
  const design = prepareDesign(document, drawnPictures());
  const feeders = new Feeders(feederUrlBeside(TRAINER));
  const alone = stepsOf(design, document, 1);
  const fed = stepsOf(feeders.feedPictures(design, readTraining(document.train), 1), document, 1);
  try {
    return [
      measured("changed pictures, by the engine's thread, share of a step", "", shares(alone.step, rounds)),
      measured("changed pictures, brought by other threads, share of a step", "", shares(fed.step, rounds), GOAL),
    ];
  } finally {
    feeders.close();
    alone.close();
    fed.close();
  }
}
