/** The shapes that mark runs, in the window and in reports: SVG paths on a square from −5 to 5, in the order in which runs take them. */
export const MARK_SHAPES = {
  circle: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
  square: "M-3.6 -3.6h7.2v7.2h-7.2z",
  triangle: "M0 -4.4L4.6 3.6H-4.6z",
  diamond: "M0 -5L4.4 0L0 5L-4.4 0z",
  cross: "M-1.5 -4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z",
  ring: "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0zM-2 0a2 2 0 1 1 4 0a2 2 0 1 1 -4 0z",
  wedge: "M0 4.4L4.6 -3.6H-4.6z",
  star: "M0 -5L1.5 -1.5L5 0L1.5 1.5L0 5L-1.5 1.5L-5 0L-1.5 -1.5z",
} as const;
export type MarkShape = keyof typeof MARK_SHAPES;

const NAMES = Object.keys(MARK_SHAPES) as readonly MarkShape[];
/** As many colours as runs have; then they come again, each with another shape. */
export const COLOUR_COUNT = 8;

/** @param place of a run among those that are shown, 0 or more */
export function shapeAt(place: number): MarkShape {
  return NAMES[(place + Math.floor(place / COLOUR_COUNT)) % NAMES.length] ?? "circle";
}
