/** UMAP of vectors that lie in two groups: neighbours stay together, and the same vectors give the same picture. */
import { expect, it } from "vitest";
import { Random } from "../../../core/data/random.ts";
import { umapPlane } from "./umap.ts";

const [COUNT, WIDTH] = [80, 10];

/** Every second vector lies far from the others. */
function twoGroups(): Float32Array {
  const random = new Random(5);
  return Float32Array.from({ length: COUNT * WIDTH }, (_, i) => random.normal() + (Math.floor(i / WIDTH) % 2) * 12);
}

function laidOut(values: Float32Array, width = WIDTH): { points: Float32Array; steps: number[] } {
  const steps: number[] = [];
  const work = umapPlane(values, width);
  for (;;) {
    const next = work.next();
    if (next.done === true) return { points: next.value, steps };
    steps.push(next.value.done / next.value.total);
  }
}

it("lays vectors of one group beside each other, and tells how far it is", () => {
  const { points, steps } = laidOut(twoGroups());
  expect(points).toHaveLength(2 * COUNT);
  const away = (a: number, b: number): number =>
    Math.hypot((points[2 * a] ?? 0) - (points[2 * b] ?? 0), (points[2 * a + 1] ?? 0) - (points[2 * b + 1] ?? 0));
  for (let row = 0; row < COUNT; row += 1) {
    const others = Array.from({ length: COUNT }, (_, other) => other).filter((other) => other !== row);
    const nearest = others.reduce((best, other) => (away(row, other) < away(row, best) ? other : best));
    expect(nearest % 2).toBe(row % 2);
  }
  expect(steps.length).toBeGreaterThan(COUNT);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(steps.at(-1)).toBe(1);
});

it("gives the same points for the same vectors, and others for others", () => {
  const values = twoGroups();
  const first = laidOut(values).points;
  expect(laidOut(values).points).toEqual(first);
  expect(laidOut(values.map((value) => value * value)).points).not.toEqual(first);
});

it("lays out vectors that are all equal, or fewer than the neighbours it looks for, and refuses three or broken ones", () => {
  expect(laidOut(new Float32Array(40), 4).points.every(Number.isFinite)).toBe(true);
  expect(laidOut(twoGroups().subarray(0, 5 * WIDTH)).points.every(Number.isFinite)).toBe(true);
  expect(() => laidOut(twoGroups().subarray(0, 3 * WIDTH))).toThrow(expect.objectContaining({ code: "inside.umap_too_few" }));
  expect(() => laidOut(twoGroups().map((value, i) => (i === 7 ? Number.NaN : value)))).toThrow(
    expect.objectContaining({ code: "inside.umap_not_finite" }),
  );
});
