/** Connections seen from afar, while layers are dragged among many: what is remembered is what drawing all of it anew gives. */
import { expect, test } from "vitest";
import { Random } from "../../core/data/random.ts";
import type { FlowNode, ShapeFlowEdge } from "../../renderer/canvas/flow-elements.ts";
import { Sketch } from "../../renderer/canvas/SketchEdges.tsx";

const random = new Random(4);
const node = (id: string, x: number, y: number): FlowNode =>
  ({ id, type: "layer", position: { x, y }, data: { node: { id, type: "dense" }, sketch: true } }) as FlowNode;
const edge = (source: string, target: string): ShapeFlowEdge =>
  ({ id: `${source} ${target}`, source, target, sourceHandle: "output", targetHandle: "input", data: { wrong: false } }) as ShapeFlowEdge;

let nodes = Array.from({ length: 300 }, (_, i) => node(`n${i}`, i * 10, random.below(500)));
let edges = Array.from({ length: 400 }, (_, i) => edge(`n${i % 300}`, `n${random.below(300)}`));
const anew = () => new Sketch().linesOf(nodes, edges);
const moved = (index: number): FlowNode[] =>
  nodes.map((one, i) => (i === index ? node(one.id, random.below(900), random.below(900)) : one));

test("layers that move, come and go, and connections that change", () => {
  const sketch = new Sketch();
  expect(sketch.linesOf(nodes, edges)).toEqual(anew());
  for (let step = 0; step < 30; step++) {
    nodes = moved(random.below(nodes.length));
    if (step % 10 === 4) nodes = nodes.slice(1);
    if (step % 10 === 7) nodes = [nodes.at(-1) as FlowNode, ...nodes.slice(0, -1)];
    if (step % 10 === 9) edges = edges.map((one, i) => (i === step ? ({ ...one, selected: true } as ShapeFlowEdge) : one));
    expect(sketch.linesOf(nodes, edges)).toEqual(anew());
  }
});

test("only the lines of the layer that moved are other objects, and with nothing moved all are the same", () => {
  const sketch = new Sketch();
  const before = sketch.linesOf(nodes, edges);
  expect(sketch.linesOf([...nodes], edges)).toBe(before);
  const last = edges.at(-1) as ShapeFlowEdge;
  nodes = [...nodes, node("far", 0, 0)];
  edges = [...edges, edge("far", last.target)];
  const whole = sketch.linesOf(nodes, edges);
  nodes = moved(nodes.length - 1);
  const after = sketch.linesOf(nodes, edges);
  expect(after).toEqual(anew());
  expect(after.filter((line, i) => line !== whole[i])).toHaveLength(1);
});
