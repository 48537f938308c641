/** Tables joined with pictures and with tables, and given files: what comes out, what is said of missing partners, what is refused. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { proposeData } from "../../../../core/data/propose.ts";
import type { Column } from "../../../../core/data/table.ts";
import type { AppError } from "../../../../core/errors.ts";
import { KEY_REMARK } from "../../../../core/schema/column-remarks.ts";
import { idx } from "../../../../test/picture-files.ts";
import { fault, number, text, workbook } from "../../../../test/workbook-file.ts";
import { importFile } from "../import-file.ts";
import type { ImportedTable, ImportRequest } from "../import-request.ts";
import { loadTable, previewTable } from "../load-table.ts";

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "neuroloom-join-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const put = (name: string, content: Uint8Array | string): string => {
  const path = join(place, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
};
const grey = (level: number): Promise<Buffer> =>
  sharp({ create: { width: 2, height: 2, channels: 3, background: { r: level, g: level, b: level } } })
    .png()
    .toBuffer();
const bring = (
  path: string,
  joins: Pick<ImportRequest, "given" | "partners" | "signal" | "encoding">,
  name = "table.csv",
): Promise<ImportedTable> => importFile({ path, name, folder: join(place, "library"), ...joins });
async function refusal(path: string, joins: Pick<ImportRequest, "given" | "partners" | "signal">): Promise<AppError> {
  const error = await bring(path, joins).then(
    () => null,
    (thrown: AppError) => thrown,
  );
  expect(readdirSync(join(place, "library"))).toEqual([]);
  if (error === null) throw new Error("it was imported");
  return error;
}
const columnsOf = async ({ path, columns }: ImportedTable): Promise<readonly Column[]> =>
  (
    await loadTable(
      path,
      columns.map(({ name, type }) => ({ name, type, role: "feature" })),
    )
  ).columns;

async function pictures(...levels: [string, number][]): Promise<string> {
  for (const [name, level] of levels) put(`pictures/${name}.png`, await grey(level));
  return join(place, "pictures");
}

describe("a table with pictures of an idx file", () => {
  it("takes those that its rows number, from 0, and counts what has no partner", async () => {
    const images = put("t-images-idx3", idx([4, 1, 2], [10, 11, 20, 21, 30, 31, 40, 41]));
    const table = put("table.csv", "number,word\n2,two\n0,none\n2,again\n9,lacking\n");
    const made = await bring(table, { partners: [{ path: images, name: "images", key: "number" }] });
    const [picture] = await columnsOf(made);
    expect(made.rowCount).toBe(3);
    expect(made.warnings.map(({ code, params }) => [code, params["count"]])).toEqual(
      expect.arrayContaining([
        ["data.join_unmatched", 1],
        ["data.join_unused", 2],
      ]),
    );
    expect(picture).toMatchObject({ kind: "picture", shape: [1, 2, 1], pixels: Uint8Array.from([10, 11, 30, 31]) });
    expect(picture?.kind === "picture" && [...(picture.places ?? [])]).toEqual([1, 0, 1]);
  });

  it("is refused where no row has a number", async () => {
    const images = put("t-images-idx3", idx([1, 1, 2], [10, 11]));
    const partners = [{ path: images, name: "images", key: "number" }];
    expect((await refusal(put("other.csv", "number,word\na,1\nb,2\n"), { partners })).code).toBe("data.join_nothing_matches");
  });
});

describe("a table with pictures", () => {
  it("gets a column of pictures, each stored once however many rows show it", async () => {
    const folder = await pictures(["a", 10], ["b", 20], ["spare", 30]);
    const table = put("table.csv", "id,question\nb,what\na,which\nb,who\n");
    const made = await bring(table, { partners: [{ path: folder, name: "pictures", key: "id" }] });
    expect(made.rowCount).toBe(3);
    expect(made.columns.map(({ name, type }) => [name, type])).toEqual([
      ["picture", "picture"],
      ["id", "categorical"],
      ["question", "categorical"],
    ]);
    const { columns } = proposeData({ kind: "file", name: "table.csv" }, made.columns, ["question"]);
    expect(columns.map(({ role }) => role)).toEqual(["feature", "ignored", "target"]);
    const [picture] = await columnsOf(made);
    expect(picture?.kind === "picture" && [picture.pixels.length, [...(picture.places ?? [])]]).toEqual([2 * 12, [1, 0, 1]]);
    expect(picture?.kind === "picture" && [picture.pixels[0], picture.pixels[12]]).toEqual([10, 20]);
    expect(made.warnings).toContainEqual({
      code: "data.join_unused",
      params: { partner: "pictures", count: 1, names: "spare.png" },
    });
  });

  it("leaves rows out whose picture is missing or broken, and counts and names them", async () => {
    const folder = await pictures(["a", 10], ["b", 20]);
    put("pictures/broken.png", "no picture");
    const table = put("table.csv", "id,y\na,1\nlost,2\nb,3\nlost,4\n,5\nbroken,6\n");
    const made = await bring(table, { partners: [{ path: folder, name: "pictures", key: "id" }] });
    expect((await previewTable(made.path, 0, 9)).rows.map((row) => row[2])).toEqual(["1", "3"]);
    expect(made.warnings).toContainEqual({
      code: "data.join_unmatched",
      params: { file: "table.csv", column: "id", partner: "pictures", count: 4, names: "broken, lost" },
    });
    expect(made.warnings).toContainEqual(expect.objectContaining({ code: "data.pictures_not_pictures" }));
  });

  it("says of rows whose key is empty that they were left out, with a dash for what they name", async () => {
    const folder = await pictures(["a", 10], ["b", 20]);
    const made = await bring(put("table.csv", "id,y\na,1\n,2\nb,3\n"), { partners: [{ path: folder, name: "pictures", key: "id" }] });
    expect(made.warnings[0]).toMatchObject({ code: "data.join_unmatched", params: { count: 1, names: "–" } });
  });

  it("has another fingerprint when one pixel differs, and the same for the same files", async () => {
    const table = put("table.csv", "id,y\na,1\nb,2\n");
    const partners = [{ path: await pictures(["a", 10], ["b", 20]), name: "pictures", key: "id" }];
    const first = await bring(table, { partners });
    expect((await bring(table, { partners })).fingerprint).toBe(first.fingerprint);
    put("pictures/b.png", await grey(21));
    expect((await bring(table, { partners })).fingerprint).not.toBe(first.fingerprint);
  });

  it("is refused where no row fits, or there is no such column, with nothing left behind", async () => {
    const folder = await pictures(["a", 10]);
    const table = put("table.csv", "id,y\nq,1\nr,2\n");
    const nothing = await refusal(table, { partners: [{ path: folder, name: "pictures", key: "id" }] });
    expect([nothing.code, nothing.params["value"], nothing.params["name"]]).toEqual(["data.join_nothing_matches", "q", "a.png"]);
    const noKey = await refusal(table, { partners: [{ path: folder, name: "pictures", key: "image" }] });
    expect([noKey.code, noKey.params["columns"]]).toEqual(["data.join_no_key", "id, y"]);
    const stopped = await refusal(table, { partners: [{ path: folder, name: "pictures", key: "id" }], signal: AbortSignal.abort() });
    expect(stopped.code).toBe("data.import_cancelled");
  });
});

describe("a table with a table", () => {
  it("gets the columns of the second by key; rows it does not know stay, empty, counted and named", async () => {
    const orders = put("orders.csv", "shop,sum\nB,1\nA,2\nC,3\nB,4\n");
    const shops = put("shops.csv", "name,town,sum\nA,Rome,7\nB,Oslo,8\nD,Bonn,9\n");
    const made = await bring(orders, { partners: [{ path: shops, name: "shops.csv", key: "shop", partnerKey: "name" }] });
    const { columns, rows } = await previewTable(made.path, 0, 9);
    expect(columns).toEqual(["shop", "sum", "town", "sum_2"]);
    expect(rows).toEqual([
      ["B", "1", "Oslo", "8"],
      ["A", "2", "Rome", "7"],
      ["C", "3", null, null],
      ["B", "4", "Oslo", "8"],
    ]);
    expect(made.warnings).toContainEqual({
      code: "data.join_unmatched_rows",
      params: { file: "table.csv", column: "shop", partner: "shops.csv", count: 1, names: "C" },
    });
    expect(made.warnings).toContainEqual({ code: "data.join_unused", params: { partner: "shops.csv", count: 1, names: "D" } });
  });

  it("has the fingerprint that it always had: of the tables and the key", async () => {
    const [orders, shops] = ["shop,sum\nB,1\nA,2\n", "shop,town\nA,Rome\nB,Oslo\n"];
    const partners = [{ path: put("shops.csv", shops), name: "shops.csv", key: "shop" }];
    const sha = (text: string): string => createHash("sha256").update(text).digest("hex");
    expect((await bring(put("orders.csv", orders), { partners })).fingerprint).toBe(sha(`${sha(orders)}shop${sha(shops)}`));
  });

  it("keeps what reading either of them said, with the file that it was said of", async () => {
    const rows = [
      text("A1", "shop") + text("B1", "sum") + text("C1", "sum"),
      text("A2", "A") + number("B2", 1) + number("C2", 2),
      text("A3", "B") + fault("B3", "#N/A") + number("C3", 2),
    ];
    const book = put("orders.xlsx", workbook({ orders: rows }));
    const towns = Array.from({ length: 20 }, (_, place) => `${String.fromCharCode(65 + place)},Rome,${place}\n`).join("");
    const shops = put("shops.csv", `${towns}Z,Bonn,3,4\n`);
    const made = await bring(book, { partners: [{ path: shops, name: "shops.csv", key: "shop", partnerKey: "column_1" }] }, "orders.xlsx");
    expect(made.warnings.map(({ code, params }) => [code, params["file"] ?? params["partner"]])).toEqual(
      expect.arrayContaining([
        ["data.excel_error_cells", "orders.xlsx"],
        ["data.file_duplicate_headers", "orders.xlsx"],
        ["data.file_no_header", "shops.csv"],
        ["data.ragged_rows", "shops.csv"],
      ]),
    );
    expect(made.sheet).toEqual({ name: "orders", all: ["orders"], of: "workbook" });
  });

  it("takes the encoding that the person names for both, but for one that is UTF-8", async () => {
    const old = (text: string): Buffer =>
      Buffer.from(Array.from(text, (letter) => letter.charCodeAt(0) - (letter < "\x80" ? 0 : 0x410 - 0xc0)));
    const orders = put("orders.csv", old("город,n\nМосква,1\nКазань,2\n"));
    for (const shops of [old("город,река\nМосква,Ока\nКазань,Волга\n"), "город,река\nМосква,Ока\nКазань,Волга\n"]) {
      const partners = [{ path: put("shops.csv", shops), name: "shops.csv", key: "город" }];
      const made = await bring(orders, { partners, encoding: "windows-1251" });
      expect((await previewTable(made.path, 0, 9)).rows).toEqual([
        ["Москва", "1", "Ока"],
        ["Казань", "2", "Волга"],
      ]);
    }
  });

  it("is refused where a key comes twice in the second: which row is meant cannot be told", async () => {
    const orders = put("orders.csv", "shop,sum\nA,1\n");
    const shops = put("shops.csv", "shop,town\nA,Rome\nA,Oslo\n");
    const error = await refusal(orders, { partners: [{ path: shops, name: "shops.csv", key: "shop" }] });
    expect([error.code, error.params["value"], error.params["count"]]).toEqual(["data.join_key_repeated", "A", 2]);
  });
});

describe("a table with several partners", () => {
  const asked = "asked,scene,shop,answer\nwhat,a,A,1\nwho,b,B,2\nwhy,lost,A,3\nhow,a,Z,4\n";

  it("has a picture, the columns of both tables and words in one row; what is missing is counted for each", async () => {
    const table = put("asked.csv", asked);
    const scenes = put("scenes.csv", "scene,file,light\na,one,day\nb,two,night\nlost,gone,day\nspare,three,day\n");
    const shops = put("shops.csv", "name,town,light\nA,Rome,x\nB,Oslo,y\n");
    const partners = [
      { path: scenes, name: "scenes.csv", key: "scene" },
      // Named by a column that the table of scenes brought.
      { path: await pictures(["one", 10], ["two", 20], ["three", 30]), name: "pictures", key: "file" },
      { path: shops, name: "shops.csv", key: "shop", partnerKey: "name" },
    ];
    const made = await bring(table, { partners });
    const { columns, rows } = await previewTable(made.path, 0, 9);
    expect(columns).toEqual(["picture", "asked", "scene", "shop", "answer", "file", "light", "town", "light_2"]);
    expect(rows.map((row) => row.slice(1))).toEqual([
      ["what", "a", "A", "1", "one", "day", "Rome", "x"],
      ["who", "b", "B", "2", "two", "night", "Oslo", "y"],
      ["how", "a", "Z", "4", "one", "day", null, null],
    ]);
    const [picture] = await columnsOf(made);
    expect(picture?.kind === "picture" && [...(picture.places ?? [])].map((place) => picture.pixels[12 * place])).toEqual([10, 20, 10]);
    expect(made.warnings.map(({ code, params }) => [code, params["partner"], params["count"], params["names"]])).toEqual([
      ["data.join_unused", "scenes.csv", 1, "spare"],
      ["data.join_unmatched", "pictures", 1, "gone"],
      ["data.join_unused", "pictures", 1, "three.png"],
      ["data.join_unmatched_rows", "shops.csv", 1, "Z"],
    ]);
    expect(made.columns.filter(({ remarks }) => remarks.includes(KEY_REMARK)).map(({ name }) => name)).toEqual(["scene", "shop", "file"]);
  });

  it("has another fingerprint where a key of the second is another", async () => {
    const table = put("asked.csv", asked);
    const scenes = { path: put("scenes.csv", "scene,light\na,day\n"), name: "scenes.csv", key: "scene" };
    const shops = { path: put("shops.csv", "name,other\nA,Z\nB,A\n"), name: "shops.csv", key: "shop" };
    const by = async (partnerKey: string, ...before: readonly (typeof scenes)[]): Promise<string> =>
      (await bring(table, { partners: [...before, { ...shops, partnerKey }] })).fingerprint;
    expect(await by("name", scenes)).not.toBe(await by("other", scenes));
    expect(await by("name")).not.toBe(await by("other"));
  });

  it("is refused with pictures twice, or with a key that no earlier one brought", async () => {
    const table = put("asked.csv", asked);
    const folder = { path: await pictures(["a", 10], ["b", 20]), name: "pictures", key: "scene" };
    expect((await refusal(table, { partners: [folder, folder] })).code).toBe("data.join_two_pictures");
    const shops = { path: put("shops.csv", "shop,scenery\nA,a\n"), name: "shops.csv", key: "shop" };
    expect((await refusal(table, { partners: [{ ...folder, key: "scenery" }, shops] })).code).toBe("data.join_no_key");
  });
});

describe("given files", () => {
  it("become one data set with a column of parts, which the proposed split reads", async () => {
    const train = put("train.csv", "x,y\n1,a\n2,b\n");
    const held = put("test.csv", "y,x\nb,3\n");
    const made = await bring(train, { given: [{ path: held, name: "test.csv", part: "validation" }] });
    const { columns, rows } = await previewTable(made.path, 0, 9);
    expect(columns).toEqual(["x", "y", "part"]);
    expect(rows).toEqual([
      ["1", "a", "training"],
      ["2", "b", "training"],
      ["3", "b", "validation"],
    ]);
    const { split, columns: roles } = proposeData({ kind: "file", name: "train.csv" }, made.columns, ["y"]);
    expect(split).toMatchObject({ method: "column", column: "part" });
    expect(roles.find(({ name }) => name === "part")?.role).toBe("ignored");
  });

  it("are refused where one lacks a column", async () => {
    const train = put("train.csv", "x,y\n1,a\n2,b\n");
    const held = put("test.csv", "x,z\n3,b\n");
    const error = await refusal(train, { given: [{ path: held, name: "test.csv", part: "test" }] });
    expect([error.code, error.params["columns"], error.params["file"]]).toEqual(["data.given_files_differ", "y", "test.csv"]);
  });
});
