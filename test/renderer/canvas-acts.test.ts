/** Acts of the canvas over a real host, without a browser: notes that are added, resized, coloured and moved; a layer dragged elsewhere. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { SMALLEST_ANNOTATION } from "../../core/graph/annotations.ts";
import type { AnnotationDocument } from "../../core/graph/document.ts";
import { ProtocolClient } from "../../core/protocol/client.ts";
import { memoryChannelPair } from "../../core/protocol/memory.ts";
import { serve } from "../../core/protocol/server.ts";
import { type OpenedHost, openHost } from "../../main/host/host.ts";
import {
  addFrame,
  addNote,
  colourAnnotations,
  endWriting,
  moveThings,
  nextColour,
  nudgeThings,
  resizeAnnotation,
  resizeChosen,
  writeAnnotation,
} from "../../renderer/canvas/annotation-edits.ts";
import { duplicate } from "../../renderer/canvas/copy-edits.ts";
import { addLayer, deleteSelection, moveTo, toggleBypass, toggleFreeze } from "../../renderer/canvas/edits.ts";
import { insertDragged, reorder } from "../../renderer/canvas/rewire-edits.ts";
import { toggleShared } from "../../renderer/canvas/share-edits.ts";
import { GRID } from "../../renderer/canvas/snap.ts";
import { openSaveBlock } from "../../renderer/canvas/use-canvas-keys.ts";
import { annotationKey } from "../../renderer/state/annotation-ids.ts";
import { closeProject, createProject, endMerge, flushSave, redo, select, undo, useDocument } from "../../renderer/state/document.ts";
import { provideHost } from "../../renderer/state/host.ts";
import { useSession } from "../../renderer/state/session.ts";
import { useToasts } from "../../renderer/state/toasts.ts";
import { closeDialog, isDialogOpen } from "../../renderer/state/view.ts";
import { actText } from "../../renderer/ui/act-words.ts";
import { TRAINER } from "../built.ts";
import { design } from "../graph/designs.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

const home = mkdtempSync(join(tmpdir(), "neuroloom-canvas-acts-"));
let host: OpenedHost;
let client: ProtocolClient;
const row = design("in > a > b > c > out", { in: ["input", { shape: [8] }], a: ["dense"], b: ["dropout"], c: ["dense"], out: ["output"] });

beforeAll(async () => {
  host = await openHost({ home, entry: "test", workerUrl: TRAINER });
  const [near, far] = memoryChannelPair();
  const onFault = (fault: unknown): void => {
    throw fault;
  };
  serve(host.handlers, far, { onFault });
  client = new ProtocolClient(near, { onFault });
  provideHost(client);
});
afterAll(async () => {
  await closeProject();
  client.close();
  await host.shutdown({ checkpoint: false });
  rmSync(home, { recursive: true, force: true });
});
beforeEach(async () => {
  await closeProject();
  await createProject(row, null);
});

const graph = () => {
  const { design: open } = useDocument.getState();
  if (open === null) throw new Error("no project is open");
  return open.graph;
};
function note(): AnnotationDocument {
  const [only] = graph().annotations ?? [];
  if (only === undefined) throw new Error("there is no note");
  return only;
}
const labels = (): readonly string[] => useDocument.getState().acts.map(({ label }) => actText(label, "en"));
const wires = (): readonly string[] =>
  graph()
    .edges.map(({ source, target }) => `${source} > ${target}`)
    .sort();
const edge = (wire: string): string => graph().edges.find(({ source, target }) => `${source} > ${target}` === wire)?.id ?? "";

describe("notes and frames", () => {
  const write = (text: string): void => {
    for (let length = note().text.length + 1; length <= text.length; length += 1) writeAnnotation(note(), text.slice(0, length));
  };

  test("what is written is kept while it is written, as one act; Escape brings back what there was", async () => {
    addNote();
    vi.spyOn(performance, "now").mockReturnValueOnce(1e9).mockReturnValueOnce(2e9);
    write("Why");
    await flushSave();
    const { project } = useDocument.getState();
    const stored = await client.call("projects.open", { id: project?.id ?? "" });
    expect(stored.design.graph.annotations).toMatchObject([{ text: "Why" }]);
    write("Why dropout?");
    endWriting(note().id, "", true);
    expect(labels()).toHaveLength(2);
    // What is written another time is another act.
    write("Why dropout? Without it");
    endWriting(note().id, "Why dropout?", false);
    expect([note().text, labels().length, useDocument.getState().done]).toEqual(["Why dropout?", 3, 2]);
    redo();
    expect(note().text).toBe("Why dropout? Without it");
    undo();
    undo();
    expect(note().text).toBe("");
  });

  test("what is written and taken away again is no act; Escape leaves alone what else was done meanwhile", () => {
    addNote();
    writeAnnotation(note(), "h");
    writeAnnotation(note(), "");
    endWriting(note().id, "", true);
    expect(useDocument.getState().done).toBe(1);
    writeAnnotation(note(), "h");
    colourAnnotations("green");
    endWriting(note().id, "", false);
    expect(note()).toMatchObject({ text: "", colour: "green" });
    // Nothing was written: Escape takes back no act of before.
    endWriting(note().id, "", false);
    expect(note().colour).toBe("green");
  });

  test("are written, coloured in turn, duplicated and deleted, each taken back by one undo", () => {
    addNote();
    expect([...useDocument.getState().selection]).toEqual([annotationKey(note().id)]);
    writeAnnotation(note(), "Why dropout?");
    writeAnnotation(note(), "Why dropout?");
    endWriting(note().id, "", true);
    expect(labels()).toHaveLength(2);
    const first = note().colour;
    nextColour();
    expect(note().colour).not.toBe(first);
    colourAnnotations(first);
    expect(note()).toMatchObject({ text: "Why dropout?", colour: first });
    duplicate();
    expect(graph().annotations).toHaveLength(2);
    deleteSelection();
    expect(graph().annotations).toHaveLength(1);
    for (let count = labels().length; count > 0; count -= 1) undo();
    expect(graph().annotations ?? []).toEqual([]);
    redo();
    expect(note().text).toBe("");
  });

  test("are resized by keys and by the pointer, none below what can be taken hold of; a drag is one entry", () => {
    addNote();
    const { width, height } = note();
    resizeChosen(20, -10);
    expect(note()).toMatchObject({ width: width + 20, height: height - 10 });
    resizeChosen(-10_000, -10_000);
    expect(note()).toMatchObject(SMALLEST_ANNOTATION);
    endMerge();
    const before = labels().length;
    for (const size of [100, 150, 200]) resizeAnnotation(note().id, { x: 3.4, y: 5, width: size, height: size });
    expect(labels()).toHaveLength(before + 1);
    expect(note()).toMatchObject({ position: { x: 3, y: 5 }, width: 200, height: 200 });
    undo();
    expect(note()).toMatchObject(SMALLEST_ANNOTATION);
  });

  test("a resize by the pointer is one entry however long it rests", () => {
    addNote();
    endMerge();
    const before = labels().length;
    const now = vi.spyOn(performance, "now");
    resizeAnnotation(note().id, { x: 0, y: 0, width: 200, height: 200 });
    now.mockReturnValue(performance.now() + 60_000);
    resizeAnnotation(note().id, { x: 0, y: 0, width: 300, height: 200 });
    now.mockRestore();
    expect(labels()).toHaveLength(before + 1);
  });

  test("a frame is drawn around what is chosen and takes it along, by the pointer and by arrow keys", () => {
    select(["a"]);
    addFrame();
    const at = (id: string) => graph().nodes.find((one) => one.id === id)?.position;
    const [frame, a, b] = [note(), at("a"), at("b")];
    expect(frame.kind).toBe("frame");
    moveThings({}, { [frame.id]: { x: frame.position.x + 50, y: frame.position.y + 500 } });
    expect(at("a")).toEqual({ x: (a?.x ?? 0) + 50, y: (a?.y ?? 0) + 500 });
    endMerge();
    nudgeThings(0, 10);
    expect(at("a")?.y).toBe((a?.y ?? 0) + 510);
    expect(at("out")?.y).toBe(0);
    undo();
    undo();
    expect([at("a"), at("b"), note()]).toEqual([a, b, frame]);
  });
});

test("while snapping what is added and doubled stands on the dots", () => {
  useSession.setState({ snap: true });
  addLayer("dense", { x: 1003.5, y: -777 });
  addNote();
  select([graph().nodes.at(-1)?.id ?? ""]);
  duplicate();
  useSession.setState({ snap: false });
  const put = [...graph().nodes.slice(row.graph.nodes.length), note()];
  expect(put).toHaveLength(3);
  for (const { position } of put) expect([position.x % GRID, position.y % GRID].map(Math.abs)).toEqual([0, 0]);
});

test("while snapping a copy stands on the dots though what it is of does not", () => {
  moveTo({ a: { x: 1005, y: 707 } }, false);
  useSession.setState({ snap: true });
  select(["a"]);
  duplicate();
  useSession.setState({ snap: false });
  const { x, y } = graph().nodes.at(-1)?.position ?? { x: 1, y: 1 };
  expect([x % GRID, y % GRID]).toEqual([0, 0]);
});

test("of several layers one has to be chosen to change places, and that is said", () => {
  useToasts.setState({ toasts: [] });
  select(["a", "b"]);
  reorder("later");
  expect(graph()).toEqual(row.graph);
  expect(useToasts.getState().toasts).toHaveLength(1);
});

describe("a layer dragged onto a connection", () => {
  test("that is connected goes there where that is asked for, in one entry with the drag however long the pointer rests", () => {
    const now = vi.spyOn(performance, "now");
    moveTo({ b: { x: 400, y: 90 } }, true);
    now.mockReturnValue(performance.now() + 60_000);
    moveTo({ b: { x: 420, y: 100 } }, true);
    insertDragged("b", edge("c > out"), true);
    now.mockRestore();
    endMerge();
    expect(wires()).toEqual(["a > c", "b > out", "c > b", "in > a"]);
    expect(labels()).toHaveLength(1);
    undo();
    expect(graph()).toEqual(row.graph);
  });

  test("that is connected stays where nobody asked, and says once how it is done; a merge is refused in words", async () => {
    useToasts.setState({ toasts: [] });
    insertDragged("b", edge("c > out"), false);
    insertDragged("b", edge("c > out"), false);
    expect(wires()).toEqual(["a > b", "b > c", "c > out", "in > a"]);
    expect(useToasts.getState().toasts).toHaveLength(1);
    const merge = design("in > a > m, in > b > m > c > out", {
      in: ["input", { shape: [8] }],
      a: ["dense"],
      b: ["dense"],
      m: ["add"],
      c: ["dense"],
      out: ["output"],
    });
    await closeProject();
    await createProject(merge, null);
    insertDragged("m", edge("c > out"), true);
    expect(graph()).toEqual(merge.graph);
    expect(useToasts.getState().toasts).toHaveLength(2);
  });
});

test("more layers than a block holds are refused before anything is asked", async () => {
  await closeProject();
  const many = Array.from({ length: 501 }, (_, index) => `l${index}`);
  await createProject(design("", Object.fromEntries(many.map((id) => [id, ["dropout"]]))), null);
  select(many);
  openSaveBlock();
  expect(isDialogOpen()).toBe(false);
  expect(useToasts.getState().toasts.at(-1)?.content).toMatchObject({ code: "block.too_large", params: { count: 501, max: 500 } });
  select(many.slice(1));
  openSaveBlock();
  expect(isDialogOpen()).toBe(true);
  closeDialog();
});

test("what is done to one layer is called by its name, to several by their number, in both languages", () => {
  const each = [toggleBypass, toggleBypass, () => toggleFreeze(), () => toggleFreeze(), () => toggleShared(), () => toggleShared()];
  select(["a", "c"]);
  for (const act of each) act();
  expect(labels()).toEqual([
    "Bypass 2 layers",
    "Use 2 layers again",
    "Freeze 2 layers",
    "Train 2 layers again",
    "Share the weights of 2 layers",
    "Weights of their own: 2 layers",
  ]);
  for (const { label } of useDocument.getState().acts) expect(actText(label, "zh")).toContain("2 个层");
  select(["a", "b"]);
  toggleBypass();
  toggleFreeze();
  // Dropout has no weights: only one layer is frozen.
  expect(labels().slice(-2)).toEqual(["Bypass 2 layers", "Freeze a"]);
});
