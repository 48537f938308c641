import { expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { summariseChange } from "./change-summary.ts";

const before = design("in > fc > out", { in: ["input", { shape: [4] }], fc: ["dense"], out: ["output"] });
const NOTHING = {
  added: [],
  removed: [],
  changed: [],
  edges_added: 0,
  edges_removed: 0,
  training: false,
  data: false,
  annotations: false,
  notes: false,
  groups: false,
  direction: false,
  moved: 0,
};

test("counts layers and connections, and says which of the rest changed", () => {
  const after = design("in > fc > more > out", {
    in: ["input", { shape: [4] }],
    fc: ["dense", { units: 3 }],
    more: ["dropout"],
    out: ["output"],
  });
  expect(summariseChange(before, { ...after, train: { epochs: 3 }, notes: "why" })).toMatchObject({
    added: ["more"],
    removed: [],
    changed: ["fc"],
    edges_added: 2,
    edges_removed: 1,
    training: true,
    notes: true,
    data: false,
    annotations: false,
  });
  expect(summariseChange(after, before)).toMatchObject({ added: [], removed: ["more"], edges_added: 1, edges_removed: 2 });
});

test("of the same design, written in another order too, nothing changed", () => {
  const reordered = { ...before, train: { b: 1, a: { d: 1, c: 2 } } };
  expect(summariseChange(reordered, { ...before, train: { a: { c: 2, d: 1 }, b: 1 } })).toEqual(NOTHING);
});

test("notes, frames and places alone change no layer", () => {
  const note = { id: "n", kind: "note", text: "", colour: "blue", position: { x: 0, y: 0 }, width: 90, height: 60 };
  const nodes = before.graph.nodes.map((node) => ({ ...node, position: { x: node.position.x + 5, y: 0 } }));
  expect(summariseChange(before, { ...before, graph: { ...before.graph, nodes, annotations: [note] } })).toEqual({
    ...NOTHING,
    annotations: true,
    moved: 3,
  });
});

test("a drawing that is turned says so", () => {
  const turned = { ...before, graph: { ...before.graph, direction: "down" as const } };
  expect(summariseChange(before, turned)).toEqual({ ...NOTHING, direction: true });
  expect(summariseChange(turned, { ...turned, graph: { ...turned.graph, direction: "right" } })).toMatchObject({ direction: true });
});
