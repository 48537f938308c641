/** Rows of a table with links as nodes: which edges come into those that the graph does not know. */
import { describe, expect, it } from "vitest";
import { linkedRows, linkGraph, readNodes } from "./links.ts";

const document = (directed: boolean) => ({ kind: "links", id: "id", links: "to", directed }) as const;
const nodes = (directed: boolean) => readNodes(["a", "b", "c"], ["b:2 b:0.5 c", null, null], document(directed), null, new Set());
const rows = (directed: boolean) =>
  linkedRows(nodes(directed), { names: ["new", "a"], links: ["b:2 b:0.5 c a:0.25", "c"] }, document(directed), null);

describe("a new row of a table with links", () => {
  it("is fed by the nodes that it lists, each once with its larger weight, as the nodes of the graph are", () => {
    expect(rows(false).incoming.map((edges) => [...edges])).toEqual([[1, 2, 2, 1, 0, 0.25], []]);
    const into = [...linkGraph(nodes(false), document(false)).edges];
    expect(into.slice(0, 6)).toEqual([1, 0, 2, 2, 0, 1]);
  });

  it("leads to them in a graph with a direction: nothing comes into it, as into a node of the graph that none lists", () => {
    expect([...rows(true).nodes]).toEqual([-1, 0]);
    expect(rows(true).incoming.map((edges) => [...edges])).toEqual([[], []]);
    expect([...linkGraph(nodes(true), document(true)).edges]).toEqual([0, 1, 2, 0, 2, 1]);
  });

  it("counts links to nodes that the graph does not have, those of a new row alone", () => {
    const asked = { names: ["new", "newer", "a"], links: ["b strange", "new strange", "strange"] };
    expect(linkedRows(nodes(false), asked, document(false), null).unknownLinks).toBe(3);
    expect(linkedRows(nodes(true), asked, document(true), null).unknownLinks).toBe(3);
    expect(rows(false).unknownLinks).toBeUndefined();
  });
});
