import { describe, expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { applyCommand } from "./commands.ts";
import type { DesignDocument } from "./document.ts";
import { reorderCommand } from "./reorder.ts";

const row = design("in > a > b > out", { in: ["input", { shape: [8] }], a: ["dense"], b: ["dropout"], out: ["output"] });
const wires = ({ graph }: DesignDocument): string[] => graph.edges.map(({ source, target }) => `${source} > ${target}`).sort();

describe("a layer that changes places with its neighbour", () => {
  test("goes earlier, and back again by going later", () => {
    const earlier = applyCommand(row, reorderCommand(row, "b", "earlier")).design;
    expect(wires(earlier)).toEqual(["a > out", "b > a", "in > b"]);
    const back = applyCommand(earlier, reorderCommand(earlier, "b", "later")).design;
    expect(wires(back)).toEqual(wires(row));
    expect(back.graph.nodes).toEqual(row.graph.nodes);
  });

  test("takes the other's place on the canvas, and one undo brings both back to the byte", () => {
    const { design: after, inverse } = applyCommand(row, reorderCommand(row, "a", "later"));
    const at = (where: DesignDocument, id: string) => where.graph.nodes.find((node) => node.id === id)?.position;
    expect(at(after, "a")).toEqual(at(row, "b"));
    expect(JSON.stringify(applyCommand(after, inverse).design)).toBe(JSON.stringify(row));
  });

  test("across the border of a group they change places in it too; a collapsed one stays as it is", () => {
    const grouped = (collapsed: boolean): DesignDocument => ({
      ...row,
      graph: { ...row.graph, groups: [{ id: "g", name: "Block", node_ids: ["in", "a"], collapsed }] },
    });
    const { design: after, inverse } = applyCommand(grouped(false), reorderCommand(grouped(false), "a", "later"));
    expect(wires(after)).toEqual(["a > out", "b > a", "in > b"]);
    expect(after.graph.groups.map(({ node_ids }) => node_ids)).toEqual([["in", "b"]]);
    expect(JSON.stringify(applyCommand(after, inverse).design)).toBe(JSON.stringify(grouped(false)));
    expect(() => reorderCommand(grouped(true), "b", "earlier")).toThrow(expect.objectContaining({ code: "design.cannot_reorder" }));
  });

  test("keeps the order of connections at a layer that takes several", () => {
    const merge = design("in > a > b > m, in > c > m > out", {
      in: ["input", { shape: [8] }],
      a: ["dense"],
      b: ["dropout"],
      c: ["dense"],
      m: ["concatenate"],
      out: ["output"],
    });
    const after = applyCommand(merge, reorderCommand(merge, "b", "earlier")).design;
    expect(after.graph.edges.filter(({ target }) => target === "m").map(({ source }) => source)).toEqual(["a", "c"]);
  });

  test("stays where the order is not its own: at an end, behind a branch, at a merge", () => {
    const branch = design("in > a > b > out, a > c > out2", {
      in: ["input", { shape: [8] }],
      a: ["dense"],
      b: ["dropout"],
      c: ["dropout"],
      out: ["output"],
      out2: ["output"],
    });
    const circle = design("a > b > a", { a: ["dense"], b: ["dropout"] });
    for (const [of, id, place] of [
      [row, "a", "earlier"],
      [row, "in", "later"],
      [row, "b", "later"],
      [row, "out", "earlier"],
      [branch, "b", "earlier"],
      [branch, "a", "later"],
      [circle, "a", "later"],
    ] as const)
      expect(() => reorderCommand(of, id, place), `${id} ${place}`).toThrow("design.cannot_reorder");
    expect(() => reorderCommand(row, "nobody", "later")).toThrow("design.unknown_node");
  });
});
