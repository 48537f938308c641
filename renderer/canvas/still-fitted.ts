import type { Viewport } from "@xyflow/react";

/**
 * @param now - of the canvas
 * @param last - as it was fitted; null before it was
 * @returns whether nobody has moved the view since
 */
export function isStillFitted(now: Viewport, last: Viewport | null): boolean {
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-3;
  return last !== null && near(now.x, last.x) && near(now.y, last.y) && near(now.zoom, last.zoom);
}
