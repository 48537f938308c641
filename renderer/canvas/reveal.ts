/** Layers, groups and notes chosen and brought into view; from inside of a group the way leads out of it where they are elsewhere. */
import type { AnnotationDocument, GroupDocument } from "../../core/graph/document.ts";
import type { Problem } from "../../core/graph/problem.ts";
import { annotationKey } from "../state/annotation-ids.ts";
import { select, useDocument } from "../state/document.ts";
import { useCanvas } from "./canvas-state.ts";
import { hiddenIn } from "./chosen.ts";
import { bringIntoView } from "./edits.ts";
import { enteredGroup, enterGroup, leaveFor } from "./entered-group.ts";

/** A layer in a collapsed group is shown inside of it: the design stays as it is. */
export function reveal(id: string): void {
  const left = leaveFor(id);
  const group = hiddenIn(id);
  if (group !== null) enterGroup(group.id);
  select([id]);
  bringDrawn([id], left || group !== null);
}

/** Where something is wrong: the layer, or the connection with the layer that it leads to. */
export function revealProblem({ nodeId, edgeId }: Problem): void {
  if (nodeId !== undefined) {
    reveal(nodeId);
    return;
  }
  const edge = useDocument.getState().design?.graph.edges.find(({ id }) => id === edgeId);
  if (edge === undefined) return;
  // A connection between a collapsed group and what is outside is drawn at the group's box.
  const isInside = hiddenIn(edge.target)?.node_ids.includes(edge.source) === true;
  if (isInside) reveal(edge.target);
  else bringDrawn([edge.target], leaveFor(edge.target));
  select([edge.id]);
}

export function revealGroup(group: GroupDocument): void {
  const [first = ""] = group.node_ids;
  const left = leaveFor(first);
  select(group.node_ids);
  bringDrawn(group.node_ids, left);
}

export function revealNote({ id }: AnnotationDocument): void {
  const left = enteredGroup() !== null && useCanvas.getState().elsewhere.has(id);
  if (left) useCanvas.setState({ entered: null });
  select([annotationKey(id)]);
  bringDrawn([annotationKey(id)], left);
}

/** Only what is drawn can be shown: what is outside of a group, or inside of it, comes with the next frame. */
function bringDrawn(ids: readonly string[], changes: boolean): void {
  if (changes) requestAnimationFrame(() => requestAnimationFrame(() => bringIntoView(ids)));
  else bringIntoView(ids);
}
