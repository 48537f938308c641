/** Room that acts of the canvas make, and gaps that they close: frames go along, collapsed groups stay whole, and inside a group nothing outside moves. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { insertBlock } from "../../core/blocks/insert.ts";
import { blocks } from "../../core/blocks/registry.ts";
import { repeatCommand } from "../../core/graph/repeat-selection.ts";
import { NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";
import { defaultsOf } from "../../core/schema/validate.ts";
import { withFrames } from "../../renderer/canvas/annotation-choice.ts";
import { addFrame, addNote, endCarrying, moveThings } from "../../renderer/canvas/annotation-edits.ts";
import { addBlock } from "../../renderer/canvas/block-edits.ts";
import { copyText, paste } from "../../renderer/canvas/copy-edits.ts";
import { addLayer, attempt, newId } from "../../renderer/canvas/edits.ts";
import { enteredGroup, enterGroup, leaveGroup } from "../../renderer/canvas/entered-group.ts";
import { shownBoxes } from "../../renderer/canvas/group-boxes.ts";
import { toggleCollapse, toggleGroup } from "../../renderer/canvas/group-edits.ts";
import type { PaletteBlock } from "../../renderer/palette/palette-blocks.ts";
import { createProject, select, undo, useDocument } from "../../renderer/state/document.ts";
import { provideHost } from "../../renderer/state/host.ts";
import { actWords } from "../../renderer/ui/act-words.ts";
import { design } from "../graph/designs.ts";
import { heldHost } from "./held-host.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  const document = { documentElement: { dataset: {} }, querySelector: () => null };
  Object.assign(globalThis, { window: page, document, requestAnimationFrame: () => 0 });
});

const project = { id: "p", name: "p", revision: 1, dataset_id: null };
const LAYERS = { a: ["dense"], b: ["dense"], c: ["dense"], d: ["dense"], out: ["output"] } as const;
const line = design("in > a > b > c > d > out", { in: ["input", { shape: [8] }], ...LAYERS });
provideHost(heldHost({ "projects.create": { project }, "projects.save": { project }, "projects.open": { project, design: line } }).client);
const nodes = line.graph.nodes.map((node, index) => ({ ...node, position: { x: 300 * index, y: 0 } }));

beforeEach(async () => {
  await createProject({ ...line, graph: { ...line.graph, nodes } }, null);
});

const opened = () => {
  const { design: open } = useDocument.getState();
  if (open === null) throw new Error("no project is open");
  return open;
};
const graph = () => opened().graph;
const at = (id: string) => graph().nodes.find((one) => one.id === id)?.position ?? { x: 0, y: 0 };
const places = () => Object.fromEntries(graph().nodes.map(({ id, position }) => [id, position]));
const chosen = (): readonly string[] => [...useDocument.getState().selection];
const edge = (wire: string): string => graph().edges.find(({ source, target }) => `${source} > ${target}` === wire)?.id ?? "";
const right = (box: { readonly x: number; readonly width: number }): number => box.x + box.width;

/** Makes and chooses it; the id. */
function group(...ids: string[]): string {
  select(ids);
  toggleGroup();
  return graph().groups.at(-1)?.id ?? "";
}
function frameAround(...ids: string[]) {
  select(ids);
  addFrame();
  return lastNote();
}
function lastNote() {
  const made = graph().annotations?.at(-1);
  if (made === undefined) throw new Error("there is no note");
  return made;
}
const noteNow = (id: string) => graph().annotations?.find((one) => one.id === id);
function move(positions: Record<string, { x: number; y: number }>): void {
  attempt(() => ({ type: "move", positions }), actWords("act.move_many", { count: 1 }));
}

describe("frames", () => {
  test("and the notes in them go along with what moves when a group collapses, and back when it opens", () => {
    group("a", "b");
    const behind = frameAround("c", "d");
    const other = frameAround("in");
    addNote();
    const note = lastNote();
    moveThings({}, { [note.id]: { x: behind.position.x + 30, y: behind.position.y + 10 } });
    const before = [graph().annotations, at("c")];
    select(["a"]);
    toggleCollapse();
    const by = at("c").x - 900;
    expect(by).toBeLessThan(0);
    expect(noteNow(behind.id)).toEqual({ ...behind, position: { x: behind.position.x + by, y: behind.position.y } });
    expect(noteNow(note.id)?.position).toEqual({ x: behind.position.x + by + 30, y: behind.position.y + 10 });
    expect(noteNow(other.id)).toEqual(other);
    toggleCollapse();
    expect(at("c").x).toBeGreaterThan(900 + by);
    expect((noteNow(behind.id)?.position.x ?? 0) - at("c").x).toBe(behind.position.x - 900);
    expect((noteNow(note.id)?.position.x ?? 0) - at("c").x).toBe(behind.position.x + 30 - 900);
    undo();
    undo();
    expect([graph().annotations, at("c")]).toEqual(before);
  });

  test("of which a part moves grow by that, and stay as wide around it as they were", () => {
    const around = frameAround("a", "b", "c");
    addLayer("dropout", { x: 380, y: 0 }, { edgeId: edge("a > b") });
    const by = at("b").x - 600;
    expect(by).toBeGreaterThan(0);
    expect(noteNow(around.id)).toEqual({ ...around, width: around.width + by });
    undo();
    expect(noteNow(around.id)).toEqual(around);
  });

  test("go along when layers before them are repeated", () => {
    const behind = frameAround("d");
    const { command } = repeatCommand(opened(), ["b"], 3, newId);
    attempt(() => withFrames(opened(), command), actWords("act.repeat", { times: 3 }));
    const by = at("d").x - 1200;
    expect(by).toBeGreaterThan(0);
    expect(noteNow(behind.id)?.position.x).toBe(behind.position.x + by);
  });

  test("around a group that collapses and what stands behind it close in on both", () => {
    group("a", "b");
    const around = frameAround("a", "b", "c");
    select(["a"]);
    toggleCollapse();
    expect(noteNow(around.id)).toEqual({ ...around, width: around.width + at("c").x - 900 });
  });
});

describe("inside a group what stands outside, and is not seen, stays where it is", () => {
  test("when a frame is moved over it", () => {
    const id = group("a", "c");
    enterGroup(id);
    const frame = frameAround("a", "c");
    const before = places();
    moveThings({}, { [frame.id]: { x: frame.position.x + 40, y: frame.position.y } });
    endCarrying();
    expect(places()).toEqual({ ...before, a: { x: 340, y: 0 }, c: { x: 940, y: 0 } });
    leaveGroup();
  });

  test("when a layer goes into a connection there", () => {
    const id = group("a", "b");
    // As after another group has collapsed: the neighbours stand among the hidden layers.
    move({ c: { x: 680, y: 20 }, d: { x: 980, y: 20 } });
    enterGroup(id);
    const before = places();
    addLayer("dropout", { x: 400, y: 0 }, { edgeId: edge("a > b") });
    const [made = ""] = chosen();
    expect(enteredGroup()?.node_ids).toContain(made);
    expect(at("b").x).toBeGreaterThanOrEqual(at(made).x + NODE_WIDTH);
    expect(places()).toEqual({ ...before, [made]: at(made), b: at("b") });
    leaveGroup();
  });

  test("when one goes in at a gate: it takes the place of the layer that it feeds, wherever its source stands outside", () => {
    const id = group("a", "b");
    move({ in: { x: 5000, y: 3000 } });
    enterGroup(id);
    const before = places();
    addLayer("dropout", { x: 280, y: 10 }, { edgeId: edge("in > a") });
    const [made = ""] = chosen();
    expect(at(made)).toEqual({ x: 300, y: 0 });
    expect(at("a").x).toBeGreaterThanOrEqual(300 + NODE_WIDTH);
    expect(at("b").x - at("a").x).toBe(300);
    expect(places()).toEqual({ ...before, [made]: at(made), a: at("a"), b: at("b") });
    leaveGroup();
  });
});

const [definition] = blocks;
if (definition === undefined) throw new Error("there are no blocks");
const options = defaultsOf(definition.schema);
/** As the palette has it: two layers in a row are enough. */
const encoder = {
  key: definition.name,
  own: null,
  schema: definition.schema,
  draw: () => ({ nodes: nodes.slice(0, 2), entryCount: 1 }),
  insert: (of, set, place, make) => insertBlock(of, definition, set, { ...place, language: "en" }, make),
} as Pick<PaletteBlock, "key" | "own" | "schema" | "draw" | "insert"> as PaletteBlock;

describe("a collapsed group", () => {
  test("hides nothing that is in the way of a block", () => {
    group("a", "b");
    toggleCollapse();
    // What the group hides lies where the gap was closed.
    move({ b: { x: 700, y: 0 }, c: { x: 300, y: 900 }, d: { x: 600, y: 900 }, out: { x: 900, y: 900 } });
    select(["a", "b"]);
    addBlock(encoder, options, { place: null, edgeId: null });
    const made = chosen().map(at);
    expect(made.length).toBeGreaterThan(1);
    expect(Math.min(...made.map(({ y }) => y))).toBe(0);
    expect(Math.min(...made.map(({ x }) => x))).toBeGreaterThanOrEqual(300 + NODE_WIDTH);
  });

  test("that is pasted keeps clear of others by its box: what it hides may lie where they stand", () => {
    group("a", "b");
    toggleCollapse();
    const text = copyText() ?? "";
    // The box of the copy lies over nothing here, the second of its layers would lie over this one.
    move({ d: { x: 300, y: 2000 } });
    paste(text, { x: 0, y: 2000 }, false);
    const [first = ""] = chosen();
    expect(at(first)).toEqual({ x: 0, y: 2000 });
    // And over another it does not stay.
    paste(text, { x: 300, y: 2000 }, false);
    const copy = chosen().map(at)[0] ?? { x: 0, y: 0 };
    const others = shownBoxes(opened()).filter((box) => !(box.x === copy.x && box.y === copy.y));
    for (const box of others)
      expect(right(box) <= copy.x || box.x >= copy.x + NODE_WIDTH || box.y >= copy.y + NODE_HEIGHT || box.y + box.height <= copy.y).toBe(
        true,
      );
  });
});
