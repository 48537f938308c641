/** Words of yes and no are booleans; a month beside a number is a date only where nobody can mean a day of no year. */
import { describe, expect, it } from "vitest";
import { importPlaceForEachTest } from "../../../test/host/import-place.ts";
import type { ImportedTable } from "./import-request.ts";
import { loadTable } from "./load-table.ts";

const place = importPlaceForEachTest();

const table = (columns: Readonly<Record<string, readonly string[]>>): Promise<ImportedTable> => {
  const names = Object.keys(columns);
  const rows = (columns[names[0] ?? ""] ?? []).map((_, row) => names.map((name) => columns[name]?.[row] ?? "").join(","));
  return place.importContent(`${names.join(",")}\n${rows.join("\n")}\n`);
};
const remarksOf = ({ columns }: ImportedTable): Record<string, string> =>
  Object.fromEntries(
    columns.map(({ name, type, remarks }) => [name, [type, ...remarks.filter((remark) => /^(boolean|date_)/.test(remark))].join(" ")]),
  );

describe("columns of words", () => {
  it("of yes and no are booleans in many languages, in any case, with what is 0 first", async () => {
    const made = await table({
      answered: ["yes", "no", "yes", "no"],
      Aktiv: ["J", "N", "N", "J"],
      paid: ["TRUE", "FALSE", "TRUE", "TRUE"],
      中: ["是", "否", "是", "是"],
      gaps: ["Ja", "", "NA", "nein"],
      three: ["yes", "no", "Yes", "no"],
      other: ["no", "on", "no", "on"],
      same: ["yes", "yes", "yes", "yes"],
      number: ["0", "1", "0", "1"],
    });
    expect(remarksOf(made)).toEqual({
      answered: "categorical boolean=no,yes",
      Aktiv: "categorical boolean=J,N",
      paid: "categorical boolean=FALSE,TRUE",
      中: "categorical boolean=否,是",
      gaps: "categorical boolean=Ja,nein",
      three: "categorical",
      other: "categorical",
      same: "categorical",
      number: "numeric",
    });
  });

  it("of months and numbers are dates where a number can be no day, and are read as they were counted", async () => {
    const made = await table({
      dashed: ["Jan-15", "Feb-30", "Mar-16"],
      turned: ["99-Jan", "01-Feb", "16-Mar"],
      quoted: ["May '15", "Jun '16", "Jul '17"],
      long: ["January 15", "May 00", "March 16"],
    });
    expect(remarksOf(made)).toEqual({
      dashed: "date date_format=%b-%y",
      turned: "date date_format=%y-%b",
      quoted: "date date_format=%b '%y",
      long: "date date_format=%B %y",
    });
    expect(made.warnings).toEqual([]);
    const read = await loadTable(made.path, [{ name: "turned", type: "date", role: "feature", date_format: "%y-%b" }]);
    const [turned] = read.columns;
    expect(turned?.kind === "number" && [...turned.values]).toEqual([Date.UTC(1999, 0), Date.UTC(2001, 1), Date.UTC(2016, 2)]);
  });

  it("of months and numbers stay words where they may be days, and why is said", async () => {
    const made = await table({
      either: ["Jan-15", "Feb-28", "Mar-16"],
      turned: ["15-Jan", "16-Feb", "17-Mar"],
      days: ["Jan 5", "Feb 28", "Mar 16"],
      some: ["Jan-45", "Feb-28", "spring"],
    });
    expect(remarksOf(made)).toEqual({
      either: "categorical date_unclear=%b-%y",
      turned: "categorical date_unclear=%y-%b",
      days: "categorical",
      some: "categorical",
    });
    expect(made.warnings.map(({ code, params }) => [code, params["column"], params["value"]])).toEqual([
      ["data.date_year_or_day", "either", "Jan-15"],
      ["data.date_year_or_day", "turned", "15-Jan"],
      ["data.date_without_year", "days", "Jan 5"],
    ]);
  });
});
