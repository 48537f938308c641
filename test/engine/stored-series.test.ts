/** Series that are trained on from the disk: windows, targets and figures are those of memory, to the bit, and the windows are written nowhere. */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sampledSteps } from "../../core/data/learnt-samples.ts";
import { proposeData } from "../../core/data/propose.ts";
import { Random } from "../../core/data/random.ts";
import { AppError } from "../../core/errors.ts";
import type { DataDocument, DesignDocument } from "../../core/graph/document.ts";
import { type CheckpointHeader, restoreCheckpoint, takeCheckpoint } from "../../core/train/checkpoint.ts";
import { freshState } from "../../core/train/loop.ts";
import { whyNotInPieces } from "../../core/train/prepare-stored.ts";
import type { TrainingJob } from "../../main/engine/messages.ts";
import { importFile } from "../../main/host/datasets/import-file.ts";
import { chain, graphOf, node } from "./design.ts";
import { advance, bitsOf } from "./moons-run.ts";
import { broughtRows, closePrepared, inOrderOf, jobOf, preparedOf, runOn } from "./stored-jobs.ts";

const ROWS = 900;
/** Windows of 24 numbers in blocks of some 20; three blocks are shuffled together. */
const SMALL = { blockBytes: 2000, poolBlocks: 3, sampleBytes: 1 << 30 };
const home = mkdtempSync(join(tmpdir(), "neuroloom-stored-series-"));
const DAY = 86_400_000;
let sorted: TrainingJob;
let mixed: TrainingJob;

/** Each day's sales and temperature, and its day of the week. @param missing a row without a temperature */
function linesOf(missing: number | null = null): string[] {
  const random = new Random(4);
  return Array.from({ length: ROWS }, (_, row) => {
    const date = new Date(Date.UTC(2020, 0, 1) + row * DAY).toISOString().slice(0, 10);
    const sales = (100 + 20 * Math.sin(row / 6) + 10 * random.float()).toFixed(3);
    const temperature = row === missing ? "" : (15 + 10 * Math.cos(row / 58) + random.float()).toFixed(3);
    return `${date},${sales},${temperature},${["mo", "tu", "we", "th", "fr", "sa", "su"][row % 7]}`;
  });
}

async function imported(name: string, lines: readonly string[]): Promise<{ path: string; data: DataDocument }> {
  const path = join(home, name);
  writeFileSync(path, ["date,sales,temperature,weekday", ...lines].join("\n"));
  const { path: stored, columns } = await importFile({ path, name, folder: join(home, "datasets") });
  const data = proposeData({ kind: "file", name }, columns, ["sales"]);
  return {
    path: stored,
    data: {
      ...data,
      steps: [
        { type: "standardise", columns: ["sales", "temperature"] },
        { type: "one_hot", columns: ["weekday"] },
      ],
      split: { method: "time", validation_fraction: 0.2, test_fraction: 0.1, seed: null },
      window: { columns: ["sales", "temperature"], length: 12, horizon: 3, order_by: "date" },
    },
  };
}

const common = { format: "neuroloom-design" as const, format_version: 1 as const, name: "series", notes: "" };
const train = { optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 32, epochs: 3, seed: 5 };
const ends = [node("value", "dense", { units: 1 }), node("y", "output", { loss: "mse" })];

beforeAll(async () => {
  const inOrder = await imported("sorted.csv", linesOf());
  const alone: DesignDocument = {
    ...common,
    train,
    graph: chain(node("x", "input"), node("flat", "flatten"), node("drop", "dropout", { rate: 0.25 }), ...ends),
    data: inOrder.data,
  };
  sorted = jobOf(alone, inOrder.path);
  const order = Uint32Array.from({ length: ROWS }, (_, row) => row);
  new Random(2).shuffle(order);
  const lines = linesOf();
  const shuffled = Array.from(order, (row) => lines[row] as string);
  const outOfOrder = await imported("shuffled.csv", shuffled);
  const beside: DesignDocument = {
    ...common,
    train,
    graph: graphOf(
      [
        node("x", "input"),
        node("d", "input", { columns: ["weekday", "temperature"] }),
        node("flat", "flatten"),
        node("all", "concatenate"),
        ...ends,
      ],
      [
        ["x", "flat"],
        ["flat", "all"],
        ["d", "all"],
        ["all", "value"],
        ["value", "y"],
      ],
    ),
    data: outOfOrder.data,
  };
  mixed = jobOf(beside, outOfOrder.path);
});
afterEach(closePrepared);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const prepared = (job: TrainingJob) => preparedOf({ ...job, dataMemoryBytes: 1000 }, SMALL);
const inMemory = (job: TrainingJob) => preparedOf({ ...job, dataMemoryBytes: 2 ** 40 }, SMALL);

function withData(job: TrainingJob, changes: Partial<DataDocument>): TrainingJob {
  return { ...job, design: { ...job.design, data: { ...(job.design.data as DataDocument), ...changes } } };
}

/** Without some rows and some values, at the joins of the parts too. */
async function withHoles(name: string, order: (lines: string[]) => string[]): Promise<TrainingJob> {
  const holes = linesOf().map((line, row) => {
    const [date, sales, temperature, weekday] = line.split(",");
    const gone = row % 37 < 3 || (row > 620 && row < 640);
    return `${date},${row % 53 === 7 ? "" : sales},${gone ? "" : temperature},${weekday}`;
  });
  const { path, data } = await imported(name, order(holes.filter((_, row) => row % 29 !== 4)));
  return jobOf({ ...sorted.design, data }, path);
}

describe("a series on the disk with gaps that are filled, or rows that are left out by hand", () => {
  it("gives the windows, the targets and the weights of memory", async () => {
    const holes = await withHoles("holes.csv", (lines) => lines);
    const mixedUp = await withHoles("holes-mixed.csv", (lines) => lines.toReversed());
    const base = (holes.design.data as DataDocument).window as NonNullable<DataDocument["window"]>;
    const filled = (job: TrainingJob, fill: NonNullable<typeof base.fill>, more: Partial<DataDocument> = {}) =>
      withData(job, { window: { ...base, fill }, ...more });
    const row_choices = { fingerprint: "f", excluded: [0, 1, 30, 31, 700, 893], relabelled: [] };
    const jobs = [
      filled(holes, { method: "linear" }),
      filled(holes, { method: "seasonal", season: 7 }, { row_choices }),
      filled(mixedUp, { method: "linear" }, { filter: "date < '2022-03-01'" }),
      filled(mixedUp, { method: "mean" }),
      filled(holes, { method: "constant", value: 20 }, { split: { method: "none", validation_fraction: 0.2, seed: null } }),
      withData(sorted, { row_choices }),
      withData(mixed, {
        row_choices: { ...row_choices, excluded: [200] },
        window: { ...base, columns: ["sales"], fill: { method: "previous" } },
      }),
    ];
    for (const job of jobs) {
      expect(whyNotInPieces(job.design)).toBeNull();
      const stored = await prepared(job);
      const memory = await inMemory(job);
      expect(stored.prepared.training.inTurn).toBeDefined();
      expect(memory.prepared.training.inTurn).toBeUndefined();
      expect(stored.spec).toEqual(memory.spec);
      expect(stored.prepared.pipeline.features).toEqual(memory.prepared.pipeline.features);
      expect(stored.prepared.pipeline.window_fill).toEqual(memory.prepared.pipeline.window_fill);
      for (const part of ["training", "validation", "test"] as const) {
        expect(stored.prepared[part]?.rowIds).toEqual(memory.prepared[part]?.rowIds);
        expect(stored.prepared[part]?.targets).toEqual(memory.prepared[part]?.targets);
        const first = stored.prepared[part]?.inputs["x"]?.values;
        expect(first).toEqual(memory.prepared[part]?.inputs["x"]?.values.subarray(0, first?.length));
      }
      const training = { ...memory.prepared.training, ahead: inOrderOf(stored.prepared.training, memory.prepared.training) };
      const [ours, theirs] = [runOn(stored, job), runOn({ ...memory, prepared: { ...memory.prepared, training } }, job)];
      advance(ours);
      advance(theirs);
      expect(bitsOf(ours)).toEqual(bitsOf(theirs));
      expect(broughtRows(stored.prepared.training, "x", 4)).toEqual(memory.prepared.training.inputs["x"]?.values);
      for (const part of ["validation", "training"] as const)
        expect(ours.network.evaluate(stored.prepared[part])).toEqual(theirs.network.evaluate(memory.prepared[part]));
    }
  });

  it("names what is missing in a window, as memory does", async () => {
    const { path, data } = await imported("missing-one.csv", linesOf(450));
    const row_choices = { fingerprint: "f", excluded: [100], relabelled: [] };
    const job = jobOf({ ...sorted.design, data: { ...data, row_choices } }, path);
    const errorOf = (act: Promise<unknown>) => act.then(() => null).catch((thrown: AppError) => [thrown.code, thrown.params]);
    expect(await errorOf(prepared(job))).toEqual(["data.window_value_missing", { column: "temperature", row: 451 }]);
    expect(await errorOf(inMemory(job))).toEqual(["data.window_value_missing", { column: "temperature", row: 451 }]);
    // By its row in the file, whatever its place in time.
    const newestFirst = await imported("missing-one-reversed.csv", linesOf(450).toReversed());
    const said = ["data.window_value_missing", { column: "temperature", row: ROWS - 450 }];
    for (const choices of [{}, { row_choices }]) {
      const reversed = jobOf({ ...sorted.design, data: { ...newestFirst.data, ...choices } }, newestFirst.path);
      expect(await errorOf(prepared(reversed))).toEqual(said);
      expect(await errorOf(inMemory(reversed))).toEqual(said);
    }
  });
});

describe("a series on the disk", () => {
  it("gives the windows, the targets and the weights of memory: in order, out of order and beside other inputs, with a filter or no split", async () => {
    const filtered = withData(sorted, { filter: "date < '2022-03-01'" });
    const unsplit = withData(sorted, { split: { method: "none", validation_fraction: 0.2, seed: null } });
    // The test rows do not follow those that are validated on.
    const folded = withData(mixed, {
      split: { method: "time", validation_fraction: 0.2, test_fraction: 0.1, folds: 4, fold: 1, seed: null },
    });
    for (const job of [sorted, mixed, filtered, unsplit, folded]) {
      const stored = await prepared(job);
      const memory = await inMemory(job);
      expect(stored.prepared.training.inTurn).toBeDefined();
      expect(memory.prepared.training.inTurn).toBeUndefined();
      expect(stored.spec).toEqual(memory.spec);
      const { pipeline } = stored.prepared;
      expect(pipeline.features).toEqual(memory.prepared.pipeline.features);
      expect(pipeline.window).toEqual(memory.prepared.pipeline.window);
      expect(sampledSteps(pipeline)).toEqual([]);
      for (const part of ["training", "validation", "test"] as const) {
        expect(stored.prepared[part]?.rowIds).toEqual(memory.prepared[part]?.rowIds);
        expect(stored.prepared[part]?.targets).toEqual(memory.prepared[part]?.targets);
        const first = stored.prepared[part]?.inputs["x"]?.values ?? new Float32Array();
        expect(first).toEqual(memory.prepared[part]?.inputs["x"]?.values.subarray(0, first.length) ?? new Float32Array());
      }
      const training = { ...memory.prepared.training, ahead: inOrderOf(stored.prepared.training, memory.prepared.training) };
      const [ours, theirs] = [runOn(stored, job), runOn({ ...memory, prepared: { ...memory.prepared, training } }, job)];
      advance(ours);
      advance(theirs);
      expect(bitsOf(ours)).toEqual(bitsOf(theirs));
      for (const part of ["validation", "training", "test", "training"] as const) {
        const [own, other] = [stored.prepared[part], memory.prepared[part]];
        if (own !== undefined && other !== undefined && own.rowCount > 0)
          expect(ours.network.evaluate(own)).toEqual(theirs.network.evaluate(other));
      }
    }
  });

  it("gives the same bits after a resume in the middle of an epoch", async () => {
    const whole = runOn(await prepared(mixed), mixed);
    advance(whole);
    const first = runOn(await prepared(mixed), mixed);
    const { header, bytes } = takeCheckpoint(first.network, advance(first, freshState(), 25), 1);
    const second = runOn(await prepared(mixed), mixed);
    advance(second, restoreCheckpoint(second.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes.slice()));
    expect(bitsOf(second)).toEqual(bitsOf(whole));
  });

  it("is written once, step by step, and learns its steps from training rows alone, as many as may be held", async () => {
    const before = new Set(readdirSync(tmpdir()));
    const { prepared: few } = await preparedOf({ ...sorted, dataMemoryBytes: 1000 }, { ...SMALL, sampleBytes: 3200 });
    const folder = readdirSync(tmpdir()).find((name) => name.startsWith(`neuroloom-rows-${process.pid}-`) && !before.has(name)) ?? "";
    expect(readdirSync(join(tmpdir(), folder))).toEqual(["series.rows"]);
    expect(statSync(join(tmpdir(), folder, "series.rows")).size).toBe(4 * 2 * ROWS);
    const sampled = sampledSteps(few.pipeline);
    expect(sampled).not.toEqual([]);
    for (const { rows, of } of sampled) {
      expect(rows).toBeGreaterThan(50);
      expect(rows).toBeLessThan(300);
      expect(of).toBeGreaterThan(300);
    }
    expect(few.training.inputs["x"]?.values.length).toBe(512 * 24);
  });

  it("names a value that is missing in a window as memory does, and reads none behind the last window", async () => {
    for (const [missing, thrown] of [
      [300, true],
      [ROWS - 2, false],
    ] as const) {
      const { path, data } = await imported(`missing${missing}.csv`, linesOf(missing));
      const job = jobOf({ ...sorted.design, data }, path);
      const codeOf = async (prepare: typeof prepared): Promise<unknown> => {
        try {
          await prepare(job);
          return null;
        } catch (error) {
          return error instanceof AppError ? { code: error.code, ...error.params } : error;
        }
      };
      const [ours, theirs] = [await codeOf(prepared), await codeOf(inMemory)];
      expect(ours).toEqual(theirs);
      expect(ours === null).toBe(!thrown);
    }
  });

  it("is refused where the training part is shorter than a window, as in memory", async () => {
    const { window } = sorted.design.data as DataDocument;
    if (window === undefined) throw new Error("the design has no window");
    const long = withData(sorted, { window: { ...window, length: 700 } });
    await expect(prepared(long)).rejects.toMatchObject({ code: "data.window_too_long" });
    await expect(inMemory(long)).rejects.toMatchObject({ code: "data.window_too_long" });
  });

  it("stays in memory where gaps are filled and another input takes the same columns", () => {
    const { window } = mixed.design.data as DataDocument;
    if (window === undefined) throw new Error("the design has no window");
    expect(whyNotInPieces(mixed.design)).toBeNull();
    expect(whyNotInPieces(withData(mixed, { window: { ...window, fill: { method: "previous" } } }).design)).toBe("gaps_beside_columns");
  });
});
