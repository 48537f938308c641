import { describe, expect, test, vi } from "vitest";
import { applyCommand } from "../../core/graph/commands.ts";
import { createNode, insertOnEdge } from "../../core/graph/create.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { design } from "../../test/graph/designs.ts";
import { withRoom } from "./insert-room.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

const drawn = (down = false): DesignDocument => {
  const one = design("in > a > b > out", { in: ["input", { shape: [8] }], a: ["dense"], b: ["dense"], out: ["output"], far: ["dense"] });
  const place = (index: number) => (down ? { x: 0, y: 152 * index } : { x: 240 * index, y: 0 });
  const nodes = one.graph.nodes.map((node, index) => ({ ...node, position: node.id === "far" ? { x: 900, y: 900 } : place(index) }));
  return { ...one, graph: { ...one.graph, nodes, ...(down ? { direction: "down" as const } : {}) } };
};
const ids = (): (() => string) => {
  let count = 0;
  return () => `new${count++}`;
};
function inserted(one: DesignDocument, place: { x: number; y: number }) {
  const edge = one.graph.edges[1]?.id ?? "";
  const command = withRoom(one, insertOnEdge(one, edge, createNode("dropout", place, one, ids()), ids()));
  const { design: after, inverse } = applyCommand(one, command);
  expect(JSON.stringify(applyCommand(after, inverse).design), "one undo").toBe(JSON.stringify(one));
  return Object.fromEntries(after.graph.nodes.map(({ id, position }) => [id, `${position.x} ${position.y}`]));
}

describe("a layer that goes into a connection", () => {
  test("between two that stand near, moves what follows on, in one act", () => {
    expect(inserted(drawn(), { x: 360, y: 0 })).toEqual({ in: "0 0", a: "240 0", new0: "480 0", b: "720 0", out: "960 0", far: "900 900" });
  });

  test("from the top down makes room below", () => {
    const after = inserted(drawn(true), { x: 0, y: 230 });
    expect(after).toMatchObject({ in: "0 0", a: "0 152", new0: "0 304", far: "900 900" });
    const [b, out] = [after["b"], after["out"]].map((place) => Number(place?.split(" ")[1]));
    expect(b).toBeGreaterThanOrEqual(304 + 92 + 60);
    expect((out ?? 0) - (b ?? 0)).toBe(152);
  });

  test("stays where it was dropped when it lies over nothing", () => {
    expect(inserted(drawn(), { x: 360, y: 300 })).toMatchObject({ new0: "360 300", b: "480 0", out: "720 0" });
  });

  test("is the way of an act that adds nothing, too: what is in no connection stays", () => {
    const one = drawn();
    const move = { type: "move", positions: { a: { x: 1, y: 2 } } } as const;
    expect(withRoom(one, move)).toBe(move);
  });
});
