import { expect, test } from "vitest";
import { design, ids } from "../../test/graph/designs.ts";
import { applyCommand } from "../graph/commands.ts";
import { repeatBlock } from "../graph/repeat-block.ts";
import { layerDefinition } from "../layers/registry.ts";
import { insertBlock } from "./insert.ts";
import { ownBlockOf } from "./own-block.ts";
import { blocks } from "./registry.ts";
import { turnedDown, turnedRight } from "./turned.ts";

const plain = design("in > a > b > out", { in: ["input", { shape: [4] }], a: ["dense"], b: ["dense"], out: ["output"] });
const down = applyCommand(plain, { type: "set_direction", direction: "down" }).design;

test("a block put into a drawing that runs down stands below itself: no two layers over each other, chains downwards", () => {
  for (const block of blocks) {
    const place = { position: { x: 1000, y: 0 }, language: "en" } as const;
    const { command, nodeIds } = insertBlock(down, block, {}, place, ids("n"));
    const { nodes, edges } = applyCommand(down, command).design.graph;
    const added = nodes.filter(({ id }) => nodeIds.includes(id));
    const at = new Map(added.map(({ id, position }) => [id, position]));
    const overlaps = added.filter((one, index) =>
      added.slice(index + 1).some(({ position: { x, y } }) => Math.abs(one.position.x - x) < 176 && Math.abs(one.position.y - y) < 92),
    );
    expect(overlaps.map(({ name }) => name)).toEqual([]);
    const inner = edges.flatMap(({ source, target }) => {
      const [from, to] = [at.get(source), at.get(target)];
      return from === undefined || to === undefined ? [] : [to.y - from.y];
    });
    expect(inner.filter((step) => step > 0).length).toBeGreaterThan(inner.length / 2);
  }
});

test("a block taken out of a drawing that runs down is kept as one that runs to the right", () => {
  const column = [0, 162, 324].map((y) => ({ position: { x: 0, y } }));
  expect(turnedRight(column).map(({ position }) => position)).toEqual([0, 236, 472].map((x) => ({ x, y: 0 })));
  expect(turnedDown(turnedRight(column))).toEqual(column);
  const stacked = applyCommand(down, { type: "move", positions: { a: { x: 0, y: 0 }, b: { x: 0, y: 162 } } }).design;
  const { nodes } = ownBlockOf(stacked, ["a", "b"], { id: "b", name: "mine", exposed: [] }, layerDefinition);
  expect(nodes.map(({ position }) => position)).toEqual([
    { x: 0, y: 0 },
    { x: 236, y: 0 },
  ]);
});

test("copies of a repeated row stand below each other there, else beside each other", () => {
  const [right, below] = [plain, down].map(({ graph }) =>
    repeatBlock(graph, ["a"], 3)
      .nodes.slice(-2)
      .map(({ position }) => position),
  );
  expect(right?.map(({ x, y }) => [x, y])).toEqual([
    [320, 0],
    [540, 0],
  ]);
  expect(below?.map(({ x, y }) => [x, y])).toEqual([
    [100, 162],
    [100, 324],
  ]);
});
