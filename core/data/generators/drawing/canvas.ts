/**
 * Small grey pictures drawn from distances: a figure says how far a point of the square [-1, 1]² is from its ink, and each picture is turned,
 * sized and moved a little by chance. Pixels are whole numbers from 0 to 255, columns p0_0 … by row and column, as tables of pictures have them.
 */
import type { Random } from "../../random.ts";
import type { NumberColumn } from "../../table.ts";
import type { GeneratorOption } from "../generator.ts";

/** Distance from ink, not positive inside it; y points down. */
export type Figure = (x: number, y: number) => number;

/** Options of drawn sets; `noise` in shares of full ink. */
export const drawnOptions: readonly GeneratorOption[] = [
  { name: "count", default: 1000, min: 4, max: 100_000 },
  { name: "noise", default: 0.1, min: 0, max: 1 },
  { name: "seed", default: 0, min: 0, max: 2 ** 31 - 1 },
  { name: "side", default: 16, min: 8, max: 32 },
];

const LARGEST_TURN = 0.2;
const LARGEST_MOVE = 0.15;

/** One picture, `[side × side]`, values 0 to 255. */
export function draw(figure: Figure, side: number, noise: number, random: Random): Uint8Array {
  const angle = LARGEST_TURN * (2 * random.float() - 1);
  const size = 0.75 + 0.2 * random.float();
  const [moveX, moveY] = [LARGEST_MOVE * (2 * random.float() - 1), LARGEST_MOVE * (2 * random.float() - 1)];
  const [cosine, sine] = [Math.cos(angle) / size, Math.sin(angle) / size];
  const pixel = 2 / side;
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const x = ((i % side) + 0.5) * pixel - 1 - moveX;
    const y = (Math.floor(i / side) + 0.5) * pixel - 1 - moveY;
    // Ink fades over the width of a pixel.
    const ink = Math.min(1, Math.max(0, 0.5 - (figure(cosine * x + sine * y, cosine * y - sine * x) * size) / pixel));
    return Math.round(255 * Math.min(1, Math.max(0, ink + (noise > 0 ? noise * random.normal() : 0))));
  });
}

/** A column a pixel. @param pictures as draw gives them */
export function pixelColumns(pictures: readonly Uint8Array[], side: number): NumberColumn[] {
  return Array.from({ length: side * side }, (_, i) => ({
    kind: "number",
    name: `p${Math.floor(i / side)}_${i % side}`,
    values: Float64Array.from(pictures, (picture) => picture[i] as number),
  }));
}

/** Distance from a line through points, drawn with a pen of this half width. */
export function stroke(points: readonly (readonly [x: number, y: number])[], pen: number): Figure {
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (let i = 1; i < points.length; i += 1)
      nearest = Math.min(nearest, fromSegment(x, y, points[i - 1] as readonly [number, number], points[i] as readonly [number, number]));
    return nearest - pen;
  };
}

function fromSegment(x: number, y: number, [ax, ay]: readonly [number, number], [bx, by]: readonly [number, number]): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** Points of an arc from one angle to another, in degrees: 0 is right, 90 is down. */
export function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): (readonly [number, number])[] {
  return Array.from({ length: 13 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / 12) * Math.PI) / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)] as const;
  });
}
