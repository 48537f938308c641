import { describe, expect, test } from "vitest";
import { applyCommand } from "../../core/graph/commands.ts";
import { groupCommand } from "../../core/graph/groups.ts";
import { propagate } from "../../core/graph/propagate.ts";
import { design, ids } from "../../test/graph/designs.ts";
import { areaOf, gatesOf, insideOf, meets } from "./group-inside.ts";

const fork = design("in > a > b > out, in > b2 > out2", {
  in: ["input", { shape: [4] }],
  a: ["dense", { units: 3 }],
  b: ["dense"],
  b2: ["dense"],
  out: ["output"],
  out2: ["output"],
});
const grouped = applyCommand(fork, groupCommand(fork, ["a", "b", "b2"], "Middle", ids("g"))).design;
const [group] = grouped.graph.groups;
if (group === undefined) throw new Error("the design has no group");

describe("a group from inside", () => {
  test("shows its layers and what joins them, without its frame", () => {
    const { graph } = insideOf(grouped, group);
    expect(graph.nodes.map(({ id }) => id).sort()).toEqual(["a", "b", "b2"]);
    expect(graph.edges.map(({ source, target }) => `${source} > ${target}`)).toEqual(["a > b"]);
    expect(graph.groups).toEqual([]);
  });

  test("shows the notes that lie among its layers, and what is added there, but none that lie elsewhere", () => {
    const area = areaOf(grouped, group);
    const size = { kind: "note", text: "", colour: "blue", width: 100, height: 60 };
    const among = { ...size, id: "among", position: { x: area.left + 10, y: area.top } };
    const far = { ...size, id: "far", position: { x: area.right + 10, y: area.bottom + 10 } };
    expect([among, far].map((one) => meets(area, one))).toEqual([true, false]);
    const noted = { ...grouped, graph: { ...grouped.graph, annotations: [among, far] } };
    expect(insideOf(noted, group, new Set(["far"])).graph.annotations?.map(({ id }) => id)).toEqual(["among"]);
  });

  test("names what gives to it and takes from it, each once, by the connections that cross", () => {
    const { nodes, edges } = gatesOf(grouped, group, propagate(grouped));
    expect(nodes.map(({ data }) => `${data.side} ${data.node.id}`).sort()).toEqual(["from in", "to out", "to out2"]);
    expect(edges.map(({ source, target }) => `${source} > ${target}`).sort()).toEqual([
      "b > gate:to:out",
      "b2 > gate:to:out2",
      "gate:from:in > a",
      "gate:from:in > b2",
    ]);
    // By its id, the connection is drawn with the shape that the document has for it.
    expect(edges.find(({ target }) => target === "a")?.id).toBe(grouped.graph.edges.find(({ target }) => target === "a")?.id);
  });

  test("says which connections at gates are chosen: the drawing lets go of those that it knows to be", () => {
    const crossing = grouped.graph.edges.find(({ target }) => target === "a")?.id ?? "";
    const { edges } = gatesOf(grouped, group, null, new Set([crossing]));
    expect(edges.filter(({ selected }) => selected).map(({ id }) => id)).toEqual([crossing]);
  });

  test("keeps gates of a side clear of each other", () => {
    const { nodes } = gatesOf(grouped, group, null);
    const [one, other] = nodes.filter(({ data }) => data.side === "to").map(({ position }) => position.y);
    expect(Math.abs((one ?? 0) - (other ?? 0))).toBeGreaterThanOrEqual(30);
  });
});

test("where the drawing runs down, gates are above and below the layers, clear of each other", () => {
  const down = applyCommand(grouped, { type: "set_direction", direction: "down" }).design;
  const { nodes } = gatesOf(down, group, null);
  const members = down.graph.nodes.filter(({ id }) => group.node_ids.includes(id)).map(({ position }) => position);
  const gates = (side: "from" | "to") => nodes.filter(({ data }) => data.side === side).map(({ position }) => position);
  for (const { y } of gates("from")) expect(y + 30).toBeLessThan(Math.min(...members.map((member) => member.y)));
  for (const { y } of gates("to")) expect(y).toBeGreaterThan(Math.max(...members.map((member) => member.y + 92)));
  const [one, other] = gates("to").map(({ x }) => x);
  expect(Math.abs((one ?? 0) - (other ?? 0))).toBeGreaterThanOrEqual(132);
  expect(new Set(nodes.map(({ sourcePosition }) => sourcePosition))).toEqual(new Set(["bottom"]));
});
