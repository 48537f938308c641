/** What a worker does for rows on disk: reads blocks, a pool of them at a time, and lays the rows of a window out in the order of the epoch. */
import { type BlockLayout, type BlockOrder, type Shuffling, shuffledBlocks } from "./row-order.ts";
import type { FillWindow, WindowMemory } from "./window-memory.ts";

/** Rows on disk: the numbers of all inputs of a row, one input after the other. */
export interface StoredRows {
  readonly rows: number;
  /** Numbers of each input, in the order in which they are stored. */
  readonly widths: Readonly<Record<string, number>>;
}

/** Reads rows from the file to the beginning of `into`. */
export type ReadRows = (firstRow: number, count: number, into: Float32Array) => void;

export function rowWidth({ widths }: StoredRows): number {
  return Object.values(widths).reduce((sum, width) => sum + width, 0);
}

/** Rows in the order of training. */
export function shuffledFill(
  stored: StoredRows,
  layout: BlockLayout,
  shuffling: Shuffling,
  { values, windowRows }: WindowMemory,
  read: ReadRows,
): FillWindow {
  const width = rowWidth(stored);
  const { rows, blockRows, poolBlocks } = layout;
  const pool = new Float32Array(poolBlocks * blockRows * width);
  const windowsAnEpoch = Math.ceil(rows / windowRows);
  let epoch = 0;
  let order: BlockOrder = shuffledBlocks({ ...layout, rows: 0 }, 1, shuffling);
  let loaded = -1;
  /** Where in the pool each of its blocks lies. */
  const slots = new Map<number, number>();
  const load = (wanted: number): void => {
    slots.clear();
    order.blocks.subarray(wanted * poolBlocks, (wanted + 1) * poolBlocks).forEach((block, slot) => {
      const first = block * blockRows;
      read(first, Math.min(blockRows, rows - first), pool.subarray(slot * blockRows * width));
      slots.set(block, slot);
    });
    loaded = wanted;
  };
  return (window, start) => {
    const wanted = 1 + Math.floor(window / windowsAnEpoch);
    if (wanted !== epoch) {
      epoch = wanted;
      order = shuffledBlocks(layout, epoch, shuffling);
      loaded = -1;
    }
    const first = (window % windowsAnEpoch) * windowRows;
    let poolOfRow = order.poolStarts.findLastIndex((begin) => begin <= first);
    for (let i = first; i < Math.min(rows, first + windowRows); i++) {
      if (i >= (order.poolStarts[poolOfRow + 1] ?? Number.POSITIVE_INFINITY)) poolOfRow += 1;
      if (loaded !== poolOfRow) load(poolOfRow);
      const row = order.rows[i] as number;
      const block = Math.floor(row / blockRows);
      layOut(stored, values, pool, ((slots.get(block) as number) * blockRows + (row % blockRows)) * width, start + i - first);
    }
  };
}

/** Rows as they lie, again and again. */
export function turnFill(stored: StoredRows, { values, windowRows }: WindowMemory, read: ReadRows): FillWindow {
  const width = rowWidth(stored);
  const buffer = new Float32Array(windowRows * width);
  const windowsATurn = Math.ceil(stored.rows / windowRows);
  return (window, start) => {
    const first = (window % windowsATurn) * windowRows;
    const count = Math.min(windowRows, stored.rows - first);
    read(first, count, buffer);
    for (let i = 0; i < count; i++) layOut(stored, values, buffer, i * width, start + i);
  };
}

/** One row, from the numbers that begin at `from`, to its place in the arrays of the inputs. */
function layOut({ widths }: StoredRows, values: WindowMemory["values"], source: Float32Array, from: number, place: number): void {
  let at = from;
  for (const id in widths) {
    const width = widths[id] as number;
    const target = values[id] as Float32Array;
    const to = place * width;
    if (width < 32) for (let k = 0; k < width; k++) target[to + k] = source[at + k] as number;
    else target.set(source.subarray(at, at + width), to);
    at += width;
  }
}
