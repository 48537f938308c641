/** Augmentation of pictures: what each option does, worked out on small pictures, and what the draw depends on. */
import { describe, expect, it } from "vitest";
import type { AugmentDocument, DataDocument } from "../graph/document.ts";
import { Augmenter, type AugmentPlace, augmenterOf } from "./augment.ts";
import { prepare } from "./prepare.ts";
import { codeOf, design, needs, number, table } from "./small-tables.test-support.ts";
import type { PictureColumn } from "./table.ts";

const PICTURE = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const SHAPE = [3, 3, 1] as const;
const options = (given: Partial<AugmentDocument>): AugmentDocument => ({ seed: 1, ...given });

function changed(
  given: Partial<AugmentDocument>,
  at: AugmentPlace = { epoch: 0, row: 0 },
  picture = PICTURE,
  shape: readonly number[] = SHAPE,
) {
  const elements = Float32Array.from([-7, ...picture, -7]);
  new Augmenter(options(given), 1, 100).apply(elements, 1, shape, at);
  expect([elements[0], elements.at(-1)]).toEqual([-7, -7]);
  return [...elements.subarray(1, -1)];
}
const many = (given: Partial<AugmentDocument>, count = 60): number[][] =>
  Array.from({ length: count }, (_, row) => changed(given, { epoch: 2, row }));

describe("augmentation", () => {
  it("flips about half of the pictures, exactly", () => {
    const mirrored = [3, 2, 1, 6, 5, 4, 9, 8, 7];
    const upside = [7, 8, 9, 4, 5, 6, 1, 2, 3];
    for (const [given, flipped] of [
      [{ flip_horizontal: true }, mirrored],
      [{ flip_vertical: true }, upside],
    ] as const) {
      const seen = many(given).map((picture) => picture.join());
      expect(new Set(seen)).toEqual(new Set([PICTURE.join(), flipped.join()]));
      expect(seen.filter((picture) => picture === flipped.join()).length).toBeGreaterThan(15);
      expect(seen.filter((picture) => picture === flipped.join()).length).toBeLessThan(45);
    }
  });

  it("keeps colours together when it moves pixels", () => {
    const colours = PICTURE.flatMap((value) => [value, 10 * value, 100 * value]);
    for (let row = 0; row < 20; row += 1) {
      const made = changed({ rotate: 40, shift: 0.3, zoom: 0.3, flip_horizontal: true }, { epoch: 1, row }, colours, [3, 3, 3]);
      for (let i = 0; i < 9; i += 1) {
        expect((made[3 * i + 1] as number) / (made[3 * i] as number)).toBeCloseTo(10, 4);
        expect((made[3 * i + 2] as number) / (made[3 * i] as number)).toBeCloseTo(100, 3);
      }
    }
  });

  it("turns about the middle, so that the middle stays, and to either side", () => {
    const turned = many({ rotate: 30 });
    for (const picture of turned) expect(picture[4]).toBeCloseTo(5, 5);
    const sides = turned.map(([, top]) => Math.sign((top as number) - 2));
    expect(turned.every((picture) => picture.every((value) => value >= 1 && value <= 9))).toBe(true);
    expect(new Set(sides)).toEqual(new Set([-1, 1]));
  });

  it("shifts a row of pixels by no more than it may, the edge going on", () => {
    const row = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0];
    const middles = Array.from({ length: 50 }, (_, i) => {
      const made = changed({ shift: 0.2 }, { epoch: 0, row: i }, row, [1, 10, 1]);
      expect(made.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      return made.reduce((sum, value, x) => sum + value * x, 0);
    });
    expect(Math.min(...middles)).toBeGreaterThan(2 - 1e-6);
    expect(Math.max(...middles)).toBeLessThan(6 + 1e-6);
    expect(Math.max(...middles) - Math.min(...middles)).toBeGreaterThan(2.5);
  });

  it("adds the same brightness to all pixels and noise to each, within the picture's own range", () => {
    for (const picture of many({ brightness: 0.1 })) {
      const inner = picture.slice(1, -1).map((value, i) => value - (PICTURE[i + 1] as number));
      inner.forEach((added) => expect(added).toBeCloseTo(inner[0] as number, 5));
      expect(Math.abs(inner[0] as number)).toBeLessThan(0.8 + 1e-6);
    }
    const noisy = many({ noise: 0.5 }).flat();
    expect([Math.min(...noisy), Math.max(...noisy)]).toEqual([1, 9]);
    expect(new Set(noisy).size).toBeGreaterThan(200);
  });

  it("cuts a window out, anywhere, that fills the picture: straight lines stay straight and lie less steep", () => {
    const ramp = Array.from({ length: 100 }, (_, i) => i % 10);
    const slopes = Array.from({ length: 60 }, (_, row) => {
      const made = changed({ crop: 0.5 }, { epoch: 0, row }, ramp, [10, 10, 1]);
      const line = made.slice(0, 10);
      const slope = ((line[9] as number) - (line[0] as number)) / 9;
      line.forEach((value, x) => expect(value).toBeCloseTo((line[0] as number) + slope * x, 4));
      expect(line[0]).toBeGreaterThanOrEqual(-1e-6);
      expect(line[9]).toBeLessThanOrEqual(9 + 1e-6);
      return { slope, first: line[0] as number };
    });
    const all = slopes.map(({ slope }) => slope);
    expect([Math.min(...all) >= 0.5 - 1e-6, Math.min(...all) < 0.6, Math.max(...all) <= 1 + 1e-6, Math.max(...all) > 0.9]).toEqual(
      Array.from({ length: 4 }, () => true),
    );
    expect(Math.max(...slopes.map(({ first }) => first))).toBeGreaterThan(2);
  });

  it("covers one square at most as large as it may be", () => {
    const covered = Array.from({ length: 40 }, (_, row) => {
      const picture = Array.from({ length: 100 }, (_unused, i) => i % 2);
      return changed({ cutout: 0.4 }, { epoch: 0, row }, picture, [10, 10, 1]).filter((value) => value === 0.5).length;
    });
    expect(Math.max(...covered)).toBe(16);
    expect(Math.min(...covered)).toBeGreaterThanOrEqual(4);
  });

  it("depends on seed, epoch and row alone", () => {
    const all = { flip_horizontal: true, rotate: 20, shift: 0.1, zoom: 0.2, brightness: 0.2, noise: 0.1, cutout: 0.3 };
    const augmenter = new Augmenter(options(all), 1, 100);
    const at = (epoch: number, row: number, of = augmenter): string => {
      const elements = Float32Array.from(PICTURE);
      of.apply(elements, 0, SHAPE, { epoch, row });
      return elements.join();
    };
    const first = [at(0, 0), at(0, 1), at(1, 0), at(1, 99)];
    expect([at(1, 99), at(1, 0), at(0, 1), at(0, 0)].reverse()).toEqual(first);
    expect(new Set([...first, at(0, 0, new Augmenter(options(all), 2, 100))]).size).toBe(5);
  });
});

describe("augmentation in a preparation", () => {
  const pictures: PictureColumn = { kind: "picture", name: "p", shape: [2, 2, 1], pixels: Uint8Array.from({ length: 32 }, (_, i) => i) };
  const data: DataDocument = design({
    columns: { p: "picture", y: "numeric!" },
    steps: [{ type: "picture", columns: ["p"] }],
    split: { method: "time" },
  });
  const rows = table(pictures, number("y", [0, 1, 0, 1, 0, 1, 0, 1]));
  const run = (augment?: AugmentDocument) => prepare(rows, augment === undefined ? data : { ...data, augment }, needs(["binary"], 1), 0);

  it("belongs to the training part alone and changes no prepared number", () => {
    const [off, on] = [run(), run(options({ noise: 0.1 }))];
    expect(on.training.augmenter).toBeInstanceOf(Augmenter);
    expect(on.validation).toEqual(off.validation);
    expect(on.training.inputs).toEqual(off.training.inputs);
    expect(run(options({ noise: 0, flip_horizontal: false })).training).toEqual(off.training);
  });

  it("is refused without a picture, and where it would move a picture away from its target", () => {
    const flat = { ...design({ columns: { x: "numeric", y: "numeric!" } }), augment: options({ noise: 0.1 }) };
    const numbers = table(number("x", [1, 2, 3, 4]), number("y", [0, 1, 0, 1]));
    expect(codeOf(() => prepare(numbers, flat, needs(["binary"], 1), 0))).toBe("data.augment_needs_pictures {}");
    const auto = {
      inputs: needs(["value"], 0).inputs,
      outputs: [{ nodeId: "out", columns: [], targetInput: "in", encodings: ["value" as const], width: 0 }],
    };
    const inputs = { in: { values: new Float32Array(8), shape: [2, 2, 1] } };
    const of = (given: Partial<AugmentDocument>) => augmenterOf({ augment: options(given) }, inputs, auto, 2, 0);
    expect(codeOf(() => of({ rotate: 5 }))).toBe("data.augment_moves_target@out {}");
    expect(of({ noise: 0.1, cutout: 0.2 })).toBeInstanceOf(Augmenter);
  });
});
