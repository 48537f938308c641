/**
 * Numbers of columns that are pixels become the bytes of pictures. A column of a design that is made so keeps the names and the
 * range, so that new rows become the same pictures. Which columns are pixels, by their names, is core/graph/pixel-run.ts.
 */
import { AppError } from "../errors.ts";
import type { PixelsDocument } from "../graph/document.ts";

/**
 * Range of the numbers that becomes black to white: 0 to 255 where they are whole and reach over 127, else from 0 (or the least,
 * where that is negative) to the greatest.
 */
export function rangeOfPixels(columns: readonly Float64Array[]): { low: number; high: number } {
  let [low, high, whole] = [0, 0, true];
  for (const values of columns)
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
      whole &&= Number.isInteger(value);
    }
  if (whole && low === 0 && high > 127 && high <= 255) return { low, high: 255 };
  return { low, high: high > low ? high : low + 1 };
}

/**
 * `[rows, height, width, channels]`: each number on its way from `low` to `high`, as a byte; beyond them it stays at the end.
 * @param columns one a pixel, in order
 * @throws AppError data.pixels_do_not_fit, data.pixel_missing
 */
export function pixelBytes(columns: readonly { readonly name: string; readonly values: Float64Array }[], of: PixelsDocument): Uint8Array {
  const [height, width, channels] = of.shape;
  const each = height * width * channels;
  if (each !== columns.length)
    throw new AppError("data.pixels_do_not_fit", { height, width, channels, pixels: each, columns: columns.length });
  const rows = columns[0]?.values.length ?? 0;
  const bytes = new Uint8Array(rows * each);
  const scale = 255 / (of.high - of.low);
  columns.forEach(({ name, values }, place) => {
    for (let row = 0; row < rows; row += 1) {
      const value = values[row] as number;
      if (!Number.isFinite(value)) throw new AppError("data.pixel_missing", { column: name, row: row + 1 });
      bytes[row * each + place] = Math.min(255, Math.max(0, Math.round((value - of.low) * scale)));
    }
  });
  return bytes;
}
