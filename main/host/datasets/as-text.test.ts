/** Parquet and JSON lines: what comes out is what the same table as CSV gives, and what is damaged is refused. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { errorData } from "../../../core/errors.ts";
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
const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(place, name), content);
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

it("damaged files are refused, and nothing of them stays", async () => {
  put("cut.jsonl", '{"a":1}\n{"a":\n');
  expect(await refusal("cut.jsonl")).toBe("data.json_lines_damaged");
  put("cut.parquet", Buffer.concat([Buffer.from("PAR1"), Buffer.alloc(64)]));
  expect(await refusal("cut.parquet")).toBe("data.parquet_damaged");
});

it("a table of text that begins with a brace is still one", async () => {
  put("brace.csv", "{a,b\n1,2\n3,4\n");
  expect((await bring("brace.csv")).columns.map(({ name }) => name)).toEqual(["{a", "b"]);
  expect(readFileSync(join(place, "brace.csv"), "utf8")).toContain("{a");
});
