/** Layers and blocks that are dragged out of the palette: the connection that they would go into is lit, and where they are let go they stand. */
import type { DragEvent } from "react";
import { NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";
import { BLOCK_DRAG_TYPE } from "../palette/block-drag.ts";
import { LAYER_DRAG_TYPE } from "../palette/layer-drag.ts";
import { openDialog } from "../state/view.ts";
import { currentFlow } from "./canvas-state.ts";
import { addLayer } from "./edits.ts";
import { edgeAt, light } from "./use-flow-changes.ts";

export function allowDrop(event: DragEvent): void {
  if (![LAYER_DRAG_TYPE, BLOCK_DRAG_TYPE].some((type) => event.dataTransfer.types.includes(type))) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  light(edgeAt(event.clientX, event.clientY));
}

/** Out of the canvas, and not from one thing on it to another. */
export function onDragLeave({ currentTarget, relatedTarget }: DragEvent): void {
  if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) light(undefined);
}

export function onDrop(event: DragEvent): void {
  light(undefined);
  const type = event.dataTransfer.getData(LAYER_DRAG_TYPE);
  const place = currentFlow()?.screenToFlowPosition({ x: event.clientX, y: event.clientY });
  const block = event.dataTransfer.getData(BLOCK_DRAG_TYPE);
  if ((type === "" && block === "") || place === undefined) return;
  event.preventDefault();
  const edgeId = edgeAt(event.clientX, event.clientY);
  if (block !== "") openDialog({ name: "block", block, place, edgeId: edgeId ?? null });
  else addLayer(type, { x: place.x - NODE_WIDTH / 2, y: place.y - NODE_HEIGHT / 3 }, { edgeId: edgeId ?? null });
}
