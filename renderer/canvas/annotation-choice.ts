/** Which notes and frames are chosen, and commands that acts on layers take along: deleting both, frames around layers that were arranged. */

import type { ActLabel } from "../../core/graph/act-label.ts";
import { changeAnnotationsCommand, frameAround, lyingIn, type Placed, removeAnnotationsCommand } from "../../core/graph/annotations.ts";
import type { AnnotationChange, Command } from "../../core/graph/command.ts";
import type { AnnotationDocument, DesignDocument } from "../../core/graph/document.ts";
import { chosenAnnotations } from "../state/annotation-ids.ts";
import { useDocument } from "../state/document.ts";
import { actWords } from "../ui/act-words.ts";
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

/**
 * Frames fitted anew around the layers that they held, once those have been arranged. @returns null where there is none
 * @param next the design with the layers at their new places
 */
export function framesAround(moved: Places, next: DesignDocument): Command | null {
  const [boxes, arranged] = [placedBoxes(), placedBoxes(next)];
  const changes = new Map<string, AnnotationChange>();
  for (const frame of design().graph.annotations ?? []) {
    if (frame.kind !== "frame") continue;
    const inside = new Set(lyingIn(frame, boxes));
    const held = arranged.filter(({ id }) => inside.has(id));
    if (held.length === 0 || held.every(({ ids }) => ids.every((id) => moved[id] === undefined))) continue;
    changes.set(frame.id, frameAround(held));
  }
  return changes.size === 0 ? null : changeAnnotationsCommand(design(), changes);
}
