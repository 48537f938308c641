/** The search that learns against its definition, written out here once more from the paper: what is good, two densities, and their largest quotient. */
import { describe, expect, it } from "vitest";
import { Random } from "../data/random.ts";
import { list, range } from "./sweeps.test-support.ts";
import { type FinishedTrial, proposeTrial, STARTUP_TRIALS } from "./tpe.ts";

const CANDIDATES = 24;

/** The normal distribution function by its series (Abramowitz and Stegun, 26.2.10), not by the approximation of the search. */
function normalBelow(x: number): number {
  // Beyond, less than 1e-9 is left, and the terms are larger than their sum.
  if (Math.abs(x) > 6) return x > 0 ? 1 : 0;
  let term = x;
  let sum = x;
  for (let k = 1; k < 200; k += 1) {
    term *= (-x * x) / (2 * k);
    sum += term / (2 * k + 1);
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}

/** A mixture on 0 to 1 with a normal kernel, cut off there, at each point, as wide as its larger gap, and one over the whole. */
function mixture(points: readonly number[]): { mean: number; deviation: number }[] {
  const sorted = [...points].sort((a, b) => a - b);
  const least = 1 / Math.min(100, 1 + sorted.length);
  const kernels = sorted.map((mean, k) => {
    const [below, above] = [sorted[k - 1] ?? 0, sorted[k + 1] ?? 1];
    return { mean, deviation: Math.min(1, Math.max(least, mean - below, above - mean)) };
  });
  return [...kernels, { mean: 0.5, deviation: 1 }];
}

function density(kernels: readonly { mean: number; deviation: number }[], x: number): number {
  const each = kernels.map(({ mean, deviation }) => {
    const mass = normalBelow((1 - mean) / deviation) - normalBelow(-mean / deviation);
    return Math.exp(-0.5 * ((x - mean) / deviation) ** 2) / (deviation * Math.sqrt(2 * Math.PI) * mass);
  });
  return each.reduce((sum, value) => sum + value, 0) / kernels.length;
}

function trialsOf(key: string, count: number, draw: (random: Random) => unknown, loss: (value: never) => number): FinishedTrial[] {
  const random = new Random(count);
  return Array.from({ length: count }, () => {
    const value = draw(random);
    return { options: { [key]: value }, loss: loss(value as never) };
  });
}

describe("the next setting", () => {
  it("of numbers is the one of 24 drawn from the good density with the largest quotient of good to bad", () => {
    const dimension = range("a", 0, 1);
    for (const count of [10, 25, 60]) {
      const trials = trialsOf(
        "training a",
        count,
        (random) => Number(random.float().toPrecision(6)),
        (a: number) => (a - 0.3) ** 2,
      );
      const ranked = [...trials].sort((one, other) => one.loss - other.loss).map(({ options }) => Number(options["training a"]));
      const good = Math.min(25, Math.ceil(0.1 * count));
      const [below, above] = [mixture(ranked.slice(0, good)), mixture(ranked.slice(good))];
      // Each density is one: its integral over 0 to 1.
      for (const kernels of [below, above]) {
        const points = 20_000;
        const integral =
          Array.from({ length: points }, (_, k) => density(kernels, (k + 0.5) / points)).reduce((sum, value) => sum + value, 0) / points;
        expect(integral).toBeCloseTo(1, 6);
      }
      for (let seed = 0; seed < 40; seed += 1) {
        const random = new Random(seed);
        const drawn = Array.from({ length: CANDIDATES }, () => {
          const { mean, deviation } = below[random.below(below.length)] as { mean: number; deviation: number };
          for (;;) {
            const x = mean + deviation * random.normal();
            if (x >= 0 && x <= 1) return x;
          }
        });
        const best = drawn.reduce((one, other) =>
          density(below, other) / density(above, other) > density(below, one) / density(above, one) ? other : one,
        );
        expect(proposeTrial([dimension], trials, new Random(seed))["training a"]).toBeCloseTo(best, 5);
      }
    }
  });

  it("of choices comes as often as the best quotient of 24 draws says", () => {
    const values = ["x", "y", "z"];
    const trials = trialsOf(
      "training c",
      40,
      (random) => values[random.below(3)],
      (value: string) => values.indexOf(value),
    );
    const counts = (part: readonly FinishedTrial[]): number[] =>
      values.map((value) => (1 + part.filter(({ options }) => options["training c"] === value).length) / (values.length + part.length));
    const ranked = [...trials].sort((one, other) => one.loss - other.loss);
    const [below, above] = [counts(ranked.slice(0, 4)), counts(ranked.slice(4))];
    const order = values
      .map((_, k) => k)
      .sort((a, b) => (below[b] as number) / (above[b] as number) - (below[a] as number) / (above[a] as number));
    // The best of all is taken unless none of the 24 is it, and so on.
    let missed = 1;
    let left = 1;
    const expected = new Map<string, number>();
    for (const k of order) {
      const next = left - (below[k] as number);
      expected.set(values[k] as string, missed - Math.max(0, next) ** CANDIDATES);
      missed = Math.max(0, next) ** CANDIDATES;
      left = next;
    }
    const draws = 4000;
    const found = new Map<string, number>();
    for (let seed = 0; seed < draws; seed += 1) {
      const value = String(proposeTrial([list("c", ...values)], trials, new Random(seed))["training c"]);
      found.set(value, (found.get(value) ?? 0) + 1);
    }
    for (const [value, share] of expected) {
      const spread = Math.sqrt(share * (1 - share) * draws);
      expect(Math.abs((found.get(value) ?? 0) - share * draws), value).toBeLessThanOrEqual(5 * spread + 1);
    }
  });

  it("is drawn by chance before there are ten, and a trial that failed counts as the worst", () => {
    const dimension = range("a", 0, 1);
    const few = trialsOf(
      "training a",
      STARTUP_TRIALS - 1,
      (random) => random.float(),
      (a: number) => a,
    );
    const spread = Array.from({ length: 400 }, (_, seed) => Number(proposeTrial([dimension], few, new Random(seed))["training a"]));
    expect(Math.abs(spread.reduce((sum, value) => sum + value, 0) / 400 - 0.5)).toBeLessThan(0.08);
    const failed = trialsOf(
      "training a",
      30,
      (random) => random.float(),
      (a: number) => (a < 0.5 ? Number.NaN : a),
    );
    const late = Array.from({ length: 100 }, (_, seed) => Number(proposeTrial([dimension], failed, new Random(seed))["training a"]));
    expect(late.filter((value) => value >= 0.4).length).toBeGreaterThan(80);
  });
});
