/** Where a search opens that a key asked for. */
import { GROUP_PREFIX } from "../../core/graph/drawn-boxes.ts";
import { pointerPlace } from "./canvas-state.ts";
import { hiddenIn } from "./chosen.ts";

/** At the pointer while it is over the canvas, else in its middle. */
export function searchPlace(): { x: number; y: number } {
  const pointer = pointerPlace();
  if (pointer !== null) return { ...pointer };
  const box = document.querySelector(".react-flow")?.getBoundingClientRect();
  return box === undefined ? { x: 200, y: 120 } : { x: box.left + box.width / 2 - 150, y: box.top + box.height / 4 };
}

/** Beside the layer, or the collapsed group that it is in, where that is drawn, on the canvas or in the list. */
export function besideLayer(id: string): { x: number; y: number } {
  const group = hiddenIn(id);
  const quoted = CSS.escape(group === null ? id : `${GROUP_PREFIX}${group.id}`);
  const drawn = document.querySelector(`.react-flow__node[data-id="${quoted}"], [data-layer-row="${quoted}"] .list-name`);
  const box = drawn?.getBoundingClientRect();
  return box === undefined ? searchPlace() : { x: box.right + 12, y: box.top };
}
