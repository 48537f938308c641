/** Which columns of a network are a picture that can be drawn by hand: a column of pictures, or a square of columns of numbers. */
import type { MethodOutput } from "../../core/protocol/methods.ts";

type FormColumn = MethodOutput<"runs.form">["columns"][number];

export interface Drawing {
  readonly height: number;
  readonly width: number;
  /** The column of pictures; null where the pixels are columns of their own, in the order of `columns`. */
  readonly column: string | null;
  readonly columns: readonly string[];
}

/** Fewer columns than these are no picture, even when they are a square number. */
const FEWEST_PIXELS = 36;

/** Null where there is nothing to draw. */
export function drawingOf(columns: readonly FormColumn[]): Drawing | null {
  const picture = columns.find(({ type }) => type === "picture");
  const [height, width] = picture?.shape ?? [];
  if (picture !== undefined && height !== undefined && width !== undefined) return { height, width, column: picture.name, columns: [] };
  const side = Math.sqrt(columns.length);
  if (columns.length < FEWEST_PIXELS || !Number.isInteger(side) || columns.some(({ type }) => type !== "numeric")) return null;
  return { height: side, width: side, column: null, columns: columns.map(({ name }) => name) };
}
