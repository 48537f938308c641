/** Rows that a step learns from at once: all that fit, or as likely each as any other. */
import { describe, expect, it } from "vitest";
import { configOf } from "../../data/pipeline.ts";
import { Random } from "../../data/random.ts";
import implementation from "./implementation.ts";
import { sparseRows } from "./sparse-rows.ts";
import { SparseSample } from "./sparse-sample.ts";

const WIDTH = 40;
const ROWS = 4000;
const random = new Random(3);
/** Rows of a few numbers, in two directions: row i holds i + 1 in its first place. */
const values = new Float32Array(ROWS * WIDTH);
for (let row = 0; row < ROWS; row += 1) {
  values[row * WIDTH] = row + 1;
  for (let i = 0; i < 5; i += 1) values[row * WIDTH + 1 + random.below(WIDTH - 1)] = random.float();
}

function sampleOf(bytes: number, pieceRows: number, seed = 1): SparseSample {
  const sample = new SparseSample({ bytes, seed }, 100);
  for (let row = 0; row < ROWS; row += pieceRows) sample.add(values.subarray(row * WIDTH, (row + pieceRows) * WIDTH), WIDTH);
  return sample;
}

describe("sparse rows in pieces", () => {
  it("are all there in their order where they fit", () => {
    const { width, starts, places, values: numbers } = sampleOf(1 << 30, 300).rows();
    const whole = sparseRows(values, WIDTH);
    expect(width).toBe(WIDTH);
    expect([...starts]).toEqual([...whole.starts]);
    expect([...places]).toEqual([...whole.places]);
    expect([...numbers]).toEqual([...whole.values]);
  });

  it("are a sample else: whole rows, spread over all, the same however they are cut, others for another seed", () => {
    const sample = sampleOf(100_000, 300);
    const { starts, places, values: numbers } = sample.rows();
    const kept = starts.length - 1;
    expect(sample.added).toBe(ROWS);
    expect(kept * 100 + places.length * 8).toBeLessThanOrEqual(100_000);
    expect(kept).toBeGreaterThan(250);
    const rows = Array.from({ length: kept }, (_, i) => (numbers[starts[i] as number] as number) - 1);
    for (const [i, row] of rows.entries()) {
      const own = sparseRows(values.subarray(row * WIDTH, (row + 1) * WIDTH), WIDTH);
      const span = [starts[i], starts[i + 1]] as [number, number];
      expect([...places.subarray(...span)]).toEqual([...own.places]);
      expect([...numbers.subarray(...span)]).toEqual([...own.values]);
    }
    const firstHalf = rows.filter((row) => row < ROWS / 2).length / kept;
    expect(Math.abs(firstHalf - 0.5)).toBeLessThan(0.12);
    expect(sampleOf(100_000, 7).rows()).toEqual(sample.rows());
    expect(sampleOf(100_000, 300, 2).rows()).not.toEqual(sample.rows());
  });

  it("teach a step the same as at once, and how many they were where they are a sample", () => {
    const config = configOf({ type: "truncated_svd", columns: ["x"], components: 3 });
    const tensor = (part: Float32Array) => [{ kind: "tensor" as const, name: "x", shape: [WIDTH], values: part, names: [] }];
    const learnt = (bytes: number) => {
      const learner = implementation.learner?.(["x"], config, { bytes, seed: 1 });
      for (let row = 0; row < ROWS; row += 500) learner?.add(tensor(values.subarray(row * WIDTH, (row + 500) * WIDTH)));
      return { fitted: learner?.finish() as { x: { components: number[][] } }, sampled: learner?.sampled?.() };
    };
    const all = learnt(1 << 30);
    expect(all).toEqual({ fitted: implementation.fit(tensor(values), config), sampled: null });
    const some = learnt(200_000);
    expect(some.sampled).toBeGreaterThan(250);
    expect(some.sampled).toBeLessThan(1000);
    const [ours, theirs] = [some.fitted.x.components[0] ?? [], all.fitted.x.components[0] ?? []];
    expect(ours.reduce((sum, value, i) => sum + value * (theirs[i] ?? 0), 0)).toBeGreaterThan(0.999);
  });
});
