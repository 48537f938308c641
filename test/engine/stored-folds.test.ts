/** Target encoders of a table on the disk: what they learn, and what training rows get from the other folds, are those of memory, to the bit. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { sampledSteps } from "../../core/data/learnt-samples.ts";
import { proposeData } from "../../core/data/propose.ts";
import { Random } from "../../core/data/random.ts";
import type { ColumnDocument, DataDocument, StepDocument } from "../../core/graph/document.ts";
import { importFile } from "../../main/host/datasets/import-file.ts";
import { chain, node } from "./design.ts";
import { advance, bitsOf } from "./moons-run.ts";
import { broughtRows, closePrepared, inOrderOf, jobOf, preparedOf, runOn } from "./stored-jobs.ts";

const ROWS = 700;
const SMALL = { blockBytes: 2000, poolBlocks: 3, sampleBytes: 1 << 30 };
const home = mkdtempSync(join(tmpdir(), "neuroloom-stored-folds-"));
let path: string;
let proposed: (targets: readonly string[]) => DataDocument;

beforeAll(async () => {
  const file = join(home, "rows.csv");
  const random = new Random(4);
  const lines = ["town,trade,size,price,kind"];
  for (let row = 0; row < ROWS; row += 1) {
    const town = Math.floor(40 * random.float() ** 2);
    const trade = random.below(5);
    const price = (town * 3 + trade + 10 * random.float()).toFixed(3);
    lines.push(`${row % 11 === 5 ? "" : `t${town}`},${"abcde"[trade]},${random.float().toFixed(4)},${price},${"xyz"[(town + trade) % 3]}`);
  }
  writeFileSync(file, lines.join("\n"));
  const imported = await importFile({ path: file, name: "rows.csv", folder: join(home, "datasets") });
  path = imported.path;
  proposed = (targets) => proposeData({ kind: "file", name: "rows" }, imported.columns, targets);
});
afterEach(closePrepared);
afterAll(() => rmSync(home, { recursive: true, force: true }));

function jobWith(target: "price" | "kind", steps: StepDocument[], more: Partial<DataDocument> = {}) {
  const base = proposed([target]);
  const columns = base.columns.map((column): ColumnDocument => {
    if (column.name === target) return column;
    return { ...column, role: ["price", "kind"].includes(column.name) ? "ignored" : "feature" };
  });
  const [units, activation, loss] = target === "kind" ? [3, "softmax", "categorical_crossentropy"] : [1, "linear", "mse"];
  return jobOf(
    {
      format: "neuroloom-design",
      format_version: 1,
      name: "folds",
      notes: "",
      train: { optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 32, epochs: 2, seed: 5 },
      graph: chain(node("x", "input"), node("out", "dense", { units, activation }), node("y", "output", { loss })),
      data: { ...base, columns, steps, ...more },
    },
    path,
  );
}

const encoder = (columns: readonly string[], options: Record<string, unknown> = {}): StepDocument => ({
  type: "target_encoder",
  columns: [...columns],
  ...options,
});
const scaled: StepDocument = { type: "standardise", columns: ["town", "trade", "size"] };
const bySplit = (split: Partial<DataDocument["split"]>): Partial<DataDocument> => ({ split: { ...proposed(["kind"]).split, ...split } });

it("learns the means, and prepares rows to the bits, that memory has", async () => {
  const jobs = [
    jobWith("price", [encoder(["town", "trade"]), scaled]),
    jobWith("price", [
      { type: "standardise", columns: ["price", "size"] },
      encoder(["town"]),
      encoder(["trade"], { seed: 3, folds: 3 }),
      scaled,
    ]),
    jobWith("price", [
      { type: "impute", columns: ["town"], strategy: "most_frequent" },
      encoder(["town", "trade"], { smooth: 4, shuffle: false }),
    ]),
    jobWith("kind", [encoder(["town", "trade"], { smooth: 0 })], { filter: "size > 0.3" }),
    jobWith("kind", [encoder(["town", "trade"])], { ...bySplit({ bag: 2 }), sampling: { method: "over", seed: null } }),
    jobWith("kind", [encoder(["town", "trade"])], bySplit({ folds: 4, fold: 2 })),
    jobWith("kind", [encoder(["town", "trade"])], {
      row_choices: { fingerprint: "f", excluded: [3, 4, 500], relabelled: [{ row: 7, column: "kind", value: "z" }] },
    }),
  ];
  for (const job of jobs) {
    const stored = await preparedOf({ ...job, dataMemoryBytes: 1000 }, SMALL);
    const memory = await preparedOf(job, SMALL);
    expect(stored.prepared.training.ahead).toBeDefined();
    expect(memory.prepared.training.ahead).toBeUndefined();
    const learnt = ({ pipeline }: typeof stored.prepared) => pipeline.steps.filter(({ step }) => step.type === "target_encoder");
    expect(learnt(stored.prepared)).toEqual(learnt(memory.prepared));
    expect(stored.prepared.pipeline.features).toEqual(memory.prepared.pipeline.features);
    expect(stored.prepared.training.rowIds).toEqual(memory.prepared.training.rowIds);
    expect(broughtRows(stored.prepared.training, "x")).toEqual(memory.prepared.training.inputs["x"]?.values);
    const training = { ...memory.prepared.training, ahead: inOrderOf(stored.prepared.training, memory.prepared.training) };
    const [ours, theirs] = [runOn(stored, job), runOn({ ...memory, prepared: { ...memory.prepared, training } }, job)];
    advance(ours);
    advance(theirs);
    expect(bitsOf(ours)).toEqual(bitsOf(theirs));
    for (const part of ["validation", "training"] as const)
      expect(ours.network.evaluate(stored.prepared[part])).toEqual(theirs.network.evaluate(memory.prepared[part]));
  }
});

it("learns from all training rows, however few the other steps learn from, and no row sees its own target", async () => {
  const job = jobWith("price", [encoder(["town", "trade"])]);
  const few = await preparedOf({ ...job, dataMemoryBytes: 1000 }, { ...SMALL, sampleBytes: 2000 });
  const memory = await preparedOf(job, SMALL);
  expect(sampledSteps(few.prepared.pipeline)).toEqual([]);
  expect(few.prepared.pipeline.steps).toEqual(memory.prepared.pipeline.steps);
  expect(broughtRows(few.prepared.training, "x")).toEqual(memory.prepared.training.inputs["x"]?.values);
});
