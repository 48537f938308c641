/** Numbers for the figures of help cards: the same at every look, and such that one sees what a layer does with them. */
import type { Shape } from "../ir/tensor.ts";
import { sizeOf } from "../ir/tensor.ts";
import type { FigureValues } from "../layers/figure.ts";

/** A number from −1 to 1 for every place; neighbours have nothing to do with one another. */
export function scattered(place: number): number {
  const x = Math.sin(place * 12.9898 + 4.1414) * 43758.5453;
  return 2 * (x - Math.floor(x)) - 1;
}

/**
 * @param shape with the samples first
 * @param indices how many there are to choose from, of `indices`
 */
export function madeUp(values: FigureValues, shape: Shape, indices: number): readonly number[] {
  const count = sizeOf(shape);
  const numbers = (of: (place: number) => number): readonly number[] => Array.from({ length: count }, (_, place) => of(place));
  const last = shape[shape.length - 1] ?? 1;
  switch (values) {
    case "wave":
      return numbers((place) => Math.round(100 * (0.7 * Math.sin(place * 0.9) + 0.5 * scattered(place))) / 100);
    case "tokens":
      return numbers((place) => Math.round(250 * scattered(place)) / 100);
    case "picture":
      return numbers((place) => ring(place, shape));
    case "pulse":
      return numbers((place) => [0, 1, 1, 0, 0, 0, -1, 0, 0, 0][place % 10] ?? 0);
    case "indices":
      return numbers((place) => [2, 0, 5, 2, 3][place % 5] ?? 0).map((index) => index % Math.max(1, indices));
    case "line":
      return numbers((place) => -4 + (8 * place) / Math.max(1, count - 1));
    case "columns":
      return numbers((place) => column(place, last));
    default:
      return values satisfies never;
  }
}

/** A bright ring on a dark ground: edges in every direction. */
function ring(place: number, shape: Shape): number {
  const [height = 1, width = 1, channels = 1] = shape.slice(-3);
  const pixel = Math.floor(place / channels) % (height * width);
  const radius = Math.hypot(Math.floor(pixel / width) - (height - 1) / 2, (pixel % width) - (width - 1) / 2);
  return Math.round(10 * Math.max(0, 1 - Math.abs(radius - height / 3.2) / 1.4)) / 10;
}

/** Every row and every column with a mean and a spread of its own, so that both kinds of normalization have something to even out. */
function column(place: number, width: number): number {
  const [at, row] = [place % width, Math.floor(place / width)];
  return (3 * scattered(at + 101) + scattered(place)) * (0.5 + (at % 4) * 0.6) + (row % 4) * 0.8;
}
