/** Repeating layers that are in the design: copies fed one by the other, what followed fed by the last, one act that is taken back. */
import { describe, expect, test } from "vitest";
import { design, ids } from "../../test/graph/designs.ts";
import { AppError } from "../errors.ts";
import { applyCommand } from "./commands.ts";
import type { DesignDocument } from "./document.ts";
import { propagate } from "./propagate.ts";
import { repeatCommand } from "./repeat-selection.ts";

const LAYERS = {
  in: ["input", { shape: [8] }],
  a: ["dense", { units: 8, activation: "relu" }],
  b: ["dropout"],
  sum: ["add"],
  wide: ["dense", { units: 9 }],
  out: ["output"],
} as const;
const residual = design("in > a > b > sum, in > sum > wide > out", LAYERS);
const grouped = (of: DesignDocument, node_ids: string[], collapsed = false): DesignDocument => ({
  ...of,
  graph: { ...of.graph, groups: [{ id: "g", name: "Group 1", node_ids, collapsed }] },
});
const ROW = ["a", "b", "sum"];

const refusal = (of: DesignDocument, row: readonly string[], times = 2): string => {
  try {
    repeatCommand(of, row, times, ids("new"));
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return "";
};

describe("repeating chosen layers", () => {
  test.each([false, true])("a residual group stands four times in a row (collapsed: %s), fed one by the other", (collapsed) => {
    const start = grouped(residual, ROW, collapsed);
    const { command, rows } = repeatCommand(start, ROW, 4, ids("new"));
    const { design: after, inverse } = applyCommand(start, command);
    const { nodes, edges, groups } = after.graph;
    expect(nodes).toHaveLength(6 + 3 * 3);
    expect(groups.map(({ name }) => name)).toEqual(["Group 1", "Group 2", "Group 3", "Group 4"]);
    expect(groups.map(({ node_ids }) => node_ids)).toEqual(rows);
    expect(groups.every((group) => group.collapsed === collapsed)).toBe(true);
    for (const [index, row] of rows.entries()) {
      const from = index === 0 ? "in" : rows[index - 1]?.[2];
      const into = edges.filter(({ source, target }) => row.includes(target) && !row.includes(source));
      expect(into.map(({ source, target }) => [source, target])).toEqual([
        [from, row[0]],
        [from, row[2]],
      ]);
    }
    expect(edges.filter(({ target }) => target === "wide").map(({ source }) => source)).toEqual([rows[3]?.[2]]);
    expect(propagate(after).ok).toBe(true);
    expect(propagate(after).totals.parameters).toBe(propagate(start).totals.parameters + 3 * (8 * 8 + 8));
    expect(new Set(nodes.map(({ position }) => `${position.x} ${position.y}`)).size).toBe(nodes.length);
    expect(applyCommand(after, inverse).design).toEqual(start);
  });

  test("copies of a group whose name is as long as it may be have names that fit", () => {
    const start = grouped(residual, ROW);
    const long = { ...start, graph: { ...start.graph, groups: start.graph.groups.map((one) => ({ ...one, name: "x".repeat(128) })) } };
    const { groups } = applyCommand(long, repeatCommand(long, ROW, 3, ids("new")).command).design.graph;
    expect(groups.every(({ name }) => name.length <= 128)).toBe(true);
    expect(new Set(groups.map(({ name }) => name)).size).toBe(3);
  });

  test("a collapsed group that stands behind makes room whole, and one that stands before stays whole", () => {
    const wires = design("in > a > b > x > y > out", { ...LAYERS, x: ["dropout"], y: ["dropout"] });
    const at = (x: number, y: number) => ({ position: { x, y } });
    // In rows: the group begins left of the repeated layer, and where its gap has closed a hidden layer lies right of it.
    const where = {
      in: at(0, 0),
      a: at(300, 0),
      b: at(600, 0),
      x: at(0, 300),
      y: at(900, 300),
      sum: at(0, 900),
      wide: at(0, 600),
      out: at(950, 300),
    };
    const nodes = wires.graph.nodes.map((node) => ({ ...node, ...where[node.id as keyof typeof where] }));
    const start = grouped({ ...wires, graph: { ...wires.graph, nodes } }, ["x", "y"], true);
    const placesIn = (of: DesignDocument) => Object.fromEntries(of.graph.nodes.map(({ id, position }) => [id, position]));
    const { x, y, out } = placesIn(applyCommand(start, repeatCommand(start, ["a"], 2, ids("new")).command).design);
    expect([x, y]).toEqual([where.x.position, where.y.position]);
    expect(out?.x).toBeGreaterThan(950);
    const shifted = nodes.map((node) => (node.id === "x" ? { ...node, position: { x: 400, y: 300 } } : node));
    const behind = grouped({ ...wires, graph: { ...wires.graph, nodes: shifted } }, ["x", "y"], true);
    const moved = placesIn(applyCommand(behind, repeatCommand(behind, ["a"], 2, ids("new")).command).design);
    expect((moved["y"]?.x ?? 0) - (moved["x"]?.x ?? 0)).toBe(500);
    expect(moved["x"]?.x).toBeGreaterThan(400);
  });

  test("inside a group only its layers make room, and copies of all of them are no group of their own", () => {
    const start = grouped(residual, ["a", "b"]);
    const { command } = repeatCommand(start, ["a", "b"], 2, ids("new"), "g");
    const { graph } = applyCommand(start, command).design;
    expect(graph.groups).toEqual(start.graph.groups);
    for (const { id, position } of start.graph.nodes) expect(graph.nodes.find((node) => node.id === id)?.position).toEqual(position);
    const inner = applyCommand(start, repeatCommand(start, ["a"], 2, ids("new"), "g").command).design;
    const moved = inner.graph.nodes.filter(({ id, position }) =>
      start.graph.nodes.some((one) => one.id === id && one.position !== position),
    );
    expect(moved.map(({ id }) => id)).toEqual(["b"]);
  });

  test("what was repeated is repeated again: ids and names stay its own", () => {
    const once = applyCommand(residual, repeatCommand(residual, ROW, 2, ids("new")).command).design;
    const twice = applyCommand(once, repeatCommand(once, ROW, 3, ids("new")).command).design;
    expect(twice.graph.nodes).toHaveLength(6 + 3 + 6);
    for (const key of ["id", "name"] as const) expect(new Set(twice.graph.nodes.map((node) => node[key])).size).toBe(15);
    expect(propagate(twice).ok).toBe(true);
  });

  test("layers that nothing is connected to yet stand in a row as well", () => {
    const loose = design("a > b", { a: LAYERS.a, b: LAYERS.b });
    const { command, rows } = repeatCommand(loose, ["a", "b"], 3, ids("new"));
    const { edges } = applyCommand(loose, command).design.graph;
    expect(edges).toHaveLength(3 + 2);
    expect(edges.filter(({ source }) => source === "b").map(({ target }) => target)).toEqual([rows[1]?.[0]]);
  });

  test("says why layers cannot stand in a row", () => {
    expect(refusal(residual, [])).toBe("design.nothing_selected");
    expect(refusal(residual, ["in", "a"])).toBe("design.repeat_end");
    expect(refusal(residual, ["wide", "out"])).toBe("design.repeat_end");
    // Fed by two layers; giving from two.
    expect(refusal(residual, ["sum", "wide"])).toBe("sweep.block_not_a_row");
    expect(refusal(design("in > a > b > out, a > wide > out", LAYERS), ["a", "b"])).toBe("sweep.block_not_a_row");
    // Pictures go in and a row of numbers comes out.
    const pooled = design("in > conv > flat > out", {
      in: ["input", { shape: [8, 8, 1] }],
      conv: ["conv_2d", { filters: 2 }],
      flat: ["flatten"],
      out: ["output"],
    });
    expect(refusal(pooled, ["conv", "flat"])).toBe("design.repeat_shapes");
  });

  test("layers of which none leads to the other are no row, though one connection leads in and one leads out", () => {
    const apart = design("in > a, b > out", { in: ["input", { shape: [8] }], a: ["dense", { units: 8 }], b: ["dropout"], out: ["output"] });
    expect(refusal(apart, ["a", "b"])).toBe("design.repeat_apart");
  });
});
