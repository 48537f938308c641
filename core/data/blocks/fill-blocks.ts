/** What a worker does for rows on disk: reads blocks, a pool of them at a time, and lays the rows of a window out in the order of the epoch. */
import { AppError } from "../../errors.ts";
import { applySteps, type ColumnGroups, type FittedStep } from "../pipeline.ts";
import type { PictureColumn } from "../table.ts";
import type { TextChangeSettings } from "../text/augment-texts.ts";
import { type BlockLayout, type BlockOrder, type Shuffling, shuffledBlocks } from "./row-order.ts";
import type { FillWindow, WindowMemory } from "./window-memory.ts";

/** Rows on disk: the numbers of all inputs of a row, one input after the other. */
export interface StoredRows {
  readonly rows: number;
  /** Numbers of each input, in the order in which they are read. */
  readonly widths: Readonly<Record<string, number>>;
  /** Inputs that are windows of a series, by node id: they are cut from the series, which is written once. */
  readonly windows?: Readonly<Record<string, WindowRows>>;
  /** Of rows that are written sparsely (sparse-rows.ts): where each begins, in numbers of the file, and where the last ends. */
  readonly starts?: Float64Array;
  /** Inputs that are pictures, by node id: they are read from where the data set has them, and are not written again. */
  readonly pictures?: Readonly<Record<string, PictureRows>>;
  /** Of rows that are copies of others with changed texts: what is written is what the first epoch has. */
  readonly copies?: CopiedTexts;
}

/** Windows of a series that lies step by step, as float32, in a file: that of row i begins at step `first + i`, or at `starts[i]`. */
export interface WindowRows {
  readonly path: string;
  /** Steps of a window. */
  readonly length: number;
  /** Numbers of a step. */
  readonly columns: number;
  readonly first: number;
  readonly starts?: Uint32Array;
  /**
   * Of gaps that are filled on a line between the values on both sides: a file with the last step up to each that is known, a uint32 a
   * column. What comes after it is not known yet at the end of a window: there stands its value.
   */
  readonly known?: string;
}

/** A file of pictures of one size, their bytes one after the other from `start` on. */
export interface PictureFile {
  readonly path: string;
  readonly start: number;
  readonly shape: PictureColumn["shape"];
  readonly count: number;
}

export interface PictureRows {
  readonly file: PictureFile;
  readonly column: string;
  /** What makes numbers of them. */
  readonly steps: readonly FittedStep[];
  /** Which picture of the file each row of the part shows. */
  readonly places: Uint32Array;
}

/** Where the numbers of a text stand in the row of an input. */
export interface TextPlace {
  readonly input: string;
  readonly column: string;
  /** Numbers of the row before it. */
  readonly offset: number;
}

export interface CopiedTexts {
  /** Holds, for each training row, the JSON of its texts as they were, in the order of their columns. */
  readonly path: string;
  /** Where those of each training row begin, in bytes of the file, and how many they take. */
  readonly starts: Float64Array;
  readonly bytes: Uint32Array;
  readonly changes: TextChangeSettings;
  /** What makes numbers of them. */
  readonly steps: readonly FittedStep[];
  readonly places: readonly TextPlace[];
}

/** The numbers of pictures, `[pictures, …]`: what the preparation would make of them in memory, to the bit. */
export function pictureNumbers({ file, column, steps }: Pick<PictureRows, "file" | "column" | "steps">, pixels: Uint8Array): Float32Array {
  const groups: ColumnGroups = new Map([[column, [{ kind: "picture", name: column, shape: file.shape, pixels }]]]);
  applySteps(steps, groups);
  const [made] = groups.get(column) ?? [];
  if (made?.kind !== "tensor") throw new AppError("data.picture_not_encoded", { column });
  return made.values;
}

export interface ShuffledRows {
  readonly stored: StoredRows;
  readonly layout: BlockLayout;
  readonly shuffling: Shuffling;
}

/** Changes rows of an epoch that lie in their places, from `start` on. @param epoch from 1 */
export type ChangeRows = (rows: Uint32Array, start: number, epoch: number) => void;

/** Reads rows from the file to the beginning of `into`. */
export type ReadRows = (firstRow: number, count: number, into: Float32Array) => void;

export function rowWidth({ widths }: Pick<StoredRows, "widths">): number {
  return Object.values(widths).reduce((sum, width) => sum + width, 0);
}

/**
 * Rows in the order of training. Of a pool each worker reads those rows alone that come in its own windows.
 * @param worker from 0
 * @param changes of pictures and of texts, one after the other
 */
export function shuffledFill(
  { stored, layout, shuffling }: ShuffledRows,
  { values, windowRows, workers }: WindowMemory,
  worker: number,
  read: ReadRows,
  changes: readonly ChangeRows[],
): FillWindow {
  const width = rowWidth(stored);
  const { rows, blockRows, poolBlocks } = layout;
  const pool = new Float32Array(poolBlocks * blockRows * width);
  /** 1 for the rows of the pool that this worker lays out. */
  const own = new Uint8Array(poolBlocks * blockRows);
  const windowsAnEpoch = Math.ceil(rows / windowRows);
  let epoch = 0;
  let order: BlockOrder = shuffledBlocks({ ...layout, rows: 0 }, 1, shuffling);
  let loaded = -1;
  /** Where in the pool each of its blocks lies. */
  const slots = new Map<number, number>();
  const placeOf = (row: number): number => (slots.get(Math.floor(row / blockRows)) as number) * blockRows + (row % blockRows);
  /** @param from place in the epoch: what comes before is not asked for any more */
  const load = (wanted: number, from: number): void => {
    const blocks = order.blocks.subarray(wanted * poolBlocks, (wanted + 1) * poolBlocks);
    slots.clear();
    blocks.forEach((block, slot) => slots.set(block, slot));
    own.fill(0);
    for (let i = from; i < (order.poolStarts[wanted + 1] ?? rows); i++)
      if (((epoch - 1) * windowsAnEpoch + Math.floor(i / windowRows)) % workers === worker) own[placeOf(order.rows[i] as number)] = 1;
    blocks.forEach((block, slot) => {
      for (let at = slot * blockRows, end = at + blockRows; at < end; ) {
        let next = at;
        while (next < end && own[next] === 1) next += 1;
        if (next > at) read(block * blockRows + at - slot * blockRows, next - at, pool.subarray(at * width));
        at = Math.max(next, at + 1);
      }
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
    const end = Math.min(rows, first + windowRows);
    let poolOfRow = order.poolStarts.findLastIndex((begin) => begin <= first);
    for (let i = first; i < end; i++) {
      if (i >= (order.poolStarts[poolOfRow + 1] ?? Number.POSITIVE_INFINITY)) poolOfRow += 1;
      if (loaded !== poolOfRow) load(poolOfRow, i);
      const row = order.rows[i] as number;
      layOut(stored, values, pool, placeOf(row) * width, start + i - first);
    }
    for (const change of changes) change(order.rows.subarray(first, end), start, epoch);
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
