/**
 * How much of a training step goes into bringing its rows: the workloads and the hotel job, whose rows lie in memory, and pictures that
 * are changed on the way, by the engine's thread or by others ahead of it.
 */
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { BatchesAhead } from "../../core/data/blocks/batches-ahead.ts";
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
import { TRAINER } from "../built.ts";
import { chain, node } from "../engine/design.ts";
import { REPOSITORY } from "../run/command.ts";
import { makeStepper, workloadNames } from "./engine/networks.ts";
import { openOurs } from "./engine/our-backend.ts";
import { temporaryHome } from "./loopback-app.ts";
import { type Measurement, measured, median, type Section } from "./measurement.ts";

const HOTEL = join(REPOSITORY, "../shared/data/hotel/hotel.csv.gz");
const TEMPLATE = join(REPOSITORY, "resources/templates/hotel-cancellations.json");
const WARM_STEPS = 20;
const SECONDS_A_TURN = 0.7;
const PICTURES = 4000;
const SIDE = 28;
const GOAL = "goal: at most 0.02";

export const waitingSection: Section = {
  name: "waiting",
  title: "Waiting for data",
  about:
    "Share of a training step that its thread spends on bringing the rows of the batch into the engine: gathered from memory and copied, changed where they are pictures that are augmented; where other threads bring them, asking for them, and gathering those that have not come. Median milliseconds of that over the median step, less what looking at the clock takes; in one round the engine's thread and the others take turns. With 1 thread, so that a core is left to those that bring rows, as the app leaves it one; of the workloads also with every core given to the engine, as the command line does.",
  measure: async ({ rounds, say, workloads: asked }) => {
    const measurements: Measurement[] = [];
    for (const name of asked ?? workloadNames()) {
      say(`waiting: ${name}`);
      const feeders = eager();
      const alone = makeStepper(name, openOurs(1));
      const fed = makeStepper(name, openOurs(1), (part, training) => feeders.feedPart(part, training));
      measurements.push(...inTurns(name, alone.step, fed.step, rounds));
      const every = makeStepper(name, openOurs(availableParallelism()), (part, training) => feeders.feedPart(part, training));
      measurements.push(whole(name, every.step, rounds));
      feeders.close();
    }
    if (asked !== undefined) return { measurements, missing: [] };
    say("waiting: pictures");
    measurements.push(...pictures(rounds));
    if (!existsSync(HOTEL))
      return { measurements, missing: ["the hotel job: shared/data/hotel/hotel.csv.gz is not beside the repository."] };
    say("waiting: the hotel job");
    measurements.push(...(await hotel(rounds)));
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

const take = BatchesAhead.prototype.take;
BatchesAhead.prototype.take = function (this: BatchesAhead, batch: number): number {
  const start = performance.now();
  const place = take.call(this, batch);
  bringing += performance.now() - start;
  return place;
};

/** Feeders that start at once, of a machine that has cores for them. */
const eager = (): Feeders => new Feeders(feederUrlBeside(TRAINER), { cores: 2, numbersAlone: 1 });

/** Milliseconds that it takes to look at the clock. */
function clockMs(): number {
  return median(
    Array.from({ length: 10_000 }, () => {
      const start = performance.now();
      return performance.now() - start;
    }),
  );
}

function share(step: () => unknown): number {
  const clock = clockMs();
  const [whole, brought]: [number[], number[]] = [[], []];
  const begun = performance.now();
  while (performance.now() - begun < SECONDS_A_TURN * 1000) {
    bringing = 0;
    const start = performance.now();
    step();
    whole.push(performance.now() - start);
    brought.push(bringing);
  }
  // Of a step: its own look, and the two around what is brought.
  return Math.max(0, median(brought) - clock) / (median(whole) - 3 * clock);
}

/** One share a round for each, in turns. */
function inTurns(name: string, alone: () => unknown, fed: () => unknown, rounds: number): Measurement[] {
  for (const step of [alone, fed]) for (let i = 0; i < WARM_STEPS; i++) step();
  share(fed);
  const found: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    found[0].push(share(alone));
    found[1].push(share(fed));
  }
  return [
    measured(`${name}, by the engine's thread, share of a step`, "", found[0]),
    measured(`${name}, brought by another thread, share of a step`, "", found[1], GOAL),
  ];
}

/** With no core left for those that bring rows. */
function whole(name: string, step: () => unknown, rounds: number): Measurement {
  for (let i = 0; i < WARM_STEPS; i++) step();
  const shares = Array.from({ length: rounds }, () => share(step));
  return measured(`${name}, every core given to the engine, brought by another thread, share of a step`, "", shares, GOAL);
}

function stepsOf(design: PreparedDesign, document: DesignDocument, threads: number): { step: () => unknown; close: () => void } {
  const training = readTraining({ ...document.train, epochs: 1_000_000, early_stopping: { enabled: false } });
  const backend = openOurs(threads);
  const { spec, encodings, outputs, prepared } = design;
  const { batches } = prepared.training;
  const network = new Network({
    spec,
    training,
    encodings,
    backend,
    trainingRows: prepared.training.rowCount,
    ...(batches === undefined ? {} : { batches }),
  });
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

async function hotel(rounds: number): Promise<Measurement[]> {
  using home = temporaryHome();
  const document = readDesign(JSON.parse(readFileSync(TEMPLATE, "utf8")));
  const { path } = await importFile({ path: HOTEL, name: "hotel.csv.gz", folder: join(home.path, "datasets") });
  const design = prepareDesign(document, await loadTable(path, columnsToRead(document.data)));
  const feeders = eager();
  const alone = stepsOf(design, document, 1);
  const fed = stepsOf(feeders.feedRows(design, readTraining(document.train)), document, 1);
  try {
    return inTurns("hotel job", alone.step, fed.step, rounds);
  } finally {
    feeders.close();
    alone.close();
    fed.close();
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
    return inTurns("changed pictures", alone.step, fed.step, rounds);
  } finally {
    feeders.close();
    alone.close();
    fed.close();
  }
}
