/** A table among the pictures gives each its label: by as much of the path as it names, in its own encoding, and nothing is guessed. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { warningsOf } from "../../../../test/host/import-place.ts";
import { importFile } from "../import-file.ts";
import type { ImportedTable } from "../import-request.ts";
import { previewTable } from "../load-table.ts";
import { labelsFor } from "./labels.ts";
import type { PictureFile } from "./picture-files.ts";

/** Pictures and their labels, after the columns. */
async function labelled(pictures: readonly string[], table: string | Uint8Array, encoding?: string): Promise<Record<string, string>> {
  const files = pictures.map((name): PictureFile => ({ name, bytes: async () => new Uint8Array() }));
  const bytes = typeof table === "string" ? new TextEncoder().encode(table) : table;
  const { cellsOf } = await labelsFor([...files, { name: "labels.csv", bytes: async () => bytes }], files, { encoding });
  return Object.fromEntries(pictures.map((name) => [name, cellsOf(name).join()]));
}
const refusal = (pictures: readonly string[], table: string | Uint8Array, encoding?: string): Promise<unknown> =>
  labelled(pictures, table, encoding).then(
    () => "taken",
    (thrown: unknown) => thrown,
  );

describe("labels of a table", () => {
  const TWO = ["all/a/1.png", "all/b/1.png"];

  it("belong to the picture whose path, or end of it, is named", async () => {
    expect(await labelled(["test/1.png", "train/1.png"], "file,kind\ntrain/1.png,cat\ntest/1.png,dog\n")).toEqual({
      "test/1.png": "dog,test",
      "train/1.png": "cat,train",
    });
    expect(await labelled(TWO, "file,kind\na/1,cat\n.\\b\\1.png,dog\n")).toEqual({ "all/a/1.png": "cat", "all/b/1.png": "dog" });
    // Names that begin above the folder, another ending, and part of a name that is no folder of its own.
    expect(await labelled(["1.png", "2.png"], "file,kind\n../set/1.png,cat\nC:\\set\\2.png,dog\n")).toEqual({
      "1.png": "cat",
      "2.png": "dog",
    });
    expect(await labelled(["x/1.png", "x/2.png"], "file,kind\n1.jpg,cat\n2.jpg,dog\n")).toEqual({ "x/1.png": "cat", "x/2.png": "dog" });
    expect(await labelled(["x/1.jpg", "x/1.png"], "file,kind\n1.png,cat\n1.jpg,dog\n")).toEqual({ "x/1.jpg": "dog", "x/1.png": "cat" });
    expect(await labelled(["a1/1.png", "xa1/1.png"], "file,kind\na1/1.png,cat\n")).toEqual({ "a1/1.png": "cat", "xa1/1.png": "" });
  });

  it("are those of the longest end where several rows name a picture", async () => {
    for (const table of ["file,kind\nb/1.png,dog\n1.png,cat\n", "file,kind\n1.png,cat\nb/1.png,dog\n"])
      expect(await labelled(TWO, table)).toEqual({ "all/a/1.png": "cat", "all/b/1.png": "dog" });
    expect(await labelled(["1.png"], "file,kind\n1.png,cat\n1.png,cat\n")).toEqual({ "1.png": "cat" });
  });

  it("are refused where a name is that of two pictures, or has two labels", async () => {
    const two = await refusal(TWO, "file,kind\n1,cat\n2,dog\n");
    expect(two).toMatchObject({
      code: "data.join_picture_ambiguous",
      params: { file: "labels.csv", value: "1", first: "all/a/1.png", second: "all/b/1.png" },
    });
    const differing = await refusal(["1.png", "2.png"], "file,kind\n1.png,cat\n2.png,cat\n1.png,dog\n");
    expect(differing).toMatchObject({
      code: "data.picture_labels_differ",
      params: { file: "labels.csv", name: "1.png", first: "cat", second: "dog" },
    });
  });

  const united = async (pictures: readonly string[], tables: Readonly<Record<string, string>>) => {
    const files = pictures.map((name): PictureFile => ({ name, bytes: async () => new Uint8Array() }));
    const texts = Object.entries(tables).map(([name, text]): PictureFile => ({ name, bytes: async () => Buffer.from(text) }));
    const { names, cellsOf, table } = await labelsFor([...files, ...texts], files);
    return {
      names: names.join(),
      cells: pictures.map((name) => cellsOf(name).join()),
      said: ((await table?.warningsFor(pictures)) ?? []).map(({ code, params }) => [code, params["count"], params["names"]]),
    };
  };

  it("come from all tables that name some, whose columns are united", async () => {
    const four = ["1.png", "2.png", "3.png", "4.png"];
    expect(
      await united(four, { "a.csv": "file,kind\n1.png,cat\n2.png,dog\n", "b.csv": "file,kind\n3.png,dog\n9.png,cat\n4.png,cat\n" }),
    ).toEqual({
      names: "kind",
      cells: ["cat", "dog", "dog", "cat"],
      said: [
        ["data.label_tables_united", 2, "a.csv (2), b.csv (2)"],
        ["data.pictures_of_table_missing", 1, "9.png"],
      ],
    });
    // A second table says more of some; names without endings count where the tables are alike.
    expect(await united(four, { "kinds.csv": "id,kind\n1,cat\n2,dog\n3,cat\n", "sizes.tsv": "file\tsize\tkind\n2.png\t7\tdog\n" })).toEqual(
      {
        names: "kind,size",
        cells: ["cat,", "dog,7", "cat,", ","],
        said: [
          ["data.label_tables_united", 2, "kinds.csv (3), sizes.tsv (1)"],
          ["data.label_columns_lacking", 2, "1.png, 3.png"],
          ["data.pictures_not_in_table", 1, "4.png"],
        ],
      },
    );
    expect((await united(four, { "a.csv": "id,kind\n1,cat\n2,dog\n", "b.csv": "id,kind\n3,dog\n4,cat\n" })).cells).toEqual([
      "cat",
      "dog",
      "dog",
      "cat",
    ]);
  });

  it("come from the table of each folder, or from the one that is called like it", async () => {
    const parts = ["test/1.png", "test/2.png", "train/1.png", "train/2.png"];
    const [train, test] = ["file,kind\n1.png,cat\n2.png,dog\n", "file,kind\n1.png,dog\n2.png,cow\n"];
    const expected = ["dog,test", "cow,test", "cat,train", "dog,train"];
    expect((await united(parts, { "train/labels.csv": train, "test/labels.csv": test })).cells).toEqual(expected);
    expect((await united(parts, { "train.csv": train, "test.csv": test })).cells).toEqual(expected);
  });

  it("do not come from a table that names few pictures, lists of names, or what is to be sent in", async () => {
    const pictures = ["a/1.png", "a/2.png", "b/3.png", "b/4.png", "b/5.png"];
    const byFolder = ["a", "a", "b", "b", "b"];
    expect((await united(pictures, { "blurred.csv": "file,why\n1.png,dark\n" })).cells).toEqual(byFolder);
    expect((await united(pictures, { "all.txt": pictures.join("\n") })).cells).toEqual(byFolder);
    expect((await united(pictures, { "classes.csv": "id,name\n1,cat\n2,dog\n3,cow\n", "more.csv": "n,word\n1,x\n" })).names).toBe("name");
    const kinds = { "train.csv": "id,kind\n1,cat\n2,dog\n3,cat\n", "sample_submission.csv": "id,kind\n4,cat\n5,cat\n" };
    expect((await united(pictures, kinds)).cells).toEqual(["cat", "dog", "cat", "", ""]);
  });

  it("are refused where two tables say something else of a picture, and taken where both say the same", async () => {
    const tables = (second: string) => ({ "a.csv": "file,kind\n1.png,cat\n2.png,dog\n", "b.csv": `file,kind\n2.png,${second}\n` });
    expect((await united(["1.png", "2.png"], tables("dog"))).cells).toEqual(["cat", "dog"]);
    expect((await united(["1.png", "2.png"], tables(""))).cells).toEqual(["cat", "dog"]);
    const differing = await united(["1.png", "2.png"], tables("cow")).catch((thrown: unknown) => thrown);
    expect(differing).toMatchObject({
      code: "data.picture_tables_differ",
      params: { name: "2.png", column: "kind", file: "a.csv", first: "dog", other: "b.csv", second: "cow" },
    });
  });

  it("are refused where their table is too large to be held, and a large table of something else does not matter", async () => {
    const pictures = ["1.png", "2.png"].map((name): PictureFile => ({ name, bytes: async () => new Uint8Array() }));
    const large = (head: string) => ({
      name: "large.csv",
      size: 600 * 2 ** 20,
      bytes: () => Promise.reject(new Error("held whole")),
      pieces: async function* () {
        for (;;) yield Buffer.from(head);
      },
    });
    const rows = "x,y\n1,2\n".repeat(40_000);
    expect((await labelsFor([...pictures, large(rows)], pictures)).names).toEqual([]);
    await expect(labelsFor([...pictures, large("file,kind\n1.png,cat\n2.png,dog\n".repeat(9000))], pictures)).rejects.toMatchObject({
      code: "data.label_table_too_large",
      params: { file: "large.csv", megabytes: 600, most: 256 },
    });
  });

  it("are not read on where that is cancelled", async () => {
    const pictures: PictureFile[] = [{ name: "1.png", bytes: async () => new Uint8Array() }];
    const controller = new AbortController();
    let read = 0;
    const table = (name: string): PictureFile => ({
      name,
      bytes: async () => {
        read += 1;
        controller.abort();
        return Buffer.from("file,kind\n1.png,cat\n");
      },
    });
    const labels = labelsFor([...pictures, table("a.csv"), table("b.csv")], pictures, { signal: controller.signal });
    await expect(labels).rejects.toMatchObject({ code: "data.import_cancelled" });
    expect(read).toBe(1);
  });

  it("are read in the encoding of the table, found or chosen", async () => {
    const names = ["1.png", "2.png"];
    // The most frequent characters of Chinese, in GB18030.
    const chinese = Buffer.from("file,kind\n1.png,\xb5\xc4\xca\xc7\n2.png,\xb2\xbb\xc1\xcb\n", "latin1");
    expect(await labelled(names, chinese)).toEqual({ "1.png": "的是", "2.png": "不了" });
    const russian = Buffer.from("file,kind\n1.png,\xc4\xe0\n2.png,\xcd\xe5\xf2\n", "latin1");
    expect(await labelled(names, russian, "windows-1251")).toEqual({ "1.png": "Да", "2.png": "Нет" });
    expect(await refusal(names, russian, "utf-8")).toMatchObject({
      code: "data.wrong_encoding",
      params: { file: "labels.csv", encoding: "utf-8", line: 2 },
    });
    // What names no pictures need not be read.
    expect(await labelled(names, Buffer.from("\xff\xfd\x81\x8d", "latin1"))).toEqual({ "1.png": "", "2.png": "" });
  });
});

describe("an import of pictures with a table", () => {
  let place = "";
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), "neuroloom-labels-"));
  });
  afterEach(() => rmSync(place, { recursive: true, force: true }));
  const put = (name: string, content: Uint8Array | string): void => {
    mkdirSync(dirname(join(place, "set", name)), { recursive: true });
    writeFileSync(join(place, "set", name), content);
  };
  const bring = (encoding?: string): Promise<ImportedTable> =>
    importFile({ path: join(place, "set"), name: "set", folder: join(place, "library"), encoding });

  it("says which pictures have no label, which rows no picture, and what was guessed", async () => {
    const grey = await sharp({ create: { width: 4, height: 2, channels: 3, background: "#777" } })
      .png()
      .toBuffer();
    for (const name of ["1", "2", "3"]) put(`${name}.png`, grey);
    put("labels.csv", Buffer.from("file,kind\n1.png,\xb5\xc4\xca\xc7\n2.png,\xb2\xbb\xc1\xcb\n8.png,\xb5\xc4\n9.png,\xb5\xc4\n", "latin1"));
    const found = await bring();
    expect(found.encoding).toBe("gb18030");
    expect(found.warnings.slice(0, 3)).toEqual([
      { code: "data.encoding_guessed", params: { file: "labels.csv", encoding: "gb18030", example: "的是" } },
      { code: "data.pictures_not_in_table", params: { file: "labels.csv", count: 1, names: "3.png" } },
      { code: "data.pictures_of_table_missing", params: { file: "labels.csv", count: 2, names: "8.png, 9.png" } },
    ]);
    expect(warningsOf(found)).toHaveLength(found.warnings.length);
    const chosen = await bring("gbk");
    expect(chosen.warnings.map(({ code }) => code)).not.toContain("data.encoding_guessed");
    expect((await previewTable(chosen.path, 0, 3)).rows.map((row) => row.at(-1))).toEqual(["的是", "不了", null]);
  });
});
