/** Keys of the canvas, and the system's clipboard: copies are text, so that they go to other windows and projects too. */

import { useEffect } from "react";
import { assertBlockSize } from "../../core/blocks/own-block.ts";
import { GROUP_PREFIX } from "../../core/graph/drawn-boxes.ts";
import type { ShortcutName } from "../shell/shortcuts.ts";
import { annotationKey } from "../state/annotation-ids.ts";
import { select, selectedNodes, useDocument } from "../state/document.ts";
import { pressed, pressedKeys } from "../state/keys.ts";
import { useSession } from "../state/session.ts";
import { setSignals, useSignals } from "../state/signals.ts";
import { report, toastWanted } from "../state/toasts.ts";
import { isDialogOpen, openDialog } from "../state/view.ts";
import { isChord, isTyping } from "../ui/keys.ts";
import { alignActs } from "./align-edits.ts";
import { selectedAnnotations, shownAnnotations } from "./annotation-choice.ts";
import { addFrame, addNote, nextColour, nudgeThings, resizeChosen } from "./annotation-edits.ts";
import { arrange, arrangeDown } from "./arrange.ts";
import { currentFlow, useCanvas } from "./canvas-state.ts";
import { choiceOf, chosenEdge, groupToRename, hiddenIn } from "./chosen.ts";
import { noteCopied, saysCopied } from "./clipboard-acts.ts";
import { copyText, cutSelection, duplicate, paste } from "./copy-edits.ts";
import { deleteSelection, fitCanvas, freePlace, nudge, toggleBypass, toggleFreeze } from "./edits.ts";
import { enteredGroup, enterGroup, leaveGroup, shownNodeIds } from "./entered-group.ts";
import { drawnPlaces } from "./group-boxes.ts";
import { takeOut, toggleCollapse, toggleGroup } from "./group-edits.ts";
import { openAddBehind, openConnectSearch, openLinkSearch } from "./link-acts.ts";
import { reorder } from "./rewire-edits.ts";
import { searchPlace } from "./search-place.ts";
import { toggleShared } from "./share-edits.ts";
import { arrowShift } from "./snap.ts";
import { isOfCanvas, panView, showFocused } from "./view-by-keys.ts";
import { walkLayers } from "./walk-layers.ts";

const NAMES = [
  "delete",
  "duplicate",
  "selectAll",
  "unselect",
  "rename",
  "bypass",
  "freeze",
  "share",
  "group",
  "takeOut",
  "collapse",
  "add",
  "find",
  "nextLayer",
  "previousLayer",
  "connect",
  "connectFrom",
  "disconnect",
  "moveEarlier",
  "moveLater",
  "listView",
  "saveBlock",
  "repeat",
  "enterGroup",
  "leaveGroup",
  "fit",
  "arrange",
  "arrangeDown",
  "alignLeft",
  "alignCentre",
  "alignRight",
  "alignTop",
  "alignMiddle",
  "alignBottom",
  "distributeAcross",
  "distributeDown",
  "snap",
  "addBehind",
  "note",
  "frame",
  "annotationColour",
  "annotationWider",
  "annotationNarrower",
  "annotationTaller",
  "annotationShorter",
  "signals",
  "zoomIn",
  "zoomOut",
] as const satisfies readonly ShortcutName[];
/** Those that go on while their key is held; of the others each would be one more entry to undo. */
const WHILE_HELD: ReadonlySet<ShortcutName> = new Set([
  "delete",
  "nextLayer",
  "previousLayer",
  "annotationWider",
  "annotationNarrower",
  "annotationTaller",
  "annotationShorter",
  "zoomIn",
  "zoomOut",
]);
const ARROWS: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** By which a note grows, in pixels. */
const GROW = 20;

export function openAddSearch(at: { x: number; y: number } = searchPlace()): void {
  const place = currentFlow()?.screenToFlowPosition(at) ?? freePlace();
  const edgeId = chosenEdge();
  useCanvas.setState({ search: { kind: "add", at, place, from: null, ...(edgeId === null ? {} : { edgeId }) } });
}

/** The name of the chosen group, layer or note is written anew; a layer that is hidden in a group is not meant. */
export function renameChosen(): void {
  const group = groupToRename();
  const layer = selectedNodes().find(({ id }) => hiddenIn(id) === null);
  const renaming = group === null ? (layer?.id ?? chosenNote()) : `${GROUP_PREFIX}${group.id}`;
  useCanvas.setState({ renaming });
}

/** Asks for the name of the block that the chosen layers become; more than a block holds are refused before. */
export function openSaveBlock(): void {
  const count = selectedNodes().length;
  if (count === 0) {
    toastWanted((t) => t("blocks.choose_first"));
    return;
  }
  try {
    assertBlockSize(count);
    openDialog({ name: "save_block" });
  } catch (thrown) {
    report(thrown);
  }
}

/** Asks how often the chosen layers are to stand in a row. */
export function openRepeat(): void {
  if (selectedNodes().length === 0) toastWanted((t) => t("repeat.choose_first"));
  else openDialog({ name: "repeat" });
}

export function toggleListView(): void {
  const { listView, setListView } = useSession.getState();
  setListView(!listView);
}

function selectAll(): void {
  const { design } = useDocument.getState();
  if (design !== null) select([...shownNodeIds(), ...shownAnnotations(design).map(({ id }) => annotationKey(id))]);
}

/** The first chosen note or frame, as React Flow knows it. */
function chosenNote(): string | null {
  const [first] = selectedAnnotations();
  return first === undefined ? null : annotationKey(first.id);
}

const acts: Readonly<Record<(typeof NAMES)[number], () => void>> = {
  delete: () => deleteSelection(),
  duplicate,
  selectAll,
  unselect: () => {
    useCanvas.setState({ refusal: null });
    // With nothing chosen any more, Escape leads out of the group.
    if (useDocument.getState().selection.size === 0 && enteredGroup() !== null) leaveGroup();
    else select([]);
  },
  saveBlock: openSaveBlock,
  repeat: openRepeat,
  enterGroup: () => enterGroup(),
  leaveGroup,
  rename: renameChosen,
  bypass: toggleBypass,
  freeze: () => toggleFreeze(),
  share: () => toggleShared(),
  group: toggleGroup,
  takeOut,
  collapse: () => toggleCollapse(),
  add: () => openAddSearch(),
  find: () => useCanvas.setState({ search: { kind: "find", at: searchPlace() } }),
  nextLayer: () => walkLayers(1),
  previousLayer: () => walkLayers(-1),
  connect: openConnectSearch,
  connectFrom: () => openLinkSearch("source"),
  disconnect: () => openLinkSearch("disconnect"),
  moveEarlier: () => reorder("earlier"),
  moveLater: () => reorder("later"),
  listView: toggleListView,
  fit: () => void fitCanvas(),
  arrange,
  arrangeDown,
  ...alignActs,
  addBehind: openAddBehind,
  note: addNote,
  frame: addFrame,
  annotationColour: nextColour,
  annotationWider: () => resizeChosen(GROW, 0),
  annotationNarrower: () => resizeChosen(-GROW, 0),
  annotationTaller: () => resizeChosen(0, GROW),
  annotationShorter: () => resizeChosen(0, -GROW),
  signals: () => setSignals(!useSignals.getState().on),
  zoomIn: () => void currentFlow()?.zoomIn(),
  zoomOut: () => void currentFlow()?.zoomOut(),
};

/**
 * Enter and Space on a focused node or edge select it, a group its layers: React Flow's own keys are off, because arrows would bypass the
 * document. Space does so when it is let go: held, it moves the view.
 */
function onNodeKey(event: KeyboardEvent): boolean {
  const node =
    event.target instanceof Element ? event.target.closest<HTMLElement | SVGElement>(".react-flow__node, .react-flow__edge") : null;
  const id = node === event.target ? node?.dataset["id"] : undefined;
  if (id === undefined || (event.key !== "Enter" && event.key !== " ") || event.ctrlKey || event.metaKey) return false;
  const ids = choiceOf(id);
  if (ids.length === 0) return false;
  const choose = (): void => select(event.shiftKey ? [...useDocument.getState().selection, ...ids] : ids);
  if (event.key === "Enter") choose();
  else if (!event.repeat) heldSpace = { on: node, choose };
  return true;
}

/** What Space selects when it is let go on what it was pressed on. */
let heldSpace: { readonly on: Element | null; choose(): void } | null = null;

function onKeyUp(event: KeyboardEvent): void {
  if (event.key !== " ") return;
  if (heldSpace?.on === event.target) heldSpace?.choose();
  heldSpace = null;
}

/** The pointer was pressed while Space was held, which moves the view; or the window lost the focus, and does not hear Space let go. */
function forgetSpace(): void {
  heldSpace = null;
}

function moveByArrow(arrow: readonly [number, number], long: boolean): void {
  const { design } = useDocument.getState();
  const [layer] = selectedNodes();
  const [note] = selectedAnnotations();
  const at = layer === undefined || design === null ? note?.position : drawnPlaces(design)(layer);
  if (at === undefined) return;
  const { x, y } = arrowShift(at, arrow, long);
  if (note === undefined) nudge(x, y);
  else nudgeThings(x, y);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing || isDialogOpen()) return;
  if (event.defaultPrevented) {
    // React Flow has taken Space for moving the view; on what has the focus it selects too.
    if (event.key === " ") onNodeKey(event);
    return;
  }
  const typing = isTyping(event.target);
  const name = pressed(event, NAMES);
  // Search is reached from a field too, as long as its keys type nothing there.
  if (typing && ((name !== "add" && name !== "find") || !isChord(pressedKeys(event, name) ?? ""))) return;
  const onWidget =
    event.target instanceof HTMLElement && event.target.closest("[role=tablist], [role=separator], [role=slider], button") !== null;
  const arrow = ARROWS[event.key];
  if (arrow !== undefined && !onWidget && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (useDocument.getState().selection.size === 0) {
      if (!isOfCanvas(event.target)) return;
      panView(arrow, event.shiftKey);
    } else moveByArrow(arrow, event.shiftKey);
  } else if (name !== undefined) {
    if (!event.repeat || WHILE_HELD.has(name)) acts[name]();
  } else if (!onNodeKey(event)) return;
  event.preventDefault();
}

let shiftHeld = false;

function onCopy(event: ClipboardEvent): void {
  if (isDialogOpen() || isTyping(event.target) || (window.getSelection()?.toString() ?? "") !== "") return;
  const text = copyText();
  if (text === null || event.clipboardData === null) return;
  event.clipboardData.setData("text/plain", text);
  noteCopied(text);
  event.preventDefault();
  if (event.type === "cut") cutSelection();
  else saysCopied();
}

function onPaste(event: ClipboardEvent): void {
  if (isDialogOpen() || isTyping(event.target)) return;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (text.trim() === "") return;
  event.preventDefault();
  const place = currentFlow()?.screenToFlowPosition(searchPlace()) ?? freePlace();
  paste(text, place, shiftHeld);
}

export function useCanvasKeys(): void {
  useEffect(() => {
    const track = (event: KeyboardEvent): void => {
      shiftHeld = event.shiftKey;
    };
    window.addEventListener("keydown", track, true);
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("keyup", onKeyUp);
    window.addEventListener("pointerdown", forgetSpace, true);
    window.addEventListener("blur", forgetSpace);
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    document.addEventListener("focusin", showFocused);
    return () => {
      window.removeEventListener("keydown", track, true);
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("keyup", onKeyUp);
      window.removeEventListener("pointerdown", forgetSpace, true);
      window.removeEventListener("blur", forgetSpace);
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
      document.removeEventListener("focusin", showFocused);
    };
  }, []);
}
