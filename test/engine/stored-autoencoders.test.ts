/** Autoencoders whose rows are on the disk: weights, figures and evaluation are those of memory, to the bit, and no row's answer is kept. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { proposeData } from "../../core/data/propose.ts";
import { Random } from "../../core/data/random.ts";
import type { DataDocument, DesignDocument } from "../../core/graph/document.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { evaluationOf } from "../../core/train/evaluation.ts";
import { judgeInTurn } from "../../core/train/judge-in-turn.ts";
import { freshState } from "../../core/train/loop.ts";
import { modelText } from "../../core/train/model.ts";
import { whyNotInPieces } from "../../core/train/prepare-stored.ts";
import { ENGINE_VERSION } from "../../core/version.ts";
import { Feeders, feederUrlBeside } from "../../main/engine/feeders.ts";
import type { TrainingJob } from "../../main/engine/messages.ts";
import { bytesOfText } from "../../main/engine/model-bytes.ts";
import { type AskedPart, PartOpener } from "../../main/engine/open-part.ts";
import { importFile } from "../../main/host/datasets/import-file.ts";
import { loadTable } from "../../main/host/datasets/load-table.ts";
import { TRAINER } from "../built.ts";
import { idx } from "../picture-files.ts";
import { chain, graphOf, node } from "./design.ts";
import { advance, bitsOf, type Run } from "./moons-run.ts";
import { closePrepared, inOrderOf, jobOf, preparedOf, runOn } from "./stored-jobs.ts";

const SMALL = { blockBytes: 2000, poolBlocks: 3, sampleBytes: 1 << 30 };
const ROWS = 1100;
const home = mkdtempSync(join(tmpdir(), "neuroloom-stored-autoencoders-"));
const common = { format: "neuroloom-design" as const, format_version: 1 as const, name: "autoencoder", notes: "" };
const train = { optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 32, epochs: 2, seed: 5 };
const jobs: Record<string, TrainingJob> = {};
const NO_RESULT = { epochs: 0, best_epoch: null, steps: 0, seconds: 0, metrics: {}, spec_hash: "", data_fingerprint: "f", data_name: "" };

async function imported(name: string, lines: readonly string[], targets: string[]): Promise<{ path: string; data: DataDocument }> {
  const path = join(home, name);
  writeFileSync(path, lines.join("\n"));
  const { path: stored, columns } = await importFile({ path, name, folder: join(home, "datasets") });
  return { path: stored, data: proposeData({ kind: "file", name }, columns, targets) };
}

beforeAll(async () => {
  const random = new Random(8);
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const sizes = [0, 1, 2].map(() => (random.below(9) === 4 ? "" : (10 + random.float() * 90).toFixed(3)));
    return [...sizes, ["x", "y", "z"][random.below(3)], row % 3, "abc"[row % 3]].join(",");
  });
  const table = await imported("table.csv", ["a,b,c,sort,counts,kind", ...lines], ["kind"]);
  const asTable: DataDocument = {
    ...table.data,
    columns: table.data.columns.map((column) => (column.name === "counts" ? { ...column, type: "numeric", role: "weight" } : column)),
    steps: [
      { type: "impute", columns: ["a", "b", "c"], strategy: "mean" },
      { type: "standardise", columns: ["a", "b", "c"] },
      { type: "one_hot", columns: ["sort"] },
    ],
    split: { method: "random", validation_fraction: 0.2, test_fraction: 0.1, seed: null },
  };
  const narrow = [
    node("code", "dense", { units: 2, activation: "tanh" }),
    node("back", "dense", { units: 6 }),
    node("y", "output", { loss: "mse", target_input: "x" }),
  ];
  jobs["table"] = jobOf({ ...common, train, data: asTable, graph: chain(node("x", "input"), ...narrow) }, table.path);

  // Beside the input a class is learnt, and batches are mixed.
  const [images, labels] = [join(home, "train-images-idx3-ubyte"), join(home, "train-labels-idx1-ubyte")];
  const bytes = (length: number, below: number): Uint8Array => Uint8Array.from({ length }, () => random.below(below));
  writeFileSync(images, idx([900, 6, 6], bytes(900 * 36, 256)));
  writeFileSync(labels, idx([900], bytes(900, 4)));
  const digits = await importFile({ path: images, name: "train-images-idx3-ubyte", labels, folder: join(home, "datasets") });
  const pictures = proposeData({ kind: "file", name: "digits" }, digits.columns, ["label"]);
  const two = graphOf(
    [
      node("x", "input"),
      node("flat", "flatten"),
      node("code", "dense", { units: 5, activation: "relu" }),
      node("classes", "dense", { units: 4, activation: "softmax" }),
      node("kind", "output", { loss: "categorical_crossentropy" }),
      node("wide", "dense", { units: 36, activation: "sigmoid" }),
      node("picture", "reshape", { target_shape: [6, 6, 1] }),
      node("y", "output", { loss: "binary_crossentropy", target_input: "x" }),
    ],
    [
      ["x", "flat"],
      ["flat", "code"],
      ["code", "classes"],
      ["classes", "kind"],
      ["code", "wide"],
      ["wide", "picture"],
      ["picture", "y"],
    ],
  );
  jobs["pictures"] = jobOf({ ...common, train, data: { ...pictures, augment: { mixup: 0.3, seed: null } }, graph: two }, digits.path);

  const days = Array.from({ length: 900 }, (_, row) => {
    const date = new Date(Date.UTC(2020, 0, 1) + row * 86_400_000).toISOString().slice(0, 10);
    return `${date},${(100 + 20 * Math.sin(row / 6) + random.float()).toFixed(3)},${random.below(30)}`;
  });
  const series = await imported("series.csv", ["date,sales,heat", ...days], ["sales"]);
  const asSeries: DataDocument = {
    ...series.data,
    steps: [{ type: "standardise", columns: ["sales", "heat"] }],
    split: { method: "time", validation_fraction: 0.2, test_fraction: 0.1, seed: null },
    window: { columns: ["sales", "heat"], length: 8, horizon: 1, order_by: "date" },
  };
  const folded = chain(
    node("x", "input"),
    node("flat", "flatten"),
    node("code", "dense", { units: 3, activation: "tanh" }),
    node("wide", "dense", { units: 16 }),
    node("steps", "reshape", { target_shape: [8, 2] }),
    node("y", "output", { loss: "mae", target_input: "x" }),
  );
  jobs["series"] = jobOf({ ...common, train, data: asSeries, graph: folded }, series.path);

  // Steps of nothing but padding count neither in the loss nor in a figure.
  const visits = days.map((line, row) => (row % 5 === 0 ? `${line.split(",")[0]},0,0` : line));
  const gaps = await imported("gaps.csv", ["date,sales,heat", ...visits], ["sales"]);
  const masked = chain(
    node("x", "input"),
    node("skip", "masking", { mask_value: 0 }),
    node("code", "lstm", { units: 3, return_sequences: true }),
    node("back", "dense", { units: 2 }),
    node("y", "output", { loss: "mse", target_input: "x" }),
  );
  jobs["series with a mask"] = jobOf(
    { ...common, train, data: { ...asSeries, source: gaps.data.source, steps: [] }, graph: masked },
    gaps.path,
  );
});
afterEach(closePrepared);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const prepared = (job: TrainingJob) => preparedOf({ ...job, dataMemoryBytes: 1000 }, SMALL);
const inMemory = (job: TrainingJob) => preparedOf(job, SMALL);
const withData = (job: TrainingJob, data: object): DesignDocument => ({
  ...job.design,
  data: { ...(job.design.data as DataDocument), ...data },
});

function evaluated({ network, design }: Run, name: "training" | "validation" | "test") {
  const { pipeline, [name]: part } = design.prepared;
  if (part === undefined) throw new Error(`no part ${name}`);
  const found = network.evaluate(part, undefined, judgeInTurn(design.outputs, pipeline, part));
  return { found, evaluation: evaluationOf({ outputs: design.outputs, pipeline, data: part, found }) };
}

describe.each(["table", "pictures", "series", "series with a mask"])("an autoencoder of a %s on the disk", (name) => {
  it("has the weights, the figures of every epoch and the evaluations of the same rows in memory", async () => {
    const job = jobs[name] as TrainingJob;
    const [stored, memory] = [await prepared(job), await inMemory(job)];
    const [ours, theirs] = [stored.prepared, memory.prepared];
    expect(ours.training.ahead).toBeDefined();
    expect(theirs.training.ahead).toBeUndefined();
    expect(ours.training.targets["y"]?.values.length).toBeLessThan(theirs.training.targets["y"]?.values.length as number);
    expect(ours.pipeline.targets).toEqual(theirs.pipeline.targets);
    expect(stored.spec).toEqual(memory.spec);
    const one = runOn(stored, job);
    const { batches: _batches, ...training } = theirs.training;
    const { augmenter: _augmenter, redraw: _redraw, ...plain } = training;
    const ordered = { ...plain, ahead: inOrderOf(ours.training, training) };
    const other = runOn({ ...memory, prepared: { ...theirs, training: ordered } }, job);
    const [state, reference] = [freshState(), freshState()];
    advance(one, state);
    advance(other, reference);
    expect(state.latestReport).toEqual(reference.latestReport);
    expect(Object.keys(state.latestReport?.metrics ?? {}).filter((figure) => /^val_.*(mae|rmse|r2)$/.test(figure)).length).toBeGreaterThan(
      1,
    );
    expect(bitsOf(one)).toEqual(bitsOf(other));
    for (const part of ["validation", "training", "validation"] as const) {
      const [a, b] = [evaluated(one, part), evaluated(other, part)];
      expect(a.found.predictions["y"]).toBeUndefined();
      expect(a.evaluation).toEqual(b.evaluation);
      expect(a.evaluation.outputs.at(-1)?.figures["rmse"]).toBeGreaterThan(0);
    }
  });

  it("is evaluated from the disk by its model, and single rows are refused in words", async () => {
    const { design, table } = jobs[name] as TrainingJob;
    const memory = await inMemory(jobs[name] as TrainingJob);
    const { network, training } = runOn(memory, jobs[name] as TrainingJob);
    const { pipeline, validation: sample } = memory.prepared;
    const text = modelText({
      design,
      spec: memory.spec,
      training,
      pipeline,
      network,
      sample,
      result: NO_RESULT,
      engineVersion: ENGINE_VERSION,
    });
    const model = bytesOfText(text);
    const opener = (dataMemoryBytes: number): PartOpener =>
      new PartOpener(table.path, 1, {
        loadTable: ({ path, columns }) => loadTable(path, columns),
        openBackend: (arithmetic) => createWasmBackend({ arithmetic, threads: 1 }),
        dataMemoryBytes,
        workFolder: join(home, "work"),
        makeFeeders: () => new Feeders(feederUrlBeside(TRAINER), { windowBytes: 20_000 }),
      });
    const [large, small] = [opener(2 ** 40), opener(1000)];
    const parts = ["training", "validation", ...(sample === undefined || name === "pictures" ? [] : (["test"] as const))] as const;
    for (const part of parts) {
      const asked: AskedPart = { model, design, part, forFigures: true };
      const [a, b] = [await large.open(asked), await small.open(asked)];
      expect(b.part.inTurn).toBeDefined();
      expect(b.predictor.evaluate(b.part)).toEqual(a.predictor.evaluate(a.part));
      const rows = await small.open({ model, design, part }).catch((error: unknown) => error);
      expect(rows).toMatchObject({ code: "data.input_target_needs_memory", params: { megabytes: 1, limit: 0 } });
    }
    await large.close();
    await small.close();
  });
});

it("stays in memory where a row's answer is kept, or pictures are compared as they were before they were changed", () => {
  const [table, pictures] = [jobs["table"] as TrainingJob, jobs["pictures"] as TrainingJob];
  expect(whyNotInPieces(table.design)).toBeNull();
  expect(whyNotInPieces(withData(table, { split: { method: "random", validation_fraction: 0.2, seed: null, folds: 5, fold: 0 } }))).toBe(
    "target_is_input",
  );
  expect(whyNotInPieces(withData(pictures, { augment: { noise: 0.1, seed: null } }))).toBe("target_is_input");
  expect(whyNotInPieces(withData(pictures, { augment: { mixup: 0.2, seed: null } }))).toBeNull();
});
