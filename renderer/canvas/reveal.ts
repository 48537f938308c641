/** Groups and notes chosen and brought into view; from inside of a group the way leads out of it where they are elsewhere. */
import type { AnnotationDocument, GroupDocument } from "../../core/graph/document.ts";
import { annotationKey } from "../state/annotation-ids.ts";
import { select } from "../state/document.ts";
import { useCanvas } from "./canvas-state.ts";
import { bringIntoView } from "./edits.ts";
import { enteredGroup, leaveFor } from "./entered-group.ts";
import { GROUP_PREFIX } from "./flow-model.ts";

export function revealGroup(group: GroupDocument): void {
  const [first = ""] = group.node_ids;
  const left = leaveFor(first);
  select(group.node_ids);
  const asOne = group.collapsed && enteredGroup() === null;
  bringDrawn(asOne ? [`${GROUP_PREFIX}${group.id}`] : group.node_ids, left);
}

export function revealNote({ id }: AnnotationDocument): void {
  const left = enteredGroup() !== null && useCanvas.getState().elsewhere.has(id);
  if (left) useCanvas.setState({ entered: null });
  select([annotationKey(id)]);
  bringDrawn([annotationKey(id)], left);
}

/** Only what is drawn can be shown: what is outside of a group comes with the next frame. */
function bringDrawn(ids: readonly string[], left: boolean): void {
  if (left) requestAnimationFrame(() => requestAnimationFrame(() => bringIntoView(ids)));
  else bringIntoView(ids);
}
