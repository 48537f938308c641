import { describe, expect, it } from "vitest";
import { FEWEST_SNAPSHOTS, snapshotStride } from "./snapshots.ts";

/** As the trainer keeps them: the fresh weights, multiples of the stride and the last epoch. */
function kept(epochs: number, stride: number): number[] {
  return Array.from({ length: epochs + 1 }, (_, epoch) => epoch).filter((epoch) => epoch % stride === 0 || epoch === epochs);
}

describe("the epochs of which weights are kept", () => {
  it("are never more than asked for, whatever the length of the run, and never needlessly few", () => {
    for (let epochs = 1; epochs <= 1500; epochs++)
      for (const count of [FEWEST_SNAPSHOTS, 10, 60]) {
        const stride = snapshotStride(epochs, 400, { count, bytes: 10 ** 9 });
        if (stride === null) throw new Error("none");
        const { length } = kept(epochs, stride);
        expect(length).toBeLessThanOrEqual(count);
        expect(length).toBeGreaterThanOrEqual(Math.min(epochs + 1, count / 2));
      }
  });

  it("fit into the bytes of a run", () => {
    for (const [epochs, bytesOfOne] of [
      [500, 1000],
      [33, 2 ** 20],
    ] as const) {
      const bytes = 20 * bytesOfOne;
      const stride = snapshotStride(epochs, bytesOfOne, { count: 60, bytes });
      expect(kept(epochs, stride ?? 0).length * bytesOfOne).toBeLessThanOrEqual(bytes);
    }
  });

  it("are none for a network of which too few would fit, and none when none are wanted", () => {
    expect(snapshotStride(100, 4 * 10 ** 6, { count: 60, bytes: 16 * 10 ** 6 })).toBeNull();
    expect(snapshotStride(100, 4 * 10 ** 6, { count: 60, bytes: 64 * 10 ** 6 })).not.toBeNull();
    expect(snapshotStride(100, 400, { count: 0, bytes: 16 * 10 ** 6 })).toBeNull();
  });

  it("are all of them in a short run", () => {
    expect(snapshotStride(5, 400, { count: 60, bytes: 2400 })).toBe(1);
  });
});
