import { describe, expect, test } from "vitest";
import { design, ids } from "../../test/graph/designs.ts";
import {
  addAnnotationCommand,
  changeAnnotationsCommand,
  frameAround,
  lyingIn,
  type Placed,
  removeAnnotationsCommand,
} from "./annotations.ts";
import { copySelection, duplicateSelection, pasteSelection } from "./clipboard.ts";
import type { Command } from "./command.ts";
import { applyCommand } from "./commands.ts";
import type { AnnotationDocument, DesignDocument } from "./document.ts";
import { act, startHistory, undo } from "./history.ts";
import { readJournal, writeJournal } from "./journal.ts";
import { readDesign, writeDesign } from "./migrate.ts";

const plain = design("in > fc > out", { in: ["input", { shape: [4] }], fc: ["dense"], out: ["output"] });
const note = (id: string, x = 0, text = "look here"): AnnotationDocument => ({
  id,
  kind: "note",
  text,
  colour: "yellow",
  position: { x, y: 10 },
  width: 200,
  height: 90,
});
const withNotes = (...annotations: AnnotationDocument[]): DesignDocument => ({ ...plain, graph: { ...plain.graph, annotations } });

/** Applies and expects that undoing brings back the same bytes. */
function applied(one: DesignDocument, command: Command): DesignDocument {
  const { design: after, inverse } = applyCommand(one, command);
  expect(JSON.stringify(applyCommand(after, inverse).design)).toBe(JSON.stringify(one));
  return after;
}

describe("notes and frames", () => {
  test("a design without them is written and read as it was before there were any", () => {
    const text = writeDesign(plain);
    expect(text).not.toContain("annotations");
    expect(writeDesign(readDesign(text))).toBe(text);
    const added = applied(plain, addAnnotationCommand(plain, note("n"), ids("a")));
    expect(JSON.stringify(applied(added, removeAnnotationsCommand(added, new Set(["n"]))))).toBe(JSON.stringify(plain));
  });

  test("are kept by the file with their order, their unknown fields and a colour of a later version", () => {
    const strange = { ...note("b"), kind: "arrow", colour: "ultraviolet", tip: 7 };
    const text = writeDesign(withNotes(strange, note("a")));
    expect(readDesign(text).graph.annotations).toEqual([strange, note("a")]);
    expect(writeDesign(readDesign(text))).toBe(text);
  });

  test("a file with two of one id, or one without a size, is refused", () => {
    expect(() => readDesign(withNotes(note("n"), note("n")))).toThrow(expect.objectContaining({ code: "design.duplicate_id" }));
    expect(() => readDesign(withNotes({ ...note("n"), width: 0 }))).toThrow(expect.objectContaining({ code: "design.bad_field" }));
  });

  test("move, take a size, a text and a colour, each taken back to the byte", () => {
    let state = applied(plain, addAnnotationCommand(plain, note("n"), ids("a")));
    state = applied(state, changeAnnotationsCommand(state, new Map([["n", { position: { x: 5, y: 6 }, width: 300 }]])));
    state = applied(state, changeAnnotationsCommand(state, new Map([["n", { text: "why dropout here?", colour: "blue" }]])));
    expect(state.graph.annotations).toEqual([
      { ...note("n"), position: { x: 5, y: 6 }, width: 300, text: "why dropout here?", colour: "blue" },
    ]);
  });

  test("what is not there, and a place that is none, are refused and nothing has changed", () => {
    const one = withNotes(note("n"));
    for (const make of [
      () => changeAnnotationsCommand(one, new Map([["m", { text: "" }]])),
      () => removeAnnotationsCommand(one, new Set(["m"])),
      () => copySelection(one, [], ["m"]),
    ])
      expect(make).toThrow(expect.objectContaining({ code: "design.unknown_annotation" }));
    const away = changeAnnotationsCommand(one, new Map([["n", { position: { x: Number.NaN, y: 0 } }]]));
    expect(() => applyCommand(one, away)).toThrow(expect.objectContaining({ code: "design.bad_position" }));
  });

  test("are copied with layers, alone too, and keep their places among them", () => {
    const one = withNotes(note("n", 40), note("left", 500));
    const command = pasteSelection(one, copySelection(one, ["fc"], ["n"]), { x: 1000, y: 1000 }, ids("copy"));
    const after = applied(one, command);
    const copy = after.graph.annotations?.[2];
    const layer = after.graph.nodes.at(-1);
    expect(copy?.text).toBe("look here");
    expect(layer?.position.x).toBe(1060);
    expect(copy?.position).toEqual({ x: 1000, y: 1010 });
    const alone = applied(one, duplicateSelection(one, [], { x: 20, y: 20 }, ids("copy"), { annotationIds: ["left"] }));
    expect(alone.graph.annotations?.at(-1)?.position).toEqual({ x: 520, y: 30 });
    expect(alone.graph.nodes).toEqual(one.graph.nodes);
  });

  test("a change keeps in the history what it changed, and nothing of the others", () => {
    const many = withNotes(...Array.from({ length: 50 }, (_, index) => note(`n${index}`, index, "x".repeat(2000))));
    let state = startHistory(many);
    for (let x = 1; x <= 200; x += 1) {
      const id = `n${x % 50}`;
      state = act(state, changeAnnotationsCommand(state.design, new Map([[id, { position: { x, y: x } }]])));
    }
    const labels = state.past.map(() => ({ label: "moved", datasetBefore: null, datasetAfter: null }));
    const kept = readJournal(writeJournal({ labels, history: state }), state.design);
    expect(kept?.history.past).toHaveLength(200);
    for (let count = 0; count < 200; count += 1) state = undo(state);
    expect(JSON.stringify(state.design)).toBe(JSON.stringify(many));
  });

  test("a history of before, which kept all notes with every change, is read and leads back", () => {
    const [before, now] = [withNotes(note("n"), note("m")), withNotes(note("n", 90), note("m"))];
    const command = { type: "set_annotations", annotations: before.graph.annotations };
    const acts = [{ label: "moved", dataset_before: null, dataset_after: null, act: "set_annotations", command }];
    const read = readJournal(JSON.stringify({ format: "neuroloom-journal", format_version: 1, done: 1, acts }), now);
    expect(read === null ? null : JSON.stringify(undo(read.history).design)).toBe(JSON.stringify(before));
  });

  test("a change of nothing leaves a design without notes as it is", () => {
    const { design: same, inverse } = applyCommand(plain, { type: "change_annotations", changes: {} });
    expect(JSON.stringify(applyCommand(same, inverse).design)).toBe(JSON.stringify(plain));
  });

  test("acts of one burst on one note are one entry that takes all of it back, whatever of it each changed", () => {
    let state = startHistory(withNotes(note("n")));
    const origin = JSON.stringify(state.design);
    for (const change of [{ text: "a" }, { text: "ab" }, { width: 300 }, { text: "abc", width: 310 }])
      state = act(state, changeAnnotationsCommand(state.design, new Map([["n", change]])), { merge: "n" });
    expect(state.past).toHaveLength(1);
    expect(JSON.stringify(undo(state).design)).toBe(origin);
  });

  test("a frame dragged with layers is one entry that stays small, whatever the number of moves", () => {
    let state = startHistory(withNotes({ ...note("f"), kind: "frame" }));
    const origin = JSON.stringify(state.design);
    for (let x = 1; x <= 200; x += 1) {
      const moved = changeAnnotationsCommand(state.design, new Map([["f", { position: { x, y: 0 } }]]));
      const command: Command = { type: "batch", commands: [{ type: "move", positions: { fc: { x, y: 3 } } }, moved] };
      state = act(state, command, { merge: "move f" });
    }
    expect(state.past).toHaveLength(1);
    expect(JSON.stringify(state.past).length).toBeLessThan(1000);
    expect(JSON.stringify(undo(state).design)).toBe(origin);
  });
});

describe("what lies in a frame", () => {
  const box = (id: string, x: number, y: number, width = 100, height = 50): Placed => ({ id, position: { x, y }, width, height });

  test("is all whose middle is inside and that is no larger", () => {
    const frame = box("frame", 0, 0, 300, 200);
    const things = [box("in", 20, 20), box("edge", 240, 20), box("out", 260, 20), box("larger", -400, -400, 1000, 1000), frame];
    expect(lyingIn(frame, things)).toEqual(["in", "edge"]);
  });

  test("is what it was drawn around", () => {
    const things = [box("a", -30, 5), box("b", 400, 300)];
    expect(lyingIn({ id: "frame", ...frameAround(things) }, things)).toEqual(["a", "b"]);
  });
});
