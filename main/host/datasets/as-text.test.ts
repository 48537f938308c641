/** Parquet and JSON: what comes out is what the same table as CSV gives, and what is damaged is refused. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { errorData } from "../../../core/errors.ts";
import { asTable } from "./as-text.ts";
import { literal, openDatabase } from "./duckdb.ts";
import { importFile } from "./import-file.ts";
import type { ImportedTable } from "./import-request.ts";
import { previewTable } from "./load-table.ts";

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "neuroloom-rows-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const bring = (name: string): Promise<ImportedTable> => importFile({ path: join(place, name), name, folder: join(place, "library") });
function put(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(place, name)), { recursive: true });
  writeFileSync(join(place, name), content);
}
async function refusal(name: string): Promise<string> {
  const code = await bring(name).then(
    () => "imported",
    (thrown: unknown) => errorData(thrown).code,
  );
  expect(readdirSync(join(place, "library"))).toEqual([]);
  return code;
}

const ROWS = [
  ["1.5", "red, or so", "2024-01-02"],
  ["2", 'a "quoted" word', null],
  [null, "two\nlines", "2024-01-04"],
];

it("JSON lines become the table that they are", async () => {
  const lines = ROWS.map(([size, colour, day]) => JSON.stringify({ size: size === null ? null : Number(size), colour, day }));
  put("rows.jsonl", `${lines.join("\n")}\n`);
  const imported = await bring("rows.jsonl");
  expect(imported.columns.map(({ name, type, missing }) => [name, type, missing])).toEqual([
    ["size", "numeric", 1],
    ["colour", "categorical", 0],
    ["day", "date", 1],
  ]);
  expect(await previewTable(imported.path, 0, 9)).toMatchObject({ columns: ["size", "colour", "day"] });
});

it("columns that only some lines have are missing in the others; nested values stay JSON", async () => {
  put("rows.ndjson", '{"a":1,"b":{"c":[1,2]}}\n{"a":2,"d":"x"}\n');
  const imported = await bring("rows.ndjson");
  const { columns, rows } = await previewTable(imported.path, 0, 9);
  expect(columns).toEqual(["a", "b", "d"]);
  expect(rows).toEqual([
    ["1", '{"c":[1,2]}', null],
    ["2", null, "x"],
  ]);
});

const RECORDS = ROWS.map(([size, colour, day]) => ({ size: size === null ? null : Number(size), colour, day, more: { at: [1] } }));

it.each([
  ["on one line", JSON.stringify(RECORDS)],
  ["on many lines", JSON.stringify(RECORDS, null, 2)],
  ["after a byte order mark", `\uFEFF${JSON.stringify(RECORDS)}`],
  ["packed", gzipSync(JSON.stringify(RECORDS))],
])("an array of records %s is the table that its lines are", async (_, content) => {
  put("rows.jsonl", RECORDS.map((row) => JSON.stringify(row)).join("\n"));
  put("rows.json", content);
  const [lines, array] = [await bring("rows.jsonl"), await bring("rows.json")];
  expect(array.rowCount).toBe(3);
  expect(array.columns).toEqual(lines.columns);
  expect(array.fingerprint).toBe(lines.fingerprint);
});

it("many fields, and fields that few rows have, are columns", async () => {
  const rows = Array.from({ length: 40 }, (_, row) =>
    JSON.stringify({ ...Object.fromEntries(Array.from({ length: 250 }, (__, at) => [`c${at}`, row * at])), [`own${row}`]: row }),
  );
  put("wide.jsonl", rows.join("\n"));
  put("wide.json", `[${rows.join(",")}]`);
  expect((await bring("wide.jsonl")).columnCount).toBe(290);
  expect((await bring("wide.json")).columnCount).toBe(290);
});

it.each([
  ["an object of columns", JSON.stringify({ a: { 0: 1, 1: 2 }, b: { 0: "x", 1: "y" } })],
  ["one over many lines", JSON.stringify({ a: [1, 2], b: ["x", "y"] }, null, 2)],
  ["an array of numbers", "[1, 2, 3]"],
  ["an array of arrays", "[[1,2],[3,4]]"],
  ["a list under a name", '{"data":[{"a":1,"b":2},{"a":3,"b":4}]}'],
  ["objects and others", '[{"a":1,"b":2},3]'],
  ["an empty array", "[]"],
])("%s is no table, and what is expected is said", async (_, content) => {
  put("other.json", content);
  expect(await refusal("other.json")).toBe("data.json_not_records");
});

it("Parquet has the fingerprint of the same table as CSV", async () => {
  const csv = "a,b\n1,x\n2,y\n3,z\n";
  put("t.csv", csv);
  const database = await openDatabase(join(place, "spill"));
  await database.run(
    `COPY (SELECT * FROM read_csv(${literal(join(place, "t.csv"))})) TO ${literal(join(place, "t.parquet"))} (FORMAT parquet)`,
  );
  database.close();
  const [asParquet, asCsv] = [await bring("t.parquet"), await bring("t.csv")];
  expect(asParquet.rowCount).toBe(3);
  expect(asParquet.fingerprint).toBe(asCsv.fingerprint);
});

it("no more than the first rows are written where no more are wanted", async () => {
  put("rows.jsonl", Array.from({ length: 50 }, (_, row) => `{"a":${row}}\n`).join(""));
  put("mails/a/1.txt", "one");
  for (const file of [1, 2, 3]) put(`mails/b/${file}.txt`, "two");
  for (const name of ["rows.jsonl", "mails"]) {
    const written = await asTable(join(place, name), name, place, { mostRows: 3 });
    const lines = readFileSync(written?.path ?? "", "utf8")
      .trim()
      .split("\n");
    expect([name, lines.length]).toEqual([name, 4]);
  }
});

it("damaged files are refused, and nothing of them stays", async () => {
  put("cut.jsonl", '{"a":1}\n{"a":\n');
  expect(await refusal("cut.jsonl")).toBe("data.json_lines_damaged");
  put("cut.json", '[{"a":1,"b":2},{"a":');
  expect(await refusal("cut.json")).toBe("data.json_array_damaged");
  put("cut.parquet", Buffer.concat([Buffer.from("PAR1"), Buffer.alloc(64)]));
  expect(await refusal("cut.parquet")).toBe("data.parquet_damaged");
});

it("a table of text that begins with a brace is still one", async () => {
  put("brace.csv", "{a,b\n1,2\n3,4\n");
  expect((await bring("brace.csv")).columns.map(({ name }) => name)).toEqual(["{a", "b"]);
  expect(readFileSync(join(place, "brace.csv"), "utf8")).toContain("{a");
});
