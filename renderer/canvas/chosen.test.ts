import { describe, expect, test, vi } from "vitest";
import { applyCommand } from "../../core/graph/commands.ts";
import { changeGroupCommand, groupCommand } from "../../core/graph/groups.ts";
import { design, ids } from "../../test/graph/designs.ts";
import { outputsOf } from "./chosen.ts";
import { drawnPlaces } from "./group-boxes.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

const fork = design("in > a > b > out, in > c", {
  in: ["input", { shape: [4] }],
  a: ["dense", { units: 3 }],
  b: ["dense"],
  c: ["dense"],
  out: ["output"],
});
const begins = (...chosen: string[]): readonly string[] =>
  outputsOf(
    fork.graph,
    fork.graph.nodes.filter(({ id }) => chosen.includes(id)),
  ).map(({ node }) => node);

describe("the output of what is chosen together", () => {
  test("is that of the layer that leads out of it, or that leads nowhere", () => {
    expect(begins("a")).toEqual(["a"]);
    expect(begins("a", "b")).toEqual(["b"]);
    expect(begins("c")).toEqual(["c"]);
    expect(begins("b", "out")).toEqual([]);
  });

  test("is several where layers do not belong together, or where one in the middle leads out too", () => {
    expect(begins("b", "c")).toEqual(["b", "c"]);
    expect(begins("in", "a")).toEqual(["in", "a"]);
  });
});

test("layers of a collapsed group are where the group is drawn, the others where they stand", () => {
  const grouped = applyCommand(fork, groupCommand(fork, ["a", "b"], "Middle", ids("g"))).design;
  const [group] = grouped.graph.groups;
  if (group === undefined) throw new Error("the design has no group");
  const positions = { a: { x: 100, y: 10 }, b: { x: 900, y: 50 }, c: { x: 300, y: 5 } };
  const moved = applyCommand(grouped, { type: "move", positions }).design;
  const closed = applyCommand(moved, changeGroupCommand(moved, group.id, { collapsed: true })).design;
  const placesOf = (of: typeof closed) => {
    const at = drawnPlaces(of);
    return Object.fromEntries(of.graph.nodes.filter(({ id }) => id in positions).map((node) => [node.id, at(node)]));
  };
  expect(placesOf(moved)).toEqual(positions);
  expect(placesOf(closed)).toEqual({ ...positions, b: positions.a });
});
