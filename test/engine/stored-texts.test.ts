/** Texts that are trained on from the disk: vocabulary, rows and figures are those of memory, to the bit, and memory holds a few of them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sampledSteps } from "../../core/data/learnt-samples.ts";
import { proposeData } from "../../core/data/propose.ts";
import { Random } from "../../core/data/random.ts";
import type { DataDocument, DesignDocument, StepDocument } from "../../core/graph/document.ts";
import { type CheckpointHeader, restoreCheckpoint, takeCheckpoint } from "../../core/train/checkpoint.ts";
import { freshState } from "../../core/train/loop.ts";
import type { TrainingJob } from "../../main/engine/messages.ts";
import { importFile } from "../../main/host/datasets/import-file.ts";
import { graphOf, node } from "./design.ts";
import { advance, bitsOf } from "./moons-run.ts";
import { closePrepared, inOrderOf, jobOf, preparedOf, runOn } from "./stored-jobs.ts";

const ROWS = 700;
/** Rows of 12 or 61 numbers in blocks of some 10; three blocks are shuffled together. */
const SMALL = { blockBytes: 2000, poolBlocks: 3, sampleBytes: 1 << 30 };
const home = mkdtempSync(join(tmpdir(), "neuroloom-stored-texts-"));
let sequence: TrainingJob;
let bag: TrainingJob;

/** Texts of 0 to 30 words of an alphabet that has many rare ones, some in Chinese, some with a number beside them. */
function writeTexts(path: string): void {
  const random = new Random(8);
  const lines = ["text\tlength\tkind"];
  for (let row = 0; row < ROWS; row += 1) {
    const kind = random.below(3);
    const count = row % 50 === 7 ? 0 : 1 + random.below(30);
    const words = Array.from({ length: count }, () => `w${Math.floor(300 * random.float() ** 3) + kind * 5}`);
    if (row % 40 === 3) words.push("机器", "学习", "extraordinarily_long_word");
    lines.push(`${words.join(" ")}\t${row % 9 === 4 ? "" : random.below(100)}\t${"abc"[kind]}`);
  }
  writeFileSync(path, lines.join("\n"));
}

beforeAll(async () => {
  const path = join(home, "texts.tsv");
  writeTexts(path);
  const { path: stored, columns } = await importFile({ path, name: "texts.tsv", folder: join(home, "datasets") });
  const proposed = proposeData({ kind: "file", name: "texts" }, columns, ["kind"]);
  const data = (steps: readonly StepDocument[]): DataDocument => ({
    ...proposed,
    columns: proposed.columns.map((column) => (column.name === "text" ? { ...column, type: "text", role: "feature" } : column)),
    steps: [{ type: "impute", columns: ["length"], strategy: "constant" }, { type: "standardise", columns: ["length"] }, ...steps],
  });
  const tail = (last: string): [string, string][] => [
    [last, "classes"],
    ["classes", "y"],
  ];
  const ends = [node("classes", "dense", { units: 3, activation: "softmax" }), node("y", "output", { loss: "categorical_crossentropy" })];
  const common = { format: "neuroloom-design" as const, format_version: 1 as const, name: "texts", notes: "" };
  const train = { optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 32, epochs: 3, seed: 5 };
  const first: DesignDocument = {
    ...common,
    train,
    graph: graphOf(
      [
        node("t", "input", { columns: ["text"] }),
        node("n", "input", { columns: ["length"] }),
        node("words", "embedding", { input_dim: 40, output_dim: 4 }),
        node("flat", "flatten"),
        node("drop", "dropout", { rate: 0.25 }),
        node("all", "concatenate"),
        ...ends,
      ],
      [["t", "words"], ["words", "flat"], ["flat", "drop"], ["drop", "all"], ["n", "all"], ...tail("all")],
    ),
    data: data([{ type: "token_sequence", columns: ["text"], vocabulary: 40, length: 12 }]),
  };
  const second: DesignDocument = {
    ...common,
    train,
    graph: graphOf([node("x", "input"), node("drop", "dropout", { rate: 0.25 }), ...ends], [["x", "drop"], ...tail("drop")]),
    data: data([{ type: "bag_of_words", columns: ["text"], max_words: 60, ngram_to: 2, min_texts: 2 }]),
  };
  sequence = jobOf(first, stored);
  bag = jobOf(second, stored);
});
afterEach(closePrepared);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const prepared = (job: TrainingJob) => preparedOf({ ...job, dataMemoryBytes: 1000 }, SMALL);
const inMemory = (job: TrainingJob) => preparedOf({ ...job, dataMemoryBytes: 2 ** 40 }, SMALL);

function withStep(job: TrainingJob, changes: Record<string, unknown>): TrainingJob {
  const data = job.design.data as DataDocument;
  const steps = data.steps.map((step) => (step.columns.includes("text") ? ({ ...step, ...changes } as StepDocument) : step));
  return { ...job, design: { ...job.design, data: { ...data, steps } } };
}

/** The bag of words becomes a few numbers. */
function reduced(job: TrainingJob): TrainingJob {
  const data = job.design.data as DataDocument;
  const steps: StepDocument[] = [...data.steps, { type: "truncated_svd", columns: ["text"], components: 5 }];
  return { ...job, design: { ...job.design, data: { ...data, steps } } };
}

describe("texts on the disk", () => {
  it("give the vocabulary, the rows and the weights of memory, as numbers in order and as bags of words beside numbers", async () => {
    const jobs = [
      sequence,
      withStep(sequence, { tokenizer: "byte_pair", padding: "start", truncation: "start" }),
      withStep(sequence, { tokenizer: "segments" }),
      bag,
      withStep(bag, { weighting: "count", ngram_to: 1, tokenizer: "characters" }),
      reduced(bag),
    ];
    for (const job of jobs) {
      const stored = await prepared(job);
      const memory = await inMemory(job);
      expect(stored.prepared.training.inTurn).toBeDefined();
      expect(memory.prepared.training.inTurn).toBeUndefined();
      const fittedOf = ({ pipeline }: typeof stored.prepared) =>
        Object.fromEntries(pipeline.steps.map(({ step, fitted }) => [`${step.type} ${step.columns.join()}`, fitted]));
      expect(fittedOf(stored.prepared)).toEqual(fittedOf(memory.prepared));
      expect(stored.prepared.pipeline.features).toEqual(memory.prepared.pipeline.features);
      expect(stored.spec).toEqual(memory.spec);
      expect(sampledSteps(stored.prepared.pipeline)).toEqual([]);
      const training = { ...memory.prepared.training, ahead: inOrderOf(stored.prepared.training, memory.prepared.training) };
      const [ours, theirs] = [runOn(stored, job), runOn({ ...memory, prepared: { ...memory.prepared, training } }, job)];
      advance(ours);
      advance(theirs);
      expect(bitsOf(ours)).toEqual(bitsOf(theirs));
      for (const part of ["validation", "training", "validation"] as const)
        expect(ours.network.evaluate(stored.prepared[part])).toEqual(theirs.network.evaluate(memory.prepared[part]));
    }
  });

  it("learn their words from the training rows alone, all of them, however few the others learn from", async () => {
    const { prepared: few } = await preparedOf({ ...bag, dataMemoryBytes: 1000 }, { ...SMALL, sampleBytes: 3000 });
    const { prepared: all } = await inMemory(bag);
    const wordsOf = ({ pipeline }: typeof few) => pipeline.steps.find(({ step }) => step.type === "bag_of_words")?.fitted;
    const sampled = sampledSteps(few.pipeline);
    expect(sampled).not.toEqual([]);
    for (const { type, rows } of sampled) {
      expect(type).not.toBe("bag_of_words");
      expect(rows).toBeLessThan(200);
    }
    expect(wordsOf(few)).toEqual(wordsOf(all));
  });

  it("of a bag of rows are counted as often as they are drawn", async () => {
    const data = bag.design.data as DataDocument;
    const job = { ...bag, design: { ...bag.design, data: { ...data, split: { ...data.split, bag: 3 } } } };
    const stored = await prepared(job);
    const memory = await inMemory(job);
    expect(stored.prepared.training.rowIds).toEqual(memory.prepared.training.rowIds);
    const wordsOf = ({ pipeline }: typeof stored.prepared) => pipeline.steps.find(({ step }) => step.type === "bag_of_words")?.fitted;
    expect(wordsOf(stored.prepared)).toEqual(wordsOf(memory.prepared));
  });

  it("give the same bits after a resume in the middle of an epoch", async () => {
    for (const job of [sequence, bag]) {
      const whole = runOn(await prepared(job), job);
      advance(whole);
      const first = runOn(await prepared(job), job);
      const { header, bytes } = takeCheckpoint(first.network, advance(first, freshState(), 23), 1);
      const second = runOn(await prepared(job), job);
      advance(second, restoreCheckpoint(second.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes.slice()));
      expect(bitsOf(second)).toEqual(bitsOf(whole));
    }
  });

  it("in changed copies are those of memory in every epoch, drawn by several threads, and after a resume in the middle of the second", async () => {
    const asked = { copies: 2, replace: 0.4, insert: 0.2, swap: 0.2, leave_out: 0.2, synonyms: ["w1, w2, w7", "机器, 机械"], seed: null };
    const copied = (job: TrainingJob, more: Partial<DataDocument> = {}): TrainingJob => {
      const data = { ...(job.design.data as DataDocument), augment_text: asked, ...more };
      return { ...job, design: { ...job.design, data } };
    };
    const split = { ...(sequence.design.data as DataDocument).split, bag: 3 };
    // The numbers of the text behind another one of the same input.
    const columns = (bag.design.data as DataDocument).columns.toReversed();
    const jobs = [copied(sequence, { split }), copied(reduced(bag), { columns, sampling: { method: "over", seed: null } })];
    for (const job of jobs) {
      const stored = await prepared(job);
      const memory = await inMemory(job);
      const { training } = memory.prepared;
      expect(stored.prepared.training.inTurn).toBeDefined();
      expect(training.redraw).toBeDefined();
      expect(stored.prepared.training.rowIds).toEqual(training.rowIds);
      expect(stored.prepared.training.targets).toEqual(training.targets);
      expect(stored.prepared.pipeline.features).toEqual(memory.prepared.pipeline.features);
      // What is asked about later are the rows of the first epoch.
      for (const part of ["training", "validation"] as const) {
        const [ours, theirs] = [runOn(stored, job), runOn(memory, job)];
        expect(ours.network.evaluate(stored.prepared[part])).toEqual(theirs.network.evaluate(memory.prepared[part]));
      }
      const inOrder = { ...memory.prepared, training: { ...training, ahead: inOrderOf(stored.prepared.training, training) } };
      const [ours, theirs] = [runOn(stored, job), runOn({ ...memory, prepared: inOrder }, job)];
      advance(ours);
      advance(theirs);
      expect(bitsOf(ours)).toEqual(bitsOf(theirs));
      const first = runOn(await prepared(job), job);
      const steps = Math.ceil((1.5 * training.rowCount) / 32);
      const { header, bytes } = takeCheckpoint(first.network, advance(first, freshState(), steps), 1);
      expect([header.loop.epoch, header.loop.position > 0]).toEqual([2, true]);
      const second = runOn(await prepared(job), job);
      advance(second, restoreCheckpoint(second.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes.slice()));
      expect(bitsOf(second)).toEqual(bitsOf(ours));
    }
  });

  it("without a step, or with one that takes no texts, are refused as in memory", async () => {
    const data = bag.design.data as DataDocument;
    const asked = (steps: StepDocument[]): TrainingJob => ({ ...bag, design: { ...bag.design, data: { ...data, steps } } });
    const none = asked(data.steps.filter(({ columns }) => !columns.includes("text")));
    const wrong = asked([...data.steps, { type: "standardise", columns: ["text"] }]);
    const codeOf = (made: Promise<unknown>) => made.then(String, ({ code }: { code: string }) => code);
    for (const [job, code] of [
      [none, "data.text_not_encoded"],
      [wrong, "data.step_wrong_column"],
    ] as const)
      expect([await codeOf(prepared(job)), await codeOf(inMemory(job))]).toEqual([code, code]);
  });
});
