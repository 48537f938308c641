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
export class PixelRange {
  private least = 0;
  private most = 0;
  private whole = true;

  add(values: Float64Array): void {
    for (const value of values) {
      if (value < this.least) this.least = value;
      if (value > this.most) this.most = value;
      this.whole &&= Number.isInteger(value);
    }
  }

  ends(): { low: number; high: number } {
    const { least: low, most: high } = this;
    if (this.whole && low === 0 && high > 127 && high <= 255) return { low, high: 255 };
    return { low, high: high > low ? high : low + 1 };
  }
}

/**
 * `[rows, height, width, channels]`: each number on its way from `low` to `high`, as a byte; beyond them it stays at the end.
 * @param columns  one a pixel, in order
 * @param firstRow of the table, where these are a piece of it
 * @throws AppError data.pixels_do_not_fit, data.pixel_missing
 */
export function pixelBytes(
  columns: readonly { readonly name: string; readonly values: Float64Array }[],
  of: PixelsDocument,
  firstRow = 0,
): Uint8Array {
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
      if (!Number.isFinite(value)) throw new AppError("data.pixel_missing", { column: name, row: firstRow + row + 1 });
      bytes[row * each + place] = Math.min(255, Math.max(0, Math.round((value - of.low) * scale)));
    }
  });
  return bytes;
}
