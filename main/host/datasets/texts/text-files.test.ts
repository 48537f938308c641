/** Texts in files of their own: a folder for each class, and pairs of files whose lines are texts. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { proposeData } from "../../../../core/data/propose.ts";
import { asTable } from "../as-text.ts";
import { importFile } from "../import-file.ts";
import { loadTable } from "../load-table.ts";
import { writeTextFiles } from "./text-files.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "neuroloom-texts-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, content);
  return path;
}

describe("a folder of texts for each class", () => {
  it("is imported as texts with their class, in the order of the names", async () => {
    await put("set/ham/1.txt", 'See you "at lunch",\r\nMary');
    await put("set/ham/2.txt", "");
    await put("set/spam/1.txt", "\ufeffWin a prize");
    await put("set/spam/note.md", "no text of the set");
    await put("set/.hidden/1.txt", "hidden");
    // The ten most frequent characters of Chinese, in GB18030.
    const bytes = [0xb5c4, 0xcac7, 0xb2bb, 0xc1cb, 0xd4da, 0xc8cb, 0xd3d0, 0xced2, 0xcbfb, 0xd5e2].flatMap((pair) => [
      pair >> 8,
      pair & 255,
    ]);
    await put("set/spam/2.txt", Uint8Array.from([...bytes, ...bytes]));
    const target = join(folder, "t.csv");
    expect(await writeTextFiles(join(folder, "set"), "set", target)).toMatchObject({ parts: null });
    expect((await readFile(target, "utf8")).split("\n").slice(0, 4)).toEqual([
      "file,text,label",
      '"ham/1.txt","See you ""at lunch"", Mary","ham"',
      '"ham/2.txt","","ham"',
      '"spam/1.txt","Win a prize","spam"',
    ]);
    const stored = await importFile({ path: join(folder, "set"), name: "set", folder: join(folder, "kept") });
    expect([stored.rowCount, stored.columns.map(({ name }) => name)]).toEqual([4, ["file", "text", "label"]]);
    const { columns } = await loadTable(stored.path, [{ name: "text", type: "text", role: "feature" }]);
    expect(columns[0]).toMatchObject({
      values: ['See you "at lunch", Mary', null, "Win a prize", "的是不了在人有我他这的是不了在人有我他这"],
    });
  });

  it("of one class only is refused, and a folder without texts is left to others", async () => {
    await put("one/ham/1.txt", "a");
    await expect(writeTextFiles(join(folder, "one"), "one", join(folder, "t.csv"))).rejects.toMatchObject({
      code: "data.one_class_of_texts",
    });
    await put("pictures/red/1.png", "no picture");
    expect(await writeTextFiles(join(folder, "pictures"), "pictures", join(folder, "t.csv"))).toBeNull();
  });
});

describe("folders train and test with folders of classes", () => {
  it("give the class and the part, which the proposed split reads", async () => {
    for (const name of ["train/pos/1", "train/neg/2", "train/neg/3", "test/pos/1", "test/neg/2"])
      await put(`imdb/${name}.txt`, `of ${name}`);
    const stored = await importFile({ path: join(folder, "imdb"), name: "imdb", folder: join(folder, "kept") });
    expect(stored.columns.map(({ name }) => name)).toEqual(["file", "text", "label", "part"]);
    expect(stored.warnings).toContainEqual({
      code: "data.folders_are_parts",
      params: { file: "imdb", names: "test, train", column: "part" },
    });
    const { columns } = await loadTable(stored.path, [
      { name: "label", type: "categorical", role: "target" },
      { name: "part", type: "categorical", role: "feature" },
    ]);
    const [label, part] = columns.map((one) => (one.kind === "category" ? [...one.codes].map((code) => one.categories[code]) : []));
    expect([label, part]).toEqual([
      ["neg", "pos", "neg", "neg", "pos"],
      ["test", "test", "train", "train", "train"],
    ]);
    const data = proposeData({ kind: "file", name: "imdb" }, stored.columns, []);
    expect(data.split).toMatchObject({ method: "column", column: "part" });
    expect(data.columns.map(({ name, role }) => [name, role])).toContainEqual(["part", "ignored"]);
    expect(data.columns.map(({ name, role }) => [name, role])).toContainEqual(["label", "target"]);
  });

  it("without folders of classes are refused in words", async () => {
    await put("bare/train/1.txt", "a");
    await put("bare/test/2.txt", "b");
    await expect(importFile({ path: join(folder, "bare"), name: "bare", folder: join(folder, "kept") })).rejects.toMatchObject({
      code: "data.folders_parts_only",
    });
  });
});

describe("files whose lines are texts", () => {
  it("are found from either of the two, or from their folder", async () => {
    const positive = await put("mr/reviews.pos", "a fine film\n\nmoving , warm\n");
    await put("mr/reviews.neg", 'dull "and" long\n');
    await put("mr/other.neg", "of another pair\n");
    const target = join(folder, "t.csv");
    expect(await writeTextFiles(positive, "reviews.pos", target)).toEqual({ parts: null, encoding: "utf-8", warnings: [] });
    expect((await readFile(target, "utf8")).trim().split("\n")).toEqual([
      "file,text,label",
      '"reviews.neg:1","dull ""and"" long","neg"',
      '"reviews.pos:1","a fine film","pos"',
      '"reviews.pos:2","moving , warm","pos"',
    ]);
    expect(await writeTextFiles(join(folder, "mr"), "mr", target)).toEqual({ parts: null, encoding: "utf-8", warnings: [] });
    expect((await readFile(target, "utf8")).trim().split("\n")).toHaveLength(5);
  });
});

describe("the encoding of texts", () => {
  // The ten most frequent characters of Chinese, in GB18030.
  const chinese = Uint8Array.from(
    [0xb5c4, 0xcac7, 0xb2bb, 0xc1cb, 0xd4da, 0xc8cb, 0xd3d0, 0xced2, 0xcbfb, 0xd5e2].flatMap((pair) => [pair >> 8, pair & 255]),
  );
  const bring = (name: string, encoding?: string) => importFile({ path: join(folder, name), name, folder: join(folder, "kept"), encoding });

  it("is said where it is a guess, with how many files and an example", async () => {
    await put("set/ham/1.txt", chinese);
    await put("set/ham/2.txt", chinese);
    await put("set/spam/1.txt", "plain");
    const stored = await bring("set");
    expect(stored.encoding).toBe("gb18030");
    expect(stored.warnings[0]).toEqual({
      code: "data.texts_encoding_guessed",
      params: { file: "set", count: 2, encoding: "gb18030", first: "ham/1.txt", example: "的是不了在人有我他这" },
    });
    const chosen = await bring("set", "GBK");
    expect([chosen.encoding, chosen.warnings.map(({ code }) => code)]).toEqual([
      "gb18030",
      stored.warnings.slice(1).map(({ code }) => code),
    ]);
  });

  it("is the one that is chosen, for an import and for a model, and what it does not have is refused", async () => {
    const word = Uint8Array.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
    const path = await put("mr/reviews.pos", word);
    await put("mr/reviews.neg", word);
    const stored = await bring("mr/reviews.pos", "windows-1251");
    const { columns } = await loadTable(stored.path, [{ name: "text", type: "text", role: "feature" }]);
    expect([stored.encoding, columns[0]]).toMatchObject(["windows-1251", { values: ["Привет", "Привет"] }]);
    const written = await asTable(path, "reviews.pos", folder, { encoding: "windows-1251" });
    expect(await readFile(written?.path ?? "", "utf8")).toContain('"Привет","pos"');
    await expect(bring("mr", "utf-8")).rejects.toMatchObject({
      code: "data.wrong_encoding",
      params: { file: "reviews.neg", encoding: "utf-8", line: 1, byte: 1 },
    });
    await expect(bring("mr", "klingon")).rejects.toMatchObject({ code: "data.encoding_not_supported" });
  });
});
