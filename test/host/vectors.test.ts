/** Word vectors through the host: read from a file, counted, kept by their content, and what a run starts from. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { errorData } from "../../core/errors.ts";
import { decode, readModel } from "../../core/export/json/model-json.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { readDesign } from "../../core/graph/migrate.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, runUntil, testHome } from "./fixture.ts";

const TEXTS = ["good film", "bad film", "good good book", "bad book", "fine film", "awful book", "good story", "bad story"];
const CSV = `text,label\n${[...TEXTS, ...TEXTS].map((text, row) => `${text},${row % 2 === 0 ? "plus" : "minus"}`).join("\n")}\n`;
/** Words that no text has, one with a blank, and one that stands twice. */
const VEC = "6 3\ngood 0.25 -0.5 1\nzebra 9 9 9\nof course 1 1 1\nfilm -1 0.125 0.75\nbad 0.5 0.5 -2\ngood 7 7 7\n";

interface Made {
  readonly host: OpenedHost;
  readonly design: DesignDocument;
  readonly datasetId: string;
  readonly put: (name: string, content: string | Uint8Array) => string;
}

async function project(host: OpenedHost, home: string): Promise<Made> {
  const folder = join(home, "files");
  mkdirSync(folder, { recursive: true });
  const put: Made["put"] = (name, content) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const { dataset } = await host.handlers["datasets.import"]({ file: put("t.csv", CSV), name: "t.csv", import_id: "i" });
  const layers = [
    { type: "input", config: {} },
    { type: "embedding", config: { input_dim: 20, output_dim: 3 } },
    { type: "flatten", config: {} },
    { type: "dense", config: { units: 1, activation: "sigmoid" } },
    { type: "output", config: { loss: "binary_crossentropy" } },
  ];
  const nodes = layers.map((layer, place) => ({ ...layer, id: `n${place}`, name: `${layer.type}_${place}`, position: { x: 0, y: place } }));
  const edges = nodes
    .slice(1)
    .map(({ id }, place) => ({ id: `e${place}`, source: `n${place}`, source_port: "output", target: id, target_port: "input" }));
  const design = readDesign(
    JSON.stringify({
      format: "neuroloom-design",
      format_version: 1,
      name: "words",
      graph: { nodes, edges, groups: [] },
      train: { epochs: 2, batch_size: 4, seed: 3 },
      data: {
        source: { kind: "file", name: "t.csv" },
        columns: [
          { name: "text", type: "text", role: "feature" },
          { name: "label", type: "categorical", role: "target" },
        ],
        steps: [{ type: "token_sequence", columns: ["text"], vocabulary: 20, length: 4 }],
        split: { method: "none", validation_fraction: 0.25, seed: null },
      },
    }),
  );
  return { host, design, datasetId: dataset.id, put };
}

function read({ host, design, datasetId }: Made, file: string, read_id = "r") {
  return host.handlers["vectors.read"]({ dataset_id: datasetId, design, node_id: "n1", file, name: "small.vec", read_id });
}

async function refusal(act: Promise<unknown>) {
  return act.then(
    () => null,
    (thrown: unknown) => errorData(thrown),
  );
}

/** Weights of the embedding, a row for each word of the vocabulary. */
async function trained({ host, datasetId }: Made, design: DesignDocument) {
  const { project } = await host.handlers["projects.create"]({ design, dataset_id: datasetId });
  const { run } = await host.handlers["runs.start"]({ project_id: project.id, design, dataset_id: datasetId });
  const ended = await runUntil(host, run.id, hasEnded);
  return { ended, weights: ended.has_model ? await weightsOf(host, run.id) : new Map<string, number[]>() };
}

async function weightsOf(host: OpenedHost, runId: string): Promise<Map<string, number[]>> {
  const { download } = await host.handlers["exports.model"]({ run_id: runId, format: "json", plain_arrays: false });
  const model = readModel(readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8"));
  const weight = model.weights.find(({ name }) => name === "embedding_1/embeddings");
  if (weight === undefined) throw new Error("the model has no such weights");
  const values = [...decode(weight.values, weight.name)];
  const words = (model.preprocessing.steps[0]?.fitted as { text: { words: string[] } } | undefined)?.text.words ?? [];
  return new Map(["", "?", ...words].map((word, index) => [word, values.slice(index * 3, index * 3 + 3)]));
}

test("words of the vocabulary are found, counted and kept; a frozen layer still has just these numbers after training", async () => {
  await using home = testHome();
  const made = await project(await home.open(), home.path);
  const found = await read(made, made.put("small.vec", VEC));
  expect(found).toMatchObject({ vectors: { name: "small.vec", width: 3, words: 3 }, found: 3, of: 7 });
  expect([...found.missing].sort()).toEqual(["awful", "book", "fine", "story"]);
  const named = applyCommand(made.design, { type: "set_vectors", id: "n1", vectors: found.vectors }).design;
  const frozen = applyCommand(named, { type: "set_frozen", frozen: { n1: true } }).design;

  // The file is not needed any more.
  rmSync(join(home.path, "files"), { recursive: true });
  const counted = await made.host.handlers["vectors.count"]({ dataset_id: made.datasetId, design: named, node_id: "n1" });
  expect(counted).toEqual(found);
  const kept = await trained(made, frozen);
  expect(kept.ended.status).toBe("done");
  expect([kept.weights.get("good"), kept.weights.get("film"), kept.weights.get("bad")]).toEqual([
    [0.25, -0.5, 1],
    [-1, 0.125, 0.75],
    [0.5, 0.5, -2],
  ]);
  const moved = await trained(made, named);
  expect(moved.weights.get("good")).not.toEqual([0.25, -0.5, 1]);
  for (const [place, value] of [0.25, -0.5, 1].entries()) expect(moved.weights.get("good")?.[place]).toBeCloseTo(value, 1);
});

test("a design from elsewhere says that its vectors are not here, and one of another width what to set", async () => {
  await using home = testHome();
  const made = await project(await home.open(), home.path);
  const vectors = { hash: "a".repeat(64), name: "glove.txt", width: 3, words: 3 };
  const foreign = applyCommand(made.design, { type: "set_vectors", id: "n1", vectors }).design;
  const { ended } = await trained(made, foreign);
  expect(ended).toMatchObject({ status: "failed", error: { code: "data.vectors_gone", params: { file: "glove.txt" }, nodeId: "n1" } });
  const wide = applyCommand(foreign, { type: "set_vectors", id: "n1", vectors: { ...vectors, width: 4 } }).design;
  expect((await trained(made, wide)).ended.error).toMatchObject({
    code: "data.vectors_width",
    params: { expected: 3, received: 4, option: "output_dim" },
  });
});

test("a reading that is cancelled, and one of a file that is none, keep nothing", async () => {
  await using home = testHome();
  const made = await project(await home.open(), home.path);
  const act = refusal(read(made, made.put("long.vec", VEC), "long"));
  await made.host.handlers["vectors.cancel"]({ read_id: "long" });
  expect(await act).toMatchObject({ code: "data.vectors_cancelled" });
  const broken = await refusal(read(made, made.put("b.vec", "good 1 2 3\nfilm 1 2\n")));
  expect(broken).toMatchObject({ code: "data.vectors_line", params: { line: 2, expected: 3, received: 2 } });
  expect(existsSync(join(home.path, "datasets", "vectors"))).toBe(false);
});

test("a project file carries the vectors of its designs, and another library trains from them", async () => {
  await using home = testHome();
  await using other = testHome();
  const made = await project(await home.open(), home.path);
  const { vectors } = await read(made, made.put("small.vec", VEC));
  const named = applyCommand(made.design, { type: "set_vectors", id: "n1", vectors }).design;
  const design = applyCommand(named, { type: "set_frozen", frozen: { n1: true } }).design;
  const { project: saved } = await made.host.handlers["projects.create"]({ design, dataset_id: made.datasetId });
  const written = await made.host.handlers["projects.export_file"]({ id: saved.id, task_id: "t", with_data: true });
  const path = made.host.downloads.resolve(written.download)?.path ?? "";
  const into = await other.open();
  const taken = await into.handlers["projects.import_file"]({ file: path, name: "words.neuroloom", task_id: "t", copy_name: null });
  const own = join("datasets", "vectors", `${vectors.hash}.vectors`);
  expect(readFileSync(join(other.path, own))).toEqual(readFileSync(join(home.path, own)));
  const opened = await into.handlers["projects.open"]({ id: taken.project.id });
  const asked = { project_id: taken.project.id, design, dataset_id: opened.project.dataset_id ?? "" };
  const { run } = await into.handlers["runs.start"](asked);
  expect((await runUntil(into, run.id, hasEnded)).status).toBe("done");
  expect((await weightsOf(into, run.id)).get("bad")).toEqual([0.5, 0.5, -2]);
});

test("a file without vectors says the version of before, so that an older Neuroloom reads it", async () => {
  await using home = testHome();
  const made = await project(await home.open(), home.path);
  const { vectors } = await read(made, made.put("small.vec", VEC));
  const named = applyCommand(made.design, { type: "set_vectors", id: "n1", vectors }).design;
  const versionOf = async (design: DesignDocument, with_data: boolean): Promise<unknown> => {
    const { project: saved } = await made.host.handlers["projects.create"]({ design, dataset_id: made.datasetId });
    const written = await made.host.handlers["projects.export_file"]({ id: saved.id, task_id: "t", with_data });
    const file = new Database(made.host.downloads.resolve(written.download)?.path ?? "", { readonly: true });
    const head = file.prepare<[], { head_json: string }>("SELECT head_json FROM project_file").get();
    file.close();
    return (JSON.parse(head?.head_json ?? "{}") as { format_version: unknown }).format_version;
  };
  expect([await versionOf(made.design, true), await versionOf(named, true), await versionOf(named, false)]).toEqual([1, 2, 1]);
});

test("vectors that no design names any more go a day later, at the next start; those that one names stay", async () => {
  await using home = testHome();
  const made = await project(await home.open(), home.path);
  const { vectors: kept } = await read(made, made.put("small.vec", VEC));
  const { vectors: unused } = await read(made, made.put("other.vec", "good 1 2 3\nfilm 4 5 6\n"));
  const design = applyCommand(made.design, { type: "set_vectors", id: "n1", vectors: kept }).design;
  await made.host.handlers["projects.create"]({ design, dataset_id: made.datasetId });
  const folder = join(home.path, "datasets", "vectors");
  const there = (): string[] => readdirSync(folder).sort();
  await home.open();
  expect(there()).toEqual([`${kept.hash}.vectors`, `${unused.hash}.vectors`].sort());
  const longAgo = new Date(Date.now() - 2 * 24 * 3600 * 1000);
  for (const name of there()) utimesSync(join(folder, name), longAgo, longAgo);
  await home.open();
  expect(there()).toEqual([`${kept.hash}.vectors`]);
});
