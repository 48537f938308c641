/**
 * The order in which a training visits its rows, from its seed and the epoch alone. Rows in memory are shuffled freely. Rows on disk
 * lie in blocks: the blocks come in random order, a few at a time, and the rows of those few are shuffled among themselves, so that
 * the disk is read in long stretches and memory holds a few blocks, however many rows there are.
 */
import { Random } from "../random.ts";

export interface Shuffling {
  readonly shuffle: boolean;
  readonly seed: number;
}

/** How rows lie on the disk: the same for the same rows on every machine, or the order would not be. */
export interface BlockLayout {
  readonly rows: number;
  /** Rows of a block; the last may have fewer. */
  readonly blockRows: number;
  /** Blocks whose rows are shuffled among themselves. */
  readonly poolBlocks: number;
}

export interface BlockOrder {
  /** All rows, in the order in which they are visited. */
  readonly rows: Uint32Array;
  /** Blocks in the order in which they come; every `poolBlocks` of them are a pool. */
  readonly blocks: Uint32Array;
  /** Where in `rows` each pool begins. */
  readonly poolStarts: readonly number[];
}

/** Random streams of a seed: 1 and the epoch shuffle. */
const SHUFFLE_STREAM = 1;

/** @param epoch from 1 */
export function shuffledRows(rows: number, epoch: number, { shuffle, seed }: Shuffling): Uint32Array {
  const order = counted(rows);
  if (shuffle) new Random(seed, SHUFFLE_STREAM + epoch).shuffle(order);
  return order;
}

/** @param epoch from 1 */
export function shuffledBlocks({ rows, blockRows, poolBlocks }: BlockLayout, epoch: number, { shuffle, seed }: Shuffling): BlockOrder {
  const random = new Random(seed, SHUFFLE_STREAM + epoch);
  const blocks = counted(Math.ceil(rows / blockRows));
  if (shuffle) random.shuffle(blocks);
  const order = new Uint32Array(rows);
  const poolStarts: number[] = [];
  let place = 0;
  for (let first = 0; first < blocks.length; first += poolBlocks) {
    const start = place;
    poolStarts.push(start);
    for (const block of blocks.subarray(first, first + poolBlocks))
      for (let row = block * blockRows; row < Math.min(rows, (block + 1) * blockRows); row++) order[place++] = row;
    if (shuffle) random.shuffle(order.subarray(start, place));
  }
  return { rows: order, blocks, poolStarts };
}

/** Places of rows in the order of the table, in which they are read; null where they lie so already. @param ids of the rows */
export function tableOrder(ids: Uint32Array): Uint32Array | null {
  let place = 1;
  while (place < ids.length && (ids[place] as number) >= (ids[place - 1] as number)) place++;
  return place >= ids.length ? null : counted(ids.length).sort((a, b) => (ids[a] as number) - (ids[b] as number) || a - b);
}

function counted(count: number): Uint32Array {
  const list = new Uint32Array(count);
  for (let i = 0; i < count; i++) list[i] = i;
  return list;
}
