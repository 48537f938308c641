import { expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import type { GroupDocument } from "./document.ts";
import { bundledEdges, groupPorts } from "./group-ports.ts";
import { propagate } from "./propagate.ts";

const group = (ids: readonly string[]): GroupDocument => ({ id: "g", name: "Part", node_ids: [...ids], collapsed: true });
function portsOf(wires: string, layers: Parameters<typeof design>[1], ids: readonly string[]) {
  const one = design(wires, layers);
  const { nodes } = propagate(one);
  const said = ({ node, port, shape }: { node: string; port: string; shape: readonly number[] | null }) =>
    `${node}.${port} ${shape?.join("×") ?? "–"}`;
  const { inputs, outputs } = groupPorts(one.graph, group(ids), (id) => nodes.get(id)?.outputs ?? null);
  return { inputs: inputs.map(said), outputs: outputs.map(said) };
}

test("what crosses the border of a group is a port of it, with the shape that flows there", () => {
  const layers = {
    in: ["input", { shape: [4] }],
    a: ["dense", { units: 8 }],
    b: ["dense", { units: 3 }],
    c: ["dense", { units: 3 }],
    sum: ["add"],
    out: ["output"],
  } as const;
  expect(portsOf("in > a > b > sum > out, in > c > sum", layers, ["a", "b", "c"])).toEqual({
    inputs: ["a.input 4", "c.input 4"],
    outputs: ["b.output 3", "c.output 3"],
  });
});

test("what nothing is joined to is open, but for inputs that may stay empty and second outputs; a few of many", () => {
  expect(portsOf("", { a: ["lstm"], b: ["dense"] }, ["a", "b"])).toEqual({
    inputs: ["a.input –", "b.input –"],
    outputs: ["a.output –", "b.output –"],
  });
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, place) => [`d${place}`, ["dense"] as const]));
  expect(portsOf("", many, Object.keys(many)).inputs).toHaveLength(6);
});

test("a layer of another version has the ports that its connections name", () => {
  const one = design("in > b > a", { in: ["input", { shape: [4] }], a: ["dense"], b: ["dense"] });
  const nodes = one.graph.nodes.map((node) => (node.id === "b" ? { ...node, type: "of_later" } : node));
  const { inputs, outputs } = groupPorts({ ...one.graph, nodes }, group(["b"]), () => null);
  expect([inputs, outputs].map((side) => side.map(({ id }) => id))).toEqual([["b input"], ["b output"]]);
});

test("ports that one output feeds stand in one place, and its connections are chosen as one", () => {
  const one = design("in > a > b, in > c > b, in > d, other > e > out", {
    in: ["input", { shape: [4] }],
    other: ["input", { shape: [4] }],
    a: ["dense"],
    b: ["add"],
    c: ["dense"],
    d: ["dense"],
    e: ["dense"],
    out: ["output"],
  });
  const part = group(["a", "b", "c", "e"]);
  const graph = { ...one.graph, groups: [part] };
  const { inputs, outputs } = groupPorts(graph, part, () => null);
  expect(inputs.map(({ id, row }) => [id, row])).toEqual([
    ["a input", 0],
    ["c input", 0],
    ["e input", 1],
  ]);
  expect(outputs.map(({ row }) => row)).toEqual([0, 1]);
  const idOf = (source: string, target: string) => graph.edges.find((edge) => edge.source === source && edge.target === target)?.id ?? "";
  expect(bundledEdges(graph, idOf("in", "a"))).toEqual([idOf("in", "a"), idOf("in", "c")]);
  expect(bundledEdges(graph, idOf("in", "d")), "outside").toEqual([idOf("in", "d")]);
  expect(bundledEdges(graph, idOf("a", "b")), "inside").toEqual([idOf("a", "b")]);
  const open = { ...graph, groups: [{ ...part, collapsed: false }] };
  expect(bundledEdges(open, idOf("in", "a")), "an open group shows them apart").toEqual([idOf("in", "a")]);
});

test("a port that takes several sources shares its place with none", () => {
  const one = design("in > sum, other > sum, in > a", {
    in: ["input", { shape: [4] }],
    other: ["input", { shape: [4] }],
    sum: ["add"],
    a: ["dense"],
  });
  const part = group(["sum", "a"]);
  expect(groupPorts({ ...one.graph, groups: [part] }, part, () => null).inputs.map(({ id, row }) => [id, row])).toEqual([
    ["sum inputs", 0],
    ["a input", 1],
  ]);
});
