/** Sizes that cases of several ops share: around the widths of vectors, of tiles, and of the pieces that threads take. */
import type { Shape } from "../../core/ir/tensor.ts";
import type { OpCase } from "./op-case.ts";

export const FLAT_SHAPES: Shape[] = [[1], [2], [3], [4], [5], [15], [16], [17], [7, 9], [64], [5, 13], [2, 3, 4], [1003], [130, 67]];
export const flat = (make: (shape: Shape) => OpCase): OpCase[] => FLAT_SHAPES.map(make);
export const ROWS_AND_CLASSES: [number, number][] = [
  [1, 1],
  [1, 2],
  [3, 2],
  [4, 3],
  [5, 4],
  [7, 5],
  [9, 10],
  [16, 17],
  [33, 100],
  [70, 6],
];
/** Rows that threads share in pieces of 128, where these go round: two, three and four pieces, and many. */
export const ROWS_IN_PIECES: readonly (readonly [number, number])[] = [
  [256, 20],
  [300, 3],
  [512, 37],
  [4200, 5],
];
export const ROWS_AND_CHANNELS: [number, number][] = [
  [1, 1],
  [2, 1],
  [2, 3],
  [3, 4],
  [5, 5],
  [7, 16],
  [10, 17],
  [16, 31],
  [33, 40],
  [300, 63],
  [129, 20],
];
