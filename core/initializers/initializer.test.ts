import { describe, expect, it } from "vitest";
import { Random } from "../data/random.ts";
import { initializerDefinition, initializerDefinitions, initializerNames } from "./definitions.ts";
import { initializerImplementation } from "./implementations.ts";

const SIZE = 40_000;
const FAN_IN = 30;
const FAN_OUT = 90;

const draw = (name: string, seed = 1, size = SIZE, shape: readonly number[] = [size / 10, 10]): Float64Array =>
  initializerImplementation(name)({ size, shape, fanIn: FAN_IN, fanOut: FAN_OUT, random: new Random(seed) });

/** Keras 3, `VarianceScaling`: variance = scale / n, n = fan in (he, lecun) or the mean of both fans (glorot). */
const variances: Readonly<Record<string, number>> = {
  glorot_uniform: 2 / (FAN_IN + FAN_OUT),
  glorot_normal: 2 / (FAN_IN + FAN_OUT),
  he_uniform: 2 / FAN_IN,
  he_normal: 2 / FAN_IN,
  lecun_uniform: 1 / FAN_IN,
  lecun_normal: 1 / FAN_IN,
  random_normal: 0.05 ** 2,
  random_uniform: 0.05 ** 2 / 3,
  // Cut at two deviations and, unlike VarianceScaling's, not scaled up again.
  truncated_normal: (0.05 * 0.8796256610342398) ** 2,
};
const constants: Readonly<Record<string, number>> = { zeros: 0, ones: 1, constant: 0.1 };
const matrices = ["identity", "orthogonal"];

/** Share by which the variance of 40,000 numbers may miss: five standard deviations of it, for a normal. */
const VARIANCE_SHARE = 5 * Math.sqrt(2 / SIZE);

describe("initializers", () => {
  it("are all here, each with words", () => {
    expect([...Object.keys(variances), ...Object.keys(constants), ...matrices].sort()).toEqual([...initializerNames].sort());
    for (const name of initializerNames) {
      expect(initializerDefinitions[name]?.name).toBe(name);
      for (const { label, summary } of Object.values(initializerDefinition(name).texts)) expect([label, summary]).not.toContain("");
    }
  });

  it.each(Object.entries(variances))("%s has mean 0 and variance %d", (name, variance) => {
    const values = draw(name);
    const mean = values.reduce((a, b) => a + b) / SIZE;
    const found = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / SIZE;
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(variance / SIZE));
    expect(Math.abs(found / variance - 1)).toBeLessThan(VARIANCE_SHARE);
  });

  it.each(Object.keys(variances).filter((name) => name.endsWith("uniform")))("%s fills the whole range and no more", (name) => {
    const limit = Math.sqrt(3 * (variances[name] ?? 0));
    const values = draw(name);
    expect(Math.max(...values)).toBeLessThanOrEqual(limit);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-limit);
    expect(Math.max(...values)).toBeGreaterThan(0.999 * limit);
    expect(Math.min(...values)).toBeLessThan(-0.999 * limit);
  });

  it.each(Object.keys(variances).filter((name) => name.endsWith("normal") && name !== "random_normal"))(
    "%s is cut at two deviations of the normal it is drawn from",
    (name) => {
      const cut = (2 * Math.sqrt(variances[name] ?? 0)) / 0.8796256610342398;
      const values = draw(name);
      expect(Math.max(...values)).toBeLessThanOrEqual(cut);
      expect(Math.max(...values)).toBeGreaterThan(0.98 * cut);
      // A uniform of that range would have twice as many beyond half of it.
      const beyond = values.filter((value) => Math.abs(value) > cut / 2).length / SIZE;
      expect(beyond).toBeGreaterThan(0.27);
      expect(beyond).toBeLessThan(0.3);
    },
  );

  it.each(Object.entries(constants))("%s is %d everywhere", (name, value) => {
    expect(new Set(draw(name, 1, 100))).toEqual(new Set([value]));
  });

  it("random_normal is not cut", () => {
    const beyond = draw("random_normal").filter((value) => Math.abs(value) > 0.1).length / SIZE;
    expect(beyond).toBeGreaterThan(0.04);
    expect(beyond).toBeLessThan(0.051);
  });

  it.each([
    [12, 12],
    [30, 7],
    [5, 24],
    [1, 6],
    [2, 3, 4, 5],
  ])("orthogonal [%i, %i, …] has rows or columns of length 1 at right angles, in every direction", (...shape) => {
    const columns = shape[shape.length - 1] ?? 1;
    const rows = shape.reduce((a, b) => a * b) / columns;
    const w = draw("orthogonal", 3, rows * columns, shape);
    const product = (i: number, j: number): number =>
      rows >= columns
        ? Array.from({ length: rows }, (_, r) => (w[r * columns + i] ?? 0) * (w[r * columns + j] ?? 0)).reduce((a, b) => a + b)
        : Array.from({ length: columns }, (_, c) => (w[i * columns + c] ?? 0) * (w[j * columns + c] ?? 0)).reduce((a, b) => a + b);
    for (let i = 0; i < Math.min(rows, columns); i++) for (let j = 0; j <= i; j++) expect(product(i, j)).toBeCloseTo(i === j ? 1 : 0, 13);
    expect(w).not.toEqual(draw("orthogonal", 4, rows * columns, shape));
  });

  it("orthogonal has no preferred direction: entries have mean 0 and variance 1 / length", () => {
    const entries = Array.from({ length: 200 }, (_, seed) => [...draw("orthogonal", seed, 100, [20, 5])]).flat();
    const mean = entries.reduce((a, b) => a + b) / entries.length;
    const variance = entries.reduce((sum, value) => sum + value ** 2, 0) / entries.length;
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(1 / 20 / entries.length));
    expect(variance).toBeCloseTo(1 / 20, 12);
  });

  it("identity has ones on the diagonal, of matrices that are not square too", () => {
    expect([...draw("identity", 1, 6, [2, 3])]).toEqual([1, 0, 0, 0, 1, 0]);
    expect([...draw("identity", 1, 6, [3, 2])]).toEqual([1, 0, 0, 1, 0, 0]);
  });

  it("give the same numbers for the same seed, others for another", () => {
    for (const name of Object.keys(variances)) {
      expect(draw(name, 1, 50)).toEqual(draw(name, 1, 50));
      expect(draw(name, 2, 50)).not.toEqual(draw(name, 1, 50));
    }
  });

  it("are refused by a name that is not known, which is told the known ones", () => {
    for (const name of ["no_such", "__proto__", "toString"])
      expect(() => initializerDefinition(name)).toThrowError(
        expect.objectContaining({ code: "spec.unknown_initializer", params: { name, known: initializerNames.join(", ") } }),
      );
  });
});
