import { describe, expect, test } from "vitest";
import { design, ids } from "../../test/graph/designs.ts";
import { applyCommand } from "./commands.ts";
import { createNode, insertExisting } from "./create.ts";
import type { NodeDocument } from "./document.ts";
import { addConnected, fittingPort } from "./fitting.ts";
import { propagate } from "./propagate.ts";

const one = design("in > a > out", { in: ["input", { shape: [8, 8, 3] }], a: ["flatten"], out: ["output"] });
const known = propagate(one);
const made = (type: string): NodeDocument => createNode(type, { x: 0, y: 0 }, one, ids("new"));
const loose = (node: string, port: string, forwards: boolean) => ({ port: { node, port }, forwards });
const behind = (type: string, node: string) => fittingPort(one, known, made(type), loose(node, "output", true));
const ahead = (type: string, node: string) => fittingPort(one, known, made(type), loose(node, "input", false));

describe("what fits at a loose end", () => {
  test("behind an output: what takes its shape", () => {
    for (const type of ["conv_2d", "max_pooling_2d", "dense", "add", "output"]) expect(behind(type, "in"), type).not.toBeNull();
    for (const type of ["conv_1d", "lstm", "input"]) expect(behind(type, "in"), type).toBeNull();
    expect(behind("conv_2d", "a")).toBeNull();
    expect(behind("dense", "a")?.port).toBe("input");
  });

  test("ahead of an input: what gives values", () => {
    for (const type of ["input", "dense", "conv_2d"]) expect(ahead(type, "a"), type).not.toBeNull();
    expect(ahead("output", "a")).toBeNull();
  });

  test("the new layer takes the place of what was connected to an input, and one undo brings it back", () => {
    const added = applyCommand(one, addConnected(one, known, made("dense"), loose("out", "input", false), "e9"));
    expect(added.design.graph.edges.map(({ source, target }) => `${source} > ${target}`)).toEqual(["in > a", "new1 > out"]);
    expect(applyCommand(added.design, added.inverse).design).toEqual(one);
    const next = applyCommand(one, addConnected(one, known, made("dense"), loose("a", "output", true), "e9"));
    expect(next.design.graph.edges.at(-1)).toMatchObject({ source: "a", target: "new1", target_port: "input" });
  });

  test("what does not fit is refused with the reason", () => {
    expect(() => addConnected(one, known, made("conv_2d"), loose("a", "output", true), "e9")).toThrow("design.rank_expected");
    expect(() => addConnected(one, known, made("input"), loose("a", "output", true), "e9")).toThrow("design.unknown_port");
  });
});

describe("a layer of the design put onto a connection", () => {
  const free = { ...one, graph: { ...one.graph, nodes: [...one.graph.nodes, { ...made("dropout"), id: "d" }] } };

  test("is led through, and one undo takes it out", () => {
    const { design: after, inverse } = applyCommand(free, insertExisting(free, "e1", "d", ids("n")));
    expect(after.graph.edges.map(({ source, target }) => `${source} > ${target}`)).toEqual(["d > a", "a > out", "in > d"]);
    expect(after.graph.nodes).toEqual(free.graph.nodes);
    expect(applyCommand(after, inverse).design).toEqual(free);
  });

  test("is left alone when it is connected already, or is not there", () => {
    expect(() => insertExisting(free, "e1", "a", ids("n"))).toThrow("design.cannot_insert");
    expect(() => insertExisting(free, "e1", "gone", ids("n"))).toThrow("design.unknown_node");
  });
});
