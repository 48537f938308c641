import { describe, expect, it } from "vitest";
import { Mixup, mixupOf } from "./mixup.ts";

const COUNT = 8;
/** Picture i is all i; its target beside it. */
const batch = (): Float32Array =>
  Float32Array.from([...Array.from({ length: 4 * COUNT }, (_, i) => Math.floor(i / 4)), ...Array.from({ length: COUNT }, (_, i) => i)]);
const [pictures, targets] = [
  { start: 0, width: 4 },
  { start: 4 * COUNT, width: 1 },
];
const mixed = (mixup: Mixup, epoch = 1, from = 0, count = COUNT): Float32Array => {
  const elements = batch();
  mixup.mix(elements, [pictures, targets], [], count, { epoch, from });
  return elements;
};

describe("mixup", () => {
  it("gives target and picture the same shares of two rows, the own one the larger", () => {
    const elements = mixed(new Mixup(1, 3, 100));
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

  it("tells both classes and their shares where targets are numbers of classes: together they are the mixed target", () => {
    const mixup = new Mixup(0.8, 5, 1000);
    const [partner, own, other] = [5 * COUNT, 6 * COUNT, 7 * COUNT];
    for (let from = 0; from < 20; from += 1) {
      const elements = new Float32Array(8 * COUNT);
      elements.set(batch());
      mixup.mix(elements, [pictures], [{ own: targets, partner: { start: partner, width: 1 } }], COUNT, { epoch: 1, from });
      mixup.weigh(elements, own, other, () => 1);
      const shared = mixed(new Mixup(0.8, 5, 1000), 1, from).subarray(4 * COUNT);
      for (let row = 0; row < COUNT; row += 1) {
        const at = (start: number): number => elements[start + row] as number;
        expect(at(4 * COUNT)).toBe(row);
        expect(Number.isInteger(at(partner))).toBe(true);
        expect(at(own) + at(other)).toBeCloseTo(1, 6);
        expect(at(own) * row + at(other) * at(partner)).toBeCloseTo(shared[row] as number, 5);
      }
    }
  });

  it("weighs each class by the row that it is of", () => {
    const mixup = new Mixup(1, 5, 1000);
    const elements = new Float32Array(8 * COUNT);
    elements.set(batch());
    const [partner, own, other] = [5 * COUNT, 6 * COUNT, 7 * COUNT];
    mixup.mix(elements, [], [{ own: targets, partner: { start: partner, width: 1 } }], COUNT, { epoch: 1, from: 0 });
    mixup.weigh(elements, own, other, () => 1);
    const shares = elements.slice();
    mixup.weigh(elements, own, other, (row) => 1 + row);
    for (let row = 0; row < COUNT; row += 1) {
      expect(elements[own + row]).toBeCloseTo((shares[own + row] as number) * (1 + row), 5);
      // Row i is of class i here.
      expect(elements[other + row]).toBeCloseTo((shares[other + row] as number) * (1 + (elements[partner + row] as number)), 5);
    }
  });

  it("depends on seed, epoch and place alone, and leaves a batch of one as it is", () => {
    const of = (seed: number, epoch: number, from: number): string => mixed(new Mixup(0.4, seed, 100), epoch, from).join();
    expect(of(1, 1, 0)).toBe(of(1, 1, 0));
    expect(new Set([of(1, 1, 0), of(2, 1, 0), of(1, 2, 0), of(1, 1, 8)]).size).toBe(4);
    expect([...mixed(new Mixup(0.4, 1, 100), 1, 0, 1)]).toEqual([...batch()]);
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
