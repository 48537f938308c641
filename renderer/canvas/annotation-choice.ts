/** Which notes and frames are chosen, and commands that acts on layers take along: deleting both, frames around layers that were arranged. */

import type { ActLabel } from "../../core/graph/act-label.ts";
import {
  type AnnotationChange,
  changeAnnotationsCommand,
  frameAround,
  lyingIn,
  type Placed,
  removeAnnotationsCommand,
} from "../../core/graph/annotations.ts";
import type { Command } from "../../core/graph/command.ts";
import type { AnnotationDocument, DesignDocument } from "../../core/graph/document.ts";
import { NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";
import { chosenAnnotations } from "../state/annotation-ids.ts";
import { useDocument } from "../state/document.ts";
import { actWords } from "../ui/act-words.ts";
import { currentFlow } from "./canvas-state.ts";

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

/** Layers as boxes of the size in which they are drawn. */
export function layerBoxes(): readonly Placed[] {
  const flow = currentFlow();
  return design().graph.nodes.map(({ id, position }) => {
    const measured = flow?.getNode(id)?.measured;
    return { id, position, width: measured?.width ?? NODE_WIDTH, height: measured?.height ?? NODE_HEIGHT };
  });
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

/** Frames fitted anew around the layers that they held, once those have been arranged. @returns null where there is none */
export function framesAround(positions: Places): Command | null {
  const boxes = layerBoxes();
  const changes = new Map<string, AnnotationChange>();
  for (const frame of design().graph.annotations ?? []) {
    if (frame.kind !== "frame") continue;
    const inside = new Set(lyingIn(frame, boxes));
    const held = boxes.filter(({ id }) => inside.has(id));
    if (held.length === 0 || held.every(({ id }) => positions[id] === undefined)) continue;
    changes.set(frame.id, frameAround(held.map((box) => ({ ...box, position: positions[box.id] ?? box.position }))));
  }
  return changes.size === 0 ? null : changeAnnotationsCommand(design(), changes);
}
