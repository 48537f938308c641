/**
 * Acts on notes and frames: drawn, moved (a frame with what lies in it), resized, written, coloured. Keys, menus and the
 * pointer all come here; each is one command of the document.
 */

import type { ActLabel } from "../../core/graph/act-label.ts";
import {
  ANNOTATION_COLOURS,
  addAnnotationCommand,
  changeAnnotationsCommand,
  frameAround,
  lyingIn,
  type Placed,
  SMALLEST_ANNOTATION,
} from "../../core/graph/annotations.ts";
import type { AnnotationChange, Command } from "../../core/graph/command.ts";
import type { AnnotationDocument, DesignDocument } from "../../core/graph/document.ts";
import { annotationKey } from "../state/annotation-ids.ts";
import { endMerge, select, selectedNodes, undo, useDocument } from "../state/document.ts";
import { actWords } from "../ui/act-words.ts";
import { type TextKey, textNow } from "../ui/texts.ts";
import { design, layersIn, type Places, placedBoxes, selectedAnnotations, shownAnnotations } from "./annotation-choice.ts";
import { currentFlow, pointerPlace, useCanvas } from "./canvas-state.ts";
import { attempt, DRAG, newId } from "./edits.ts";
import { putAt } from "./snap.ts";

type Point = Placed["position"];

const NOTE = { width: 220, height: 110 };
const FRAME = { width: 420, height: 260 };

/** The middle of what is added without pointing: the pointer while it is over the canvas, else the middle of the view. */
function addPlace({ width, height }: typeof NOTE): Point {
  const flow = currentFlow();
  const pointer = pointerPlace();
  const box = document.querySelector(".react-flow")?.getBoundingClientRect();
  if (flow === null || box === undefined) return { x: 0, y: 0 };
  const at = flow.screenToFlowPosition(pointer ?? { x: box.left + box.width / 2, y: box.top + box.height / 2 });
  return putAt(pointer === null ? { x: at.x - width / 2, y: at.y - height / 2 } : at);
}

function add(annotation: Omit<AnnotationDocument, "id">, label: TextKey): void {
  const before = new Set((design().graph.annotations ?? []).map(({ id }) => id));
  endMerge();
  if (!attempt(() => addAnnotationCommand(design(), annotation, newId), actWords(label))) return;
  const added = design().graph.annotations?.find(({ id }) => !before.has(id));
  if (added === undefined) return;
  select([annotationKey(added.id)]);
  useCanvas.setState({ renaming: annotationKey(added.id) });
}

/** An empty note, open to be written. */
export function addNote(): void {
  add({ kind: "note", text: "", colour: "yellow", position: addPlace(NOTE), ...NOTE }, "act.add_note");
}

/** A frame around what is chosen, or an empty one; open to be named. */
export function addFrame(): void {
  const ids = new Set(selectedNodes().map(({ id }) => id));
  const around = [...placedBoxes().filter((box) => box.ids.some((id) => ids.has(id))), ...selectedAnnotations()];
  const box = around.length === 0 ? { position: addPlace(FRAME), ...FRAME } : frameAround(around);
  add({ kind: "frame", text: textNow()("annotation.frame_new"), colour: "blue", ...box }, "act.add_frame");
}

function change(changes: ReadonlyMap<string, AnnotationChange>, label: ActLabel, merge?: string, held = false): void {
  attempt(() => changeAnnotationsCommand(design(), changes), label, merge, held);
}

/** The act in which something is being written. */
let writing: number | null = null;

/** What is written so far: it is kept with the project while the person goes on. One act until `endWriting`, however long the pauses. */
export function writeAnnotation({ id, kind, text }: AnnotationDocument, written: string): void {
  if (written === text) return;
  change(new Map([[id, { text: written }]]), actWords(kind === "frame" ? "act.edit_frame" : "act.edit_note"), `write ${id}`, true);
  writing = lastAct();
}

function lastAct(): number | null {
  const { acts, done } = useDocument.getState();
  return acts[done - 1]?.id ?? null;
}

/** @param before what it said first: written again it is no act, and not kept (Escape) it comes back; what was written can be done again then */
export function endWriting(id: string, before: string, keep: boolean): void {
  const mine = writing;
  writing = null;
  if (mine === null) return;
  const now = (): AnnotationDocument | undefined => useDocument.getState().design?.graph.annotations?.find((one) => one.id === id);
  if (mine === lastAct() && (!keep || now()?.text === before)) undo();
  const left = now();
  // Something else was done meanwhile: that stays.
  if (!keep && left !== undefined) writeAnnotation(left, before);
  writing = null;
  endMerge();
}

/** The size it is dragged to; the moves of one drag are one entry, however long the pointer rests. */
export function resizeAnnotation(id: string, box: Point & { readonly width: number; readonly height: number }): void {
  const position = { x: Math.round(box.x), y: Math.round(box.y) };
  const size = { width: Math.round(box.width), height: Math.round(box.height) };
  change(new Map([[id, { position, ...size }]]), actWords("act.resize_annotation"), `resize ${id}`, true);
}

/** Wider and higher by so much, none smaller than can be taken hold of. */
export function resizeChosen(dx: number, dy: number): void {
  const chosen = selectedAnnotations();
  if (chosen.length === 0) return;
  const larger = ({ width, height }: AnnotationDocument): AnnotationChange => ({
    width: Math.max(SMALLEST_ANNOTATION.width, width + dx),
    height: Math.max(SMALLEST_ANNOTATION.height, height + dy),
  });
  const ids = chosen.map(({ id }) => id);
  change(new Map(chosen.map((one) => [one.id, larger(one)])), actWords("act.resize_annotation"), `resize ${ids.join(" ")}`);
}

export function colourAnnotations(colour: string): void {
  const chosen = selectedAnnotations().filter((one) => one.colour !== colour);
  if (chosen.length === 0) return;
  endMerge();
  change(new Map(chosen.map(({ id }) => [id, { colour }])), actWords("act.colour_annotation"));
}

export function nextColour(): void {
  const [first] = selectedAnnotations();
  if (first === undefined) return;
  const at = (ANNOTATION_COLOURS as readonly string[]).indexOf(first.colour);
  colourAnnotations(ANNOTATION_COLOURS[(at + 1) % ANNOTATION_COLOURS.length] ?? "yellow");
}

/** What each frame that is being moved takes along: what lay in it at the start, not what it passes over. */
const carried = new Map<string, { readonly nodes: readonly string[]; readonly annotations: readonly string[] }>();
let carriedIn: DesignDocument | null = null;

/** The next move takes along what lies in the frames then. */
export function endCarrying(): void {
  carried.clear();
  carriedIn = null;
}

function loadOf(frame: AnnotationDocument) {
  const known = carried.get(frame.id);
  if (known !== undefined) return known;
  const load = { nodes: layersIn(frame), annotations: lyingIn(frame, shownAnnotations()) };
  carried.set(frame.id, load);
  return load;
}

/**
 * Moves layers and notes to these places, frames with what lies in them; what has a place of its own keeps that.
 * @param notes by id, without the prefix
 * @param dragged with the pointer, which is still down
 */
export function moveThings(layers: Places, notes: Places, dragged = false): void {
  const { nodes, annotations = [] } = design().graph;
  const nodePlaces: Record<string, Point> = { ...layers };
  const notePlaces: Record<string, Point> = { ...notes };
  for (const frame of annotations) {
    const to = notes[frame.id];
    if (to === undefined || frame.kind !== "frame") continue;
    const [dx, dy] = [to.x - frame.position.x, to.y - frame.position.y];
    const load = loadOf(frame);
    const shifted = ({ position }: { readonly position: Point }): Point => ({ x: position.x + dx, y: position.y + dy });
    const inside = new Set(load.nodes);
    for (const node of nodes) if (inside.has(node.id)) nodePlaces[node.id] ??= shifted(node);
    const within = new Set(load.annotations);
    for (const one of annotations) if (within.has(one.id)) notePlaces[one.id] ??= shifted(one);
  }
  const commands: Command[] = [];
  if (Object.keys(nodePlaces).length > 0) commands.push({ type: "move", positions: nodePlaces });
  const moved = new Map(Object.entries(notePlaces).map(([id, position]) => [id, { position }]));
  if (moved.size > 0) commands.push(changeAnnotationsCommand(design(), moved));
  const [only] = commands;
  if (only === undefined) return;
  const count = Object.keys(nodePlaces).length + moved.size;
  const key = dragged ? DRAG : `move ${[...Object.keys(layers), ...Object.keys(notes).map(annotationKey)].join(" ")}`;
  attempt(() => (commands.length === 1 ? only : { type: "batch", commands }), actWords("act.move_many", { count }), key, dragged);
}

/** By arrow keys; a frame goes on with what it took along while nothing else happens between. */
export function nudgeThings(dx: number, dy: number): void {
  if (carriedIn !== design()) endCarrying();
  const by = <T extends { readonly id: string; readonly position: Point }>(things: readonly T[]): Places =>
    Object.fromEntries(things.map(({ id, position }) => [id, { x: position.x + dx, y: position.y + dy }]));
  moveThings(by(selectedNodes()), by(selectedAnnotations()));
  carriedIn = design();
}
