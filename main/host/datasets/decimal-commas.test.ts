/** Numbers with a decimal comma: real files through import, reading for a model, and what is told where it is not clear. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { proposeData } from "../../../core/data/propose.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import { importPlaceForEachTest, warningsOf } from "../../../test/host/import-place.ts";
import { leakWarnings } from "./leaks.ts";
import { loadTable, readFileTable } from "./load-table.ts";

const place = importPlaceForEachTest();
const typesOf = (imported: Awaited<ReturnType<typeof place.importContent>>): string[] =>
  imported.columns.map(({ name, type, remarks }) => [name, type, ...remarks].join(" "));
const column = (name: string, more: Partial<ColumnDocument> = {}): ColumnDocument => ({ name, type: "numeric", role: "feature", ...more });
const valuesOf = (table: Awaited<ReturnType<typeof loadTable>>): number[][] =>
  table.columns.map((one) => (one.kind === "number" ? [...one.values] : []));

describe("numbers with a decimal comma", () => {
  for (const [kind, delimiter] of [
    ["semicolons", ";"],
    ["tabs", "\t"],
  ] as const)
    it(`are numbers in a file separated by ${kind}, with their figures`, async () => {
      const text = "Gewicht;Preis;Stadt\n3,14;1.234,5;Köln\n-2,5;99;Bonn\n10;;Köln\n0,25;2.000;Ulm\n".replaceAll(";", delimiter);
      const imported = await place.importContent(text);
      expect(typesOf(imported)).toEqual(["Gewicht numeric decimal_comma", "Preis numeric decimal_comma", "Stadt categorical"]);
      expect(warningsOf(imported)).toEqual([]);
      expect(imported.columns[0]).toMatchObject({ min: -2.5, max: 10, mean: (3.14 - 2.5 + 10 + 0.25) / 4, missing: 0, distinct: 4 });
      const proposed = proposeData({ kind: "file", name: "x" }, imported.columns, ["Stadt"]);
      expect(proposed.columns[0]).toEqual({ name: "Gewicht", type: "numeric", role: "feature", decimal_comma: true });
      const table = await loadTable(imported.path, proposed.columns);
      expect(valuesOf(table).slice(0, 2)).toEqual([
        [3.14, -2.5, 10, 0.25],
        [1234.5, 99, Number.NaN, 2000],
      ]);
      const path = join(place.home, "later.csv");
      await writeFile(path, text);
      expect(valuesOf((await readFileTable(path, proposed.columns)).table)).toEqual(valuesOf(table));
    });

  it("are told from the delimiter where there is no header either", async () => {
    const imported = await place.importContent("1,5;2,5\n3,25;4,5\n-0,5;7,25\n");
    expect([imported.columnCount, imported.rowCount]).toEqual([2, 3]);
    expect(typesOf(imported)).toEqual(["column_1 numeric decimal_comma", "column_2 numeric decimal_comma"]);
    const plain = await place.importContent("a,b;c,d\n1,2;3,4\n5,6;7,8\n9,0;x,1\n");
    expect(plain.columnCount).toBe(3);
  });

  it("beside numbers with a decimal point are words, with a warning", async () => {
    const imported = await place.importContent("x;y\n3,14;1\n2.5;2\n1,75;3\n");
    expect(typesOf(imported)).toEqual(["x categorical mixed", "y numeric whole_numbers"]);
    expect(warningsOf(imported)).toEqual(['data.decimal_mixed {"column":"x","commas":2,"points":1,"example":"3,14","other":"2.5"}']);
  });

  it("that may as well part thousands are not guessed at, but can be set by hand", async () => {
    const imported = await place.importContent("x;y\n1,234;1\n12,500;2\n999;3\n");
    expect(typesOf(imported)[0]).toBe("x categorical decimal_unclear");
    expect(warningsOf(imported)).toEqual(['data.decimal_unclear {"column":"x","example":"1,234"}']);
    expect(valuesOf(await loadTable(imported.path, [column("x", { decimal_comma: true })]))).toEqual([[1.234, 12.5, 999]]);
  });

  it("with a word among them are words, and the word is named", async () => {
    const numbers = Array.from({ length: 19 }, (_, row) => `${row},5;${row}`).join("\n");
    const imported = await place.importContent(`x;y\n${numbers}\nkeine;3\n`);
    expect(imported.columns[0]).toMatchObject({ type: "categorical" });
    expect(warningsOf(imported)).toEqual(['data.column_mixed {"column":"x","numbers":19,"words":1,"value":"keine","row":20}']);
    const table = await loadTable(imported.path, [column("x", { decimal_comma: true, missing_tokens: ["keine"] })]);
    expect(valuesOf(table)[0]?.slice(18)).toEqual([18.5, Number.NaN]);
  });

  it("are refused, with the row, by a column that has them where the file has points, and the other way round", async () => {
    const imported = await place.importContent("x;y\n1,5;1\n2,5;2\n");
    await expect(loadTable(imported.path, [column("x")])).rejects.toMatchObject({
      code: "data.not_a_number",
      params: { row: 1, count: 2 },
    });
    const points = await place.importContent("x;y\n1.5;1\n2.25;2\n");
    await expect(loadTable(points.path, [column("x", { decimal_comma: true })])).rejects.toMatchObject({ code: "data.not_a_number" });
  });

  it("count as numbers where a target is looked at for what gives it away", async () => {
    const rows = Array.from({ length: 600 }, (_, row) => `${row % 120};${row % 120},25`).join("\n");
    const imported = await place.importContent(`cause;price\n${rows}\n`);
    const warnings = await leakWarnings(imported.path, imported.columns, "price");
    expect(warnings.map(({ code, params }) => `${code} ${params["column"]}`)).toEqual(["data.leak_suspected cause"]);
  });
});
