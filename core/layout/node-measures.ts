/** How large a node is drawn, in CSS pixels at full size: for the canvas, for finding free places, and for pictures of it. */

export const NODE_WIDTH = 176;
export const NODE_HEIGHT = 92;
/** Ports keep their place when a mistake makes the node taller: nothing moves away from under the pointer. */
export const PORT_TOP = 44;
/** From one port of a side to the next. */
export const PORT_GAP = 20;

/** @returns the height at which a layer with this many ports at its left or right holds them all: more than two need more than the usual */
export const heightForPorts = (count: number): number => Math.max(NODE_HEIGHT, PORT_TOP + (count - 1) * PORT_GAP + PORT_GAP / 2);

type Place = { readonly x: number; readonly y: number };

/**
 * Where a port of a layer is, from the layer's upper left corner: at the left and right side, or, where the drawing runs down, at the
 * top and bottom.
 * @param index of the port on its side, out of `count`
 * @param height as the layer is drawn
 */
export function portPlace(side: "inputs" | "outputs", index: number, count: number, down: boolean, height: number = NODE_HEIGHT): Place {
  if (down) return { x: portLeft(index, count), y: side === "inputs" ? 0 : height };
  return { x: side === "inputs" ? 0 : NODE_WIDTH, y: PORT_TOP + index * PORT_GAP };
}

/** Of a port at top or bottom, from the left side: the first in the middle, so that chains are straight, as long as the others have room. */
export const portLeft = (index: number, count: number): number =>
  Math.min(NODE_WIDTH / 2, NODE_WIDTH - PORT_GAP * count) + index * PORT_GAP;
