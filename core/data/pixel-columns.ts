/**
 * Tables whose columns are the pixels of pictures: which columns those are, told by their names, and the bytes that their
 * numbers become. A column of a design that is made so keeps the names and the range, so that new rows become the same pictures.
 */
import { AppError } from "../errors.ts";
import type { PixelsDocument } from "../graph/document.ts";

export type PictureShape = readonly [height: number, width: number, channels: number];

export interface PixelRun {
  /** In the order of the pixels: by row, then column, then channel. */
  readonly columns: readonly string[];
  readonly shape: PictureShape;
}

/** Fewer are as likely measurements that are numbered. */
const FEWEST_PIXELS = 16;
const IN_A_GRID = /^(.*?)(\d+)[_x, -](\d+)(?:[_x, -](\d+))?$/;
const NUMBERED = /^(.*?)(\d+)$/;

/**
 * The longest run of names such as `pixel_0_0`, `1x1` (row and column, perhaps channel) or `pixel0` … (a square, grey or colour).
 * @param names of columns of numbers; null where none look like pixels
 */
export function pixelRun(names: readonly string[]): PixelRun | null {
  const runs = [...grouped(names, IN_A_GRID)].map(gridOf).concat([...grouped(names, NUMBERED)].map(squareOf));
  return runs.filter((run) => run !== null).sort((a, b) => b.columns.length - a.columns.length)[0] ?? null;
}

interface Numbered {
  readonly name: string;
  readonly numbers: readonly number[];
}

function grouped(names: readonly string[], form: RegExp): Numbered[][] {
  const groups = new Map<string, Numbered[]>();
  for (const name of names) {
    const found = form.exec(name);
    if (found === null) continue;
    const [, prefix = "", ...rest] = found;
    const numbers = rest.filter((part) => part !== undefined).map(Number);
    const key = `${prefix}|${numbers.length}`;
    groups.set(key, [...(groups.get(key) ?? []), { name, numbers }]);
  }
  return [...groups.values()];
}

/** Every place of the grid once, counted from 0 or 1. */
function gridOf(group: readonly Numbered[]): PixelRun | null {
  if (group.length < FEWEST_PIXELS) return null;
  const axes = group[0]?.numbers.length ?? 0;
  const ranges = Array.from({ length: axes }, (_, axis) => {
    const all = group.map(({ numbers }) => numbers[axis] as number);
    const low = all.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
    const high = all.reduce((most, one) => Math.max(most, one), 0);
    return { low, length: high - low + 1 };
  });
  const [height, width, channels] = ranges.map(({ length }) => length);
  if (height === undefined || width === undefined || height < 2 || width < 2) return null;
  if (channels !== undefined && channels !== 1 && channels !== 3) return null;
  const places = new Map(
    group.map(({ name, numbers }) => [
      numbers.reduce((sum, number, axis) => sum * (ranges[axis]?.length as number) + number - (ranges[axis]?.low as number), 0),
      name,
    ]),
  );
  const count = height * width * (channels ?? 1);
  if (places.size !== group.length || group.length !== count) return null;
  return { columns: Array.from({ length: count }, (_, place) => places.get(place) as string), shape: [height, width, channels ?? 1] };
}

/** Numbers that follow each other, as many as a square has, or a square of three colours. */
function squareOf(group: readonly Numbered[]): PixelRun | null {
  const inOrder = group.toSorted((a, b) => (a.numbers[0] as number) - (b.numbers[0] as number));
  const first = inOrder[0]?.numbers[0] ?? 0;
  if (inOrder.length < FEWEST_PIXELS || inOrder.some(({ numbers }, place) => numbers[0] !== first + place)) return null;
  const shape = shapeFor(inOrder.length);
  return shape[0] === shape[1] ? { columns: inOrder.map(({ name }) => name), shape } : null;
}

/** A square, grey or of three colours, where so many pixels make one; else the two sides that are nearest to each other. */
export function shapeFor(count: number): PictureShape {
  for (const channels of [1, 3]) {
    const side = Math.round(Math.sqrt(count / channels));
    if (side * side * channels === count) return [side, side, channels];
  }
  let height = Math.floor(Math.sqrt(count));
  while (height > 1 && count % height !== 0) height -= 1;
  return [Math.max(1, height), count / Math.max(1, height), 1];
}

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
