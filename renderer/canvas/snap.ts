/** The dots of the background, and what is put on them while snapping is on. */
import { useSession } from "../state/session.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

export const GRID = 18;
const STEP = 4;
const LONG_STEP = 20;
/** What a long step is in dots. */
const LONG_DOTS = LONG_STEP / STEP;

/** Where something is put: on whole pixels, and while snapping on the dots. */
export function putAt({ x, y }: Point): Point {
  const grid = useSession.getState().snap ? GRID : 1;
  return { x: Math.round(x / grid) * grid, y: Math.round(y / grid) * grid };
}

/** How far an arrow key moves what stands at a place: some pixels, and while snapping to the dots ahead of it. */
export function arrowShift(at: Point, [dx, dy]: readonly [number, number], long: boolean): Point {
  if (!useSession.getState().snap) {
    const step = long ? LONG_STEP : STEP;
    return { x: dx * step, y: dy * step };
  }
  const dots = long ? LONG_DOTS : 1;
  return { x: alongDots(at.x, dx, dots), y: alongDots(at.y, dy, dots) };
}

function alongDots(from: number, way: number, dots: number): number {
  if (way === 0) return 0;
  const last = way > 0 ? Math.floor(from / GRID) : Math.ceil(from / GRID);
  return (last + way * dots) * GRID - from;
}
