import { describe, expect, it } from "vitest";
import { Mixup, mixupOf } from "./mixup.ts";

const COUNT = 8;
/** Picture i is all i; its target beside it. */
const batch = (): Float32Array =>
  Float32Array.from([...Array.from({ length: 4 * COUNT }, (_, i) => Math.floor(i / 4)), ...Array.from({ length: COUNT }, (_, i) => i)]);
const spans = { inputs: [{ start: 0, width: 4 }], targets: { out: { start: 4 * COUNT, width: 1 } } };
const mixed = (mixup: Mixup, epoch = 1, from = 0, count = COUNT): Float32Array => {
  const elements = batch();
  mixup.mix(elements, spans.inputs, spans.targets, count, { epoch, from });
  return elements;
};

describe("mixup", () => {
  it("gives target and picture the same shares of two rows, the own one the larger", () => {
    const elements = mixed(new Mixup(1, 3, 100, new Set()));
    const targets = elements.subarray(4 * COUNT);
    targets.forEach((target, row) => {
      for (let k = 0; k < 4; k += 1) expect(elements[4 * row + k]).toBeCloseTo(target, 5);
    });
    expect(targets.some((target, row) => Math.abs(target - row) > 0.2)).toBe(true);
    // With one distance for all, λ of a row follows from how far its target moved: it never is below a half.
    const distances = Array.from({ length: COUNT - 1 }, (_, i) => i + 1);
    const fits = distances.some((distance) =>
      targets.every((target, row) => {
        const share = (target - ((row + distance) % COUNT)) / (row - ((row + distance) % COUNT));
        return share >= 0.5 - 1e-6 && share <= 1 + 1e-6;
      }),
    );
    expect(fits).toBe(true);
  });

  it("draws the class where targets are numbers of classes: whole numbers, on average the shares", () => {
    const rounds = 500;
    const sums = new Float64Array(COUNT);
    let moved = 0;
    for (let from = 0; from < rounds; from += 1) {
      const drawn = mixed(new Mixup(0.8, 5, 1000, new Set(["out"])), 1, from).subarray(4 * COUNT);
      const shared = mixed(new Mixup(0.8, 5, 1000, new Set()), 1, from).subarray(4 * COUNT);
      expect([...drawn].every(Number.isInteger)).toBe(true);
      drawn.forEach((target, row) => {
        sums[row] = (sums[row] as number) + target - (shared[row] as number);
        if (target !== row) moved += 1;
      });
    }
    expect(moved / (rounds * COUNT)).toBeGreaterThan(0.15);
    // A deviation of some 2 a draw leaves 0.09 of a mean of 500.
    for (const sum of sums) expect(Math.abs(sum / rounds)).toBeLessThan(0.35);
  });

  it("depends on seed, epoch and place alone, and leaves a batch of one as it is", () => {
    const of = (seed: number, epoch: number, from: number): string => mixed(new Mixup(0.4, seed, 100, new Set()), epoch, from).join();
    expect(of(1, 1, 0)).toBe(of(1, 1, 0));
    expect(new Set([of(1, 1, 0), of(2, 1, 0), of(1, 2, 0), of(1, 1, 8)]).size).toBe(4);
    expect([...mixed(new Mixup(0.4, 1, 100, new Set()), 1, 0, 1)]).toEqual([...batch()]);
  });

  it("is refused where an input is no picture, and where targets are sides", () => {
    const data = { augment: { mixup: 0.2, seed: null } };
    const picture = { values: new Float32Array(8), shape: [2, 2, 1] };
    const layout = (encoding: "sign" | "class_index") => ({ out: { columns: ["y"], encoding, classes: ["a", "b"] } });
    expect(() => mixupOf(data, { words: { values: new Float32Array(2), shape: [1] } }, layout("class_index"), 2, 0)).toThrow(
      expect.objectContaining({ code: "data.mixup_needs_pictures", nodeId: "words" }) as Error,
    );
    expect(() => mixupOf(data, { p: picture }, layout("sign"), 2, 0)).toThrow(
      expect.objectContaining({ code: "data.mixup_needs_shares", nodeId: "out" }) as Error,
    );
    expect(mixupOf(data, { p: picture }, layout("class_index"), 2, 0)).toBeInstanceOf(Mixup);
    expect(mixupOf({ augment: { seed: null } }, { p: picture }, {}, 2, 0)).toBeNull();
  });
});
