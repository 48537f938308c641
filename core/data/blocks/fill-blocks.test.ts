/** Rows on disk that several workers bring: together they read every row once an epoch, whoever lays it out. */
import { expect, it } from "vitest";
import { type ShuffledRows, shuffledFill } from "./fill-blocks.ts";
import { shuffledBlocks } from "./row-order.ts";
import { makeWindowMemory } from "./window-memory.ts";

const ROWS = 103;
const WINDOW_ROWS = 8;
const WINDOWS = Math.ceil(ROWS / WINDOW_ROWS);
const EPOCHS = 3;
const feed: ShuffledRows = {
  stored: { rows: ROWS, widths: { x: 2, z: 1 } },
  layout: { rows: ROWS, blockRows: 5, poolBlocks: 4 },
  shuffling: { shuffle: true, seed: 3 },
};

/** What workers lay out and read, window by window as each comes to its own. */
function brought(workers: number): { order: number[]; read: Uint32Array } {
  const memory = makeWindowMemory(feed.stored.widths, { windowRows: WINDOW_ROWS, slots: workers, workers });
  const read = new Uint32Array(ROWS);
  const fills = Array.from({ length: workers }, (_, worker) =>
    shuffledFill(
      feed,
      memory,
      worker,
      (first, count, into) => {
        for (let i = 0; i < count; i++) {
          read[first + i] = (read[first + i] as number) + 1;
          into.set([first + i, 0 - first - i, 10 * (first + i)], 3 * i);
        }
      },
      [],
    ),
  );
  const order: number[] = [];
  for (let window = 0; window < EPOCHS * WINDOWS; window++) {
    const start = (window % workers) * WINDOW_ROWS;
    fills[window % workers]?.(window, start);
    const [x, z] = [memory.values["x"] as Float32Array, memory.values["z"] as Float32Array];
    for (let i = 0; i < Math.min(WINDOW_ROWS, ROWS - (window % WINDOWS) * WINDOW_ROWS); i++) {
      const row = x[2 * (start + i)] as number;
      expect([x[2 * (start + i) + 1], z[start + i]]).toEqual([0 - row, 10 * row]);
      order.push(row);
    }
  }
  return { order, read };
}

it("come in the order of the epoch, and are read once in each, by one worker and by several", () => {
  const wanted = Array.from({ length: EPOCHS }, (_, epoch) => [...shuffledBlocks(feed.layout, epoch + 1, feed.shuffling).rows]).flat();
  for (const workers of [1, 2, 3]) {
    const { order, read } = brought(workers);
    expect(order).toEqual(wanted);
    expect(new Set(read)).toEqual(new Set([EPOCHS]));
  }
});
