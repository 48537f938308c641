/** Pictures that are trained on from the disk: rows, changes and figures are those of memory, to the bit, and memory holds a few of them. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { proposeData } from "../../core/data/propose.ts";
import { Random } from "../../core/data/random.ts";
import type { AugmentDocument, DesignDocument } from "../../core/graph/document.ts";
import { type CheckpointHeader, restoreCheckpoint, takeCheckpoint } from "../../core/train/checkpoint.ts";
import { freshState } from "../../core/train/loop.ts";
import type { PreparedDesign } from "../../core/train/prepare-design.ts";
import { whyNotInPieces } from "../../core/train/prepare-stored.ts";
import type { TrainingJob } from "../../main/engine/messages.ts";
import type { StoredLayout } from "../../main/engine/prepare-job.ts";
import { importFile } from "../../main/host/datasets/import-file.ts";
import { idx, png } from "../picture-files.ts";
import { zip } from "../zip-file.ts";
import { chain, graphOf, node } from "./design.ts";
import { advance, bitsOf } from "./moons-run.ts";
import { closePrepared, inOrderOf, jobOf, openedFeeders, preparedOf, runOn } from "./stored-jobs.ts";

const COUNT = 900;
const SIDE = 9;
/** Some 70 blocks of some 10 pictures; three of them are shuffled together. */
const SMALL: StoredLayout = { blockBytes: 4 * SIDE * SIDE * 10, poolBlocks: 3, sampleBytes: 1 << 30 };
const IN_MEMORY = { dataMemoryBytes: 2 ** 40 };
const CHANGES: AugmentDocument = { rotate: 20, shift: 0.1, noise: 0.05, seed: null };
const home = mkdtempSync(join(tmpdir(), "neuroloom-stored-pictures-"));
let job: TrainingJob;
let tabled: TrainingJob;

beforeAll(async () => {
  const random = new Random(3);
  const [images, labels] = [join(home, "train-images-idx3-ubyte"), join(home, "train-labels-idx1-ubyte")];
  writeFileSync(
    images,
    idx(
      [COUNT, SIDE, SIDE],
      Uint8Array.from({ length: COUNT * SIDE * SIDE }, () => random.below(256)),
    ),
  );
  writeFileSync(
    labels,
    idx(
      [COUNT],
      Uint8Array.from({ length: COUNT }, () => random.below(4)),
    ),
  );
  const digits = await importFile({ path: images, name: "train-images-idx3-ubyte", labels, folder: join(home, "datasets") });
  const entries: { name: string; content: Uint8Array }[] = [];
  const lines = ["file,size,note,kind"];
  for (let place = 0; place < 120; place += 1) {
    entries.push({ name: `${place}.png`, content: await png((place * 37) % 256, (place * 91) % 256, 20, 6, 5) });
    lines.push(
      `${place}.png,${(place * 7) % 11},what is number ${(place * 5) % 13} beside ${(place * 3) % 17},${["a", "b", "c"][place % 3]}`,
    );
  }
  entries.push({ name: "labels.csv", content: Buffer.from(lines.join("\n")) });
  const archive = join(home, "set.zip");
  writeFileSync(archive, zip(entries));
  const table = await importFile({ path: archive, name: "set.zip", folder: join(home, "datasets") });
  const common = { format: "neuroloom-design" as const, format_version: 1 as const, notes: "" };
  const train = { optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 32, epochs: 3, seed: 5 };
  const design: DesignDocument = {
    ...common,
    name: "pictures on disk",
    train,
    graph: chain(
      node("x", "input"),
      node("conv", "conv_2d", { filters: 3, kernel_size: [3, 3], activation: "relu" }),
      node("flat", "flatten"),
      node("drop", "dropout", { rate: 0.25 }),
      node("classes", "dense", { units: 4, activation: "softmax" }),
      node("y", "output", { loss: "categorical_crossentropy" }),
    ),
    data: { ...proposeData({ kind: "file", name: "digits" }, digits.columns, ["label"]), augment: CHANGES },
  };
  const picture = table.columns.find(({ type }) => type === "picture")?.name ?? "";
  const proposed = proposeData({ kind: "file", name: "set" }, table.columns, ["kind"]);
  const both: DesignDocument = {
    ...common,
    name: "pictures, numbers and texts",
    train,
    graph: graphOf(
      [
        node("p", "input", { columns: [picture] }),
        node("n", "input", { columns: ["size"] }),
        node("t", "input", { columns: ["note"] }),
        node("flat", "flatten"),
        node("all", "concatenate"),
        node("classes", "dense", { units: 3, activation: "softmax" }),
        node("y", "output", { loss: "categorical_crossentropy" }),
      ],
      [
        ["p", "flat"],
        ["flat", "all"],
        ["n", "all"],
        ["t", "all"],
        ["all", "classes"],
        ["classes", "y"],
      ],
    ),
    data: {
      ...proposed,
      columns: proposed.columns.map((column) => (column.name === "note" ? { ...column, type: "text", role: "feature" } : column)),
      steps: [
        ...proposed.steps.filter(({ columns }) => !columns.includes("note")),
        { type: "bag_of_words", columns: ["note"], tokenizer: "characters" },
      ],
    },
  };
  job = { ...jobOf(design, digits.path), dataMemoryBytes: 20_000 };
  tabled = { ...jobOf(both, table.path), dataMemoryBytes: 1000 };
});
afterEach(closePrepared);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const prepared = (more: Partial<TrainingJob> = {}, of = job): Promise<PreparedDesign> => preparedOf({ ...of, ...more }, SMALL);

const withAugment = (augment: AugmentDocument | null, seed = 5): Pick<TrainingJob, "design"> => {
  const { data } = job.design;
  if (data === null) throw new Error("the design has no data");
  const { augment: _augment, ...plain } = data;
  const train = { ...job.design.train, seed };
  return { design: { ...job.design, train, data: augment === null ? plain : { ...plain, augment } } };
};

describe("pictures on the disk", () => {
  it("give the same weights as the same rows from memory, changed as they come, and evaluate the same", async () => {
    for (const augment of [null, CHANGES]) {
      const stored = await prepared(withAugment(augment));
      const memory = await prepared({ ...withAugment(augment), ...IN_MEMORY });
      expect(stored.prepared.training.inTurn).toBeDefined();
      expect(memory.prepared.training.inTurn).toBeUndefined();
      expect(stored.spec).toEqual(memory.spec);
      for (const part of ["training", "validation"] as const) {
        expect(stored.prepared[part].rowIds).toEqual(memory.prepared[part].rowIds);
        expect(stored.prepared[part].targets).toEqual(memory.prepared[part].targets);
      }
      const training = { ...memory.prepared.training, ahead: inOrderOf(stored.prepared.training, memory.prepared.training) };
      const ours = runOn(stored, job);
      const theirs = runOn({ ...memory, prepared: { ...memory.prepared, training } }, job);
      advance(ours);
      advance(theirs);
      expect(bitsOf(ours)).toEqual(bitsOf(theirs));
      for (const part of ["validation", "training", "validation"] as const)
        expect(ours.network.evaluate(stored.prepared[part])).toEqual(theirs.network.evaluate(memory.prepared[part]));
    }
  });

  it("give the same bits for the same seed, others for another, and the same after a resume in the middle of an epoch", async () => {
    const whole = runOn(await prepared(), job);
    advance(whole);
    const other = runOn(await prepared(withAugment(CHANGES, 6)), job, 6);
    advance(other);
    expect(bitsOf(other)).not.toEqual(bitsOf(whole));
    const first = runOn(await prepared(), job);
    const { header, bytes } = takeCheckpoint(first.network, advance(first, freshState(), 31), 1);
    const second = runOn(await prepared(), job);
    advance(second, restoreCheckpoint(second.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes.slice()));
    expect(bitsOf(second)).toEqual(bitsOf(whole));
  });

  it("come by several threads to the same bits, and are laid over each other as in memory", async () => {
    const mixed = withAugment({ ...CHANGES, mixup: 0.3 });
    const one = runOn(await prepared({ ...mixed, threads: 64 }), job);
    advance(one);
    const more = await prepared({ ...mixed, threads: 0 });
    // One for each part in turn, and those that change.
    const [fewer = 9, many = 0] = openedFeeders().map(({ threads }) => threads.length);
    expect(fewer).toBe(3);
    expect(many).toBe(2 + Math.min(4, availableParallelism()));
    expect(more.prepared.training.mixup).toBeDefined();
    const several = runOn(more, job);
    advance(several);
    expect(bitsOf(several)).toEqual(bitsOf(one));
  });

  it("beside numbers and texts of the same rows each come to their input", async () => {
    const stored = await prepared({}, tabled);
    const memory = await prepared(IN_MEMORY, tabled);
    const training = { ...memory.prepared.training, ahead: inOrderOf(stored.prepared.training, memory.prepared.training) };
    const [ours, theirs] = [runOn(stored, job), runOn({ ...memory, prepared: { ...memory.prepared, training } }, job)];
    advance(ours);
    advance(theirs);
    expect(bitsOf(ours)).toEqual(bitsOf(theirs));
    expect(ours.network.evaluate(stored.prepared.validation)).toEqual(theirs.network.evaluate(memory.prepared.validation));
  });

  it("are not written again, and memory keeps the first rows and a few windows", async () => {
    const before = new Set(readdirSync(tmpdir()));
    const { training, validation } = (await prepared()).prepared;
    const own = readdirSync(tmpdir()).filter((name) => name.startsWith(`neuroloom-rows-${process.pid}-`) && !before.has(name));
    expect(own.map((name) => readdirSync(join(tmpdir(), name)))).toEqual([[]]);
    expect(training.inputs["x"]?.values.length).toBe(512 * SIDE * SIDE);
    expect(validation.inputs["x"]?.values.length).toBe(validation.rowCount * SIDE * SIDE);
    expect(training.ahead?.take(1, 0).values["x"]?.byteLength).toBeLessThan(200_000);
  });

  it("stay in memory where an input takes them beside others, or steps make something else of them", () => {
    const { graph } = tabled.design;
    const data = tabled.design.data as NonNullable<DesignDocument["data"]>;
    const together = chain(node("x", "input"), node("p", "dense", { units: 3 }), node("y", "output", { loss: "categorical_crossentropy" }));
    expect(whyNotInPieces({ ...tabled.design, graph, data })).toBeNull();
    const noTexts = { ...data, columns: data.columns.filter(({ name }) => name !== "note") };
    expect(whyNotInPieces({ ...tabled.design, graph: together, data: noTexts })).toBe("pictures_not_alone");
    const picture = data.columns.find(({ type }) => type === "picture")?.name ?? "";
    const reduced = { ...data, steps: [...data.steps, { type: "truncated_svd", columns: [picture], components: 3 }] };
    expect(whyNotInPieces({ ...tabled.design, data: reduced as typeof data })).toBe("pictures_not_alone");
  });
});
