import { expect, it } from "vitest";
import type { DataDocument } from "../../../core/graph/document.ts";
import type { ColumnProfile } from "../../../core/protocol/methods.ts";
import { edgesAmong, likelyColumns, likelyGraph, withGraph, withGraphChange, withoutGraph, wordColumns } from "./graph-of.ts";

const data: DataDocument = {
  source: { kind: "file", name: "t.csv" },
  columns: [
    { name: "person", type: "categorical", role: "feature" },
    { name: "text", type: "text", role: "feature" },
    { name: "links", type: "categorical", role: "feature" },
    { name: "age", type: "numeric", role: "feature" },
    { name: "worth", type: "numeric", role: "weight" },
    { name: "group", type: "categorical", role: "target" },
  ],
  steps: [
    { type: "one_hot", columns: ["person", "links"] },
    { type: "standardise", columns: ["age"] },
  ],
  split: { method: "stratified", validation_fraction: 0.5, seed: null },
  sampling: { method: "over", seed: null },
  augment_text: { copies: 2, seed: null },
  feature_count: 9,
  class_count: 2,
};
const distinct = (counts: Record<string, number>) =>
  new Map(Object.entries(counts).map(([name, count]) => [name, { distinct: count } as ColumnProfile]));

it("finds texts, and words that are mostly different", () => {
  const names = wordColumns(data, distinct({ person: 10, links: 9, group: 2 }), 10).map(({ name }) => name);
  expect(names).toEqual(["person", "text", "links"]);
  expect(wordColumns(data, distinct({ person: 3, links: 3 }), 10).map(({ name }) => name)).toEqual(["text"]);
});

it("makes the rows nodes: columns of the graph are prepared by nothing, and what does not go with a graph goes", () => {
  const graph = likelyGraph(data, "links", wordColumns(data, distinct({ person: 10, links: 9 }), 10));
  expect(graph).toEqual({ kind: "links", id: "person", links: "links", directed: false });
  const next = withGraph(data, graph as NonNullable<DataDocument["graph"]>);
  expect(next.columns.map(({ name, type, role }) => [name, type, role])).toEqual([
    ["person", "text", "ignored"],
    ["text", "text", "feature"],
    ["links", "text", "ignored"],
    ["age", "numeric", "feature"],
    ["worth", "numeric", "ignored"],
    ["group", "categorical", "target"],
  ]);
  expect(next.steps).toEqual([{ type: "standardise", columns: ["age"] }]);
  expect([next.sampling, next.augment_text]).toEqual([undefined, undefined]);
  expect(withoutGraph(next).graph).toBeUndefined();
});

it("documents and words are made of a text; another choice forgets what was counted", () => {
  const graph = likelyGraph(data, "document_words", wordColumns(data, new Map(), 10));
  expect(graph).toMatchObject({ kind: "document_words", column: "text", window: 20 });
  const counted = withGraph(data, { ...(graph as NonNullable<DataDocument["graph"]>), node_count: 3 } as NonNullable<
    DataDocument["graph"]
  >);
  expect(withGraphChange(counted, { window: 5 }).graph).toEqual({ ...graph, window: 5 });
  const links = withGraph(data, { kind: "links", id: "person", links: "links", directed: false });
  expect(withGraphChange(links, { id: "links" })).toBe(links);
  expect(likelyGraph({ ...data, columns: [] }, "links", [])).toBeNull();
});

it("tells columns by their usual names, in any order, else by their places", () => {
  expect(likelyColumns("nodes", ["age", "Name"])).toEqual({ id: "Name" });
  expect(likelyColumns("nodes", ["who", "age"])).toEqual({ id: "who" });
  expect(likelyColumns("edges", ["weight", "to", "from"])).toEqual({ source: "from", target: "to", weight: "weight" });
  expect(likelyColumns("edges", ["one", "two"])).toEqual({ source: "one", target: "two", weight: "" });
});

it("tells nodes and edges from two tables that are joined by a column", () => {
  const [people, friends] = [
    ["Name", "size"],
    ["source", "Target", "since"],
  ];
  expect([edgesAmong([people, friends]), edgesAmong([friends, people])]).toEqual([1, 0]);
  const others = [[people, ["name", "target"]], [friends, friends], [["size"], friends], [people, friends, ["x"]], [friends]];
  expect(others.map(edgesAmong)).toEqual([null, null, null, null, null]);
});
