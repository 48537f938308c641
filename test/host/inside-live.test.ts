/** Looking inside while a network trains: between two steps, without changing a bit of it; and what takes long beside what does not. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readModel } from "../../core/export/json/model-json.ts";
import { decodeNumbers } from "../../core/export/json/numbers.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { chain, node } from "../engine/design.ts";
import { hasEnded, type OpenedTemplate, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

async function weightsOf(host: OpenedHost, runId: string): Promise<string> {
  const { download } = await host.handlers["exports.model"]({ run_id: runId, format: "json", plain_arrays: false });
  const { weights } = readModel(readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8"));
  return createHash("sha256").update(JSON.stringify(weights)).digest("hex");
}

const numbers = ({ arrays }: MethodOutput<"inside.look">, name: string): number[] => [
  ...decodeNumbers(arrays.find((array) => array.name === name)?.values ?? "", name),
];

it("shows the weights after each single step of an epoch, and the run ends with the bits of one that nobody looked into", async () => {
  await using home = testHome();
  const host = await home.open();
  const opened = await openTemplate(host, "digits-convolution", { epochs: 2, batch_size: 64, early_stopping: { enabled: false } });
  const alone = await runUntil(host, (await startRun(host, opened)).id, hasEnded);
  const { run } = await host.handlers["runs.start"]({
    project_id: opened.projectId,
    design: opened.design,
    dataset_id: opened.datasetId,
    by_steps: true,
  });
  await runUntil(host, run.id, ({ status }) => status === "paused");
  const { layers } = await host.handlers["inside.views"]({ run_id: run.id, live: true });
  const node_id = layers.find(({ views }) => views.some(({ view }) => view === "filters"))?.node_id ?? "";
  const ask = { run_id: run.id, node_id, view: "filters", row: 0, live: true } as const;
  const seen: number[][] = [];
  for (let step = 1; step <= 3; step += 1) {
    const found = await host.handlers["inside.look"](ask);
    expect(found.at).toEqual({ step, epoch: 1 });
    seen.push(numbers(found, "kernel"));
    await host.handlers["runs.step"]({ id: run.id, unit: "batch" });
    await runUntil(host, run.id, (now) => now.step > step);
  }
  expect(seen[1]).not.toEqual(seen[0]);
  expect(seen[2]).not.toEqual(seen[1]);
  // In the middle of an epoch that was never kept; an epoch that was has other weights.
  const begun = await host.handlers["inside.look"]({ ...ask, live: false, epoch: 0 });
  expect(begun.at).toBeNull();
  expect(seen).not.toContainEqual(numbers(begun, "kernel"));
  await host.handlers["runs.resume"]({ id: run.id });
  // While it goes: every look is of some step, each no earlier than the one before.
  let last = 3;
  for (;;) {
    const found = await host.handlers["inside.look"]({ ...ask, view: "feature_maps" }).catch((error: unknown) => error);
    if (found instanceof Error) {
      expect(found).toMatchObject({ code: expect.stringMatching(/^(run\.not_going|inside\.not_begun)$/) });
      break;
    }
    const { at } = found as MethodOutput<"inside.look">;
    expect(at?.step).toBeGreaterThanOrEqual(last);
    last = at?.step ?? 0;
  }
  const ended = await runUntil(host, run.id, hasEnded);
  expect(ended).toMatchObject({ status: "done", step: alone.step });
  expect(await weightsOf(host, run.id)).toBe(await weightsOf(host, alone.id));
  await expect(host.handlers["inside.look"](ask)).rejects.toMatchObject({ code: "run.not_going" });
});

it("draws the gradients of training rows at every epoch that was kept, and says of how many rows", async () => {
  await using home = testHome();
  const host = await home.open();
  const run = await runUntil(host, (await startRun(host, await openTemplate(host, "xor", { epochs: 4 }))).id, hasEnded);
  const { layers } = await host.handlers["inside.views"]({ run_id: run.id });
  const node_id = layers.find(({ views }) => views.some(({ view }) => view === "weights"))?.node_id ?? "";
  const { weights } = await host.handlers["inside.weight_history"]({ run_id: run.id, node_id });
  expect(weights.map(({ of, name }) => `${of} ${name}`)).toEqual(["weight kernel", "weight bias", "gradient kernel", "gradient bias"]);
  const [kernel, , slopes] = weights;
  expect(slopes).toMatchObject({ rows: 32, epochs: kernel?.epochs });
  expect(kernel?.rows).toBeNull();
  const count = kernel?.counts[0]?.reduce((a, b) => a + b, 0);
  for (const bins of slopes?.counts ?? []) expect(bins.reduce((a, b) => a + b, 0)).toBe(count);
  expect(slopes?.max).toBeGreaterThan(slopes?.min ?? 0);
  expect(await host.handlers["inside.weight_history"]({ run_id: run.id, node_id })).toEqual({ weights });
});

const WORDS = 60;
const words: DesignDocument = {
  format: "neuroloom-design",
  format_version: 1,
  name: "words",
  notes: "",
  graph: chain(
    node("in", "input"),
    node("vectors", "embedding", { input_dim: WORDS, output_dim: 8 }),
    node("pooled", "global_average_pooling_1d"),
    node("p", "dense", { units: 1, activation: "sigmoid" }),
    node("out", "output", { loss: "binary_crossentropy" }),
  ),
  train: { epochs: 1 },
  data: {
    source: { kind: "file", name: "words.csv" },
    columns: [
      { name: "x", type: "text", role: "feature" },
      { name: "y", type: "categorical", role: "target" },
    ],
    steps: [{ type: "token_sequence", columns: ["x"], length: 5, vocabulary: WORDS }],
    split: { method: "stratified", validation_fraction: 0.25, seed: 3 },
    feature_count: null,
    class_count: null,
  },
};

async function wordsProject(host: OpenedHost, folder: string): Promise<OpenedTemplate> {
  const path = join(folder, "words.csv");
  const line = (row: number): string => Array.from({ length: 5 }, (_, place) => `word${(row * 7 + place * 11) % WORDS}`).join(" ");
  writeFileSync(
    path,
    `x,y\n${Array.from({ length: 80 }, (_, row) => `${line(row)} ${row % 9},${row % 2 === 0 ? "good" : "bad"}`).join("\n")}\n`,
  );
  const { dataset } = await host.handlers["datasets.import"]({
    file: host.uploads.register(path, "words.csv"),
    name: "words.csv",
    import_id: "i",
  });
  const { project } = await host.handlers["projects.create"]({ design: words, dataset_id: dataset.id });
  return { projectId: project.id, datasetId: dataset.id, design: words };
}

it("lays vectors out by UMAP with progress, the same again, and can be cancelled", async () => {
  await using home = testHome();
  const host = await home.open();
  const run = await runUntil(host, (await startRun(host, await wordsProject(host, home.path))).id, hasEnded);
  const { layers } = await host.handlers["inside.views"]({ run_id: run.id });
  const found = layers.find(({ views }) => views.some(({ view }) => view === "vectors"));
  const ask = { run_id: run.id, node_id: found?.node_id ?? "" };
  const told: number[] = [];
  host.onEvent((event, payload) => {
    if (event === "inside.progress" && "task_id" in payload && "done" in payload && payload.task_id === "first")
      told.push(payload.done / payload.total);
  });
  const first = await host.handlers["inside.umap"]({ ...ask, task_id: "first" });
  const plane = await host.handlers["inside.look"]({ ...ask, view: "vectors", row: 0 });
  expect(decodeNumbers(first.points, "points")).toHaveLength(numbers(plane, "points").length);
  expect(await host.handlers["inside.umap"]({ ...ask, task_id: "second" })).toEqual(first);
  expect(told.every((share) => share > 0 && share <= 1)).toBe(true);
  const ended = host.handlers["inside.umap"]({ ...ask, task_id: "third" });
  await host.handlers["inside.cancel"]({ task_id: "third" });
  await expect(ended).rejects.toMatchObject({ code: "inside.cancelled" });
});

it("looks at values that a person gives as at a row that has them, and refuses an output that is not there", async () => {
  await using home = testHome();
  const host = await home.open();
  const run = await runUntil(host, (await startRun(host, await openTemplate(host, "digits", { epochs: 1 }))).id, hasEnded);
  const { layers, form } = await host.handlers["inside.views"]({ run_id: run.id });
  const input = layers[0]?.node_id ?? "";
  const { columns, rows } = await host.handlers["datasets.preview"]({ id: run.dataset_id ?? "", offset: 17, count: 1 });
  const values = Object.fromEntries((form ?? []).map(({ name }) => [name, rows[0]?.[columns.indexOf(name)] ?? null]));
  const ask = { run_id: run.id, node_id: input, view: "saliency" } as const;
  const ofRow = await host.handlers["inside.look"]({ ...ask, row: 17 });
  const ofValues = await host.handlers["inside.look"]({ ...ask, row: 0, given: { values, picture: null } });
  expect(ofValues).toEqual(ofRow);
  const blank = Object.fromEntries(Object.keys(values).map((name) => [name, "0"]));
  expect(await host.handlers["inside.look"]({ ...ask, row: 0, given: { values: blank, picture: null } })).not.toEqual(ofRow);
  expect(ofRow.choices).toHaveLength(10);
  const place = ((ofRow.explained?.place ?? 0) + 1) % 10;
  const explained = { node_id: ofRow.explained?.node_id ?? "", place };
  const other = await host.handlers["inside.look"]({ ...ask, row: 17, explained });
  expect(other.explained).toEqual(explained);
  expect(numbers(other, "saliency")).not.toEqual(numbers(ofRow, "saliency"));
  const nowhere = host.handlers["inside.look"]({ ...ask, row: 17, explained: { ...explained, place: 10 } });
  await expect(nowhere).rejects.toMatchObject({ code: "inside.no_such_output" });
});
