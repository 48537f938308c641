import { describe, expect, test } from "vitest";
import { design, ids } from "../../test/graph/designs.ts";
import { copySelection, duplicateSelection, pasteSelection } from "./clipboard.ts";
import { applyCommand } from "./commands.ts";
import type { DesignDocument } from "./document.ts";
import { changeGroupCommand, groupCommand, ungroupCommand } from "./groups.ts";
import { writeDesign } from "./migrate.ts";
import { renameCommand } from "./rename.ts";

const layers = {
  in: ["input", { shape: [4] }],
  fc: ["dense", { units: 3 }],
  twin: ["dense", { units: 3 }, { shared_with: "fc" }],
  sum: ["add"],
  out: ["output", { target_input: "in" }],
} as const;
const start = (): DesignDocument => design("in > fc > sum > out, in > twin > sum", layers);
const paste = (into: DesignDocument, text: string, keepIncoming = false): DesignDocument =>
  applyCommand(into, pasteSelection(into, text, { x: 1000, y: 500 }, ids(), { keepIncoming })).design;

describe("copy and paste", () => {
  test("copies get new ids, free names and a place, and keep what joins them", () => {
    const after = paste(start(), copySelection(start(), ["fc", "sum"]));
    const [fc, sum] = after.graph.nodes.slice(5);
    expect(fc).toMatchObject({ id: "x1", type: "dense", name: "fc_1", config: { units: 3 }, position: { x: 1000, y: 500 } });
    expect(sum).toMatchObject({ id: "x2", name: "sum_1", position: { x: 1200, y: 500 } });
    expect(after.graph.edges.slice(5).map((edge) => [edge.source, edge.target])).toEqual([["x1", "x2"]]);
  });

  test("a whole design, as its file has it, is pasted with all its layers; a newer one is refused as such", () => {
    const grouped = applyCommand(start(), groupCommand(start(), ["fc", "sum"], "Middle", ids())).design;
    const text = writeDesign(grouped);
    const after = paste(start(), text);
    expect(after.graph.nodes).toHaveLength(10);
    expect(after.graph.edges).toHaveLength(2 * start().graph.edges.length);
    expect(after.graph.nodes[7]).toMatchObject({ type: "dense", shared_with: after.graph.nodes[6]?.id });
    expect(after.graph.groups.map(({ name }) => name)).toEqual(["Middle"]);
    const newer = JSON.stringify({ ...JSON.parse(text), format_version: 99 });
    expect(() => pasteSelection(start(), newer, { x: 0, y: 0 }, ids())).toThrow("design.newer_version");
    const empty = JSON.stringify({ ...JSON.parse(text), graph: { nodes: [], edges: [], groups: [] } });
    expect(() => pasteSelection(start(), empty, { x: 0, y: 0 }, ids())).toThrow("design.empty_selection");
  });

  test("links from outside come along only when asked for", () => {
    const after = paste(start(), copySelection(start(), ["sum"]), true);
    expect(after.graph.edges.slice(5).map((edge) => [edge.source, edge.target])).toEqual([
      ["fc", "x1"],
      ["twin", "x1"],
    ]);
    expect(paste(start(), copySelection(start(), ["sum"])).graph.edges).toHaveLength(5);
  });

  test("inputs of a merging layer keep their order, whether their source was copied or not", () => {
    expect(
      paste(start(), copySelection(start(), ["twin", "sum"]), true)
        .graph.edges.slice(5)
        .map((edge) => [edge.source, edge.target]),
    ).toEqual([
      ["fc", "x2"],
      ["in", "x1"],
      ["x1", "x2"],
    ]);
  });

  test("in another design links and shared weights that are not there are left out", () => {
    // The edge from `fc`, another layer there, is not led on; the one from `in`, the same input, is.
    const other = design("", { fc: ["dense", {}, { name: "another" }], in: ["input"] });
    const after = paste(other, copySelection(start(), ["twin", "sum"]), true);
    expect(after.graph.nodes.slice(2).map((node) => [node.name, node.shared_with])).toEqual([
      ["twin", null],
      ["sum", null],
    ]);
    expect(after.graph.edges.map((edge) => [edge.source, edge.target])).toEqual([
      ["in", "x1"],
      ["x1", "x2"],
    ]);
  });

  test("two that shared the weights of a layer that is not there share one's, which is frozen as those were", () => {
    const three = design("in > fc > a > b > out", {
      ...layers,
      fc: ["dense", { units: 3 }, { frozen: true }],
      a: ["dense", { units: 3 }, { shared_with: "fc" }],
      b: ["dense", { units: 3 }, { shared_with: "fc" }],
    });
    const empty = design("in > out", { in: layers.in, out: layers.out });
    const [a, b] = paste(empty, copySelection(three, ["a", "b"])).graph.nodes.slice(2);
    expect(a).toMatchObject({ shared_with: null, frozen: true });
    expect(b?.shared_with).toBe(a?.id);
    expect(b).not.toHaveProperty("frozen");
  });

  test("weights shared within the selection are shared by the copies", () => {
    expect(paste(start(), copySelection(start(), ["fc", "twin"])).graph.nodes.at(-1)?.shared_with).toBe("x1");
    expect(paste(start(), copySelection(start(), ["twin"])).graph.nodes.at(-1)?.shared_with).toBe("fc");
  });

  test("an output copied with its target input follows the copy", () => {
    const before = design("", { in: ["input"], in_1: ["input"], out: ["output", { target_input: "in" }] });
    const after = paste(before, copySelection(before, ["in", "in_1", "out"]));
    expect(after.graph.nodes.slice(3).map((node) => node.name)).toEqual(["in_2", "in_3", "out_1"]);
    expect(after.graph.nodes.at(-1)?.config).toEqual({ target_input: "in_2" });
    expect(paste(start(), copySelection(start(), ["out"])).graph.nodes.at(-1)?.config).toEqual({ target_input: "in" });
  });

  test("a group goes along when all of it is copied", () => {
    const grouped = applyCommand(start(), groupCommand(start(), ["fc", "sum"], "block", ids("g"))).design;
    expect(paste(grouped, copySelection(grouped, ["fc", "sum"])).graph.groups.at(-1)).toEqual({
      id: "x4",
      name: "block",
      node_ids: ["x1", "x2"],
      collapsed: false,
    });
    expect(paste(grouped, copySelection(grouped, ["fc"])).graph.groups).toHaveLength(1);
  });

  test("a pasted layer is in one group at most, and a group without layers does not come in", () => {
    const groups = [["gone"], ["fc", "fc", "gone"], ["sum", "fc"], ["fc"]].map((node_ids, at) => ({
      id: `g${at}`,
      name: `g${at}`,
      node_ids,
      collapsed: false,
    }));
    const after = paste(start(), JSON.stringify({ ...JSON.parse(copySelection(start(), ["fc", "sum"])), groups }));
    expect(after.graph.groups.map(({ name, node_ids }) => [name, node_ids])).toEqual([
      ["g1", ["x1"]],
      ["g2", ["x2"]],
    ]);
  });

  test("a layer that adds another to itself, as Keras' Add()([x, x]), does so in its copy", () => {
    const doubled = design("in > fc > sum > out, fc > sum", { in: layers.in, fc: layers.fc, sum: layers.sum, out: layers.out });
    expect(
      paste(doubled, copySelection(doubled, ["fc", "sum"]))
        .graph.edges.slice(4)
        .map(({ source, target }) => [source, target]),
    ).toEqual([
      ["x1", "x2"],
      ["x1", "x2"],
    ]);
  });

  test("duplicates stand beside the originals", () => {
    const after = applyCommand(start(), duplicateSelection(start(), ["sum", "fc"], { x: 20, y: 20 }, ids())).design;
    expect(after.graph.nodes.slice(5).map((node) => node.position)).toEqual([
      { x: 120, y: 20 },
      { x: 320, y: 20 },
    ]);
  });

  test("layers of unknown type can be copied too", () => {
    const odd = design("a > odd > b", { a: ["hologram"], odd: ["hologram", { depth: [1, { x: null }] }], b: ["hologram"] });
    const after = paste(odd, copySelection(odd, ["odd", "b"]));
    expect(after.graph.nodes[3]?.config).toEqual({ depth: [1, { x: null }] });
    expect(after.graph.edges).toHaveLength(3);
  });

  const good = (): Record<string, unknown> => JSON.parse(copySelection(start(), ["fc", "sum"])) as Record<string, unknown>;
  const garbage: [string, string, string][] = [
    ["text that is not JSON", "hello", "design.not_a_selection"],
    ["an empty clipboard", "", "design.not_a_selection"],
    ["other JSON", '{"a": 1}', "design.not_a_selection"],
    ["null", "null", "design.not_a_selection"],
    ["a selection cut off", copySelection(start(), ["fc"]).slice(0, -20), "design.not_a_selection"],
    ["a selection without nodes", JSON.stringify({ ...good(), nodes: [] }), "design.empty_selection"],
    ["a node without a type", JSON.stringify({ ...good(), nodes: [{ id: "a" }] }), "design.broken_selection"],
    [
      "an edge that ends nowhere",
      JSON.stringify({ ...good(), edges: [{ id: "e", source: "fc", source_port: "output", target: "z", target_port: "input" }] }),
      "design.broken_selection",
    ],
    [
      "an edge into a port that is not there",
      JSON.stringify({ ...good(), edges: [{ id: "e", source: "fc", source_port: "output", target: "sum", target_port: "side" }] }),
      "design.no_such_pasted_port",
    ],
    [
      "two nodes of one id",
      JSON.stringify({ ...good(), nodes: [...(good()["nodes"] as unknown[]), ...(good()["nodes"] as unknown[])] }),
      "design.broken_selection",
    ],
    ["a newer version", JSON.stringify({ ...good(), format_version: 2 }), "design.newer_version"],
  ];
  test.each(garbage)("refuses %s", (_, text, code) => {
    expect(() => pasteSelection(start(), text, { x: 0, y: 0 }, ids())).toThrowError(expect.objectContaining({ code }));
  });

  test("refuses to copy nothing, or what is not there", () => {
    expect(() => copySelection(start(), [])).toThrowError(expect.objectContaining({ code: "design.nothing_selected" }));
    expect(() => copySelection(start(), ["nobody"])).toThrowError(expect.objectContaining({ code: "design.unknown_node" }));
  });
});

describe("renaming", () => {
  test("an output whose target is the input follows its new name, in one act", () => {
    const { design: after, inverse } = applyCommand(start(), renameCommand(start(), "in", "points"));
    expect(after.graph.nodes.at(-1)?.config).toEqual({ target_input: "points" });
    expect(JSON.stringify(applyCommand(after, inverse).design)).toBe(JSON.stringify(start()));
  });

  test("other texts that happen to be the same stay", () => {
    expect(renameCommand(start(), "fc", "points")).toEqual({ type: "rename", id: "fc", name: "points" });
  });
});

describe("groups", () => {
  test("a node is in one group at most", () => {
    const first = applyCommand(start(), groupCommand(start(), ["in", "fc"], "a", ids("g"))).design;
    const second = applyCommand(first, groupCommand(first, ["fc", "sum"], "b", ids("g"))).design;
    expect(second.graph.groups.map((group) => [group.id, group.node_ids])).toEqual([
      ["g1", ["in"]],
      ["g2", ["fc", "sum"]],
    ]);
    const changed = applyCommand(second, changeGroupCommand(second, "g1", { collapsed: true })).design;
    expect(changed.graph.groups[0]).toMatchObject({ name: "a", collapsed: true });
    expect(applyCommand(changed, ungroupCommand(changed, "g1")).design.graph.groups.map((group) => group.id)).toEqual(["g2"]);
    expect(() => changeGroupCommand(changed, "g9", {})).toThrowError(expect.objectContaining({ code: "design.unknown_group" }));
  });
});
