/** How large a node is drawn, in CSS pixels at full size: for the canvas, for finding free places, and for pictures of it. */

export const NODE_WIDTH = 176;
export const NODE_HEIGHT = 92;
/** Ports keep their place when a mistake makes the node taller: nothing moves away from under the pointer. */
export const PORT_TOP = 44;
/** From one port of a side to the next. */
export const PORT_GAP = 20;
