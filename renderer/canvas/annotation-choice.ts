/** Which notes and frames are chosen, and commands that acts on layers take along: deleting both, frames around layers that go elsewhere. */

import type { ActLabel } from "../../core/graph/act-label.ts";
import {
  changeAnnotationsCommand,
  frameAround,
  lyingIn,
  type Placed,
  removeAnnotationsCommand,
  SMALLEST_ANNOTATION,
} from "../../core/graph/annotations.ts";
import type { AnnotationChange, Command } from "../../core/graph/command.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import { type AnnotationDocument, type DesignDocument, LARGEST_ANNOTATION, type NodeDocument } from "../../core/graph/document.ts";
import { chosenAnnotations } from "../state/annotation-ids.ts";
import { useDocument } from "../state/document.ts";
import { actWords } from "../ui/act-words.ts";
import { useCanvas } from "./canvas-state.ts";
import { enteredGroup } from "./entered-group.ts";
import { drawnBoxes } from "./group-boxes.ts";

export type Places = Readonly<Record<string, Placed["position"]>>;

/** Of the open project. */
export function design(): DesignDocument {
  const open = useDocument.getState().design;
  if (open === null) throw new Error("An act on the canvas needs an open project.");
  return open;
}

export function selectedAnnotations(): readonly AnnotationDocument[] {
  const { design: open, selection } = useDocument.getState();
  return chosenAnnotations(open, selection);
}

/** What frames are drawn around and take along: layers, and collapsed groups as one, in the size in which they are drawn. */
export function placedBoxes(of: DesignDocument = design()): readonly (Placed & { readonly ids: readonly string[] })[] {
  return drawnBoxes(of).map(({ id, ids, x, y, width, height }) => ({ id, ids, position: { x, y }, width, height }));
}

/** The layers that lie in a frame. */
export function layersIn(frame: AnnotationDocument): readonly string[] {
  const boxes = placedBoxes();
  const inside = new Set(lyingIn(frame, boxes));
  return boxes.flatMap(({ id, ids }) => (inside.has(id) ? ids : []));
}

/** The command that takes the chosen ones away, and words for it; null when none is chosen. */
export function withoutChosen(): { readonly command: Command; readonly label: ActLabel; readonly count: number } | null {
  const chosen = selectedAnnotations();
  const [first] = chosen;
  if (first === undefined) return null;
  const one = actWords(first.kind === "frame" ? "act.delete_frame" : "act.delete_note");
  return {
    command: removeAnnotationsCommand(design(), new Set(chosen.map(({ id }) => id))),
    label: chosen.length === 1 ? one : actWords("act.delete_annotations", { count: chosen.length }),
    count: chosen.length,
  };
}

/** Notes and frames that are drawn where we are. */
export function shownAnnotations(of: DesignDocument = design()): readonly AnnotationDocument[] {
  const { annotations = [] } = of.graph;
  const { elsewhere } = useCanvas.getState();
  return enteredGroup() === null ? annotations : annotations.filter(({ id }) => !elsewhere.has(id));
}

interface Holding {
  readonly frame: AnnotationDocument;
  /** What lies in it, and the same once some of that has moved. */
  readonly held: readonly Placed[];
  readonly moved: readonly Placed[];
}

/** Frames that hold some of the layers that move. @param next the design with the layers at their new places */
function framesOf(moved: Places, before: DesignDocument, next: DesignDocument): readonly Holding[] {
  const [boxes, placed] = [placedBoxes(before), placedBoxes(next)];
  return shownAnnotations(before).flatMap((frame): Holding[] => {
    if (frame.kind !== "frame") return [];
    const inside = new Set(lyingIn(frame, boxes));
    const held = boxes.filter(({ id }) => inside.has(id));
    // By its layers: a group that opens or collapses is drawn as other boxes than before.
    const layers = new Set(held.flatMap(({ ids }) => ids));
    const now = placed.filter(({ ids }) => ids.every((id) => layers.has(id)));
    return now.some(({ ids }) => ids.some((id) => moved[id] !== undefined)) ? [{ frame, held, moved: now }] : [];
  });
}

/**
 * Frames fitted anew around the layers that they held, once those have been arranged. @returns null where there is none
 * @param next the design with the layers at their new places
 */
export function framesAround(moved: Places, next: DesignDocument): Command | null {
  const changes = new Map(framesOf(moved, design(), next).map((one) => [one.frame.id, frameAround(one.moved)]));
  return changes.size === 0 ? null : changeAnnotationsCommand(design(), changes);
}

/**
 * A command that makes room, or closes a gap, with the frames around what moves: each stays as far from what it holds as it was, and where
 * all of that moves alike its notes go along.
 */
export function withFrames(before: DesignDocument, command: Command): Command {
  if (shownAnnotations(before).length === 0) return command;
  const next = applyCommand(before, command).design;
  const places = new Map(before.graph.nodes.map(({ id, position }) => [id, position]));
  const isMoved = ({ id, position: { x, y } }: NodeDocument): boolean => {
    const was = places.get(id);
    return was !== undefined && (was.x !== x || was.y !== y);
  };
  const moved = Object.fromEntries(next.graph.nodes.filter(isMoved).map(({ id, position }) => [id, position]));
  const changes = new Map<string, AnnotationChange>();
  for (const { frame, held, moved: now } of framesOf(moved, before, next)) {
    const [from, to] = [cornersOf(held), cornersOf(now)];
    const [dx, dy] = [to.left - from.left, to.top - from.top];
    const [wider, higher] = [to.right - from.right - dx, to.bottom - from.bottom - dy];
    const shifted = ({ position: { x, y } }: Placed): Placed["position"] => ({ x: x + dx, y: y + dy });
    if (wider === 0 && higher === 0)
      for (const one of shownAnnotations(before))
        if (one.kind === "note" && lyingIn(frame, [one]).length > 0) changes.set(one.id, { position: shifted(one) });
    const [width, height] = [sized("width", frame.width + wider), sized("height", frame.height + higher)];
    changes.set(frame.id, { position: shifted(frame), width, height });
  }
  return changes.size === 0 ? command : { type: "batch", commands: [command, changeAnnotationsCommand(next, changes)] };
}

const sized = (side: "width" | "height", length: number): number =>
  Math.min(LARGEST_ANNOTATION, Math.max(SMALLEST_ANNOTATION[side], length));

/** Of the first and the last by where they stand: how large they are drawn does not change when they move, and is not known of what was hidden. */
function cornersOf(boxes: readonly Placed[]) {
  const [xs, ys] = [boxes.map(({ position }) => position.x), boxes.map(({ position }) => position.y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
