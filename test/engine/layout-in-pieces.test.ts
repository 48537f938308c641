/** What a preparation gives, of a table larger than memory: the figures that memory would give, with nothing read whole but targets. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { LayoutSummary } from "../../core/data/layout.ts";
import { proposeData } from "../../core/data/propose.ts";
import type { DataDocument, DesignDocument } from "../../core/graph/document.ts";
import { isLaidOutInPieces, layoutStored } from "../../core/train/layout-design.ts";
import { rowReader, tellPasses } from "../../main/engine/disk-rows.ts";
import { KeptThread } from "../../main/engine/kept-thread.ts";
import { importFile } from "../../main/host/datasets/import-file.ts";
import type { TableQuestion } from "../../main/host/tables/questions.ts";
import { TRAINER } from "../built.ts";
import { png } from "../picture-files.ts";
import { zip } from "../zip-file.ts";
import { chain, node } from "./design.ts";

const home = mkdtempSync(join(tmpdir(), "neuroloom-layout-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function imported(name: string, content: string | Uint8Array, targets: string[]): Promise<{ path: string; data: DataDocument }> {
  const path = join(home, name);
  writeFileSync(path, content);
  const { path: stored, columns } = await importFile({ path, name, folder: join(home, "datasets") });
  return { path: stored, data: proposeData({ kind: "file", name }, columns, targets) };
}

async function bothWays(path: string, data: DataDocument, loss = "categorical_crossentropy") {
  const graph = chain(node("x", "input"), node("y", "output", { loss }));
  const design: DesignDocument = { format: "neuroloom-design", format_version: 1, name: "", notes: "", graph, train: { seed: 3 }, data };
  expect(isLaidOutInPieces(design)).toBe(true);
  const closing = new AbortController();
  const ask = async (dataMemoryBytes: number) => {
    const thread = new KeptThread({
      workerUrl: TRAINER,
      worker: "tables",
      name: "tables",
      closing: closing.signal,
      diedCode: "data.thread_died",
    });
    const question: TableQuestion = { method: "datasets.layout", path, input: { id: "t", design }, dataMemoryBytes };
    return { thread, layout: (await thread.ask(question)) as LayoutSummary };
  };
  const [memory, pieces] = [await ask(2 ** 40), await ask(0)];
  expect(pieces.layout).toEqual(memory.layout);
  await expect.poll(() => pieces.thread.runs, { message: "a thread that read more than it holds gives its memory back" }).toBe(false);
  expect(memory.thread.runs).toBe(true);
  closing.abort();
  return memory.layout;
}

describe("what a preparation gives, in pieces", () => {
  it("of numbers, words and texts with a filter, a test part and classes that are evened out", async () => {
    const lines = Array.from({ length: 900 }, (_, row) =>
      [row % 9 === 4 ? "" : row % 100, "xyz"[row % 3], `w${row % 50} w${row % 7}`, row % 31 === 2 ? "" : "aab"[(row * 7) % 3]].join("\t"),
    );
    const { path, data } = await imported("t.tsv", ["size\tsort\tnote\tkind", ...lines].join("\n"), ["kind"]);
    const asked: DataDocument = {
      ...data,
      columns: data.columns.map((column) => (column.name === "note" ? { ...column, type: "text", role: "feature" } : column)),
      steps: [
        { type: "impute", columns: ["size"], strategy: "mean" },
        { type: "one_hot", columns: ["sort"] },
        { type: "bag_of_words", columns: ["note"], max_words: 30 },
      ],
      split: { method: "random", validation_fraction: 0.2, test_fraction: 0.1, seed: null },
      filter: "size > 3",
      sampling: { method: "over", seed: null },
    };
    const found = await bothWays(path, asked);
    expect(found.features.map(({ column, width }) => [column, width])).toEqual([
      ["size", 1],
      ["sort", 3],
      ["note", 30],
    ]);
    expect(found.sampled_from).toBeGreaterThan(0);
    expect(found.filtered_rows).toBeGreaterThan(0);
    const reduced = [...asked.steps, { type: "truncated_svd", columns: ["note"], components: 4 }];
    const copied = await bothWays(path, { ...asked, steps: reduced, augment_text: { copies: 2, swap: 0.5, seed: null } });
    expect(copied.training_rows).toBe(3 * found.training_rows);
    expect(copied.features.map(({ width }) => width)).toEqual([1, 3, 4]);
  });

  it("of more rows than steps can learn from says how many they took", async () => {
    const lines = Array.from({ length: 500 }, (_, row) => `${row % 100},${"ab"[row % 2]}`);
    const { path, data } = await imported("many.csv", ["size,kind", ...lines].join("\n"), ["kind"]);
    const design = { graph: chain(node("x", "input"), node("y", "output", { loss: "binary_crossentropy" })), data, train: { seed: 3 } };
    const laidOut = (sampleRows: number) =>
      layoutStored(
        { ...design, data: { ...data, steps: [{ type: "standardise", columns: ["size"] }] } },
        rowReader(
          path,
          sampleRows,
          tellPasses(1, () => undefined),
        ),
      );
    expect((await laidOut(120)).fitted_on).toBe(120);
    expect((await laidOut(1000)).fitted_on).toBeUndefined();
  });

  it("of a series with gaps, and of one without", async () => {
    const day = (row: number): string => new Date(Date.UTC(2020, 0, 1 + row)).toISOString().slice(0, 10);
    const rows = Array.from({ length: 300 }, (_, row) => `${day(row + (row > 100 ? 3 : 0))},${row % 17},${row === 50 ? "" : row % 5}`);
    const { path, data } = await imported("s.csv", ["date,sales,heat", ...rows].join("\n"), ["sales"]);
    const window = { columns: ["sales", "heat"], length: 6, horizon: 2, order_by: "date" };
    const split = { method: "time", validation_fraction: 0.2, seed: null } as const;
    const steps: DataDocument["steps"] = [{ type: "standardise", columns: ["sales"] }];
    const filled = await bothWays(path, { ...data, steps, split, window: { ...window, fill: { method: "previous" } } }, "mse");
    expect(filled.filled_gaps).toEqual({ rows: 3, values: 1 });
    const plain = await bothWays(path, { ...data, steps, split, window: { ...window, columns: ["sales"] } }, "mse");
    expect(plain.features).toMatchObject([{ width: 6 }]);
  });

  it("of pictures beside numbers: every picture is an input of its own", async () => {
    const entries: { name: string; content: Uint8Array }[] = [];
    const lines = ["file,size,kind"];
    for (let place = 0; place < 40; place += 1) {
      entries.push({ name: `${place}.png`, content: await png((place * 37) % 256, (place * 91) % 256, 20, 6, 5) });
      lines.push(`${place}.png,${(place * 7) % 11},${["a", "b", "c"][place % 3]}`);
    }
    entries.push({ name: "labels.csv", content: Buffer.from(lines.join("\n")) });
    const { path, data } = await imported("set.zip", zip(entries), ["kind"]);
    const found = await bothWays(path, data);
    expect(found.features.map(({ shape, width }) => shape ?? width)).toEqual([[5, 6, 3], 1]);
  });
});
