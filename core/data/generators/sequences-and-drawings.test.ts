/** Generated sequences and drawings: each target follows from its row by the rule that it is named after. */
import { describe, expect, it } from "vitest";
import type { CategoryColumn, NumberColumn, Table } from "../table.ts";
import { generate } from "./generator.ts";
import { generatorNamed } from "./generators.ts";

const make = (name: string, options: Record<string, number> = {}): Table => generate(generatorNamed(name), options);
const column = (table: Table, name: string): Float64Array => (table.columns.find((one) => one.name === name) as NumberColumn).values;
const labels = (table: Table): string[] => {
  const { codes, categories } = table.columns.at(-1) as CategoryColumn;
  return [...codes].map((code) => categories[code] as string);
};
const features = (table: Table): number[][] =>
  Array.from({ length: table.rowCount }, (_, row) => table.columns.slice(0, -1).map((one) => (one as NumberColumn).values[row] as number));

describe("generated sequences", () => {
  it("adding problem: one mark in each half, and their sum", () => {
    const table = make("adding_problem", { count: 200, length: 7 });
    expect(table.columns.slice(0, 4).map(({ name }) => name)).toEqual(["v1", "m1", "v2", "m2"]);
    features(table).forEach((row, i) => {
      const marked = Array.from({ length: 7 }, (_, step) => step).filter((step) => row[2 * step + 1] === 1);
      expect(marked.map((step) => step < 3)).toEqual([true, false]);
      expect(column(table, "sum")[i]).toBe(marked.reduce((sum, step) => sum + (row[2 * step] as number), 0));
    });
  });

  it("copy memory: the label is the symbol that is asked for, and between are blanks", () => {
    const table = make("copy_memory", { count: 200, shown: 4, blanks: 5, symbols: 3 });
    const asked = new Set<number>();
    features(table).forEach((row, i) => {
      const ask = row.at(-1) as number;
      asked.add(ask);
      expect("abc"[(row[ask - 1] as number) - 1]).toBe(labels(table)[i]);
      expect(row.slice(4, 9)).toEqual([0, 0, 0, 0, 0]);
    });
    expect(asked).toEqual(new Set([1, 2, 3, 4]));
  });

  it("parity: odd where an odd number of bits is 1; both come, and every bit does", () => {
    const table = make("parity", { count: 200, bits: 5 });
    features(table).forEach((bits, i) => expect(labels(table)[i]).toBe(["even", "odd"][bits.reduce((sum, bit) => sum + bit, 0) % 2]));
    expect(new Set(labels(table)).size).toBe(2);
    for (let bit = 1; bit <= 5; bit += 1) expect(new Set(column(table, `b${bit}`))).toEqual(new Set([0, 1]));
  });

  it("sum of waves: one wave without noise comes round after its period; more waves are another series", () => {
    const y = column(make("waves", { count: 100, noise: 0, waves: 1 }), "y");
    for (let step = 0; step + 25 < 100; step += 1) expect(y[step + 25]).toBeCloseTo(y[step] as number, 9);
    expect(Math.abs((y[12] as number) - (y[0] as number))).toBeGreaterThan(1e-3);
    expect([...column(make("waves", { count: 100, noise: 0, waves: 2 }), "y")]).not.toEqual([...y]);
  });

  it("random walk: steps are independent and as large as asked for", () => {
    const y = column(make("random_walk", { count: 5000, noise: 2 }), "y");
    const steps = [...y.slice(1)].map((value, i) => value - (y[i] as number));
    const variance = steps.reduce((sum, step) => sum + step * step, 0) / steps.length;
    const along = steps.slice(1).reduce((sum, step, i) => sum + step * (steps[i] as number), 0) / steps.length / variance;
    expect(Math.sqrt(variance)).toBeGreaterThan(1.9);
    expect(Math.sqrt(variance)).toBeLessThan(2.1);
    expect(Math.abs(along)).toBeLessThan(0.05);
  });
});

describe("drawn pictures", () => {
  /** Share of held-out pictures whose nearest picture of the others has the same label. */
  function recognised(table: Table, label: (row: number) => string | number): number {
    const pictures = features(table);
    const half = table.rowCount / 2;
    const distance = (a: readonly number[], b: readonly number[]): number =>
      a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0);
    let right = 0;
    for (let row = half; row < table.rowCount; row += 1) {
      let [best, nearest] = [-1, Number.POSITIVE_INFINITY];
      for (let other = 0; other < half; other += 1) {
        const found = distance(pictures[row] as number[], pictures[other] as number[]);
        if (found < nearest) [best, nearest] = [other, found];
      }
      if (label(best) === label(row)) right += 1;
    }
    return right / half;
  }

  it("are whole numbers from 0 to 255, a column a pixel, as many of each class", () => {
    for (const [name, classes] of [
      ["drawn_digits", 10],
      ["drawn_shapes", 5],
    ] as const) {
      const table = make(name, { count: 100, side: 12 });
      expect(
        table.columns
          .slice(0, 144)
          .map((one) => one.name)
          .slice(10, 14),
      ).toEqual(["p0_10", "p0_11", "p1_0", "p1_1"]);
      expect(features(table).every((row) => row.every((value) => Number.isInteger(value) && value >= 0 && value <= 255))).toBe(true);
      const label = table.columns.at(-1) as CategoryColumn | NumberColumn;
      const codes = label.kind === "number" ? [...label.values] : [...label.codes];
      expect(codes.filter((code) => code === classes - 1)).toHaveLength(100 / classes);
    }
  });

  it("differ from each other within a class, and can be told apart between classes", () => {
    const digits = make("drawn_digits", { count: 400, noise: 0.1, side: 12 });
    const shapes = make("drawn_shapes", { count: 400, noise: 0.1, side: 12 });
    expect(new Set(features(make("drawn_digits", { count: 50, noise: 0 })).map((row) => row.join())).size).toBe(50);
    expect(recognised(digits, (row) => column(digits, "label")[row] as number)).toBeGreaterThan(0.8);
    expect(recognised(shapes, (row) => labels(shapes)[row] as string)).toBeGreaterThan(0.9);
  });
});
