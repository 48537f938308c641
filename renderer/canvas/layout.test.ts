import { describe, expect, test } from "vitest";
import { layout } from "./layout.ts";

const node = (id: string) => ({ id, width: 172, height: 90 });
const edge = (source: string, target: string) => ({ source, target });

describe("automatic layout", () => {
  test("puts every node to the right of those it depends on", () => {
    const edges = [edge("a", "b"), edge("b", "c"), edge("a", "c"), edge("c", "d")];
    const placed = layout(["d", "c", "b", "a"].map(node), edges);
    for (const { source, target } of edges) expect(placed[target]?.x).toBeGreaterThan(placed[source]?.x ?? Number.POSITIVE_INFINITY);
  });

  test("keeps a chain on one line", () => {
    const placed = layout(["a", "b", "c"].map(node), [edge("a", "b"), edge("b", "c")]);
    expect(new Set(Object.values(placed).map(({ y }) => y)).size).toBe(1);
  });

  test("lets no two nodes overlap", () => {
    const ids = ["in", "a", "b", "c", "join", "out", "alone"];
    const placed = layout(ids.map(node), [
      edge("in", "a"),
      edge("in", "b"),
      edge("in", "c"),
      edge("a", "join"),
      edge("b", "join"),
      edge("c", "join"),
      edge("join", "out"),
    ]);
    for (const one of ids)
      for (const other of ids) {
        if (one >= other) continue;
        const apart =
          Math.abs((placed[one]?.x ?? 0) - (placed[other]?.x ?? 0)) >= 172 ||
          Math.abs((placed[one]?.y ?? 0) - (placed[other]?.y ?? 0)) >= 90;
        expect(apart, `${one} and ${other}`).toBe(true);
      }
  });

  test("lays branches on both sides of their source", () => {
    const placed = layout(["in", "a", "b"].map(node), [edge("in", "a"), edge("in", "b")]);
    expect(((placed["a"]?.y ?? 0) + (placed["b"]?.y ?? 0)) / 2).toBe(placed["in"]?.y);
  });

  test("untangles two chains that cross", () => {
    const placed = layout(["a", "b", "y", "x"].map(node), [edge("a", "x"), edge("b", "y")]);
    expect(Math.sign((placed["a"]?.y ?? 0) - (placed["b"]?.y ?? 0))).toBe(Math.sign((placed["x"]?.y ?? 0) - (placed["y"]?.y ?? 0)));
  });

  test("places the nodes of a cycle too", () => {
    const placed = layout(["a", "b", "c"].map(node), [edge("a", "b"), edge("b", "c"), edge("c", "a")]);
    expect(Object.keys(placed).sort()).toEqual(["a", "b", "c"]);
    expect(new Set(Object.values(placed).map(({ x }) => x)).size).toBe(3);
  });

  test("folds a long chain into rows", () => {
    const ids = ["a", "b", "c", "d", "e"];
    const placed = layout(
      ids.map(node),
      ids.slice(1).map((id, index) => edge(ids[index] ?? "", id)),
      { foldAfter: 3 },
    );
    expect(placed["d"]?.x).toBe(placed["a"]?.x);
    expect(placed["d"]?.y).toBeGreaterThan(placed["a"]?.y ?? Number.POSITIVE_INFINITY);
  });
});
