/** A trained model that is asked about a table larger than memory: what it says of every part is what it says of the same rows in memory, to the bit. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proposeData } from "../../core/data/propose.ts";
import { Random } from "../../core/data/random.ts";
import { ownValues, type Rows } from "../../core/data/rows.ts";
import { columnsToRead } from "../../core/data/windows.ts";
import type { DataDocument, DesignDocument } from "../../core/graph/document.ts";
import { spreadPlaces } from "../../core/insight/slices/residuals.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { ExplainedRows } from "../../core/train/explain/explained-rows.ts";
import { modelText } from "../../core/train/model.ts";
import { prepareDesign } from "../../core/train/prepare-design.ts";
import { someOfStored } from "../../core/train/prepare-stored.ts";
import { ENGINE_VERSION } from "../../core/version.ts";
import { rowReader, tellPasses } from "../../main/engine/disk-rows.ts";
import { Feeders, feederUrlBeside } from "../../main/engine/feeders.ts";
import { bytesOfText } from "../../main/engine/model-bytes.ts";
import { type AskedPart, PartOpener } from "../../main/engine/open-part.ts";
import { importFile } from "../../main/host/datasets/import-file.ts";
import { loadRows } from "../../main/host/datasets/load-rows.ts";
import { loadTable } from "../../main/host/datasets/load-table.ts";
import { TRAINER } from "../built.ts";
import { idx } from "../picture-files.ts";
import { chain, graphOf, node } from "./design.ts";
import { jobOf, runOn } from "./stored-jobs.ts";

const home = mkdtempSync(join(tmpdir(), "neuroloom-asked-"));
const workFolder = join(home, "work");
const common = { format: "neuroloom-design" as const, format_version: 1 as const, name: "asked", notes: "" };
const train = { optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 32, epochs: 1, seed: 5 };
const classes = (count: number) => [
  node("classes", "dense", { units: count, activation: "softmax" }),
  node("y", "output", { loss: "categorical_crossentropy" }),
];
const NO_RESULT = { epochs: 0, best_epoch: null, steps: 0, seconds: 0, metrics: {}, spec_hash: "", data_fingerprint: "f", data_name: "" };

interface Case {
  readonly design: DesignDocument;
  readonly path: string;
  readonly model: Uint8Array;
}
const cases: Record<string, Case> = {};

async function imported(name: string, lines: readonly string[], targets: string[]): Promise<{ path: string; data: DataDocument }> {
  const path = join(home, name);
  writeFileSync(path, lines.join("\n"));
  const { path: stored, columns } = await importFile({ path, name, folder: join(home, "datasets") });
  return { path: stored, data: proposeData({ kind: "file", name }, columns, targets) };
}

/** With the weights that a seed draws: what counts is that both ways give them the same numbers. */
async function keep(name: string, design: DesignDocument, path: string): Promise<void> {
  const prepared = prepareDesign(design, await loadTable(path, columnsToRead(design.data)));
  const { network, training } = runOn(prepared, jobOf(design, path));
  const { spec, prepared: data } = prepared;
  const { pipeline, validation: sample } = data;
  const text = modelText({ design, spec, training, pipeline, network, sample, result: NO_RESULT, engineVersion: ENGINE_VERSION });
  const model = bytesOfText(text);
  cases[name] = { design, path, model };
}

beforeAll(async () => {
  const random = new Random(8);
  const rows = Array.from({ length: 700 }, (_, row) => {
    const words = Array.from({ length: random.below(9) }, () => `w${random.below(60)}`).join(" ");
    return [row % 9 === 4 ? "" : random.below(100), ["x", "y", "z"][random.below(3)], words, row % 3, row % 31 === 2 ? "" : "abc"[row % 3]];
  });
  const table = await imported("table.tsv", ["size\tsort\tnote\tcounts\tkind", ...rows.map((cells) => cells.join("\t"))], ["kind"]);
  const columns = table.data.columns.map((column): DataDocument["columns"][number] => {
    if (column.name === "note") return { ...column, type: "text", role: "feature" };
    return column.name === "counts" ? { ...column, type: "numeric", role: "weight" } : column;
  });
  const steps: DataDocument["steps"] = [
    { type: "impute", columns: ["size"], strategy: "mean" },
    { type: "standardise", columns: ["size"] },
    { type: "target_encoder", columns: ["sort"] },
    { type: "bag_of_words", columns: ["note"], max_words: 40 },
  ];
  const split = { method: "random", validation_fraction: 0.2, test_fraction: 0.1, seed: null } as const;
  const asTable: DataDocument = {
    ...table.data,
    columns,
    steps,
    split,
    filter: "size > 3 or size is missing",
    row_choices: { fingerprint: "f", excluded: [5, 80], relabelled: [{ row: 7, column: "kind", value: "c" }] },
  };
  await keep(
    "table",
    { ...common, train, graph: chain(node("x", "input"), node("drop", "dropout"), ...classes(3)), data: asTable },
    table.path,
  );
  const bag = { ...asTable, split: { ...split, bag: 3 } };
  await keep("bag", { ...common, train, graph: chain(node("x", "input"), ...classes(3)), data: bag }, table.path);
  const copies: DataDocument = {
    ...asTable,
    steps: steps
      .filter(({ type }) => type !== "target_encoder")
      .concat({ type: "one_hot", columns: ["sort"] }, { type: "truncated_svd", columns: ["note"], components: 6 }),
    augment_text: { copies: 2, swap: 0.4, leave_out: 0.3, replace: 0.5, synonyms: ["w1, w2, w3"], seed: null },
  };
  await keep("copies", { ...common, train, graph: chain(node("x", "input"), ...classes(3)), data: copies }, table.path);

  const days = Array.from({ length: 400 }, (_, row) => {
    const date = new Date(Date.UTC(2020, 0, 1) + row * 86_400_000).toISOString().slice(0, 10);
    return `${row % 97 === 5 ? "" : date},${(100 + 20 * Math.sin(row / 6) + random.float()).toFixed(3)},${random.below(30)},${["mo", "tu", "we"][row % 3]}`;
  });
  const order = Uint32Array.from({ length: days.length }, (_, row) => row);
  random.shuffle(order);
  const series = await imported("series.csv", ["date,sales,heat,weekday", ...Array.from(order, (row) => days[row] as string)], ["sales"]);
  const asSeries: DataDocument = {
    ...series.data,
    steps: [
      { type: "standardise", columns: ["sales", "heat"] },
      { type: "one_hot", columns: ["weekday"] },
    ],
    split: { method: "time", validation_fraction: 0.2, test_fraction: 0.1, seed: null },
    window: { columns: ["sales", "heat"], length: 8, horizon: 2, order_by: "date" },
    filter: "date is not missing",
  };
  const beside = graphOf(
    [
      node("x", "input"),
      node("d", "input", { columns: ["weekday"] }),
      node("flat", "flatten"),
      node("all", "concatenate"),
      node("value", "dense", { units: 1 }),
      node("y", "output", { loss: "mse" }),
    ],
    [
      ["x", "flat"],
      ["flat", "all"],
      ["d", "all"],
      ["all", "value"],
      ["value", "y"],
    ],
  );
  await keep("series", { ...common, train, graph: beside, data: asSeries }, series.path);

  const [images, labels] = [join(home, "train-images-idx3-ubyte"), join(home, "train-labels-idx1-ubyte")];
  writeFileSync(
    images,
    idx(
      [600, 6, 6],
      Uint8Array.from({ length: 600 * 36 }, () => random.below(256)),
    ),
  );
  writeFileSync(
    labels,
    idx(
      [600],
      Uint8Array.from({ length: 600 }, () => random.below(4)),
    ),
  );
  const digits = await importFile({ path: images, name: "train-images-idx3-ubyte", labels, folder: join(home, "datasets") });
  const proposed = proposeData({ kind: "file", name: "digits" }, digits.columns, ["label"]);
  // Rows of the training part come several times.
  const pictures: DataDocument = { ...proposed, sampling: { method: "over", seed: null } };
  await keep(
    "pictures",
    { ...common, train, graph: chain(node("x", "input"), node("flat", "flatten"), ...classes(4)), data: pictures },
    digits.path,
  );
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function opener(path: string, dataMemoryBytes: number): PartOpener {
  return new PartOpener(path, 1, {
    loadTable: ({ path: from, columns }) => {
      const whole = columns.filter(({ name, type }) => ["sort", "note", "heat", "weekday"].includes(name) || type === "picture");
      if (dataMemoryBytes === 0 && whole.length > 0) throw new Error("a column of features is read whole");
      return loadTable(from, columns);
    },
    openBackend: (arithmetic) => createWasmBackend({ arithmetic, threads: 1 }),
    dataMemoryBytes,
    workFolder,
    makeFeeders: () => new Feeders(feederUrlBeside(TRAINER), { windowBytes: 20_000 }),
  });
}

const both = (path: string) => [opener(path, 2 ** 40), opener(path, 0)] as const;

describe.each([
  ["table", ["validation", "test", "all"]],
  ["bag", ["out_of_bag", "validation"]],
  ["copies", ["training"]],
  ["series", ["training", "validation", "test"]],
  ["pictures", ["training", "validation", "all"]],
] as const)("a model of %s", (name, parts) => {
  it.each(parts)("says the same of %s, evaluated, row by row and the worst first", async (part) => {
    const { path, design, model } = cases[name] as Case;
    const asked: AskedPart = { model, design, part };
    const [memory, disk] = both(path);
    const [a, b] = [await memory.open(asked), await disk.open(asked)];
    expect(a.part.inTurn).toBeUndefined();
    expect(b.part.inTurn).toBeDefined();
    expect(b.bag).toEqual(a.bag);
    expect(a.part.rowCount).toBeGreaterThan(30);
    expect(b.part.rowIds).toEqual(a.part.rowIds);
    expect(b.part.weights).toEqual(a.part.weights);
    expect(b.predictor.evaluate(b.part)).toEqual(a.predictor.evaluate(a.part));
    expect(b.predictor.rowsOf(b.part, null)).toEqual(a.predictor.rowsOf(a.part, null));
    const question = { nodeId: null, actual: null, predicted: null, count: 5 };
    expect(b.predictor.examine(b.part, question)).toEqual(a.predictor.examine(a.part, question));
    await disk.close();
    expect(existsSync(workFolder)).toBe(false);
    await memory.close();
  });

  it("predicts the same of all rows, whatever is true of them", async () => {
    const { path, model } = cases[name] as Case;
    const [memory, disk] = both(path);
    const [a, b] = [await memory.openAll(model), await disk.openAll(model)];
    expect(b.part.inTurn).toBeDefined();
    expect(b.part.rowIds).toEqual(a.part.rowIds);
    expect([a.part.undatedRows, b.part.undatedRows]).toEqual(name === "series" ? [5, 5] : [undefined, undefined]);
    expect(b.predictor.predict(b.part)).toEqual(a.predictor.predict(a.part));
    await disk.close();
    await memory.close();
  });
});

it.each([
  ["table", "validation"],
  ["copies", "training"],
] as const)("asks of some rows, for what the columns of %s are worth, without reading the others", async (name, rows) => {
  const { path, design, model } = cases[name] as Case;
  const [memory, disk] = both(path);
  const asked: AskedPart = { model, design, part: rows };
  const [a, b] = [await memory.openSome(asked, 40), await disk.openSome(asked, 40)];
  expect(b.table.rowCount).toBe(40);
  const said = ({ predictor, part, table }: typeof a) =>
    new ExplainedRows({ predictor, part, table, nodeId: null, most: 40 }).predicted(null);
  expect(said(b)).toEqual(said(a));
  await disk.close();
  await memory.close();
});

it("stays in memory where pieces would not do: rows of a training part that a step treats otherwise", async () => {
  const { path, design, model } = cases["table"] as Case;
  const one = new PartOpener(path, 1, {
    loadTable: ({ path: from, columns }) => loadTable(from, columns),
    openBackend: (arithmetic) => createWasmBackend({ arithmetic, threads: 1 }),
    dataMemoryBytes: 0,
    workFolder,
    makeFeeders: () => new Feeders(feederUrlBeside(TRAINER)),
  });
  const { part } = await one.open({ model, design, part: "training" });
  expect(part.inTurn).toBeUndefined();
  await one.close();
});

it.each(["pictures", "copies"])("looks inside with some rows of the training part of %s, as memory prepares them", async (name) => {
  const { path, design } = cases[name] as Case;
  const columns = columnsToRead(design.data);
  const reader = rowReader(
    path,
    1000,
    tellPasses(1, () => undefined),
  );
  const { prepared, spec, outputs } = await someOfStored(design, reader, 40, (ids) => loadRows(path, columns, ids));
  const whole = prepareDesign(design, await loadTable(path, columns));
  const { training } = whole.prepared;
  const places = spreadPlaces(training.rowCount, 40);
  expect([spec, outputs]).toEqual([whole.spec, whole.outputs]);
  // Steps of texts are learnt before the others.
  const known = ({ pipeline }: typeof prepared) => ({ ...pipeline, steps: new Set(pipeline.steps) });
  expect(known(prepared)).toEqual(known(whole.prepared));
  expect([...prepared.training.rowIds]).toEqual(places.map((place) => training.rowIds[place]));
  for (const rows of ["inputs", "targets"] as const)
    for (const [id, own] of Object.entries(prepared.training[rows]))
      places.forEach((place, i) => {
        expect(ownValues(own, i, i + 1)).toEqual(ownValues(training[rows][id] as Rows, place, place + 1));
      });
});
