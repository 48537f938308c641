/** Designs whose rows are nodes of one graph: prepared, trained, written as a model, read back and asked about known and new rows. */
import { describe, expect, it } from "vitest";
import communities from "../../core/data/generators/communities.ts";
import { generate } from "../../core/data/generators/generator.ts";
import type { LinkedNodes } from "../../core/data/graph/links.ts";
import { Random } from "../../core/data/random.ts";
import type { Table } from "../../core/data/table.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import type { DataDocument, DesignDocument, GraphDocument } from "../../core/graph/document.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { Predictor } from "../../core/train/model.ts";
import { prepareDesign } from "../../core/train/prepare-design.ts";
import { trainDesign } from "../../core/train/train-design.ts";
import { graphOf, node } from "./design.ts";

const WORDS = { farm: ["wheat", "corn", "barley", "cows", "field"], sea: ["ship", "harbour", "oil", "captain", "wave"] };
const TOPICS = ["farm", "sea"] as const;
const SHARED = ["the", "and", "today", "said", "market", "price"];
const random = new Random(11, 0);
const from = (list: readonly string[]): string => list[random.below(list.length)] as string;
const textOf = (topic: keyof typeof WORDS): string =>
  Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? from(WORDS[topic]) : from(SHARED))).join(" ");

function tableOf(texts: readonly string[], labels: readonly (string | null)[]): Table {
  return {
    rowCount: texts.length,
    rowIds: Uint32Array.from(texts, (_, row) => row),
    columns: [
      { kind: "text", name: "text", values: texts },
      {
        kind: "category",
        name: "topic",
        codes: Int32Array.from(labels, (l) => (l === null ? -1 : TOPICS.indexOf(l as "farm"))),
        categories: [...TOPICS],
      },
    ],
  };
}
const topics = Array.from({ length: 60 }, (_, row) => TOPICS[row % 2] as "farm" | "sea");
const texts = topics.map(textOf);
/** Every fifth row has no label. */
const table = tableOf(
  texts,
  topics.map((topic, row) => (row % 5 === 0 ? null : topic)),
);

function twoLayers(features: boolean): GraphDocument {
  const plain = graphOf(
    [
      node("g", "input"),
      node("m", "input"),
      ...(features ? [node("x", "input")] : []),
      node("a", "graph_convolution", { units: 16, activation: "relu" }),
      node("b", "graph_convolution", { units: 2, activation: "softmax" }),
      node("y", "output", { loss: "categorical_crossentropy" }),
    ],
    [["a", "b"], ["b", "y"], ...(features ? ([["x", "a"]] as [string, string][]) : [])],
  );
  const wire = (source: string, target: string, port: string) => ({
    id: `${source} ${target}`,
    source,
    source_port: "output",
    target,
    target_port: port,
  });
  return { ...plain, edges: [...plain.edges, wire("g", "a", "graph"), wire("g", "b", "graph"), wire("m", "y", "mask")] };
}

const DOCUMENTS: DataDocument = {
  source: { kind: "file", name: "" },
  columns: [
    { name: "text", type: "text", role: "feature" },
    { name: "topic", type: "categorical", role: "target" },
  ],
  steps: [],
  split: { method: "stratified", validation_fraction: 0.25, seed: 3 },
  graph: { kind: "document_words", column: "text", tokenizer: "words", lowercase: true, min_count: 1, max_words: 1000, window: 5 },
  feature_count: null,
  class_count: null,
};
const design = (data: DataDocument, graph = twoLayers(false)): DesignDocument => ({
  format: "neuroloom-design",
  format_version: 1,
  name: "nodes",
  graph,
  train: { optimizer: { type: "adam", learning_rate: 0.05 }, epochs: 40, batch_size: 32 },
  data,
  notes: "",
});
const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });

describe("documents and their words", () => {
  const trained = trainDesign({ design: design(DOCUMENTS), table, backend, clock: () => 0 });
  const predictor = new Predictor(readModel(trained.model), backend);
  const predicted = (some: readonly string[]): Float32Array => {
    const part = predictor.prepare(
      tableOf(
        some,
        some.map(() => null),
      ),
      false,
    );
    return predictor.predict(part)["y"] as Float32Array;
  };

  it("are one sample; the split's rows are those with a label, and those count", () => {
    const { training, validation } = trained.prepared.prepared;
    expect([training.rowCount, training.nodes?.length, validation.nodes?.length]).toEqual([1, 36, 12]);
    const mask = training.inputs["m"]?.values ?? new Float32Array(0);
    expect(mask.reduce((sum, one) => sum + one, 0)).toBe(36);
    expect(trained.prepared.spec.layers.find(({ id }) => id === "a")?.config["node_count"]).toBe(60 + 16);
  });

  it("are learnt: held-out documents are told apart", () => {
    expect(trained.epochs.at(-1)?.metrics["val_accuracy"]).toBeGreaterThan(0.9);
  });

  it("of the graph are predicted at their node, with the bits that the training's network has", () => {
    const { network, prepared } = trained;
    const all = network.evaluate(prepared.prepared.training).predictions["y"] as Float32Array;
    expect([...predicted(texts)]).toEqual([...all.subarray(2 * 16)]);
    expect(predictor.check()).toEqual({ rows: 12, largestDifference: 0 });
  });

  it("that are new are told apart, without regard to what stands beside them or to their number", () => {
    const fresh = topics.map(textOf);
    const together = predicted(fresh);
    expect(topics.filter((topic, row) => (together[2 * row] as number) > 0.5 === (topic === "farm")).length).toBeGreaterThan(54);
    for (const row of [0, 17, 59]) expect([...predicted([fresh[row] as string])]).toEqual([...together.subarray(2 * row, 2 * row + 2)]);
    // More than there is room for at once.
    const many = Array.from({ length: 40 }, () => fresh).flat();
    expect([...predicted(many).subarray(-120)]).toEqual([...together]);
  });

  it("are scored row by row, one that stands there twice counting twice", () => {
    const rows = [...texts.slice(0, 20), texts[3] as string, texts[3] as string];
    const labels = [...topics.slice(0, 20), "sea", "farm"];
    const { rows: count, loss, outputs } = predictor.evaluate(predictor.prepare(tableOf(rows, labels), true));
    const probabilities = predicted(rows);
    const right = labels.filter((label, row) => (probabilities[2 * row] as number) > 0.5 === (label === "farm")).length;
    const expected =
      labels.reduce((sum, label, row) => sum - Math.log(probabilities[2 * row + TOPICS.indexOf(label as "farm")] as number), 0) /
      rows.length;
    expect([count, outputs[0]?.rows, outputs[0]?.figures["accuracy"]]).toEqual([22, 22, right / 22]);
    expect(loss).toBeCloseTo(expected, 4);
  });

  it("have other answers, and no other weights, when the labels of held-out rows change", () => {
    const { prepared } = trained.prepared;
    const held = new Set(prepared.validation.nodeIds);
    const changed = topics.map((topic, row) => (row % 5 === 0 ? null : held.has(row) && row % 2 === 1 ? "farm" : topic));
    // The same rows are held out: the split goes by a column here.
    const split = { method: "column", column: "part", validation_fraction: 0.2, seed: null } as const;
    const part = (labels: readonly (string | null)[]): Table => {
      const plain = tableOf(texts, labels);
      const codes = Int32Array.from(texts, (_, row) => (held.has(row) ? 1 : 0));
      return { ...plain, columns: [...plain.columns, { kind: "category", name: "part", codes, categories: ["train", "validation"] }] };
    };
    const by = (labels: readonly (string | null)[]) =>
      trainDesign({
        design: { ...design({ ...DOCUMENTS, split }), train: { epochs: 3, batch_size: 1 } },
        table: part(labels),
        backend,
        clock: () => 0,
      });
    const [one, other] = [by(topics.map((topic, row) => (row % 5 === 0 ? null : topic))), by(changed)];
    expect([...one.network.block("parameter")]).toEqual([...other.network.block("parameter")]);
    expect(one.epochs[2]?.valLoss).not.toBe(other.epochs[2]?.valLoss);
  });
});

describe("nodes of a table with links", () => {
  const people = generate(communities, { count: 90, seed: 4, links_outside: 0, communities: 2, noise: 0.8 });
  const LINKS: DataDocument = {
    source: { kind: "file", name: "" },
    columns: [
      { name: "person", type: "text", role: "ignored" },
      { name: "x1", type: "numeric", role: "feature" },
      { name: "x2", type: "numeric", role: "feature" },
      { name: "links", type: "text", role: "ignored" },
      { name: "community", type: "categorical", role: "target" },
    ],
    steps: [{ type: "standardise", columns: ["x1", "x2"] }],
    split: { method: "stratified", validation_fraction: 0.7, seed: 3 },
    graph: { kind: "links", id: "person", links: "links", directed: false },
    feature_count: null,
    class_count: null,
  };
  const trained = trainDesign({ design: design(LINKS, twoLayers(true)), table: people, backend, clock: () => 0 });
  const predictor = new Predictor(readModel(trained.model), backend);
  const rowsOf = (some: Table): Float32Array => predictor.predict(predictor.prepare(some, false))["y"] as Float32Array;
  const first = (count: number): Table => ({
    rowCount: count,
    rowIds: people.rowIds.slice(0, count),
    columns: people.columns.map((column) => {
      if (column.kind === "category") return { ...column, codes: column.codes.slice(0, count) };
      if (column.kind === "number") return { ...column, values: column.values.slice(0, count) };
      if (column.kind === "text") return { ...column, values: column.values.slice(0, count) };
      throw new Error("a graph of pictures");
    }),
  });

  it("are learnt from their numbers and their links, standardised by the training rows", () => {
    expect(trained.epochs.at(-1)?.metrics["val_accuracy"]).toBeGreaterThan(0.9);
    const { training } = trained.prepared.prepared;
    const [x, nodes] = [training.inputs["x"]?.values ?? [], training.nodes ?? []];
    const mean = Array.from(nodes, (node) => x[2 * node] as number).reduce((sum, value) => sum + value, 0) / nodes.length;
    expect([training.inputs["x"]?.shape, Math.abs(mean) < 1e-6]).toEqual([[90, 2], true]);
  });

  it("that the graph knows are read off at their node, whatever else the table says of them", () => {
    const all = trained.network.evaluate(trained.prepared.prepared.training).predictions["y"] as Float32Array;
    expect([...rowsOf(first(30))]).toEqual([...all.subarray(0, 60)]);
    expect(predictor.check().largestDifference).toBe(0);
  });

  it("that are new are judged by their own numbers and the people they know", () => {
    const known = people.columns.find(({ name }) => name === "community");
    const friends = (community: number): string =>
      known?.kind === "category"
        ? [...known.codes]
            .flatMap((code, row) => (code === community ? [`p${row + 1}`] : []))
            .slice(0, 6)
            .join(" ")
        : "";
    const newcomers: Table = {
      rowCount: 3,
      rowIds: Uint32Array.of(0, 1, 2),
      columns: [
        { kind: "text", name: "person", values: ["ann", "bob", null] },
        { kind: "number", name: "x1", values: Float64Array.of(0, 0, 0) },
        { kind: "number", name: "x2", values: Float64Array.of(0, 0, 0) },
        { kind: "text", name: "links", values: [friends(0), `${friends(1)} nobody:2`, friends(0)] },
      ],
    };
    const scores = rowsOf(newcomers);
    expect([0, 1, 2].map((row) => ((scores[2 * row] as number) > 0.5 ? "a" : "b"))).toEqual(["a", "b", "a"]);
  });

  it("that a filter or a person leaves out take their links with them; a link to none at all is told with its row in the table", () => {
    const numbers = people.columns.find(({ name }) => name === "x1");
    if (numbers?.kind !== "number") throw new Error("x1 holds no numbers");
    const isKept = (row: number): boolean => (numbers.values[row] as number) > 0 && row !== 7;
    const data = { ...LINKS, filter: "x1 > 0", row_choices: { fingerprint: "", excluded: [7], relabelled: [] } };
    const { prepared } = prepareDesign(design(data, twoLayers(true)), people);
    const kept = [...people.rowIds].filter(isKept);
    expect(kept.length).toBeLessThan(80);
    const state = prepared.pipeline.graph?.state as LinkedNodes;
    expect(state.names).toEqual(kept.map((row) => `p${row + 1}`));
    // Every link of the table between two of those that stay, and no other.
    const cells = people.columns.find(({ name }) => name === "links");
    const wanted = kept.flatMap((row, node) =>
      (cells?.kind === "text" ? (cells.values[row] ?? "") : "").split(" ").flatMap((part) => {
        const target = kept.indexOf(Number(part.split(":")[0]?.slice(1)) - 1);
        return target < 0 ? [] : [node, target, Number(part.split(":")[1] ?? 1)];
      }),
    );
    expect(state.links).toEqual(wanted);
    expect([...(prepared.training.nodeIds ?? []), ...(prepared.validation.nodeIds ?? [])].every(isKept)).toBe(true);
    const last = kept.at(-1) as number;
    const wrong: Table = {
      ...people,
      columns: people.columns.map((column) =>
        column.name === "links" && column.kind === "text" ? { ...column, values: column.values.with(last, "p999") } : column,
      ),
    };
    expect(() => prepareDesign(design(data, twoLayers(true)), wrong)).toThrow(
      expect.objectContaining({ code: "data.link_unknown", params: { column: "links", name: "p999", row: last + 1 } }),
    );
  });

  it("are refused where a link leads nowhere, a name is missing or stands twice", () => {
    const changed = (name: string, row: number, value: string | null): Table => ({
      ...people,
      columns: people.columns.map((column) =>
        column.name === name && column.kind === "text" ? { ...column, values: column.values.with(row, value) } : column,
      ),
    });
    const refused = (table: Table) => () => prepareDesign(design(LINKS, twoLayers(true)), table);
    expect(refused(changed("links", 4, "p2 p999"))).toThrow(
      expect.objectContaining({ code: "data.link_unknown", params: { column: "links", name: "p999", row: 5 } }),
    );
    expect(refused(changed("links", 4, "p2:x"))).toThrow(expect.objectContaining({ code: "data.link_wrong" }));
    expect(refused(changed("person", 4, "p2"))).toThrow(expect.objectContaining({ code: "data.node_twice" }));
    expect(refused(changed("person", 4, null))).toThrow(expect.objectContaining({ code: "data.node_unnamed" }));
  });
});

describe("what does not go with a graph is refused", () => {
  const refused = (data: Partial<DataDocument>, graph?: GraphDocument): unknown => {
    try {
      prepareDesign(design({ ...DOCUMENTS, ...data }, graph), table);
      return null;
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };
  const without = (id: string): GraphDocument => {
    const all = twoLayers(false);
    return { ...all, edges: all.edges.filter((edge) => edge.id !== id) };
  };

  it("by its name", () => {
    expect(refused({ sampling: { method: "over", seed: null } })).toBe("data.graph_with_other");
    expect(refused({ steps: [{ type: "bag_of_words", columns: ["text"] }] })).toBe("data.graph_with_other");
    expect(refused({}, without("m y"))).toBe("data.graph_needs_mask");
    expect(refused({}, twoLayers(true))).toBe("data.graph_no_features");
    expect(refused({})).toBeNull();
  });
});
