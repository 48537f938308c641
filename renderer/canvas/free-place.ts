/** Where a box goes that would lie over others: the nearest place straight below, right, above or left of them. Pure: boxes in, a shift out. */
import type { Box, Shift } from "./make-room.ts";

/** A layer with a mistake is higher by about this: what is new often is not connected yet. */
export const MISTAKE_HEIGHT = 64;
/** Between the box and what it was moved past, in units of the canvas. */
const GAP = 28;
/** Boxes that touch do not overlap. */
const TOUCH = 1;

const lieOver = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width - TOUCH && b.x < a.x + a.width - TOUCH && a.y < b.y + b.height - TOUCH && b.y < a.y + a.height - TOUCH;

/** @returns nothing moved where the box lies over none of the others */
export function freeShift(box: Box, others: readonly Box[]): Shift {
  const ways = [
    past(box, others, (at, other) => ({ ...at, y: other.y + other.height + GAP })),
    past(box, others, (at, other) => ({ ...at, x: other.x + other.width + GAP })),
    past(box, others, (at, other) => ({ ...at, y: other.y - at.height - GAP })),
    past(box, others, (at, other) => ({ ...at, x: other.x - at.width - GAP })),
  ];
  const far = ({ dx, dy }: Shift): number => Math.abs(dx) + Math.abs(dy);
  return ways.reduce((least, way) => (far(way) < far(least) ? way : least));
}

/** Every step leaves one of the others behind for good: it always goes the same way. */
function past(box: Box, others: readonly Box[], next: (at: Box, other: Box) => Box): Shift {
  let at = box;
  for (let hit = others.find((other) => lieOver(at, other)); hit !== undefined; ) {
    at = next(at, hit);
    const here = at;
    hit = others.find((other) => lieOver(here, other));
  }
  return { dx: Math.round(at.x - box.x), dy: Math.round(at.y - box.y) };
}
