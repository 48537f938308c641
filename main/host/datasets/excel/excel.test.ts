/** Workbooks of Excel: cells as they are typed, sheets by choice, errors of the sheet counted, damaged ones refused, JSON lines packed. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { errorData } from "../../../../core/errors.ts";
import { png } from "../../../../test/picture-files.ts";
import { fault, number, packed, text, truth, workbook } from "../../../../test/workbook-file.ts";
import { zip } from "../../../../test/zip-file.ts";
import { importFile } from "../import-file.ts";
import type { ImportedTable } from "../import-request.ts";
import { looksLikePictures } from "../join/join-pictures.ts";
import { lookAtFiles } from "../join/look-at-files.ts";
import { previewTable } from "../load-table.ts";

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "neuroloom-excel-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

interface More {
  readonly sheet?: string;
  readonly signal?: AbortSignal;
}
function bring(content: Uint8Array, more: More = {}): Promise<ImportedTable> {
  const path = join(place, "book.xlsx");
  writeFileSync(path, content);
  return importFile({ path, name: "book.xlsx", folder: join(place, "library"), ...more });
}
async function refusal(content: Uint8Array, more: More = {}): Promise<string> {
  const code = await bring(content, more).then(
    () => "imported",
    (thrown: unknown) => errorData(thrown).code,
  );
  expect(readdirSync(join(place, "library"))).toEqual([]);
  return code;
}

const HEAD = text("A1", "size") + text("B1", "big") + text("C1", "day") + text("D1", "words");
const PRICES = [
  HEAD,
  number("A2", 0.1) + truth("B2", true) + number("C2", 45000, 1) + text("D2", "one, two\nthree"),
  "",
  number("A4", 1e21) + truth("B4", false) + number("C4", 45000.75, 2) + text("D4", "say &quot;x&quot;"),
  fault("A5", "#DIV/0!") + truth("B5", true) + text("D5", "z"),
];

describe("a workbook", () => {
  it("gives numbers in full, booleans, dates and words as they are typed, without its blank rows", async () => {
    const imported = await bring(workbook({ prices: PRICES }));
    expect(imported.columns.map(({ name, type, missing }) => [name, type, missing])).toEqual([
      ["size", "numeric", 1],
      ["big", "categorical", 0],
      ["day", "date", 1],
      ["words", "categorical", 0],
    ]);
    const { rows } = await previewTable(imported.path, 0, 9);
    expect(rows).toEqual([
      ["0.1", "true", "2023-03-15", "one, two\nthree"],
      ["1e+21", "false", "2023-03-15 18:00:00", 'say "x"'],
      [null, "true", null, "z"],
    ]);
  });

  it("tells of cells that hold an error, and which is the first", async () => {
    const { warnings } = await bring(workbook({ prices: PRICES }));
    expect(warnings.find(({ code }) => code === "data.excel_error_cells")?.params).toEqual({
      file: "book.xlsx",
      sheet: "prices",
      count: 1,
      cell: "A5",
      error: "#DIV/0!",
    });
  });

  it("is read by the first sheet that holds something, or the one that is named", async () => {
    const other = [text("A1", "a") + text("B1", "b"), number("A2", 7) + number("B2", 8)];
    const book = workbook({ cover: [], prices: PRICES, "a &amp; b": other });
    expect((await bring(book)).sheet).toEqual({ name: "prices", all: ["cover", "prices", "a & b"], of: "workbook" });
    const named = await bring(book, { sheet: "a & b" });
    expect([named.sheet?.name, named.columns.map(({ name }) => name)]).toEqual(["a & b", ["a", "b"]]);
  });

  it("may have its table away from the corner", async () => {
    const imported = await bring(workbook({ s: ["", "", text("C3", "a") + text("D3", "b"), number("C4", 1) + number("D4", 2)] }));
    expect(imported.columns.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("is refused when the sheet is not there, all is empty, or it is damaged; nothing stays", async () => {
    expect(await refusal(workbook({ prices: PRICES }), { sheet: "other" })).toBe("data.excel_no_sheet");
    expect(await refusal(workbook({ cover: [], notes: [] }))).toBe("data.excel_empty");
    expect(await refusal(packed([["xl/workbook.xml", "<workbook>"]]))).toBe("data.excel_without_sheets");
    expect(await refusal(workbook({ s: ['<c r="A1" t="s"><v>77</v></c>'] }))).toBe("data.excel_damaged");
    expect(await refusal(workbook({ prices: PRICES }).subarray(0, 600))).toBe("data.zip_cut_off");
    expect(await refusal(Buffer.from("a,b\n1,2\n"), { sheet: "s" })).toBe("data.not_excel");
  });

  it("that would unpack to far more than it is, is refused before it is read", async () => {
    expect(await refusal(workbook({ s: [text("A1", "x".repeat(60_000_000))] }))).toBe("data.zip_bomb");
  });

  it("with a logo and a thumbnail is a table still, alone and among files to join", async () => {
    const logo = await png(9, 9, 9);
    const content = workbook({ prices: PRICES }, { "xl/media/image1.png": logo, "docProps/thumbnail.jpeg": logo });
    expect((await bring(content)).columns.map(({ name }) => name)).toEqual(["size", "big", "day", "words"]);
    const path = join(place, "book.xlsx");
    expect(await looksLikePictures({ path, name: "book.xlsx", key: "" })).toBe(false);
    expect((await lookAtFiles([{ path, name: "book.xlsx" }])).files[0]).toMatchObject({ kind: "table", pictures: 0 });
  });

  it("that is large is refused by what can be done about it", async () => {
    const sheet = { name: "xl/worksheets/sheet1.xml", content: randomBytes(2 << 20), claimed: 300 << 20 };
    const path = join(place, "book.xlsx");
    writeFileSync(path, zip([{ name: "xl/workbook.xml", content: "<workbook/>" }, sheet], "deflated"));
    const thrown = await importFile({ path, name: "book.xlsx", folder: join(place, "library") }).catch((error: unknown) =>
      errorData(error),
    );
    expect(thrown).toMatchObject({
      code: "data.workbook_too_large",
      params: { file: "book.xlsx", entry: "xl/worksheets/sheet1.xml", megabytes: 300 },
    });
  });

  it("is cancelled while its thread reads", async () => {
    const rows = Array.from({ length: 30_000 }, (_, row) => number(`A${row + 1}`, row) + number(`B${row + 1}`, row / 7));
    const controller = new AbortController();
    const code = refusal(workbook({ s: rows }), { signal: controller.signal });
    setImmediate(() => controller.abort());
    expect(await code).toBe("data.import_cancelled");
  });
});

it("JSON lines packed as gzip are the table that they are unpacked", async () => {
  const lines = Buffer.from('{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n');
  const plain = await bring(lines);
  expect((await bring(gzipSync(lines))).fingerprint).toBe(plain.fingerprint);
});
