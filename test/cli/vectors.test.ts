/** `neuroloom train --vectors`: the words that were found, weights that stay what the file says, and what is refused. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { decode, readModel } from "../../core/export/json/model-json.ts";
import { commandIn } from "./command.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "neuroloom-vectors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const neuroloom = commandIn(folder);
const put = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const TEXTS = ["good film", "bad film", "good good book", "bad book", "fine film", "awful book", "good story", "bad story"];
const data = put(
  "t.csv",
  `text,label\n${[...TEXTS, ...TEXTS].map((text, row) => `${text},${row % 2 === 0 ? "plus" : "minus"}`).join("\n")}\n`,
);
const vectors = put("small.vec", "3 3\ngood 0.25 -0.5 1\nzebra 9 9 9\nbad 0.5 0.5 -2\n");

function design(output_dim: number): string {
  const whole = JSON.parse(readFileSync(join(root, "resources/templates/softmax-regression.json"), "utf8")) as Record<string, unknown>;
  const layers = [
    { type: "input", config: {} },
    { type: "embedding", config: { input_dim: 20, output_dim } },
    { type: "flatten", config: {} },
    { type: "dense", config: { units: 1, activation: "sigmoid" } },
    { type: "output", config: { loss: "binary_crossentropy" } },
  ];
  const nodes = layers.map((layer, place) => ({ ...layer, id: `n${place}`, name: `${layer.type}_${place}`, position: { x: 0, y: place } }));
  const edges = nodes
    .slice(1)
    .map(({ id }, place) => ({ id: `e${place}`, source: `n${place}`, source_port: "output", target: id, target_port: "input" }));
  const columns = [
    { name: "text", type: "text", role: "feature" },
    { name: "label", type: "categorical", role: "target" },
  ];
  const steps = [{ type: "token_sequence", columns: ["text"], vocabulary: 20, length: 4 }];
  const split = { method: "none", validation_fraction: 0.25, seed: null };
  const given = { source: { kind: "file", name: "t.csv" }, columns, steps, split };
  const train = { epochs: 2, batch_size: 4, seed: 3 };
  return put(
    `d${output_dim}.json`,
    JSON.stringify({ ...whole, name: `words ${output_dim}`, train, data: given, graph: { nodes, edges, groups: [] } }),
  );
}

test("train --vectors says how many words were found and starts from them; frozen, they stay to the bit", () => {
  const out = join(folder, "out");
  const args = ["train", design(3), "--data", data, "--vectors", `embedding_1=${vectors}`, "--freeze-vectors", "--out", out, "--json"];
  const { code, events } = neuroloom(...args);
  expect(code).toBe(0);
  expect(events.find(({ event }) => event === "vectors")).toMatchObject({
    layer: "embedding_1",
    file: "small.vec",
    width: 3,
    found: 2,
    of: 7,
  });
  const model = readModel(readFileSync(join(out, "model.json"), "utf8"));
  const weight = model.weights.find(({ name }) => name === "embedding_1/embeddings");
  if (weight === undefined) throw new Error("the model has no such weights");
  const values = [...decode(weight.values, weight.name)];
  const words = (model.preprocessing.steps[0]?.fitted as { text: { words: string[] } } | undefined)?.text.words ?? [];
  const rowOf = (word: string): number[] => values.slice((words.indexOf(word) + 2) * 3, (words.indexOf(word) + 3) * 3);
  expect([rowOf("good"), rowOf("bad")]).toEqual([
    [0.25, -0.5, 1],
    [0.5, 0.5, -2],
  ]);
});

test("another width, an unknown layer and a file that is gone are answered with exit code 1 and what to do; help names the option", () => {
  const wide = neuroloom("train", design(5), "--data", data, "--vectors", vectors, "--json");
  expect([wide.code, wide.events.at(-1)]).toMatchObject([
    1,
    { event: "error", code: "data.vectors_width", message: expect.stringContaining("have 3 numbers") },
  ]);
  const unknown = neuroloom("train", design(3), "--data", data, "--vectors", `other=${vectors}`, "--json");
  expect([unknown.code, unknown.events.at(-1)]).toMatchObject([
    1,
    { code: "data.vectors_layer", message: expect.stringContaining("embedding_1") },
  ]);
  const gone = neuroloom("train", design(3), "--data", data, "--vectors", join(folder, "nowhere.vec"), "--json");
  expect([gone.code, gone.events.at(-1)]).toMatchObject([1, { code: "data.file_not_found" }]);
  expect(neuroloom("train", design(3), "--data", data, "--freeze-vectors").code).toBe(2);
  expect(neuroloom("--help").stdout).toContain("--vectors");
});
