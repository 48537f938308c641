/** `--pixels`: columns of a table that are the pixels of pictures, found by their names or counted off, become one column of pictures. */
import { AppError } from "../../core/errors.ts";
import { type PictureShape, pixelRun } from "../../core/graph/pixel-run.ts";
import type { ColumnProfile } from "../../core/protocol/methods.ts";

/** The shape that the person says; null: what the names of the columns tell. */
export interface PixelsAsked {
  readonly shape: PictureShape | null;
}

/**
 * The run that is found by its names where it has as many columns as the shape; else all columns of numbers that are no target.
 * @throws AppError data.no_pixel_columns, data.pixels_do_not_fit
 */
export function pixelsToTake(
  file: string,
  columns: readonly Pick<ColumnProfile, "name" | "type">[],
  targets: readonly string[],
  { shape }: PixelsAsked,
): { readonly columns: readonly string[]; readonly shape: PictureShape } {
  const numbers = columns.filter(({ name, type }) => type === "numeric" && !targets.includes(name)).map(({ name }) => name);
  const run = pixelRun(numbers);
  if (shape === null) {
    if (run === null) throw new AppError("data.no_pixel_columns", { file, columns: numbers.slice(0, 10).join(", ") });
    return run;
  }
  const [height, width, channels] = shape;
  const pixels = height * width * channels;
  if (run?.columns.length === pixels) return { columns: run.columns, shape };
  if (numbers.length !== pixels) throw new AppError("data.pixels_do_not_fit", { height, width, channels, pixels, columns: numbers.length });
  return { columns: numbers, shape };
}
