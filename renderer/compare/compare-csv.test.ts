import { describe, expect, test } from "vitest";
import { csvCell, sheetCell } from "../../core/export/csv-cell.ts";
import { compareCsv } from "./compare-csv.ts";
import type { CompareRow } from "./compare-runs.ts";

const words = { t: (key: string) => key, language: "en" } as const;
const row = (change: Partial<CompareRow>): CompareRow => ({
  key: "k",
  group: "layers",
  owner: "fc1",
  field: "units",
  type: "a_type_of_the_future",
  values: [],
  differs: true,
  best: [],
  ...change,
});

describe("a comparison as CSV", () => {
  test("quotes cells that hold commas, quotes or line breaks", () => {
    expect(csvCell("plain")).toBe("plain");
    expect(csvCell('a "b", c')).toBe('"a ""b"", c"');
    expect(csvCell("two\nlines")).toBe('"two\nlines"');
  });

  test("holds no formulas: a name that begins like one begins with an apostrophe, a number stays a number", () => {
    expect(["=HYPERLINK(1)", "+1-2", "@sum", "-cmd|x", "\t=1", '=A1,"b"'].map(sheetCell)).toEqual([
      "'=HYPERLINK(1)",
      "'+1-2",
      "'@sum",
      "'-cmd|x",
      "'\t=1",
      '"\'=A1,""b"""',
    ]);
    expect(["-0.5", "+3", "-1e-7", "-Infinity", "-", "a=b", ""].map(sheetCell)).toEqual([
      "-0.5",
      "+3",
      "-1e-7",
      "-Infinity",
      "-",
      "a=b",
      "",
    ]);
    const lines = compareCsv([row({ values: [-0.25, "=1+1"] })], ["=bad", "two"], words).split("\r\n");
    expect(lines[0]).toContain("'=bad");
    expect(lines[1]).toContain(",-0.25,'=1+1,");
  });

  test("has a column a run and a row an option, numbers in full", () => {
    const text = compareCsv(
      [row({ values: [0.1234567891, undefined] }), row({ field: "names", values: [["a", "b"], []] })],
      ["#1", "two, words"],
      words,
    );
    const lines = text.replace("\uFEFF", "").trimEnd().split("\r\n");
    expect(lines[0]).toBe(',compare.row,#1,"two, words",compare.differs');
    expect(lines[1]).toBe("compare.group.layers,fc1 · units,0.1234567891,–,compare.yes");
    expect(lines[2]).toBe('compare.group.layers,fc1 · names,"a, b",compare.empty_list,compare.yes');
  });

  test("begins with a mark that tells spreadsheets it is UTF-8", () => {
    expect(compareCsv([], [], words).startsWith("\uFEFF")).toBe(true);
  });
});
