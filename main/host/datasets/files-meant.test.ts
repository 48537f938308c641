/** Tables and pictures in one archive or folder: which of them the data set is, what is said of the others, and that the person can choose. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AppError } from "../../../core/errors.ts";
import { png } from "../../../test/picture-files.ts";
import { number, text, workbook } from "../../../test/workbook-file.ts";
import { zip } from "../../../test/zip-file.ts";
import { importFile } from "./import-file.ts";
import type { ImportedTable } from "./import-request.ts";
import { looksLikePictures } from "./join/join-pictures.ts";
import { lookAtFiles } from "./join/look-at-files.ts";
import { previewTable } from "./load-table.ts";

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "neuroloom-meant-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

type Entries = Readonly<Record<string, string | Uint8Array>>;

function put(form: "zip" | "folder", entries: Entries): { readonly path: string; readonly name: string } {
  const name = form === "zip" ? "set.zip" : "set";
  const path = join(place, name);
  rmSync(path, { recursive: true, force: true });
  if (form === "zip") writeFileSync(path, zip(Object.entries(entries).map(([entry, content]) => ({ name: entry, content }))));
  else
    for (const [entry, content] of Object.entries(entries)) {
      mkdirSync(dirname(join(path, entry)), { recursive: true });
      writeFileSync(join(path, entry), content);
    }
  return { path, name };
}
const bring = (form: "zip" | "folder", entries: Entries, sheet?: string): Promise<ImportedTable> =>
  importFile({ ...put(form, entries), folder: join(place, "library"), sheet });
const told = async (made: ImportedTable) => ({
  sheet: made.sheet,
  columns: made.columns.map(({ name }) => name).join(),
  rows: (await previewTable(made.path, 0, made.rowCount)).rows.map((row) => row.join()),
  warnings: made.warnings.map(({ code, params }) => [code, params["names"] ?? params["column"]].join(" ")),
});

const HOUSES: Entries = { "train.csv": "id,size,price\n1,2,3\n2,5,4\n", "test.csv": "id,size,price\n5,6,7\n" };
const LEFT_OUT = "data.pictures_left_out cover.png";
const PARTS = "train.csv + test.csv";

describe.each(["zip", "folder"] as const)("a %s of tables", (form) => {
  it("with a picture beside them is the tables, says so, and gives the pictures when they are asked for", async () => {
    const entries = { ...HOUSES, "cover.png": await png(1, 2, 3) };
    const made = await told(await bring(form, entries));
    expect(made).toMatchObject({
      sheet: { name: PARTS, all: [PARTS, "test.csv", "train.csv", "pictures"], of: "archive" },
      columns: "id,size,price,part",
      rows: ["1,2,3,training", "2,5,4,training", "5,6,7,test"],
    });
    expect(made.warnings).toEqual([LEFT_OUT]);
    const pictures = await told(await bring(form, entries, "pictures"));
    expect(pictures).toMatchObject({ sheet: { name: "pictures", all: ["test.csv", "train.csv", "pictures"] }, columns: "picture,file" });
    expect(pictures.rows).toEqual(["0,cover.png"]);
  });

  it("of which there is one is that one, with a picture or without", async () => {
    const one = { "sales/sales.csv": "town,n\nRome,1\nOslo,2\n" };
    expect(await told(await bring(form, one))).toMatchObject({ sheet: undefined, rows: ["Rome,1", "Oslo,2"], warnings: [] });
    const beside = { ...one, "sales/1.png": await png(1, 2, 3) };
    expect(await told(await bring(form, beside))).toMatchObject({
      sheet: { name: "sales.csv", all: ["sales.csv", "pictures"] },
      rows: ["Rome,1", "Oslo,2"],
      warnings: ["data.pictures_left_out sales/1.png"],
    });
    expect((await bring(form, beside, "sales.csv")).rowCount).toBe(2);
  });

  it("that are no parts is the largest, or the one that is named", async () => {
    const movies = { "ml/links.csv": "a,b\n1,2\n", "ml/ratings.csv": "c,d\n3,4\n5,6\n" };
    const all = ["links.csv", "ratings.csv"];
    expect(await told(await bring(form, movies))).toMatchObject({ sheet: { name: "ratings.csv", all }, rows: ["3,4", "5,6"] });
    expect(await told(await bring(form, movies, "links.csv"))).toMatchObject({ sheet: { name: "links.csv", all }, rows: ["1,2"] });
    const error: unknown = await bring(form, movies, "none.csv").catch((thrown: AppError) => thrown);
    expect(error).toMatchObject({ code: "data.archive_no_table", params: { table: "none.csv" } });
  });

  it("that name the pictures is the pictures, be they ever so few", async () => {
    const [red, blue] = [await png(200, 0, 0), await png(0, 0, 200)];
    const named = { "train.csv": "file,kind\n1.png,cat\n", "test.csv": "file,kind\n2.png,dog\n", "1.png": red, "2.png": blue };
    expect(await told(await bring(form, named))).toMatchObject({
      sheet: undefined,
      columns: "picture,file,kind",
      rows: ["0,1.png,cat", "1,2.png,dog"],
    });
    const numbered = { "a.csv": "n,kind\n1,cat\n2,dog\n", "b.csv": "n,size\n1,3\n2,4\n", "1.png": red, "2.png": blue };
    expect((await told(await bring(form, numbered))).columns).toContain("picture,file,kind");
    // Ones and zeros name 1.png over and over: that is a label and no picture.
    const labels = { "a.csv": "size,label\n5,1\n6,1\n7,1\n8,0\n", "1.png": red };
    expect((await told(await bring(form, labels))).columns).toBe("size,label");
  });

  it("that are fewer than the pictures is the pictures, and gives a table when it is asked for", async () => {
    const entries = {
      "a/1.png": await png(1, 2, 3),
      "b/2.png": await png(9, 9, 9),
      "prices.csv": "town,n\nRome,1\n",
      "classes.txt": "a\nb\n",
    };
    const made = await told(await bring(form, entries));
    expect(made).toMatchObject({ sheet: { name: "pictures", all: ["prices.csv", "pictures"] }, columns: "picture,file,label" });
    expect(await told(await bring(form, entries, "prices.csv"))).toMatchObject({ columns: "town,n", rows: ["Rome,1"] });
  });

  it("to be joined is told in the same way: pictures, a table, or which of several is asked for", async () => {
    const cover = await png(1, 2, 3);
    const kinds: readonly (readonly [Entries, string])[] = [
      [{ "a.csv": "x,y\n1,2\n", "cover.png": cover }, "table"],
      [{ "a.csv": "file,kind\ncover.png,2\n", "cover.png": cover }, "pictures"],
      [{ "a.csv": "x,y\n1,2\n", "b.csv": "z,u\n1,2\n", "cover.png": cover }, "tables"],
    ];
    for (const [entries, kind] of kinds) {
      const file = put(form, entries);
      const [found] = (await lookAtFiles([file])).files;
      expect([found?.kind, await looksLikePictures({ ...file, key: "" })]).toEqual([kind, kind === "pictures"]);
    }
    const file = put(form, kinds[2]?.[0] ?? {});
    const all = ["a.csv", "b.csv", "pictures"];
    expect((await lookAtFiles([file])).files[0]).toMatchObject({ columns: [], sheet: { name: null, all, of: "archive" } });
    const [second] = (await lookAtFiles([{ ...file, sheet: "b.csv" }])).files;
    expect([second?.kind, second?.sheet, second?.columns.map(({ name }) => name)]).toEqual([
      "table",
      { name: "b.csv", all, of: "archive" },
      ["z", "u"],
    ]);
    expect((await lookAtFiles([{ ...file, sheet: "pictures" }])).files[0]).toMatchObject({ kind: "pictures", sheet: { name: "pictures" } });
  });
});

describe("a sheet or table of a file that is joined", () => {
  const sheet = (name: string, value: number): string[] => [text("A1", "shop") + text("B1", name), text("A2", "A") + number("B2", value)];
  const sales = "shop,sold\nA,1\nA,2\n";
  const joined = async (partner: string, content: Uint8Array, named?: string): Promise<ImportedTable> => {
    for (const [name, bytes] of [
      ["sales.csv", sales],
      [partner, content],
    ] as const)
      writeFileSync(join(place, name), bytes);
    const partners = [{ path: join(place, partner), name: partner, key: "shop", sheet: named }];
    return importFile({ path: join(place, "sales.csv"), name: "sales.csv", folder: join(place, "library"), partners });
  };

  it("is the first of a workbook, which is said, or the one that is named", async () => {
    const book = workbook({ first: sheet("town", 3), second: sheet("size", 4) });
    expect(await told(await joined("book.xlsx", book))).toMatchObject({
      columns: "shop,sold,town",
      warnings: ["data.sheet_taken first, second"],
    });
    expect(await told(await joined("book.xlsx", book, "second"))).toMatchObject({ columns: "shop,sold,size", warnings: [] });
    const [look] = (await lookAtFiles([{ path: join(place, "book.xlsx"), name: "book.xlsx", sheet: "second" }])).files;
    expect([look?.sheet, look?.columns[1]?.name]).toEqual([{ name: "second", all: ["first", "second"], of: "workbook" }, "size"]);
  });

  it("must be named of an archive of several tables", async () => {
    const tables = zip([
      { name: "shops.csv", content: "shop,town\nA,Rome\n" },
      { name: "towns.csv", content: "town,size\nRome,3\n" },
    ]);
    await expect(joined("shops.zip", tables)).rejects.toMatchObject({ code: "data.archive_of_tables" });
    expect(await told(await joined("shops.zip", tables, "shops.csv"))).toMatchObject({
      columns: "shop,sold,town",
      rows: ["A,1,Rome", "A,2,Rome"],
    });
  });

  it("is named of rows that are held out, too", async () => {
    writeFileSync(join(place, "sales.csv"), sales);
    writeFileSync(join(place, "held.xlsx"), workbook({ notes: sheet("note", 3), rows: sheet("sold", 4) }));
    const given = [{ path: join(place, "held.xlsx"), name: "held.xlsx", part: "test" as const, sheet: "rows" }];
    const made = await importFile({ path: join(place, "sales.csv"), name: "sales.csv", folder: join(place, "library"), given });
    expect((await told(made)).rows.at(-1)).toBe("A,4,test");
  });
});

it("a folder that holds none of these says what is in it, with nothing left behind", async () => {
  const error: unknown = await bring("folder", { "main.py": "print()" }).catch((thrown: AppError) => thrown);
  expect(error).toMatchObject({ code: "data.folder_without_data", params: { file: "set", count: 1, names: "main.py" } });
  expect(readdirSync(join(place, "library"))).toEqual([]);
});
