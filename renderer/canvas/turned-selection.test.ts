import { expect, test } from "vitest";
import { copySelection, pasteSelection, readSelection } from "../../core/graph/clipboard.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { writeDesign } from "../../core/graph/migrate.ts";
import { design, ids } from "../../test/graph/designs.ts";
import { turnedFor } from "./turned-selection.ts";

const frame = { id: "f", kind: "frame", text: "two", colour: "blue", position: { x: -28, y: -56 }, width: 468, height: 170 };
const note = { id: "n", kind: "note", text: "why", colour: "blue", position: { x: 236, y: 140 }, width: 90, height: 60 };
const plain = design("a > b", { a: ["dense"], b: ["dense"] });
const row = applyCommand(plain, {
  type: "batch",
  commands: [
    { type: "move", positions: { a: { x: 0, y: 0 }, b: { x: 236, y: 0 } } },
    { type: "set_annotations", annotations: [frame, note] },
  ],
}).design;
const empty = design("", {});
const down = applyCommand(empty, { type: "set_direction", direction: "down" }).design;

function pasted(text: string, into: DesignDocument): DesignDocument {
  return applyCommand(into, pasteSelection(into, turnedFor(readSelection(text), into), { x: 0, y: 0 }, ids("p"))).design;
}
const places = ({ graph }: DesignDocument) => graph.nodes.map(({ position }) => position);
const taken = (from: DesignDocument): string => copySelection(from, ["a", "b"]);

test("a row that is pasted into a drawing that runs down becomes a column, and comes back as the row it was", () => {
  const column = pasted(taken(row), down);
  expect(places(column)).toEqual([
    { x: 0, y: 0 },
    { x: 0, y: 162 },
  ]);
  const again = copySelection(
    column,
    column.graph.nodes.map(({ id }) => id),
  );
  expect(places(pasted(again, empty))).toEqual(places(row));
  expect(places(pasted(writeDesign(row), down))).toHaveLength(2);
});

test("its frames go around the layers that they held, its notes stay beside them", () => {
  const { nodes, annotations = [] } = pasted(copySelection(row, ["a", "b"], ["f", "n"]), down).graph;
  const [around, beside] = annotations;
  if (around === undefined || beside === undefined) throw new Error("not pasted");
  for (const { position } of nodes) {
    expect(position.x).toBeGreaterThan(around.position.x);
    expect(position.x).toBeLessThan(around.position.x + around.width);
    expect(position.y).toBeGreaterThan(around.position.y);
    expect(position.y).toBeLessThan(around.position.y + around.height);
  }
  expect(around.height).toBeGreaterThan(around.width);
  const [, second] = nodes;
  expect([beside.position.x - (second?.position.x ?? 0), beside.position.y - (second?.position.y ?? 0)]).toEqual([236, 0]);
});

test("what runs the same way, and a text of before that does not say which way it ran, stay as they lie", () => {
  expect(places(pasted(taken(row), empty))).toEqual(places(row));
  const { direction: _unsaid, ...old } = readSelection(taken(row));
  expect(places(pasted(JSON.stringify(old), down))).toEqual(places(row));
});
