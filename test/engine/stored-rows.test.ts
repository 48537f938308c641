/** A table that is trained on from the disk: its rows are those that memory would have, its order and its bits follow from the seed alone. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sampledSteps } from "../../core/data/learnt-samples.ts";
import type { PreparedPart } from "../../core/data/prepared.ts";
import { proposeData } from "../../core/data/propose.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { readTraining } from "../../core/spec/training.ts";
import { type CheckpointHeader, restoreCheckpoint, takeCheckpoint } from "../../core/train/checkpoint.ts";
import { freshState } from "../../core/train/loop.ts";
import { Network } from "../../core/train/network.ts";
import { SignalProbe } from "../../core/train/signal-probe.ts";
import { Feeders, feederUrlBeside } from "../../main/engine/feeders.ts";
import { finishedRun } from "../../main/engine/finished-run.ts";
import type { Preparing, TrainingJob } from "../../main/engine/messages.ts";
import { type PreparedJob, prepareJob, type StoredLayout } from "../../main/engine/prepare-job.ts";
import { importFile } from "../../main/host/datasets/import-file.ts";
import { TRAINER } from "../built.ts";
import { writeLargeTable } from "../soak/large-table.ts";
import { chain, node } from "./design.ts";
import { advance, bitsOf, type Run } from "./moons-run.ts";

const ROWS = 6000;
/** Some 40 blocks of some 120 rows; three of them are shuffled together. */
const SMALL: StoredLayout = { blockBytes: 30_000, poolBlocks: 3, sampleBytes: 1 << 30 };
const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });
const home = mkdtempSync(join(tmpdir(), "neuroloom-stored-rows-"));
const opened: { feeders: Feeders; prepared: PreparedJob }[] = [];
let job: TrainingJob;

beforeAll(async () => {
  const path = join(home, "table.csv");
  await writeLargeTable({ path, rows: ROWS, seed: 2 });
  const imported = await importFile({ path, name: "table.csv", folder: join(home, "datasets") });
  const design: DesignDocument = {
    format: "neuroloom-design",
    format_version: 1,
    name: "rows on disk",
    notes: "",
    train: { optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 64, epochs: 3, seed: 5 },
    graph: chain(
      node("x", "input"),
      node("hidden", "dense", { units: 8, activation: "relu" }),
      node("drop", "dropout", { rate: 0.25 }),
      node("classes", "dense", { units: 12, activation: "softmax" }),
      node("y", "output", { loss: "categorical_crossentropy" }),
    ),
    data: proposeData({ kind: "file", name: "table.csv" }, imported.columns, ["v4"]),
  };
  const nothing = {
    runId: "r",
    dataName: "",
    dataFingerprint: "",
    specHash: "",
    behindWindow: false,
    startFrom: null,
    startOptimizer: null,
    keepEvery: 0,
    snapshots: null,
  };
  job = {
    ...nothing,
    design,
    table: { path: imported.path },
    threads: 1,
    checkpoint: null,
    memoryLimitBytes: 2 ** 30,
    dataMemoryBytes: 1000,
  };
});
afterEach(async () => {
  for (const { feeders, prepared } of opened.splice(0)) {
    feeders.close();
    await prepared.close();
  }
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function prepared(more: Partial<TrainingJob> = {}, layout = SMALL): Promise<PreparedJob> {
  const feeders = new Feeders(feederUrlBeside(TRAINER), { windowBytes: 20_000 });
  const one = await prepareJob({ ...job, ...more }, feeders, { layout });
  opened.push({ feeders, prepared: one });
  return one;
}

async function runOf(seed = 5): Promise<Run> {
  const { prepared: design } = await prepared({ design: { ...job.design, train: { ...job.design.train, seed } } });
  const training = readTraining({ ...job.design.train, seed });
  const { spec, encodings } = design;
  const network = new Network({ spec, training, encodings, backend, trainingRows: design.prepared.training.rowCount });
  network.initialise(training.seed);
  return { design, training, network };
}

/** All rows of an epoch, as they are brought, by their place in the part. */
function broughtRows(part: PreparedPart, epoch: number, batch: number): { order: Uint32Array; rows: Float32Array } {
  const width = (part.inputs["x"] as { shape: readonly number[] }).shape[0] as number;
  const order = part.ahead?.order(epoch) ?? new Uint32Array(0);
  const rows = new Float32Array(part.rowCount * width);
  for (let from = 0; from < part.rowCount; from += batch) {
    const { values, start } = part.ahead?.take(epoch, from) ?? { values: {}, start: 0 };
    for (let i = 0; i < Math.min(batch, part.rowCount - from); i++)
      rows.set((values["x"] as Float32Array).subarray((start + i) * width, (start + i + 1) * width), (order[from + i] as number) * width);
  }
  return { order, rows };
}

describe("rows on the disk", () => {
  it("are told of while they are gone over, and whoever is told can end it: nothing stays behind", async () => {
    const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(`neuroloom-rows-${process.pid}-`));
    const feeders = new Feeders(feederUrlBeside(TRAINER), { windowBytes: 20_000 });
    const told: Preparing[] = [];
    const one = await prepareJob(job, feeders, { layout: SMALL, tell: (preparing) => told.push(preparing) });
    opened.push({ feeders, prepared: one });
    const passes = new Set(told.map(({ pass }) => pass));
    expect(new Set(told.map((one) => one.passes))).toEqual(new Set([passes.size]));
    expect([...passes]).toEqual(Array.from({ length: passes.size }, (_, k) => k + 1));
    for (const pass of passes) {
      const own = told.filter((preparing) => preparing.pass === pass);
      expect(own.map(({ done }) => done)).toEqual(own.map(({ done }) => done).toSorted((a, b) => a - b));
      expect(own.at(-1)?.done).toBe(own.at(-1)?.total);
    }
    const before = folders();
    const ended = prepareJob(job, feeders, {
      layout: SMALL,
      tell: ({ pass }) => {
        if (pass === passes.size) throw new Error("enough");
      },
    });
    await expect(ended).rejects.toThrow("enough");
    expect(folders()).toEqual(before);
  });

  it("are those that memory would have, in every epoch, and so are targets, classes and the preparation", async () => {
    const stored = (await prepared()).prepared;
    const inMemory = (await prepared({ dataMemoryBytes: 2 ** 40 })).prepared;
    expect(inMemory.prepared.training.ahead).toBeUndefined();
    const [ours, theirs] = [stored.prepared, inMemory.prepared];
    expect(sampledSteps(ours.pipeline)).toEqual([]);
    for (const epoch of [1, 2]) expect(broughtRows(ours.training, epoch, 64).rows).toEqual(theirs.training.inputs["x"]?.values);
    for (const part of ["training", "validation"] as const) {
      expect(ours[part].rowIds).toEqual(theirs[part].rowIds);
      expect(ours[part].targets).toEqual(theirs[part].targets);
    }
    expect(ours.pipeline.features).toEqual(theirs.pipeline.features);
    expect(ours.pipeline.targets).toEqual(theirs.pipeline.targets);
    expect(stored.spec).toEqual(inMemory.spec);
  });

  it("are held out in the order of a column as memory would hold them out, and so are folds", async () => {
    const { data } = job.design;
    if (data === null) throw new Error("the design has no data");
    const time = { ...data.split, method: "time" as const, test_fraction: 0.1 };
    const rowsOf = async (split: typeof data.split, dataMemoryBytes = 1000): Promise<(Uint32Array | undefined)[]> => {
      const design = { ...job.design, data: { ...data, split } };
      const { training, validation, test } = (await prepared({ design, dataMemoryBytes })).prepared.prepared;
      expect(training.ahead === undefined).toBe(dataMemoryBytes !== 1000);
      return [training, validation, test].map((part) => part?.rowIds);
    };
    const inFile = await rowsOf(time);
    for (const split of [
      { ...time, order_by: "share" },
      { ...time, order_by: "share", folds: 3, fold: 1 },
    ]) {
      const ours = await rowsOf(split);
      expect(ours).toEqual(await rowsOf(split, 2 ** 40));
      expect(ours[2]).not.toEqual(inFile[2]);
    }
  });

  it("of a bag are the rows that memory would draw, each as often", async () => {
    const { data } = job.design;
    if (data === null) throw new Error("the design has no data");
    const bagged = { ...job.design, data: { ...data, split: { ...data.split, bag: 3 } } };
    const ours = (await prepared({ design: bagged })).prepared.prepared;
    const theirs = (await prepared({ design: bagged, dataMemoryBytes: 2 ** 40 })).prepared.prepared;
    expect(ours.training.ahead).toBeDefined();
    expect(new Set(ours.training.rowIds).size).toBeLessThan(ours.training.rowCount * 0.7);
    for (const part of ["training", "validation"] as const) {
      expect(ours[part].rowIds).toEqual(theirs[part].rowIds);
      expect(ours[part].targets).toEqual(theirs[part].targets);
    }
    expect(broughtRows(ours.training, 1, 64).rows).toEqual(theirs.training.inputs["x"]?.values);
    const whole = (await prepared({ dataMemoryBytes: 2 ** 40 })).prepared.prepared;
    expect(theirs.validation.rowIds).toEqual(whole.validation.rowIds);
    expect([...new Set([...theirs.training.rowIds, ...(theirs.out_of_bag?.rowIds ?? [])])].sort((a, b) => a - b)).toEqual([
      ...whole.training.rowIds,
    ]);
  });

  it("of classes that are evened out are the rows that memory would draw, and the steps learn from the rows as they were", async () => {
    const { data } = job.design;
    if (data === null) throw new Error("the design has no data");
    for (const [method, bag] of [["over"], ["under"], ["over", 2]] as const) {
      const split = bag === undefined ? data.split : { ...data.split, bag };
      const design = { ...job.design, data: { ...data, split, sampling: { method, seed: null } } };
      const ours = (await prepared({ design })).prepared.prepared;
      const theirs = (await prepared({ design, dataMemoryBytes: 2 ** 40 })).prepared.prepared;
      expect(ours.training.ahead).toBeDefined();
      expect(theirs.training.ahead).toBeUndefined();
      expect(theirs.sampled?.rowIds.length).not.toBe(theirs.training.rowCount);
      expect(ours.sampled).toEqual(theirs.sampled);
      for (const part of ["training", "validation"] as const) {
        expect(ours[part].rowIds).toEqual(theirs[part].rowIds);
        expect(ours[part].targets).toEqual(theirs[part].targets);
      }
      expect(broughtRows(ours.training, 1, 64).rows).toEqual(theirs.training.inputs["x"]?.values);
      expect(ours.pipeline.features).toEqual(theirs.pipeline.features);
    }
  });

  it("are evaluated as rows in memory are, to the bit, whole and more than once", async () => {
    const stored = await runOf();
    const { prepared: inMemory } = await prepared({ dataMemoryBytes: 2 ** 40 });
    advance(stored, freshState(), 40);
    for (const part of ["validation", "training", "validation"] as const)
      expect(stored.network.evaluate(stored.design.prepared[part])).toEqual(stored.network.evaluate(inMemory.prepared[part]));
  });

  it("give the same bits for the same seed, others for another, and the same ones after a resume in the middle of an epoch", async () => {
    const whole = await runOf();
    advance(whole);
    const again = await runOf();
    advance(again);
    expect(bitsOf(again)).toEqual(bitsOf(whole));
    const other = await runOf(6);
    advance(other);
    expect(bitsOf(other)).not.toEqual(bitsOf(whole));
    const first = await runOf();
    const { header, bytes } = takeCheckpoint(first.network, advance(first, freshState(), 100), 1);
    const second = await runOf();
    advance(second, restoreCheckpoint(second.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes.slice()));
    expect(bitsOf(second)).toEqual(bitsOf(whole));
  });

  it("tell at the end of the run which steps learnt from a sample, and keep it with the model", async () => {
    const { prepared: design, table } = await prepared({}, { ...SMALL, sampleBytes: 500_000 });
    const training = readTraining(job.design.train);
    const { spec, encodings } = design;
    const network = new Network({ spec, training, encodings, backend, trainingRows: design.prepared.training.rowCount });
    network.initialise(training.seed);
    const { message } = finishedRun({ how: "done", job, network, state: freshState(), prepared: design, training, table, seconds: 0 });
    const { preprocessing } = readModel(new TextDecoder().decode(message.model ?? new Uint8Array()));
    const rows = design.prepared.training.rowCount;
    expect(message.sampledSteps.map(({ of }) => of)).toEqual(message.sampledSteps.map(() => rows));
    expect(message.sampledSteps.length).toBeGreaterThan(0);
    expect(sampledSteps(preprocessing)).toEqual(message.sampledSteps);
  });

  it("keep in memory a few windows and what is one number a row, and learn their steps from as many rows as may be held", async () => {
    const { prepared: design } = await prepared({}, { ...SMALL, sampleBytes: 500_000 });
    const { training, validation, pipeline } = design.prepared;
    const sampled = sampledSteps(pipeline);
    expect(sampled).not.toEqual([]);
    for (const { rows, of } of sampled) {
      expect(rows).toBeGreaterThan(300);
      expect(rows).toBeLessThan(of);
      expect(of).toBe(training.rowCount);
    }
    const held = [training, validation]
      .flatMap(({ inputs }) => Object.values(inputs))
      .reduce((sum, { values }) => sum + values.byteLength, 0);
    const whole = 4 * ROWS * (training.inputs["x"]?.shape[0] as number);
    expect(held).toBeLessThan(whole / 4);
    const window = training.ahead?.take(1, 0).values["x"] as Float32Array;
    expect(window.byteLength).toBeLessThan(100_000);
  });

  it("are looked at on the canvas by those that memory holds, whole", async () => {
    const { network, training, design } = await runOf();
    const inMemory = (await prepared({ dataMemoryBytes: 2 ** 40 })).prepared;
    const first = inMemory.prepared.training;
    const held = { ...first, rowCount: 512 };
    const looked = (part: PreparedPart) =>
      new SignalProbe({ spec: design.spec, training, encodings: design.encodings, backend }, part).look(network, 0, 0);
    expect(looked(design.prepared.training)).toEqual(looked(held));
  });

  it("are gone from the disk when the run is over", async () => {
    const written = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(`neuroloom-rows-${process.pid}-`));
    const before = written();
    const stored = await prepared();
    expect(written().length).toBe(before.length + 1);
    await stored.close();
    expect(written()).toEqual(before);
  });
});
