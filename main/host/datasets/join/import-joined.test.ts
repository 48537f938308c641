/** Tables joined with pictures and with tables, and given files: what comes out, what is said of missing partners, what is refused. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { proposeData } from "../../../../core/data/propose.ts";
import type { Column } from "../../../../core/data/table.ts";
import type { AppError } from "../../../../core/errors.ts";
import { idx } from "../../../../test/picture-files.ts";
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
const bring = (path: string, joins: Pick<ImportRequest, "given" | "partner" | "signal">): Promise<ImportedTable> =>
  importFile({ path, name: "table.csv", folder: join(place, "library"), ...joins });
async function refusal(path: string, joins: Pick<ImportRequest, "given" | "partner" | "signal">): Promise<AppError> {
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
    const made = await bring(table, { partner: { path: images, name: "images", key: "number" } });
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
    const partner = { path: images, name: "images", key: "number" };
    expect((await refusal(put("other.csv", "number,word\na,1\nb,2\n"), { partner })).code).toBe("data.join_nothing_matches");
  });
});

describe("a table with pictures", () => {
  it("gets a column of pictures, each stored once however many rows show it", async () => {
    const folder = await pictures(["a", 10], ["b", 20], ["spare", 30]);
    const table = put("table.csv", "id,question\nb,what\na,which\nb,who\n");
    const made = await bring(table, { partner: { path: folder, name: "pictures", key: "id" } });
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
    const made = await bring(table, { partner: { path: folder, name: "pictures", key: "id" } });
    expect((await previewTable(made.path, 0, 9)).rows.map((row) => row[2])).toEqual(["1", "3"]);
    expect(made.warnings).toContainEqual({
      code: "data.join_unmatched",
      params: { file: "table.csv", column: "id", partner: "pictures", count: 4, names: "broken, lost" },
    });
    expect(made.warnings).toContainEqual(expect.objectContaining({ code: "data.pictures_not_pictures" }));
  });

  it("has another fingerprint when one pixel differs, and the same for the same files", async () => {
    const table = put("table.csv", "id,y\na,1\nb,2\n");
    const partner = { path: await pictures(["a", 10], ["b", 20]), name: "pictures", key: "id" };
    const first = await bring(table, { partner });
    expect((await bring(table, { partner })).fingerprint).toBe(first.fingerprint);
    put("pictures/b.png", await grey(21));
    expect((await bring(table, { partner })).fingerprint).not.toBe(first.fingerprint);
  });

  it("is refused where no row fits, or there is no such column, with nothing left behind", async () => {
    const folder = await pictures(["a", 10]);
    const table = put("table.csv", "id,y\nq,1\nr,2\n");
    const nothing = await refusal(table, { partner: { path: folder, name: "pictures", key: "id" } });
    expect([nothing.code, nothing.params["value"], nothing.params["name"]]).toEqual(["data.join_nothing_matches", "q", "a.png"]);
    const noKey = await refusal(table, { partner: { path: folder, name: "pictures", key: "image" } });
    expect([noKey.code, noKey.params["columns"]]).toEqual(["data.join_no_key", "id, y"]);
    const stopped = await refusal(table, { partner: { path: folder, name: "pictures", key: "id" }, signal: AbortSignal.abort() });
    expect(stopped.code).toBe("data.import_cancelled");
  });
});

describe("a table with a table", () => {
  it("gets the columns of the second by key; rows it does not know stay, empty, counted and named", async () => {
    const orders = put("orders.csv", "shop,sum\nB,1\nA,2\nC,3\nB,4\n");
    const shops = put("shops.csv", "name,town,sum\nA,Rome,7\nB,Oslo,8\nD,Bonn,9\n");
    const made = await bring(orders, { partner: { path: shops, name: "shops.csv", key: "shop", partnerKey: "name" } });
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

  it("is refused where a key comes twice in the second: which row is meant cannot be told", async () => {
    const orders = put("orders.csv", "shop,sum\nA,1\n");
    const shops = put("shops.csv", "shop,town\nA,Rome\nA,Oslo\n");
    const error = await refusal(orders, { partner: { path: shops, name: "shops.csv", key: "shop" } });
    expect([error.code, error.params["value"], error.params["count"]]).toEqual(["data.join_key_repeated", "A", 2]);
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
