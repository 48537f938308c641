/** Looking into a stored table: pages in any order, correlations and directions by their formulas. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../core/data/random.ts";
import type { ColumnDocument, DataDocument } from "../../../core/graph/document.ts";
import { importFile } from "../datasets/import-file.ts";
import { correlationsWith } from "./correlations.ts";
import { pointsOf, principalView } from "./points.ts";
import { TableDesk } from "./questions.ts";
import { TableViews } from "./view.ts";

const ROWS = [
  ["3", "ann", "red", "2020-01-03", "5"],
  ["10", "Bob", "blue", "2019-05-01", "9"],
  ["", "carl", "red", "2021-07-09", "4"],
  ["-2", "dora", "blue", "", "11"],
  ["3", "eve 10", "red", "2020-01-02", "6"],
];
const COLUMNS: ColumnDocument[] = [
  { name: "size", type: "numeric", role: "feature" },
  { name: "name", type: "categorical", role: "ignored" },
  { name: "colour", type: "categorical", role: "target" },
  { name: "day", type: "date", role: "feature" },
  { name: "weight", type: "numeric", role: "feature" },
];
let place = "";
let path = "";
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "neuroloom-tables-"));
  const file = join(place, "t.csv");
  writeFileSync(file, ["size,name,colour,day,weight", ...ROWS.map((row) => row.join(","))].join("\n"));
  ({ path } = await importFile({ path: file, name: "t.csv", folder: join(place, "library") }));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const views = new TableViews();
const ask = { id: "t", columns: COLUMNS, filter: null, search: null, sort: null, offset: 0, count: 100 };

describe("rows are shown", () => {
  it("as they are in the file, a page at a time, with how many there are", async () => {
    const page = await views.read(path, { ...ask, offset: 3, count: 5 });
    expect([page.numbers, page.total]).toEqual([[3, 4], 5]);
    expect(page.rows[0]).toEqual(["-2", "dora", "blue", null, "11"]);
  });

  it("in the order of numbers, dates and words, missing ones last either way, equal ones as in the file", async () => {
    const order = async (column: string, descending: boolean): Promise<number[]> =>
      (await views.read(path, { ...ask, sort: { column, descending } })).numbers;
    expect(await order("size", false)).toEqual([3, 0, 4, 1, 2]);
    expect(await order("size", true)).toEqual([1, 0, 4, 3, 2]);
    expect(await order("day", false)).toEqual([1, 4, 0, 2, 3]);
    expect(await order("name", false)).toEqual([1, 0, 2, 3, 4]);
  });

  it("that hold a text in any cell, in any case, and that a filter keeps, in the order asked", async () => {
    expect((await views.read(path, { ...ask, search: "BOB" })).numbers).toEqual([1]);
    expect((await views.read(path, { ...ask, search: "10" })).numbers).toEqual([1, 4]);
    expect((await views.read(path, { ...ask, search: "%" })).total).toBe(0);
    const both = await views.read(path, { ...ask, search: "r", filter: "weight < 11", sort: { column: "weight", descending: true } });
    expect(both.numbers).toEqual([4, 0, 2]);
    expect(both.rows.map((row) => row[1])).toEqual(["eve 10", "ann", "carl"]);
  });

  it("after a filter that is wrong as after none: the next is answered", async () => {
    await expect(views.read(path, { ...ask, filter: "size >" })).rejects.toThrow("data.filter_no_value");
    expect((await views.read(path, { ...ask, filter: "size > 3" })).numbers).toEqual([1]);
  });
});

it("a column goes with the target by r, the correlation ratio and Cramér's V", async () => {
  const of = async (target: string): Promise<Record<string, [string, number | null]>> =>
    Object.fromEntries((await correlationsWith(path, COLUMNS, target)).map(({ name, measure, value }) => [name, [measure, value]]));
  const weight = [5, 9, 4, 11, 6];
  const red = [1, 0, 1, 0, 1];
  const byColour = await of("colour");
  expect(byColour["weight"]?.[0]).toBe("r");
  expect(byColour["weight"]?.[1]).toBeCloseTo(pearson(weight, red), 12);
  const byWeight = await of("weight");
  expect(byWeight["size"]?.[1]).toBeCloseTo(pearson([3, 10, -2, 3], [5, 9, 11, 6]), 12);
  // Two groups: the correlation ratio is the size of Pearson's r, which 5 rows of 2 classes overstate.
  expect(byWeight["colour"]).toEqual(["eta", expect.closeTo(Math.sqrt(1 - ((1 - pearson(weight, red) ** 2) * 4) / 3), 12)]);
  // Each row is a name of its own: it would say everything of anything.
  expect((await of("name"))["colour"]).toEqual(["v", null]);
  expect(byWeight["name"]).toEqual(["eta", null]);
});

describe("what goes with nothing", () => {
  const columns: ColumnDocument[] = [
    { name: "ticket", type: "categorical", role: "feature" },
    { name: "side", type: "categorical", role: "feature" },
    { name: "same", type: "categorical", role: "feature" },
    { name: "noise", type: "numeric", role: "target" },
  ];
  let table = "";
  beforeAll(async () => {
    const random = new Random(3);
    const letter = (): string => "abcd"[random.below(4)] as string;
    const lines = Array.from({ length: 400 }, () => {
      const side = letter();
      return `t${random.below(150)},${side},${side},${random.float()}`;
    });
    const file = join(place, "chance.csv");
    writeFileSync(file, ["ticket,side,same,noise", ...lines].join("\n"));
    ({ path: table } = await importFile({ path: file, name: "chance.csv", folder: join(place, "library") }));
  });
  const of = async (name: string, target: string): Promise<number | null | undefined> =>
    (await correlationsWith(table, columns, target)).find((found) => found.name === name)?.value;

  it("is not said to go with a number because it has many values", async () => {
    // Uncorrected the ratio is about √(149 / 399), 0.61.
    expect(await of("ticket", "noise")).toBeLessThan(0.3);
  });

  it("is not said to go with classes because it has many values; what is the same goes wholly", async () => {
    expect(await of("ticket", "side")).toBeLessThan(0.3);
    expect(await of("same", "side")).toBeCloseTo(1, 12);
  });
});

function pearson(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const sum = (f: (i: number) => number): number => a.reduce((total, _, i) => total + f(i), 0);
  const d = (values: readonly number[], m: number, i: number): number => (values[i] as number) - m;
  return sum((i) => d(a, ma, i) * d(b, mb, i)) / Math.sqrt(sum((i) => d(a, ma, i) ** 2) * sum((i) => d(b, mb, i) ** 2));
}

it("points are the cells of the rows that the filter keeps, with their classes", async () => {
  const points = await pointsOf(path, { ...ask, names: ["size", "weight"], colour: "colour", filter: "weight > 4", most: 3 });
  expect(points).toEqual({
    rows: [0, 1, 3],
    values: [
      [3, 10, -2],
      [5, 9, 11],
    ],
    classes: ["blue", "red"],
    labels: [1, 0, 0],
  });
});

it("a number of few values colours by its values", async () => {
  const points = await pointsOf(path, { ...ask, names: ["size", "weight"], colour: "size", filter: null, most: 100 });
  expect([points.classes, points.labels]).toEqual([
    ["-2", "3", "10"],
    [1, 2, -1, 0, 1],
  ]);
});

it("two columns that go together lie along the diagonal: the shares of the variance are (1 ± r) / 2", async () => {
  const view = await principalView(path, { ...ask, names: ["size", "weight"], colour: null, filter: "size is not missing", most: 100 });
  const r = pearson([3, 10, -2, 3], [5, 9, 11, 6]);
  expect(view.explained[0]).toBeCloseTo((1 + Math.abs(r)) / 2, 12);
  expect(view.weights.map(({ x }) => Math.abs(x))).toEqual([expect.closeTo(Math.SQRT1_2, 12), expect.closeTo(Math.SQRT1_2, 12)]);
  expect(view.x.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
});

describe("of a table too large to be read whole", () => {
  const [whole, large] = [new TableDesk(), new TableDesk(0)];

  it("the rows that are drawn are read, and they are those that would be drawn", async () => {
    const asked = { id: "t", columns: COLUMNS, names: ["size", "weight"], colour: "colour", filter: "weight > 4", most: 3 };
    for (const filter of [null, "weight > 4"]) {
      const input = { ...asked, filter };
      expect(await large.answer({ method: "tables.points", path, input, dataMemoryBytes: 0 })).toEqual(
        await whole.answer({ method: "tables.points", path, input, dataMemoryBytes: 0 }),
      );
      const wanted = await whole.answer({ method: "tables.principal", path, input, dataMemoryBytes: 0 });
      expect(await large.answer({ method: "tables.principal", path, input, dataMemoryBytes: 0 })).toEqual(wanted);
    }
  });

  it("a step's effect is learnt from the first rows that the filter keeps", async () => {
    const file = join(place, "long.csv");
    writeFileSync(file, ["a,b", ...Array.from({ length: 12_000 }, (_, row) => `${row % 97},${row % 3}`)].join("\n"));
    const { path: long } = await importFile({ path: file, name: "long.csv", folder: join(place, "library") });
    const columns: ColumnDocument[] = ["a", "b"].map((name) => ({ name, type: "numeric", role: "feature" }));
    const data: DataDocument = {
      source: { kind: "file", name: "long.csv" },
      columns,
      steps: [{ type: "standardise", columns: ["a", "b"] }],
      split: { method: "random", validation_fraction: 0.2, seed: null },
      filter: "b = 2 and a > 5",
      feature_count: null,
      class_count: null,
    };
    const input = { id: "t", data, place: 0 };
    const wanted = await whole.answer({ method: "tables.step_effect", path: long, input, dataMemoryBytes: 0 });
    // A third of the first 5,000 rows is not enough: more are read.
    expect(wanted.rows).toBeGreaterThan(3000);
    expect(await large.answer({ method: "tables.step_effect", path: long, input, dataMemoryBytes: 0 })).toEqual(wanted);
  });
});
