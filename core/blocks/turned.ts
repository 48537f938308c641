/** A piece that was drawn to the right, for a drawing that runs down: columns become rows. */
import type { NodeDocument } from "../graph/document.ts";

/** From one layer to the next along a piece and across it, in pixels of the canvas: as it is drawn, and turned. */
const DRAWN = { along: 236, across: 140 };
const TURNED = { along: 162, across: 236 };

type Placed = Pick<NodeDocument, "position">;

export function turnedDown<T extends Placed>(nodes: readonly T[]): readonly T[] {
  return nodes.map((node) => {
    const { x, y } = node.position;
    return { ...node, position: { x: Math.round((y / DRAWN.across) * TURNED.across), y: Math.round((x / DRAWN.along) * TURNED.along) } };
  });
}

/** The other way: a block that is taken out of a drawing that runs down is kept as one that runs to the right. */
export function turnedRight<T extends Placed>(nodes: readonly T[]): readonly T[] {
  return nodes.map((node) => {
    const { x, y } = node.position;
    return { ...node, position: { x: Math.round((y / TURNED.along) * DRAWN.along), y: Math.round((x / TURNED.across) * DRAWN.across) } };
  });
}
