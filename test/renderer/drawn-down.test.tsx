/** A drawing that runs from the top down, where it is small or far: connections leave below and come in above. */
import { Position } from "@xyflow/react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Direction } from "../../core/graph/document.ts";
import { NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";
import { designPicture } from "../../core/report/pictures.ts";
import type { FlowNode, ShapeFlowEdge } from "../../renderer/canvas/flow-elements.ts";
import { Sketch } from "../../renderer/canvas/SketchEdges.tsx";
import { Thumbnail } from "../../renderer/start/Thumbnail.tsx";
import { design } from "../graph/designs.ts";

const GAP = 152;
const drawn = (direction: Direction) => {
  const one = design("in > out", { in: ["input", { shape: [4] }], out: ["output"] });
  const nodes = one.graph.nodes.map((node, index) => ({
    ...node,
    position: direction === "down" ? { x: 0, y: GAP * index } : { x: 240 * index, y: 0 },
  }));
  return { ...one, graph: { ...one.graph, nodes, direction } };
};
const numbers = (text: string | undefined): readonly number[] => (text?.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

test.each(["right", "down"] as const)("the picture of a project, drawn %s", (direction) => {
  const svg = renderToStaticMarkup(<Thumbnail graph={drawn(direction).graph} />);
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers(
    /<line x1="[^"]+" y1="[^"]+" x2="[^"]+" y2="[^"]+"/.exec(svg)?.[0].replace(/[xy]\d=/g, ""),
  );
  const boxes = [...svg.matchAll(/<rect x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"/g)].map((box) => box.slice(1).map(Number));
  const [[left = 0, top = 0, width = 0, height = 0] = [], [nextLeft = 0, nextTop = 0] = []] = boxes;
  const expected =
    direction === "down"
      ? [left + width / 2, top + height, nextLeft + width / 2, nextTop]
      : [left + width, top + height / 2, nextLeft, nextTop + height / 2];
  [x1, y1, x2, y2].forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index] ?? 0, 6);
  });
});

test("the drawing in a report", () => {
  const down = numbers(/class="wire" d="([^"]+)"/.exec(designPicture(drawn("down"), "en").html)?.[1]);
  const right = numbers(/class="wire" d="([^"]+)"/.exec(designPicture(drawn("right"), "en").html)?.[1]);
  // From the middle of the foot to the middle of the head; to the right from side to side.
  expect(down[0]).toBe(down.at(-2));
  expect(down[1] ?? 0).toBeGreaterThan(40);
  expect(down.at(-1)).toBe(GAP);
  expect(right[1]).toBe(right.at(-1));
  expect(right.at(-2)).toBe(240);
});

test("connections seen from afar", () => {
  const edge = { id: "e", source: "in", target: "out", sourceHandle: "output", targetHandle: "input" } as ShapeFlowEdge;
  const nodes = (direction: Direction) =>
    drawn(direction).graph.nodes.map(
      (node): FlowNode =>
        ({
          id: node.id,
          type: "layer",
          position: node.position,
          data: { node, sketch: true },
          sourcePosition: direction === "down" ? Position.Bottom : Position.Right,
          targetPosition: direction === "down" ? Position.Top : Position.Left,
        }) as FlowNode,
    );
  const [down] = new Sketch().linesOf(nodes("down"), [edge]);
  const [x1, y1, x2, y2] = numbers(down?.path);
  expect([x1, y1]).toEqual([NODE_WIDTH / 2, NODE_HEIGHT]);
  expect(y2).toBe(GAP);
  expect(x2).toBeGreaterThan(0);
  const [right] = new Sketch().linesOf(nodes("right"), [edge]);
  expect(numbers(right?.path)[0]).toBe(NODE_WIDTH);
  expect(numbers(right?.path)[2]).toBe(240);
});
