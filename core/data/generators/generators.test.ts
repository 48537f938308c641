import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CategoryColumn, NumberColumn, Table } from "../table.ts";
import { generate } from "./generator.ts";
import { generatorNamed, generators } from "./generators.ts";

const numbers = (table: Table, name: string): Float64Array => (table.columns.find((column) => column.name === name) as NumberColumn).values;
const labels = (table: Table): string[] => {
  const column = table.columns.find(({ name }) => name === "label") as CategoryColumn;
  return [...column.codes].map((code) => column.categories[code] as string);
};
const make = (name: string, options: Record<string, number> = {}): Table => generate(generatorNamed(name), options);

describe("generators", () => {
  it("are the files of the folder", () => {
    const files = readdirSync(new URL(".", import.meta.url)).filter(
      (file) => file.endsWith(".ts") && !file.startsWith("generator") && !file.endsWith(".test.ts"),
    );
    expect(generators.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
  });

  for (const generator of generators)
    it(`${generator.name} gives the same finite rows for the same seed, others for another, and has its target last`, () => {
      const first = generate(generator, { count: 60, seed: 1 });
      expect(first.rowCount).toBe(60);
      expect(generate(generator, { count: 60, seed: 1 })).toEqual(first);
      expect(generate(generator, { count: 60, seed: 2 })).not.toEqual(first);
      expect(first.columns.at(-1)?.name).toBe(generator.target);
      for (const column of first.columns) if (column.kind === "number") expect(column.values.every(Number.isFinite)).toBe(true);
      expect(Object.keys(generator.texts.zh)).toEqual(Object.keys(generator.texts.en));
    });

  it("xor of 4 points without noise is the four corners; of more, the square [-1, 1]²", () => {
    const corners = make("xor", { count: 4, noise: 0 });
    expect([...numbers(corners, "x1")]).toEqual([-1, -1, 1, 1]);
    expect([...numbers(corners, "x2")]).toEqual([-1, 1, -1, 1]);
    expect(labels(corners)).toEqual(["a", "b", "b", "a"]);
    const many = make("xor", { count: 300, noise: 0 });
    const [x1, x2] = [numbers(many, "x1"), numbers(many, "x2")];
    expect([...x1, ...x2].every((value) => Math.abs(value) <= 1)).toBe(true);
    labels(many).forEach((label, row) => expect(label).toBe((x1[row] as number) > 0 === (x2[row] as number) > 0 ? "a" : "b"));
  });

  it("two circles without noise have radius 1 and ½, and sine and plane are exact", () => {
    const circles = make("two_circles", { noise: 0 });
    labels(circles).forEach((label, row) =>
      expect(Math.hypot(numbers(circles, "x1")[row] as number, numbers(circles, "x2")[row] as number)).toBeCloseTo(
        label === "a" ? 1 : 0.5,
        12,
      ),
    );
    const sine = make("sine", { noise: 0 });
    numbers(sine, "x").forEach((x, row) => expect(numbers(sine, "y")[row]).toBe(Math.sin(x)));
    const plane = make("plane", { noise: 0 });
    numbers(plane, "x1").forEach((x1, row) => expect(numbers(plane, "y")[row]).toBe(0.5 + 2 * x1 - (numbers(plane, "x2")[row] as number)));
  });

  it("give as many classes as asked for, each with its share", () => {
    for (const name of ["spiral", "gaussian_blobs"]) {
      const counts = new Map<string, number>();
      for (const label of labels(make(name, { count: 100, classes: 5 }))) counts.set(label, (counts.get(label) ?? 0) + 1);
      expect([...counts.entries()]).toEqual([
        ["a", 20],
        ["b", 20],
        ["c", 20],
        ["d", 20],
        ["e", 20],
      ]);
    }
  });

  it("refuse an unknown set, an unknown option, and values that are fractional or out of range", () => {
    expect(() => make("nothing")).toThrow("data.unknown_builtin");
    expect(() => make("xor", { classes: 3 })).toThrow("data.generator_option_unknown");
    for (const options of [{ count: 3 }, { count: 4.5 }, { noise: -1 }, { seed: Number.NaN }])
      expect(() => make("xor", options as Record<string, number>)).toThrow("data.generator_option ");
  });
});
