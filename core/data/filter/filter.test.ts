/** Filters: what is kept, what missing values do, ranks of the words, and what is said of mistakes. */
import { afterEach, describe, expect, it } from "vitest";
import { errorData } from "../../errors.ts";
import type { ColumnDocument } from "../../graph/document.ts";
import { timeOfText } from "../../schema/times-of-day.ts";
import { layoutOf } from "../layout.ts";
import { applyPipeline, prepare } from "../prepare.ts";
import { design, MIXED_COLUMNS, needs, table as withAll } from "../small-tables.test-support.ts";
import type { Table } from "../table.ts";
import { filterTable } from "./filter-table.ts";
import { columnsForFilter, filteredRows } from "./rows.ts";

const day = (text: string): number => Date.parse(text);
const table: Table = {
  rowCount: 5,
  rowIds: Uint32Array.from([0, 1, 2, 3, 4]),
  columns: [
    { kind: "number", name: "age", values: Float64Array.from([22, 38, Number.NaN, 35, 4]) },
    { kind: "category", name: "sex", categories: ["female", "male"], codes: Int32Array.from([1, 0, 0, 1, -1]) },
    {
      kind: "number",
      name: "the day",
      values: Float64Array.from(["2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01", "2020-05-01"].map(day)),
    },
    { kind: "text", name: "名前", values: ["Dr. A", "b (c)", null, "100%", "dr b"] },
    { kind: "category", name: "class", categories: ["1", "2"], codes: Int32Array.from([0, 1, 1, 0, 1]) },
  ],
};
const types = { age: "numeric", sex: "categorical", "the day": "date", 名前: "text", class: "categorical", left: "numeric" } as const;
const documents: ColumnDocument[] = Object.entries(types).map(([name, type]) => ({
  name,
  type,
  role: name === "age" ? "ignored" : "feature",
}));
const rows = (filter: string): number[] => [...filteredRows(table, documents, filter)];
function refusal(filter: string): unknown {
  try {
    rows(filter);
    return "kept";
  } catch (thrown) {
    const { code, params } = errorData(thrown);
    return [code, params];
  }
}

describe("a filter keeps the rows", () => {
  it.each([
    ["age > 30 and sex = 'male'", [3]],
    ["age > 30 AND sex == 'male' OR age < 10", [3, 4]],
    ["age > 30 and (sex = 'male' or age = 38)", [1, 3]],
    ["not age > 30", [0, 4]],
    ["age is missing", [2]],
    ["sex is not null and age is not missing", [0, 1, 3]],
    ["sex <> 'male'", [1, 2]],
    ["not (sex = 'male' and age > 30)", [0, 1, 2, 4]],
    ["age in (22, 4, 99)", [0, 4]],
    ["sex not in ('male')", [1, 2]],
    ["age between 22 and 35", [0, 3]],
    ["\"the day\" >= '2020-03-01'", [2, 3, 4]],
    ["[the day] between '2020-02-01' and '2020-03-01 00:00:00'", [1, 2]],
    ["名前 like 'dr%'", [0, 4]],
    ["名前 contains '(c'", [1]],
    ["名前 like '100_'", [3]],
    ["age * 2 - 4 > 60", [1, 3]],
    ["-age < -30", [1, 3]],
    ["abs(age - 30) <= 8", [0, 1, 3]],
    ["length(sex) = 4", [0, 3]],
    ["upper(sex) = 'MALE'", [0, 3]],
    ["class = 1", [0, 3]],
    ["age = '22'", [0]],
    ["true", [0, 1, 2, 3, 4]],
    ["age > 30 && !(sex = 'male')", [1]],
  ])("%s", (filter, kept) => {
    expect(rows(filter)).toEqual(kept);
  });
});

it("times of day compare with times, however they are written, and not with dates", () => {
  const at = withAll({ kind: "number", name: "at", values: Float64Array.from(["08:30", "13:45", "23:00"].map(timeOfText)) });
  const documents: ColumnDocument[] = [{ name: "at", type: "date", role: "feature", date_format: "%H:%M" }];
  expect(["at >= '1:45 PM'", "at < '9:00'", "at = '23:00:00'"].map((filter) => [...filteredRows(at, documents, filter)])).toEqual([
    [1, 2],
    [0],
    [2],
  ]);
  expect(() => filteredRows(at, documents, "at > '2020-01-01'")).toThrow('data.filter_not_a_time {"value":"2020-01-01"}');
});

describe("a date of a filter", () => {
  const at = (...dates: string[]) => withAll({ kind: "number", name: "at", values: Float64Array.from(dates, (date) => Date.parse(date)) });
  const documents: ColumnDocument[] = [{ name: "at", type: "date", role: "feature" }];
  const days = at("2020-01-05T00:00Z", "2020-01-06T00:00Z", "2020-01-06T09:30Z", "2020-03-01T00:00Z");
  const zone = process.env["TZ"];
  afterEach(() => {
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
  });

  it.each(["America/New_York", "Asia/Shanghai", "UTC"])("is the same day in %s, with one figure or two", (own) => {
    process.env["TZ"] = own;
    expect(new Date(0).getTimezoneOffset()).toBe(own === "UTC" ? 0 : own === "Asia/Shanghai" ? -480 : 300);
    const kept = (filter: string) => [...filteredRows(days, documents, filter)];
    for (const date of ["2020-1-6", "2020-01-06", "2020-1-6 00:00", "2020-01-06T00:00:00Z"])
      expect([date, kept(`at = '${date}'`)]).toEqual([date, [1]]);
    expect(kept("at >= '2020-1-6 9:30'")).toEqual([2, 3]);
    expect(kept("at < '2020-3'")).toEqual([0, 1, 2]);
  });

  it("that no month has is refused", () => {
    for (const value of ["2020-02-30", "2020-13-01", "2021-2-29", "2020-01-06 25:00", "2020-01-06 noon"])
      expect(() => filteredRows(days, documents, `at > '${value}'`)).toThrow("data.filter_not_a_date");
  });
});

describe("a mistake in a filter is said with its place", () => {
  it.each([
    ["age >", ["data.filter_no_value", { place: 6 }]],
    ["age > 3 sex = 'male'", ["data.filter_syntax", { place: 9, found: "sex", expected: "and, or" }]],
    ["(age > 3", ["data.filter_syntax", { place: 9, found: "–", expected: ")" }]],
    ["age ~ 3", ["data.filter_character", { place: 5, found: "~ 3" }]],
    ["Age > 3", ["data.filter_unknown_column", { column: "Age", columns: "age" }]],
    ["age + 1", ["data.filter_no_condition", { filter: "age + 1" }]],
    ["age = 'old'", ["data.filter_types", { left_operand: "'old'", right_operand: "number" }]],
    ["\"the day\" > 'noon'", ["data.filter_not_a_date", { value: "noon" }]],
    ["sex > 30", ["data.filter_types", { left_operand: "text", right_operand: "number" }]],
    ["30 <= sex", ["data.filter_types", { left_operand: "number", right_operand: "text" }]],
    ["sex + 1 > 2", ["data.filter_types", { left_operand: "text", right_operand: "number" }]],
  ])("%s", (filter, said) => {
    expect(refusal(filter)).toEqual(said);
  });

  it("however deep it is nested", () => {
    expect(refusal(`${"(".repeat(20_000)}age > 1${")".repeat(20_000)}`)).toEqual(["data.filter_too_deep", { most: 100 }]);
  });
});

it("the columns that a filter reads are read whatever their role", () => {
  expect(columnsForFilter(documents, "age > 3 or sex = 'x'").map(({ name, role }) => [name, role])).toEqual([
    ["age", "feature"],
    ["sex", "feature"],
  ]);
});

describe("the rows that are learnt from", () => {
  const data = { columns: documents, window: { columns: ["age"], length: 1, horizon: 1, order_by: "the day" } };

  it("are those that the filter keeps, with the numbers they have in the file", () => {
    const kept = filterTable(table, { columns: documents, filter: "age > 30" });
    expect([kept.rowCount, [...kept.rowIds]]).toEqual([2, [1, 3]]);
    expect(kept.columns[0]).toMatchObject({ values: Float64Array.from([38, 35]) });
    expect(() => filterTable(table, { columns: documents, filter: "age > 99" })).toThrow("data.filter_keeps_nothing");
  });

  it("of a series may be cut at its ends, not in its middle", () => {
    expect([...filterTable(table, { ...data, filter: "\"the day\" > '2020-02-15'" }).rowIds]).toEqual([2, 3, 4]);
    expect(() => filterTable(table, { ...data, filter: "\"the day\" <> '2020-03-01'" })).toThrow("data.filter_cuts_series");
  });

  it("of a series leave out those without a time, wherever they stand in the file", () => {
    const times = [5, 4, Number.NaN, 2, 1].map((month) => (Number.isNaN(month) ? month : Date.UTC(2020, month - 1)));
    const undated = {
      ...table,
      columns: [...table.columns.slice(0, 2), { kind: "number" as const, name: "the day", values: Float64Array.from(times) }],
    };
    expect([...filterTable(undated, { ...data, filter: '"the day" is not missing' }).rowIds]).toEqual([0, 1, 3, 4]);
    expect([...filterTable(undated, { ...data, filter: "\"the day\" > '2020-01-15'" }).rowIds]).toEqual([0, 1, 3]);
  });
});

it("a preparation learns from the rows that are kept and counts the others; predicting leaves out none", () => {
  const plan = { ...design({ columns: { x: "numeric", kind: "categorical-", y: "numeric!" } }), filter: "kind <> 'c' and x < 50" };
  const prepared = prepare(withAll(...MIXED_COLUMNS), plan, needs(["value"], 1), 0);
  const all = MIXED_COLUMNS[0]?.kind === "number" ? MIXED_COLUMNS[0].values.length : 0;
  expect([prepared.training.rowCount, prepared.filteredRows]).toEqual([all - 2, 2]);
  expect(layoutOf(prepared).filtered_rows).toBe(2);
  expect(applyPipeline(withAll(...MIXED_COLUMNS), prepared.pipeline, needs(["value"], 1), { withTargets: false }).rowCount).toBe(all);
});
