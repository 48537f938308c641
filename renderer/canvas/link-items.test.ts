import { expect, test } from "vitest";
import type { DesignDocument } from "../../core/graph/document.ts";
import { nodeMap } from "../../core/graph/ports.ts";
import { propagate } from "../../core/graph/propagate.ts";
import { design } from "../../test/graph/designs.ts";
import { connectionNames, type LinkItem, sourceItems, targetItems } from "./link-items.ts";

const chain = design("in > q > att > out, in > v", {
  in: ["input", { shape: [6, 4] }],
  q: ["dense"],
  v: ["dense"],
  att: ["multi_head_attention"],
  out: ["output"],
});

/** As a hand may write it: ids are any text. */
function spaced({ graph, ...rest }: DesignDocument): DesignDocument {
  const long = (id: string): string => `the layer ${id}`;
  const nodes = graph.nodes.map((node) => ({ ...node, id: long(node.id) }));
  const edges = graph.edges.map((edge) => ({ ...edge, source: long(edge.source), target: long(edge.target) }));
  return { ...rest, graph: { ...graph, nodes, edges } };
}

const drawn = (one: DesignDocument) => ({
  design: one,
  propagation: propagate(one),
  items: one.graph.nodes.map(({ id, name }) => ({ key: id, label: name })),
  language: "en" as const,
});
const ends = (items: readonly LinkItem[], label: string) => {
  const { from, to, cannot } = items.find((item) => item.label === label) ?? {};
  return { from, to, can: cannot === undefined };
};

test.each([
  ["ids of one word", chain, ""],
  ["ids with spaces", spaced(chain), "the layer "],
])("what is picked leads to the ports that it names: %s", (_what, one, before) => {
  const v = { node: `${before}v`, port: "output" };
  const targets = targetItems(drawn(one), v);
  expect(ends(targets, "att · value")).toEqual({ from: v, to: { node: `${before}att`, port: "value" }, can: true });
  expect(targets.some(({ label }) => label === "v")).toBe(false);

  const attention = nodeMap(one.graph).get(`${before}att`);
  if (attention === undefined) throw new Error("there is no attention");
  const sources = sourceItems(drawn(one), attention, null);
  expect(ends(sources, "v → value")).toEqual({ from: v, to: { node: `${before}att`, port: "value" }, can: true });
  expect(new Set(sources.map(({ key }) => key)).size).toBe(sources.length);
  // What cannot be taken stands last.
  const first = sources.findIndex(({ cannot }) => cannot !== undefined);
  expect(first).toBeGreaterThan(0);
  expect(sources.slice(first).every(({ cannot }) => cannot !== undefined)).toBe(true);
});

test("a connection is called by its layers, with the ports of a layer that is connected at several", () => {
  const { graph } = chain;
  expect(graph.edges.map(connectionNames(graph))).toEqual(["in → q", "q → att", "att → out", "in → v"]);
  const more = ["value", "key"].map((port) => ({ id: port, source: "q", source_port: "output", target: "att", target_port: port }));
  const joined = { ...graph, edges: [...graph.edges, ...more] };
  expect(joined.edges.map(connectionNames(joined))).toEqual([
    "in → q",
    "q → att · query",
    "att → out",
    "in → v",
    "q → att · value",
    "q → att · key",
  ]);
});
