import { expect, test } from "vitest";
import { design, ids } from "../../test/graph/designs.ts";
import { aligned, distributed } from "./alignment.ts";
import { applyCommand } from "./commands.ts";
import { drawnBoxes, placesOfLayers } from "./drawn-boxes.ts";
import { changeGroupCommand, groupCommand } from "./groups.ts";

const row = design("a > b > c > d", { a: ["dense"], b: ["dense"], c: ["dense"], d: ["dense"] });
const grouped = applyCommand(row, groupCommand(row, ["a", "b"], "First", ids("g"))).design;
const id = grouped.graph.groups[0]?.id ?? "";
const folded = applyCommand(grouped, changeGroupCommand(grouped, id, { collapsed: true })).design;
const size = () => ({ width: 80, height: 40 });

test("a collapsed group is one box, an open one is its layers, and of the one that is entered these are all", () => {
  expect(drawnBoxes(folded, null, size).map((box) => box.ids)).toEqual([["c"], ["d"], ["a", "b"]]);
  expect(drawnBoxes(folded, id, size).map((box) => box.ids)).toEqual([["a"], ["b"]]);
  expect(drawnBoxes(grouped, null, size)).toHaveLength(4);
});

test("lined up or spread, the layers of a collapsed group keep their places to one another", () => {
  const low = applyCommand(folded, {
    type: "move",
    positions: { b: { x: 100, y: 300 }, c: { x: 500, y: 90 }, d: { x: 120, y: 200 } },
  }).design;
  const boxes = drawnBoxes(low, null, size);
  expect(placesOfLayers(low, boxes, aligned(boxes, "right"))).toEqual({
    a: { x: 500, y: 0 },
    b: { x: 600, y: 300 },
    d: { x: 500, y: 200 },
  });
  expect(placesOfLayers(low, boxes, distributed(boxes, "down"))).toEqual({ c: { x: 500, y: 100 } });
});
