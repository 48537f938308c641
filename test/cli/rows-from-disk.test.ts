/** `evaluate` and `predict` on a table larger than the memory given to it: what they say is what they say of the same rows in memory. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Random } from "../../core/data/random.ts";
import { withModelRows } from "../../main/cli/model-rows.ts";
import { readModelFile } from "../../main/cli/read-files.ts";
import { chain, node } from "../engine/design.ts";
import { commandIn } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "neuroloom-rows-from-disk-"));
const neuroloom = commandIn(folder);
const [file, model] = [join(folder, "table.csv.gz"), join(folder, "out", "model.json")];
const ROWS = 1300;

beforeAll(() => {
  const random = new Random(8);
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const words = Array.from({ length: 1 + random.below(6) }, () => `w${random.below(30)}`).join(" ");
    const size = row % 11 === 3 ? "" : String(random.below(500));
    return [`r${row}`, size, ["x", "y", "z"][random.below(3)], words, row % 4, row % 37 === 5 ? "" : "abc"[row % 3]].join(",");
  });
  writeFileSync(file, gzipSync(`id,size,sort,note,counts,kind\n${rows.join("\n")}\n`));
  const design = {
    format: "neuroloom-design",
    format_version: 1,
    name: "rows from the disk",
    notes: "",
    train: { optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 64, epochs: 2, seed: 5 },
    graph: chain(
      node("x", "input"),
      node("hidden", "dense", { units: 8, activation: "tanh" }),
      node("classes", "dense", { units: 3, activation: "softmax" }),
      node("y", "output", { loss: "categorical_crossentropy" }),
    ),
    data: {
      source: { kind: "file", name: "table.csv.gz" },
      columns: [
        { name: "id", type: "text", role: "ignored" },
        { name: "size", type: "numeric", role: "feature" },
        { name: "sort", type: "categorical", role: "feature" },
        { name: "note", type: "text", role: "feature" },
        { name: "counts", type: "numeric", role: "weight" },
        { name: "kind", type: "categorical", role: "target" },
      ],
      steps: [
        { type: "impute", columns: ["size"], strategy: "mean" },
        { type: "standardise", columns: ["size"] },
        { type: "target_encoder", columns: ["sort"] },
        { type: "bag_of_words", columns: ["note"], max_words: 40 },
      ],
      split: { method: "random", validation_fraction: 0.2, seed: null },
      filter: "size > 20 or size is missing",
      feature_count: null,
      class_count: null,
    },
  };
  writeFileSync(join(folder, "design.json"), JSON.stringify(design));
  const trained = neuroloom("train", join(folder, "design.json"), "--data", file, "--out", join(folder, "out"), "--json");
  expect(trained.events.at(-1)).toMatchObject({ event: "done", status: "done" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([true, false])("reads its rows in turn, with the bits of memory (targets: %s)", async (withTargets) => {
  const read = <T>(dataMemoryBytes: number, act: Parameters<typeof withModelRows<T>>[3]): Promise<T> => {
    const given = { data: file, encoding: null, joins: {}, dataMemoryBytes };
    return withModelRows(readModelFile(model), given, { ids: ["id"], withTargets }, act);
  };
  const told = (dataMemoryBytes: number) =>
    read(dataMemoryBytes, async ({ predictor, part, readIds }) => ({
      isInTurn: part.inTurn !== undefined,
      rowIds: part.rowIds,
      said: withTargets ? predictor.evaluate(part) : predictor.predict(part),
      batches: [...predictor.predictInTurn(part)].map(({ from, count }) => [from, count]),
      ids: await readIds(part.rowIds.subarray(7, 9)),
    }));
  const [memory, disk] = [await told(2 ** 40), await told(0)];
  expect([memory.isInTurn, disk.isInTurn]).toEqual([false, true]);
  expect(disk).toEqual({ ...memory, isInTurn: true });
  // Rows without a kind teach nothing when it is asked what is true; the filter of the training says nothing of these rows.
  expect(disk.rowIds.length).toBe(withTargets ? ROWS - Math.ceil((ROWS - 5) / 37) : ROWS);
  expect(disk.ids[0]).toEqual([`r${disk.rowIds[7]}`]);
  const ours = new RegExp(`^neuroloom-(read|rows|spill)-${process.pid}-`);
  expect(readdirSync(tmpdir()).filter((name) => ours.test(name))).toEqual([]);
});

it("prints and writes the same by command", () => {
  const evaluated = (...more: string[]) => neuroloom("evaluate", model, "--data", file, "--json", ...more).events;
  const [all, fromDisk] = [evaluated(), evaluated("--data-memory", "0")];
  expect(all.at(-1)).toMatchObject({ event: "done" });
  expect(fromDisk).toEqual(all);
  const predicted = (name: string, ...more: string[]): string => {
    const out = join(folder, name);
    expect(neuroloom("predict", model, "--data", file, "--out", out, "--id", "id", ...more).code).toBe(0);
    return readFileSync(out, "utf8");
  };
  const text = predicted("whole.csv");
  expect(text.split("\n").length).toBe(ROWS + 2);
  expect(predicted("disk.csv", "--data-memory", "0")).toBe(text);
  const out = join(folder, "none.csv");
  const refused = neuroloom("predict", model, "--data", file, "--out", out, "--id", "nothing", "--data-memory", "0", "--json");
  expect(refused.events.at(-1)).toMatchObject({ event: "error", code: "data.column_missing" });
  expect(existsSync(out)).toBe(false);
});
