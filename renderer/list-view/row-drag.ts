/** Rows dragged onto rows: a layer that is dropped on another goes behind it, into its connection, as Alt and dragging do on the canvas. */
import type { DragEvent } from "react";
import { insertDragged } from "../canvas/rewire-edits.ts";
import { endMerge, useDocument } from "../state/document.ts";
import { toastWanted } from "../state/toasts.ts";

const ROW_DRAG_TYPE = "application/x-neuroloom-row";

function rowAt(event: DragEvent): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>("[data-layer-row]") : null;
}

/** The connection behind a layer that another one can go into: the first that is not the other's own. */
export function connectionBehind(target: string, dragged: string): string | undefined {
  const edges = useDocument.getState().design?.graph.edges ?? [];
  return edges.find((edge) => edge.source === target && edge.target !== dragged && target !== dragged)?.id;
}

function mark(row: HTMLElement | null): void {
  for (const marked of document.querySelectorAll(".list-row.takes")) if (marked !== row) marked.classList.remove("takes");
  row?.classList.add("takes");
}

/** Why a layer cannot go behind another: that gives nothing away, gives to this one only, or is a group or a note. */
function sayWhyNot(dragged: string, target: string): void {
  const { nodes = [], edges = [] } = useDocument.getState().design?.graph ?? {};
  const nameOf = (id: string): string | undefined => nodes.find((node) => node.id === id)?.name;
  const [name, behind] = [nameOf(dragged), nameOf(target)];
  if (name === undefined) return;
  if (behind === undefined) toastWanted((t) => t("list.drop_no_layer", { name }));
  else if (edges.some((edge) => edge.source === target)) toastWanted((t) => t("list.drop_stands_there", { name, behind }));
  else toastWanted((t) => t("list.drop_no_connection", { name, behind }));
}

export const rowDrag = {
  onDragStart: (event: DragEvent): void => {
    const id = rowAt(event)?.dataset["layerRow"];
    if (id === undefined) return;
    event.dataTransfer.setData(ROW_DRAG_TYPE, id);
    event.dataTransfer.effectAllowed = "move";
  },
  onDragOver: (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes(ROW_DRAG_TYPE)) return;
    event.preventDefault();
    mark(rowAt(event));
  },
  onDragEnd: (): void => mark(null),
  onDrop: (event: DragEvent): void => {
    mark(null);
    const dragged = event.dataTransfer.getData(ROW_DRAG_TYPE);
    const target = rowAt(event)?.dataset["layerRow"];
    if (dragged === "" || target === undefined) return;
    event.preventDefault();
    if (target === dragged) return;
    const edgeId = connectionBehind(target, dragged);
    if (edgeId === undefined) {
      sayWhyNot(dragged, target);
      return;
    }
    endMerge();
    insertDragged(dragged, edgeId, true);
    endMerge();
  },
};
