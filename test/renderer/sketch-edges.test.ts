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

test("the connection at a place is the one whose line is nearest, of those that are meant", () => {
  const sketch = new Sketch();
  const row = [node("a", 0, 0), node("b", 1000, 0), node("c", 1000, 600)];
  sketch.linesOf(row, [edge("a", "b"), edge("a", "c")]);
  const any = (): boolean => true;
  const [half, port] = [600, 20];
  expect(sketch.edgeAt({ x: half, y: port + 30 }, 60, any)).toBe("a b");
  expect(sketch.edgeAt({ x: half, y: 300 }, 60, any)).toBe("a c");
  expect(sketch.edgeAt({ x: half, y: port + 30 }, 60, (id) => id !== "a b")).toBeUndefined();
  expect(sketch.edgeAt({ x: 1400, y: port }, 60, any)).toBeUndefined();
  // With every move of the pointer all are gone through: only what is near is asked about.
  const asked: string[] = [];
  sketch.edgeAt({ x: half, y: port + 30 }, 60, (id) => asked.push(id) > 0);
  expect(asked).toEqual(["a b"]);
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
