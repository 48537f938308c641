/** Copies of what is chosen: as text, from text, and beside the originals; none of them lies over other layers. */
import type { ActLabel } from "../../core/graph/act-label.ts";
import { copySelection, duplicateSelection, pasteSelection, readSelection, type Selection } from "../../core/graph/clipboard.ts";
import type { Command } from "../../core/graph/command.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import type { NodeDocument } from "../../core/graph/document.ts";
import { NODE_HEIGHT } from "../../core/layout/node-measures.ts";
import { annotationKey } from "../state/annotation-ids.ts";
import { dispatch, select, selectedNodes, useDocument } from "../state/document.ts";
import { report } from "../state/toasts.ts";
import { actWords } from "../ui/act-words.ts";
import { design, selectedAnnotations } from "./annotation-choice.ts";
import { useCanvas } from "./canvas-state.ts";
import { deleteSelection, newId, showPlaces } from "./edits.ts";
import { whereWeAre } from "./entered-group.ts";
import { freeShift, MISTAKE_HEIGHT } from "./free-place.ts";
import { drawnBoxes, shownBoxes } from "./group-boxes.ts";
import type { Shift } from "./make-room.ts";
import { putAt } from "./snap.ts";
import { turnedFor } from "./turned-selection.ts";

type Point = NodeDocument["position"];

/** Ids of the chosen notes and frames. */
function noteIds(): readonly string[] {
  return selectedAnnotations().map(({ id }) => id);
}

export function copyText(): string | null {
  const ids = selectedNodes().map((node) => node.id);
  const notes = noteIds();
  return ids.length + notes.length === 0 ? null : copySelection(design(), ids, notes);
}

/** All notes and frames, as the selection knows them. */
function noteKeys(): readonly string[] {
  return (design().graph.annotations ?? []).map(({ id }) => annotationKey(id));
}

function addedNodes(command: Command): readonly NodeDocument[] {
  if (command.type === "add_nodes") return command.nodes;
  return command.type === "batch" ? command.commands.flatMap(addedNodes) : [];
}

/** "Paste dense_1" for one layer, "Paste 3 layers" for several. */
function countedLabel(act: "act.paste" | "act.cut" | "act.duplicate", names: readonly string[]): ActLabel {
  const [only] = names;
  return names.length === 1 && only !== undefined ? actWords(`${act}_one`, { name: only }) : actWords(act, { count: names.length });
}

export function cutSelection(): void {
  const names = selectedNodes().map((node) => node.name);
  deleteSelection(names.length === 0 ? undefined : countedLabel("act.cut", names));
}

/** About a thousand layers: to read and to draw them takes so long that it is said, and can be given up. */
const LONG_TEXT = 200_000;

export function paste(text: string, place: Point, keepIncoming: boolean): void {
  stopPasting();
  if (text.length > LONG_TEXT) {
    void pasteLong(text, place, keepIncoming);
    return;
  }
  try {
    pasteRead(readSelection(text), place, keepIncoming);
  } catch (thrown) {
    report(thrown);
  }
}

function pasteRead(selection: Selection, place: Point, keepIncoming: boolean): void {
  const turned = turnedFor(selection, design());
  copied(
    (at) => pasteSelection(design(), turned, at, newId, { keepIncoming }),
    place,
    (names) => countedLabel("act.paste", names),
  );
}

/** What is being read; another one takes its place. */
let pasting: AbortController | null = null;

/** Gives up what is being pasted. */
export function stopPasting(): void {
  pasting?.abort();
}

/**
 * Said, read and added in a turn each, so that the window hears a click on Stop, or Escape, between them. It is given up with its project:
 * another one does not get what was meant for this one.
 */
async function pasteLong(text: string, place: Point, keepIncoming: boolean): Promise<void> {
  pasting = new AbortController();
  const { signal } = pasting;
  const stops = (event: KeyboardEvent): void => {
    if (event.key === "Escape") stopPasting();
  };
  window.addEventListener("keydown", stops, true);
  const { project } = useDocument.getState();
  const unsubscribe = useDocument.subscribe((now) => {
    if (now.project?.id !== project?.id) stopPasting();
  });
  signal.addEventListener("abort", () => useCanvas.setState({ pasting: false }));
  useCanvas.setState({ pasting: true });
  try {
    await nextTurn();
    if (signal.aborted) return;
    const selection = readSelection(text);
    await nextTurn();
    if (!signal.aborted) pasteRead(selection, place, keepIncoming);
  } catch (thrown) {
    report(thrown);
  } finally {
    unsubscribe();
    window.removeEventListener("keydown", stops, true);
    if (!signal.aborted) useCanvas.setState({ pasting: false });
  }
}

/** When what has changed was drawn, and what was pressed meanwhile was heard; a window in the background draws nothing. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, 200);
    requestAnimationFrame(() => {
      clearTimeout(late);
      setTimeout(resolve);
    });
  });
}

const BESIDE = { x: 32, y: NODE_HEIGHT + 24 };

export function duplicate(): void {
  const nodes = selectedNodes();
  const annotationIds = noteIds();
  const ids = nodes.map((node) => node.id);
  const label = countedLabel(
    "act.duplicate",
    nodes.map((node) => node.name),
  );
  const [from] = [...nodes, ...selectedAnnotations()].map(({ position }) => position);
  if (from === undefined) return;
  copied(
    (at) => duplicateSelection(design(), ids, { x: at.x - from.x, y: at.y - from.y }, newId, { annotationIds }),
    { x: from.x + BESIDE.x, y: from.y + BESIDE.y },
    () => label,
  );
}

/** Adds copies where they lie over no other layer, chooses them and shows them. @param make with the first of them at a place */
function copied(make: (place: Point) => Command, place: Point, label: (names: readonly string[]) => ActLabel): void {
  try {
    const first = whereWeAre(make(putAt(place)));
    const { dx, dy } = shiftOf(first);
    const command = dx === 0 && dy === 0 ? first : whereWeAre(make(putAt({ x: place.x + dx, y: place.y + dy })));
    const before = noteKeys();
    const nodes = addedNodes(command);
    dispatch(command, { label: label(nodes.map(({ name }) => name)) });
    select([...nodes.map(({ id }) => id), ...noteKeys().filter((key) => !before.includes(key))]);
    if (dx !== 0 || dy !== 0) showPlaces(nodes.map(({ position }) => position));
  } catch (thrown) {
    report(thrown);
  }
}

/** By how much what a command adds moves, as one box around all of it as it is drawn, to lie over nothing that is shown. */
function shiftOf(command: Command): Shift {
  const added = new Set(addedNodes(command).map(({ id }) => id));
  if (added.size === 0) return { dx: 0, dy: 0 };
  const drawn = drawnBoxes(applyCommand(design(), command).design).filter(({ ids }) => ids.some((id) => added.has(id)));
  const [left, top, right, bottom] = drawn.reduce(
    ([l, t, r, b], { x, y, width, height }) => [Math.min(l, x), Math.min(t, y), Math.max(r, x + width), Math.max(b, y + height)] as const,
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY] as const,
  );
  return freeShift({ x: left, y: top, width: right - left, height: bottom - top + MISTAKE_HEIGHT }, shownBoxes(design()));
}
