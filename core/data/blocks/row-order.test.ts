import { describe, expect, it } from "vitest";
import { shuffledBlocks, shuffledRows } from "./row-order.ts";

const LAYOUT = { rows: 1003, blockRows: 10, poolBlocks: 4 };
const SHUFFLING = { shuffle: true, seed: 5 };
const counted = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe("rows in blocks", () => {
  it("come each once an epoch, in another order every epoch and the same for the same seed", () => {
    const [first, second] = [shuffledBlocks(LAYOUT, 1, SHUFFLING), shuffledBlocks(LAYOUT, 2, SHUFFLING)];
    expect([...first.rows].sort((a, b) => a - b)).toEqual(counted(1003));
    expect([...second.rows]).not.toEqual([...first.rows]);
    expect(shuffledBlocks(LAYOUT, 1, SHUFFLING)).toEqual(first);
    expect([...shuffledBlocks(LAYOUT, 1, { shuffle: true, seed: 6 }).rows]).not.toEqual([...first.rows]);
  });

  it("come from a few blocks at a time, which are read once an epoch", () => {
    const { rows, blocks, poolStarts } = shuffledBlocks(LAYOUT, 3, SHUFFLING);
    expect([...blocks].sort((a, b) => a - b)).toEqual(counted(101));
    poolStarts.forEach((start, pool) => {
      const own = new Set([...rows.subarray(start, poolStarts[pool + 1])].map((row) => Math.floor(row / 10)));
      expect([...own].sort((a, b) => a - b)).toEqual([...blocks.subarray(pool * 4, pool * 4 + 4)].sort((a, b) => a - b));
    });
    // Within a pool the rows are mixed: hardly any follows the one before it in the file.
    const follows = [...rows].filter((row, i) => i > 0 && row === (rows[i - 1] as number) + 1).length;
    expect(follows).toBeLessThan(80);
  });

  it("are in the order of the file where nothing is shuffled", () => {
    const asTheyAre = { shuffle: false, seed: 5 };
    expect([...shuffledBlocks(LAYOUT, 2, asTheyAre).rows]).toEqual(counted(1003));
    expect([...shuffledRows(7, 2, asTheyAre)]).toEqual(counted(7));
  });

  it("of a single pool are all shuffled together", () => {
    expect(shuffledBlocks({ ...LAYOUT, poolBlocks: 200 }, 1, SHUFFLING).poolStarts).toEqual([0]);
  });
});
