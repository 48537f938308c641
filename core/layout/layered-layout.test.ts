import { describe, expect, test } from "vitest";
import { layeredLayout as layout } from "./layered-layout.ts";

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

  test("from the top down it puts every node below those it depends on, branches beside each other and a long chain in columns", () => {
    const edges = [edge("a", "b"), edge("a", "c"), edge("b", "d"), edge("c", "d")];
    const placed = layout(["a", "b", "c", "d"].map(node), edges, { down: true });
    for (const { source, target } of edges)
      expect(placed[target]?.y).toBeGreaterThanOrEqual((placed[source]?.y ?? Number.POSITIVE_INFINITY) + 90);
    expect(placed["b"]?.y).toBe(placed["c"]?.y);
    expect(Math.abs((placed["b"]?.x ?? 0) - (placed["c"]?.x ?? 0))).toBeGreaterThanOrEqual(172);
    const chain = layout(["a", "b", "c"].map(node), [edge("a", "b"), edge("b", "c")], { down: true, foldAfter: 2 });
    expect(chain["b"]?.x).toBe(chain["a"]?.x);
    expect(chain["c"]).toEqual({ x: (chain["a"]?.x ?? 0) + 172 + 76, y: chain["a"]?.y });
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

  test("folds a chain of which two are joined twice, and lines its boxes up where their edges meet them", () => {
    const twice = [edge("a", "b"), edge("a", "b"), edge("b", "c")];
    const folded = layout(["a", "b", "c"].map(node), twice, { foldAfter: 2 });
    expect([folded["c"]?.x, folded["b"]?.y]).toEqual([0, 0]);
    const low = { id: "b", width: 172, height: 40, anchor: 20 };
    const straight = layout([{ ...node("a"), anchor: 44 }, low, { ...node("c"), anchor: 44 }], twice);
    expect((straight["b"]?.y ?? 0) + 20).toBe((straight["a"]?.y ?? 0) + 44);
    expect(straight["c"]?.y).toBe(straight["a"]?.y);
  });

  test("what comes first in a design lies above, and on the left from the top down", () => {
    const edges = [edge("in", "a"), edge("in", "b"), edge("in", "c"), edge("a", "out"), edge("b", "out"), edge("c", "out")];
    const across = layout(["in", "a", "b", "c", "out"].map(node), edges);
    const down = layout(["in", "a", "b", "c", "out"].map(node), edges, { down: true });
    const sorted = (of: typeof across, axis: "x" | "y") =>
      ["c", "b", "a"].sort((one, other) => (of[one]?.[axis] ?? 0) - (of[other]?.[axis] ?? 0));
    expect(sorted(across, "y")).toEqual(["a", "b", "c"]);
    expect(sorted(down, "x")).toEqual(["a", "b", "c"]);
  });

  describe("of a long network that branches", () => {
    /** Blocks of two layers that are gone around: in, a0, b0, add0, a1, b1, add1 … */
    const blocks = [0, 1, 2, 3, 4, 5];
    const start = (k: number): string => (k === 0 ? "in" : `add${k - 1}`);
    const ids = ["in", ...blocks.flatMap((k) => [`a${k}`, `b${k}`, `add${k}`])];
    const edges = blocks.flatMap((k) => [
      edge(start(k), `a${k}`),
      edge(`a${k}`, `b${k}`),
      edge(`b${k}`, `add${k}`),
      edge(start(k), `add${k}`),
    ]);
    const isApart = (one: { x: number; y: number }, other: { x: number; y: number }): boolean =>
      Math.abs(one.x - other.x) >= 172 || Math.abs(one.y - other.y) >= 90;
    const overlaps = (placed: ReturnType<typeof layout>): string[] =>
      ids.flatMap((one, i) =>
        ids
          .slice(i + 1)
          .filter((other) => !isApart(placed[one] ?? { x: 0, y: 0 }, placed[other] ?? { x: 0, y: 0 }))
          .map((other) => `${one} and ${other}`),
      );

    test("rows begin behind a join, and in each all lies to the right of what it depends on", () => {
      const placed = layout(ids.map(node), edges, { foldAfter: 7 });
      const y = (id: string): number => placed[id]?.y ?? Number.NaN;
      const x = (id: string): number => placed[id]?.x ?? Number.NaN;
      const backwards = edges.filter(({ source, target }) => x(target) <= x(source));
      expect(backwards.map(({ target }) => target)).toEqual(["a2", "add2", "a4", "add4"]);
      for (const { source, target } of backwards) expect(y(target)).toBeGreaterThan(y(source) + 90);
      expect(new Set(["a2", "a4"].map(x))).toEqual(new Set([0]));
      expect(overlaps(placed)).toEqual([]);
    });

    test("from the top down it stands in columns", () => {
      const placed = layout(ids.map(node), edges, { foldAfter: 7, down: true });
      expect(placed["a2"]?.y).toBe(placed["in"]?.y);
      expect(placed["a2"]?.x).toBeGreaterThan((placed["add1"]?.x ?? Number.NaN) + 172);
      expect(overlaps(placed)).toEqual([]);
    });

    test("as many rows as show it largest in the view, one where all of it fits", () => {
      const rows = (width: number, height: number): number => {
        const placed = layout(ids.map(node), edges, { view: { width, height } });
        expect(overlaps(placed)).toEqual([]);
        return edges.filter(({ source, target }) => (placed[target]?.x ?? 0) <= (placed[source]?.x ?? 0)).length / 2 + 1;
      };
      expect(rows(10_000, 600)).toBe(1);
      expect(rows(2000, 1200)).toBe(3);
      expect(rows(900, 1000)).toBeGreaterThan(rows(2000, 1000));
    });

    test("what many edges would cross stays in one row", () => {
      const many = Array.from({ length: 24 }, (_, k) => [`p${k}`, `q${k}`, `r${k}`]).flat();
      const lines = many.filter((id) => !id.endsWith("23")).map((id) => edge(id, `${id[0]}${Number(id.slice(1)) + 1}`));
      const joined = [...lines, edge("p0", "q1"), edge("q0", "r1"), edge("p23", "end"), edge("q23", "end"), edge("r23", "end")];
      const placed = layout([...many, "end"].map(node), joined, { foldAfter: 6 });
      for (const { source, target } of joined) expect(placed[target]?.x).toBeGreaterThan(placed[source]?.x ?? Number.POSITIVE_INFINITY);
    });
  });

  test("what is laid out in parts is one drawing: nothing overlaps, connections lead on, the same as in one", () => {
    const blocks = Array.from({ length: 45 }, (_, block) => block);
    const nodes = ["a-1", ...blocks.flatMap((block) => [`p${block}`, `q${block}`, `a${block}`])].map(node);
    const edges = blocks.flatMap((block) => [
      edge(`a${block - 1}`, `p${block}`),
      edge(`p${block}`, `q${block}`),
      edge(`q${block}`, `a${block}`),
      edge(`a${block - 1}`, `a${block}`),
    ]);
    const placed = layout(nodes, edges);
    for (const { source, target } of edges) expect(placed[target]?.x).toBeGreaterThanOrEqual((placed[source]?.x ?? 0) + 172);
    const few = layout(nodes.slice(0, 100), edges);
    for (const { id } of nodes.slice(0, 90)) expect(placed[id], id).toEqual(few[id]);
  });

  test("two towers are put into columns where they cannot be cut, as large as can be seen", () => {
    const tower = (name: string, count: number) => Array.from({ length: count }, (_, layer) => `${name}${layer}`);
    const towers = [tower("a", 13), tower("b", 8)];
    const ends = ["join", "head", "out"];
    const edges = [...towers.map((one) => [...one, "join"]), ends].flatMap((way) => way.slice(1).map((to, at) => edge(way[at] ?? "", to)));
    const nodes = [...towers.flat(), ...ends].map(node);
    const height = (view: object): number => {
      const placed = layout(nodes, edges, { down: true, foldAfter: 4, ...view });
      return Math.max(...Object.values(placed).map(({ y }) => y));
    };
    expect(height({ view: { width: 740, height: 390 } })).toBeLessThan(0.7 * height({}));
  });
});

test("a network that goes down and up again, each level joined with its other side, is folded where one row could not be read", () => {
  const down = [0, 1, 2].flatMap((level) => [`first${level}`, `second${level}`, `pool${level}`]);
  const up = [2, 1, 0].flatMap((level) => [`up${level}`, `join${level}`, `third${level}`, `fourth${level}`]);
  const ids = ["in", ...down, "deep", "deeper", ...up, "head", "out"];
  const chain = ids.slice(1).map((id, place) => edge(ids[place] ?? "", id));
  const edges = [...chain, ...[0, 1, 2].map((level) => edge(`second${level}`, `join${level}`))];
  const drawn = (view: { readonly width: number; readonly height: number }) => {
    const placed = layout(ids.map(node), edges, { view, foldAfter: 8 });
    const places = Object.values(placed);
    const [width, height] = [Math.max(...places.map(({ x }) => x)) + 172, Math.max(...places.map(({ y }) => y)) + 90];
    return { zoom: Math.min(view.width / width, view.height / height), apart: (placed["join0"]?.x ?? 0) - (placed["second0"]?.x ?? 0) };
  };
  expect(drawn({ width: 900, height: 580 }).zoom).toBeGreaterThan(0.4);
  // What can be read without is not torn apart: all that lies between the two sides stands between them.
  expect(drawn({ width: 2400, height: 580 }).apart).toBeGreaterThan(12 * 172);
});
