/** Splits by whole groups, by what a column says, and with a third part kept aside. */
import { describe, expect, it } from "vitest";
import type { SplitDocument } from "../graph/document.ts";
import { prepare } from "./prepare.ts";
import { category, codeOf, design, needs, number, table } from "./small-tables.test-support.ts";
import { type Split, splitRows } from "./split.ts";
import { columnsToRead } from "./windows.ts";

const split = (method: SplitDocument["method"], more: Partial<SplitDocument> = {}): SplitDocument => ({
  method,
  validation_fraction: 0.25,
  seed: null,
  ...more,
});
const all = (parts: Split): number[] => [...parts.training, ...parts.validation, ...parts.test].sort((a, b) => a - b);
const rows = (count: number): number[] => Array.from({ length: count }, (_, row) => row);

describe("a split by groups", () => {
  /** 30 groups of 1 to 9 rows, mixed among each other. */
  const groups = Int32Array.from({ length: 150 }, (_, row) => ((row * row) % 47) % 30);

  it("has no group in two parts, all rows in one, and near its shares of rows, for every seed", () => {
    for (let seed = 0; seed < 30; seed += 1) {
      const parts = splitRows(150, split("grouped", { test_fraction: 0.2 }), groups, seed);
      const groupsOf = (part: Uint32Array): Set<number> => new Set([...part].map((row) => groups[row] as number));
      const [training, validation, test] = [groupsOf(parts.training), groupsOf(parts.validation), groupsOf(parts.test)];
      for (const group of training) expect(validation.has(group) || test.has(group)).toBe(false);
      for (const group of validation) expect(test.has(group)).toBe(false);
      expect(all(parts)).toEqual(rows(150));
      expect(Math.abs(parts.test.length - 30)).toBeLessThan(10);
      expect(Math.abs(parts.validation.length - 37.5)).toBeLessThan(10);
    }
  });

  it("draws others for another seed and the same for the same", () => {
    const drawn = (seed: number): string => splitRows(150, split("grouped"), groups, seed).validation.join();
    expect(drawn(1)).toBe(drawn(1));
    expect(new Set([1, 2, 3, 4].map(drawn)).size).toBe(4);
  });

  it("holds out the smallest group where every one is too large, and needs a group for each part", () => {
    const parts = splitRows(10, split("grouped", { validation_fraction: 0.05 }), Int32Array.from([0, 0, 0, 0, 0, 0, 1, 1, 1, 1]), 0);
    expect([...parts.validation]).toEqual([6, 7, 8, 9]);
    expect(codeOf(() => splitRows(4, split("grouped"), new Int32Array(4), 0))).toBe('data.too_few_groups {"groups":1,"needed":2}');
    const two = Int32Array.from([0, 0, 1, 1]);
    expect(codeOf(() => splitRows(4, split("grouped", { test_fraction: 0.2 }), two, 0))).toBe(
      'data.too_few_groups {"groups":2,"needed":3}',
    );
  });
});

describe("a test part", () => {
  it("is kept aside by chance, by class and by time, with no row twice", () => {
    const strata = Int32Array.from({ length: 100 }, (_, row) => row % 4);
    for (const method of ["random", "stratified", "time"] as const) {
      const parts = splitRows(100, split(method, { test_fraction: 0.1 }), strata, 3);
      expect([parts.training.length, parts.validation.length, parts.test.length], method).toEqual([65, 25, 10]);
      expect(all(parts)).toEqual(rows(100));
    }
    expect([...splitRows(10, split("time", { test_fraction: 0.2 }), null, 0).test]).toEqual([8, 9]);
  });

  it("leaves a split without one as it was", () => {
    const before = splitRows(100, split("random"), null, 3);
    expect([before.training.length, before.validation.length, before.test.length]).toEqual([75, 25, 0]);
  });

  it("is refused where nothing would be left to train on", () => {
    expect(() => splitRows(100, split("random", { test_fraction: 0.8 }), null, 0)).toThrow("data.split_fractions");
    expect(() => splitRows(2, split("random", { test_fraction: 0.1 }), null, 0)).toThrow("data.too_few_rows_for_test");
  });
});

describe("a split that reads a column", () => {
  const columns = { x: "numeric", y: "numeric!" } as const;
  const withColumn = (method: "grouped" | "column", column?: string) => ({
    ...design({ columns }),
    split: split(method, column === undefined ? {} : { column }),
  });
  const x = number("x", [1, 2, 3, 4, 5, 6]);
  const y = number("y", [0, 1, 0, 1, 0, 1]);
  const run = (data: ReturnType<typeof withColumn>, ...more: Parameters<typeof table>) =>
    prepare(table(x, y, ...more), data, needs(["value"], 1), 0);

  it("takes its words for the parts, in any case and either language, and fits on the training rows alone", () => {
    const set = category("set", ["Train", "validation", "测试", "train ", "DEV", "训练"]);
    const data = withColumn("column", "set");
    const { training, validation, test } = run({ ...data, steps: [{ type: "min_max", columns: ["x"] }] }, set);
    expect([[...training.rowIds], [...validation.rowIds], [...(test?.rowIds ?? [])]]).toEqual([[0, 3, 5], [1, 4], [2]]);
    expect([...(training.inputs.in?.values ?? [])]).toEqual([0, Math.fround(0.6), 1]);
    expect([...(test?.inputs.in?.values ?? [])]).toEqual([Math.fround(0.4)]);
  });

  it("keeps groups together that are words or numbers", () => {
    for (const group of [category("g", ["a", "b", "a", "b", "c", "c"]), number("g", [7, 8, 7, 8, 9, 9])]) {
      const { training, validation } = run(withColumn("grouped", "g"), group);
      expect([training.rowCount, validation.rowCount]).toEqual([4, 2]);
      expect(["0,2", "1,3", "4,5"]).toContain([...validation.rowIds].join());
    }
  });

  it("follows rows that are left out because their target is missing", () => {
    const set = category("set", ["train", "train", "val", "train", "val", "train"]);
    const gap = number("y", [0, Number.NaN, 0, 1, 0, 1]);
    const { training, validation } = prepare(table(x, gap, set), withColumn("column", "set"), needs(["value"], 1), 0);
    expect([[...training.rowIds], [...validation.rowIds]]).toEqual([
      [0, 3, 5],
      [2, 4],
    ]);
  });

  it("says in words what is wrong with the column", () => {
    expect(codeOf(() => run(withColumn("grouped")))).toBe("data.split_column_not_chosen {}");
    expect(codeOf(() => run(withColumn("grouped", "g")))).toBe('data.split_column_missing {"column":"g"}');
    const wrong = category("set", ["train", "later", "val", "train", "val", "train"]);
    expect(codeOf(() => run(withColumn("column", "set"), wrong))).toBe('data.split_part_unknown {"column":"set","value":"later","row":2}');
    const gap = number("g", [1, 2, Number.NaN, 1, 2, 1]);
    expect(codeOf(() => run(withColumn("grouped", "g"), gap))).toBe('data.split_value_missing {"column":"g","row":3}');
    const none = category("set", ["val", "val", "val", "test", "test", "val"]);
    expect(codeOf(() => run(withColumn("column", "set"), none))).toBe("data.split_no_training {}");
  });

  it("has its column read whatever its role", () => {
    const data = withColumn("grouped", "g");
    const ignored = { ...data, columns: [...data.columns, { name: "g", type: "categorical" as const, role: "ignored" as const }] };
    expect(columnsToRead(ignored).at(-1)?.role).toBe("feature");
    expect(columnsToRead({ ...ignored, split: split("random", { column: "g" }) }).at(-1)?.role).toBe("ignored");
  });
});

describe("parts that a column names without any for validation", () => {
  const parts = Int32Array.from({ length: 100 }, (_, row) => (row % 5 === 0 ? 2 : 0));
  const held = { validation_from_training: true } as const;

  it("give a share of the training rows to validation where that is asked for, the same for the same seed", () => {
    expect(splitRows(100, split("column"), parts, 3).validation).toHaveLength(0);
    const found = splitRows(100, split("column", held), parts, 3);
    expect([found.training.length, found.validation.length, found.test.length]).toEqual([60, 20, 20]);
    expect([...found.test].every((row) => row % 5 === 0)).toBe(true);
    expect(all(found)).toEqual(rows(100));
    expect(splitRows(100, split("column", held), parts, 3)).toEqual(found);
    expect(splitRows(100, split("column", held), parts, 4).validation).not.toEqual(found.validation);
    expect(splitRows(100, split("column", { ...held, seed: 3 }), parts, 4)).toEqual(found);
  });

  it("stay as they are where there are some, and need two rows to train on", () => {
    const three = Int32Array.from({ length: 30 }, (_, row) => row % 3);
    expect(splitRows(30, split("column", held), three, 1)).toEqual(splitRows(30, split("column"), three, 1));
    expect(codeOf(() => splitRows(2, split("column", held), Int32Array.of(0, 2), 1))).toBe('data.too_few_rows {"rows":1}');
  });
});

describe("a split by time that reads a column", () => {
  const columns = { day: "date-", x: "numeric", y: "numeric!" } as const;
  /** Newest first, but for the second row and the third. */
  const day = number("day", [60, 30, 50, 40, 20, 10]);
  const x = number("x", [6, 3, 5, 4, 2, 1]);
  const y = number("y", [0, 1, 0, 1, 0, 1]);
  const data = (more: Partial<SplitDocument>) => ({ ...design({ columns }), split: split("time", { validation_fraction: 0.34, ...more }) });
  const partsOf = (more: Partial<SplitDocument>, days = day) => {
    const { training, validation, test } = prepare(table(days, x, y), data(more), needs(["value"], 1), 0);
    return [training, validation, test].map((part) => [...(part?.rowIds ?? [])]);
  };

  it("holds out the rows that are last in time, wherever they stand, and keeps each part in the order of the file", () => {
    expect(partsOf({})).toEqual([[0, 1, 2, 3], [4, 5], []]);
    expect(partsOf({ order_by: "day" })).toEqual([[1, 3, 4, 5], [0, 2], []]);
    expect(partsOf({ order_by: "day", test_fraction: 0.17 })).toEqual([[1, 4, 5], [2, 3], [0]]);
  });

  it("cuts folds in time, each after the rows that were trained on", () => {
    const fold = (fold: number) => partsOf({ order_by: "day", folds: 2, fold });
    expect([fold(0), fold(1)]).toEqual([
      [[4, 5], [1, 3], []],
      [[1, 3, 4, 5], [0, 2], []],
    ]);
    expect(partsOf({ order_by: "day", folds: 2, fold: 0, test_fraction: 0.17 })).toEqual([[1, 4, 5], [3], [0]]);
  });

  it("leaves rows of one time in the order of the file", () => {
    expect(partsOf({ order_by: "day" }, number("day", [1, 1, 1, 0, 1, 1]))).toEqual([[0, 1, 2, 3], [4, 5], []]);
  });

  it("says which row has no time, and which column is none", () => {
    const gap = number("day", [60, 30, Number.NaN, 40, 20, 10]);
    expect(codeOf(() => partsOf({ order_by: "day" }, gap))).toBe('data.split_value_missing {"column":"day","row":3}');
    expect(codeOf(() => partsOf({ order_by: "when" }))).toBe('data.split_column_missing {"column":"when"}');
    const words = table(category("day", ["a", "b", "a", "b", "a", "b"]), x, y);
    const asWords = { ...design({ columns: { ...columns, day: "categorical" } }), split: split("time", { order_by: "day" }) };
    expect(codeOf(() => prepare(words, asWords, needs(["value"], 1), 0))).toBe(
      'data.order_not_numbers {"column":"day","received":"category"}',
    );
  });

  it("has its column read though the network ignores it, but not where a window has an order of its own", () => {
    const ignored = data({ order_by: "day" }).columns.map((column) =>
      column.name === "day" ? { ...column, role: "ignored" as const } : column,
    );
    const read = (more: object) => columnsToRead({ columns: ignored, split: split("time", { order_by: "day" }), ...more })[0]?.role;
    expect(read({})).toBe("feature");
    expect(read({ window: { columns: ["y"], length: 1, horizon: 1, order_by: null } })).toBe("ignored");
    const ofWindow = { ...data({ order_by: "day" }), window: { columns: ["y"], length: 1, horizon: 1, order_by: null } };
    const { validation } = prepare(table(day, x, y), ofWindow, needs(["value"], 1), 0);
    expect([...validation.rowIds]).toEqual([4, 5]);
  });
});
