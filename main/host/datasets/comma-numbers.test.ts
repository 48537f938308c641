/** Numbers with commas, before decimals and between thousands: real files through import, reading for a model, and what is told where it is not clear. */
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
    expect(warningsOf(imported)).toEqual([
      'data.decimal_mixed {"column":"x","commas":2,"points":1,"example":"3,14","row":1,"other":"2.5","otherRow":2}',
    ]);
  });

  it("that may as well part thousands are not guessed at, but can be set by hand", async () => {
    const imported = await place.importContent("x;y\n1,234;1\n12,500;2\n999;3\n");
    expect(typesOf(imported)[0]).toBe("x categorical decimal_unclear");
    expect(warningsOf(imported)).toEqual(['data.decimal_unclear {"column":"x","example":"1,234","row":1}']);
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

describe("numbers with commas between thousands", () => {
  const TEXT = "people\tarea\n1,234,567\t12,345.5\n999\t0.25\n-12,000\t7\n\t1,000\n";

  it("are numbers, with their figures, in a column where all fit and one can be nothing else", async () => {
    const imported = await place.importContent(TEXT);
    expect(typesOf(imported)).toEqual(["people numeric thousands_comma whole_numbers", "area numeric thousands_comma"]);
    expect(warningsOf(imported)).toEqual([]);
    expect(imported.columns[0]).toMatchObject({ min: -12000, max: 1_234_567, missing: 1, mean: (1_234_567 + 999 - 12_000) / 3 });
    const proposed = proposeData({ kind: "file", name: "x" }, imported.columns, ["area"]);
    expect(proposed.columns[0]).toEqual({ name: "people", type: "numeric", role: "feature", thousands_comma: true });
    const table = await loadTable(imported.path, proposed.columns);
    expect(valuesOf(table)).toEqual([
      [1_234_567, 999, -12_000, Number.NaN],
      [12_345.5, 0.25, 7, 1000],
    ]);
    const path = join(place.home, "later.tsv");
    await writeFile(path, TEXT);
    expect(valuesOf((await readFileTable(path, proposed.columns)).table)).toEqual(valuesOf(table));
  });

  it("are numbers in quotes of a file that commas separate too, and where a decimal point shows what commas are not", async () => {
    const imported = await place.importContent('city,income\nKöln,"1,234"\nBonn,2.5\nUlm,"12,500"\n');
    expect(typesOf(imported)[1]).toBe("income numeric thousands_comma");
    expect(valuesOf(await loadTable(imported.path, [column("income", { thousands_comma: true })]))).toEqual([[1234, 2.5, 12_500]]);
  });

  it("beside decimal commas are words, with a warning that names both and their rows", async () => {
    const imported = await place.importContent("x;y\n1,234,567;1\n12,5;2\n1,000;3\n");
    expect(typesOf(imported)[0]).toBe("x categorical mixed");
    expect(warningsOf(imported)).toEqual([
      'data.decimal_mixed {"column":"x","commas":1,"points":1,"example":"12,5","row":2,"other":"1,234,567","otherRow":1}',
    ]);
  });

  it("that are grouped otherwise than by three are words", async () => {
    const imported = await place.importContent("x;y\n12,34,567;1\n1,234,567;2\n3,000;3\n");
    expect(imported.columns[0]).toMatchObject({ type: "categorical" });
  });

  it("with a word among them are words, and the word is named with its row", async () => {
    const numbers = Array.from({ length: 19 }, (_, row) => `1,${100 + row},000;${row}`).join("\n");
    const imported = await place.importContent(`x;y\n${numbers}\nnone;3\n`);
    expect(imported.columns[0]).toMatchObject({ type: "categorical" });
    expect(warningsOf(imported)).toEqual(['data.column_mixed {"column":"x","numbers":19,"words":1,"value":"none","row":20}']);
  });

  it("may be said by hand of commas that are unclear, and are refused where the file says otherwise", async () => {
    const imported = await place.importContent("x;y\n1,234;1\n999;2\n");
    expect(valuesOf(await loadTable(imported.path, [column("x", { thousands_comma: true })]))).toEqual([[1234, 999]]);
    const decimal = await place.importContent("x;y\n1,5;1\n2,25;2\n");
    await expect(loadTable(decimal.path, [column("x", { thousands_comma: true })])).rejects.toMatchObject({
      code: "data.not_a_number",
      params: { row: 1, count: 2, value: "1,5" },
    });
  });
});
