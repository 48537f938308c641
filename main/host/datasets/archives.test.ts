/** What people pack: pictures and texts as tar, texts as zip, a table in an archive; and archives that hold nothing, or are damaged. */
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AppError } from "../../../core/errors.ts";
import { png } from "../../../test/picture-files.ts";
import { tar as tarOf } from "../../../test/tar-file.ts";
import { number, text, workbook } from "../../../test/workbook-file.ts";
import { zip } from "../../../test/zip-file.ts";
import { asTable } from "./as-text.ts";
import { importFile } from "./import-file.ts";
import type { ImportedTable } from "./import-request.ts";
import { previewTable } from "./load-table.ts";
import { openFiles } from "./pictures/open-files.ts";

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "neuroloom-archives-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

type Entries = Readonly<Record<string, string | Uint8Array>>;

const tar = (entries: Entries): Buffer => tarOf(Object.entries(entries).map(([name, content]) => ({ name, content })));
const zipped = (entries: Entries): Buffer =>
  zip(Object.entries(entries).map(([name, content]) => ({ name, content: Buffer.from(content) })));

function bring(name: string, content: Uint8Array): Promise<ImportedTable> {
  const path = join(place, name);
  writeFileSync(path, content);
  return importFile({ path, name, folder: join(place, "library") });
}
async function refusal(name: string, content: Uint8Array): Promise<string> {
  const error = await bring(name, content).then(
    () => null,
    (thrown: AppError) => thrown,
  );
  // Nothing half-imported stays behind.
  expect(readdirSync(join(place, "library"))).toEqual([]);
  return error === null ? "imported" : `${error.code} ${JSON.stringify(error.params)}`;
}
const rowsOf = async ({ path, rowCount }: ImportedTable): Promise<(string | null)[][]> => (await previewTable(path, 0, rowCount)).rows;

const TEXTS: Entries = {
  "set/README.txt": "about the set",
  "set/ham/1.txt": "see you at noon",
  "set/ham/2.txt": "lunch?",
  "set/spam/1.txt": "win a prize",
  "__MACOSX/set/spam/._1.txt": "left by a Mac",
};
const TEXT_ROWS = [
  ["ham/1.txt", "see you at noon", "ham"],
  ["ham/2.txt", "lunch?", "ham"],
  ["spam/1.txt", "win a prize", "spam"],
];

describe("an archive", () => {
  it.each([
    ["zip", zipped(TEXTS)],
    ["tar", tar(TEXTS)],
    ["tar.gz", gzipSync(tar(TEXTS))],
  ])("of a folder of texts for each class is imported as the folder would be (%s)", async (ending, content) => {
    expect(await rowsOf(await bring(`set.${ending}`, content))).toEqual(TEXT_ROWS);
  });

  it("of files whose lines are texts", async () => {
    const rows = await rowsOf(await bring("mr.zip", zipped({ "mr/rt.neg": "dull\nlong\n", "mr/rt.pos": "fine\n" })));
    expect(rows.map(([, ...rest]) => rest)).toEqual([
      ["dull", "neg"],
      ["long", "neg"],
      ["fine", "pos"],
    ]);
  });

  it("of pictures as tar, with names that are long and in Chinese", async () => {
    const [red, blue] = [await png(200, 0, 0), await png(0, 0, 200)];
    const long = `${"a folder with a long name ".repeat(6)}/红/一.png`;
    const imported = await bring("set.tar.gz", gzipSync(tar({ [long]: red, "set/蓝/1.png": blue })));
    expect(await rowsOf(imported)).toEqual([
      ["0", long, "红"],
      ["1", "set/蓝/1.png", "蓝"],
    ]);
  });

  it("that system tools have made is read", async () => {
    const { execFileSync } = await import("node:child_process");
    for (const [name, content] of Object.entries(TEXTS)) {
      mkdirSync(join(place, "made", name, ".."), { recursive: true });
      writeFileSync(join(place, "made", name), content);
    }
    execFileSync("tar", ["-czf", join(place, "made.tgz"), "-C", join(place, "made"), "."]);
    const imported = await importFile({ path: join(place, "made.tgz"), name: "made.tgz", folder: join(place, "library") });
    expect(await rowsOf(imported)).toEqual(TEXT_ROWS);
  });

  it.each([
    ["zip", zipped],
    ["tar", tar],
  ] as const)("with one table in it is that table, in whatever encoding (%s)", async (ending, pack) => {
    const imported = await bring(
      `sales.${ending}`,
      pack({ "README.txt": "about", "data/sales.csv": Buffer.from("città;n\nForlì;1\nForlì;2\n", "latin1") }),
    );
    expect([imported.encoding, await rowsOf(imported)]).toEqual([
      "windows-1252",
      [
        ["Forlì", "1"],
        ["Forlì", "2"],
      ],
    ]);
    const lines = await bring(`lines.${ending}`, pack({ "lines.jsonl": '{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n' }));
    expect(await rowsOf(lines)).toEqual([
      ["1", "x"],
      ["2", "y"],
    ]);
  });

  it("holds records as JSON, unless a table stands beside it, and says where they are none", async () => {
    expect(await refusal("about.zip", zipped({ "about.json": '{"title":\n "x"}' }))).toMatch(
      /^data\.json_not_records .*"file":"about\.zip\/about\.json"/,
    );
    const rows = '[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]';
    const imported = await bring("rows.zip", zipped({ "README.md": "about", "rows.json": rows }));
    expect(await rowsOf(imported)).toEqual([
      ["1", "x"],
      ["2", "y"],
    ]);
    const beside = await bring("sales.zip", zipped({ "sales.csv": "a,b\n3,z\n4,u\n", "dataset-metadata.json": '{"id": 1}' }));
    expect(await rowsOf(beside)).toEqual([
      ["3", "z"],
      ["4", "u"],
    ]);
  });

  const chosen = async (name: string, entries: Entries, sheet?: string) => {
    const path = join(place, name);
    writeFileSync(path, zipped(entries));
    const imported = await importFile({ path, name, folder: join(place, "library"), sheet });
    const { sheet: read, columns } = imported;
    return { read, names: columns.map((column) => column.name).join(), rows: (await rowsOf(imported)).map((row) => row.join()), columns };
  };

  it("with several tables is the one that is named, or called training, or the largest", async () => {
    const movies = {
      "ml/README.txt": "about",
      "ml/links.csv": "a,b\n1,2\n",
      "ml/ratings.csv": "c,d\n3,4\n5,6\n",
      "ml/tags.txt": "e;f\n7;8\n",
    };
    const all = ["links.csv", "ratings.csv", "tags.txt"];
    expect(await chosen("ml.zip", movies)).toMatchObject({ read: { name: "ratings.csv", all, of: "archive" }, rows: ["3,4", "5,6"] });
    expect(await chosen("ml.zip", movies, "tags.txt")).toMatchObject({
      read: { name: "tags.txt", all },
      names: "e,f",
      rows: ["7,8"],
    });
    // A table without what is to be learnt is no part of the data set.
    const houses = { "test.csv": `id,size\n${"1,2\n".repeat(50)}`, "train.csv": "id,size,price\n1,2,3\n" };
    expect(await chosen("houses.zip", houses)).toMatchObject({
      read: { name: "train.csv", all: ["test.csv", "train.csv"] },
      rows: ["1,2,3"],
    });
    const error = await chosen("ml.zip", movies, "none.csv").catch((thrown: AppError) => thrown);
    expect(error).toMatchObject({ code: "data.archive_no_table", params: { file: "ml.zip", table: "none.csv", names: all.join(", ") } });
  });

  it("with a workbook among several tables, and with one alone whose sheet is named", async () => {
    const sheet = (name: string): string[] => [text("A1", name) + text("B1", "b"), number("A2", 1) + number("B2", 2)];
    const book = workbook({ first: sheet("one"), second: sheet("two") });
    expect(await chosen("both.zip", { "book.xlsx": book, "words.csv": "c,d\n3,4\n" }, "book.xlsx")).toMatchObject({
      read: { name: "book.xlsx", all: ["book.xlsx", "words.csv"], of: "archive" },
      names: "one,b",
    });
    expect(await chosen("book.zip", { "book.xlsx": book }, "second")).toMatchObject({
      read: { name: "second", all: ["first", "second"], of: "workbook" },
      names: "two,b",
    });
  });

  it("with tables for training, validation and test is one data set, of which each can be read alone", async () => {
    const entries = { "d/test.csv": "a,b\n5,6\n", "d/train.csv": "a,b\n1,2\n2,3\n", "d/my_valid.csv": "b,a,c\n4,3,9\n" };
    const all = ["train.csv + my_valid.csv + test.csv", "my_valid.csv", "test.csv", "train.csv"];
    const together = await chosen("parts.zip", entries);
    expect(together).toMatchObject({
      read: { name: all[0], all },
      names: "a,b,part",
      rows: ["1,2,training", "2,3,training", "3,4,validation", "5,6,test"],
    });
    expect(together.columns[2]?.remarks).toContain("parts");
    expect((await chosen("parts.zip", entries, all[0])).rows).toHaveLength(4);
    expect(await chosen("parts.zip", entries, "test.csv")).toMatchObject({ read: { name: "test.csv" }, rows: ["5,6"] });
    const folders = { "train/rows.csv": "a,b\n1,2\n", "test/rows.csv": "a,b\n5,6\n" };
    expect((await chosen("folders.zip", folders)).rows).toEqual(["1,2,training", "5,6,test"]);
  });

  it("with parts whose letters cannot be told asks for their encoding, and reads all of them in the one that is chosen", async () => {
    // Of Windows-1251, \u043c\u0438\u0440.
    const russian = (last: string): Buffer => Buffer.from(`\xec\xe8\xf0,n\n${last}\n`, "latin1");
    const content = zipped({ "test.csv": russian("\xe4\xe0,2"), "train.csv": russian("\xed\xe5\xf2,1") });
    expect(await refusal("words.zip", content)).toMatch(/^data\.encoding_unknown .*"file":"words\.zip\/train\.csv"/);
    const path = join(place, "words.zip");
    const imported = await importFile({ path, name: "words.zip", folder: join(place, "library"), encoding: "windows-1251" });
    expect(imported.columns.map(({ name }) => name)).toEqual(["мир", "n", "part"]);
    expect((await rowsOf(imported)).map((row) => row.join())).toEqual(["нет,1,training", "да,2,test"]);
  });

  it("with parts of which one cannot be read is the one called training", async () => {
    const entries = { "train.csv": "a,b\n1,2\n", "test.parquet": "PAR1\0cut off here" };
    expect(await chosen("cut.zip", entries)).toMatchObject({ read: { name: "train.csv" }, rows: ["1,2"] });
  });

  it("or a folder whose table changes while it is taken out is refused", async () => {
    const rows = (count: number): string => `a,b\n${"1,2\n".repeat(count)}`;
    const archive = join(place, "sales.tar");
    writeFileSync(archive, tar({ "sales.csv": rows(400_000) }));
    mkdirSync(join(place, "sales"));
    const table = join(place, "sales/sales.csv");
    writeFileSync(table, rows(400_000));
    const changing = async (path: string, change: () => void): Promise<unknown> => {
      const opened = await openFiles(path, "sales");
      const [file] = opened?.files ?? [];
      try {
        for await (const _ of file?.pieces() ?? []) change();
        return "read";
      } catch (thrown) {
        return (thrown as AppError).code;
      } finally {
        opened?.close();
      }
    };
    expect(await changing(archive, () => undefined)).toBe("read");
    expect(await changing(table.slice(0, -"/sales.csv".length), () => undefined)).toBe("read");
    expect(await changing(archive, () => truncateSync(archive, 1_200_000))).toBe("data.tar_cut_off");
    expect(await changing(join(place, "sales"), () => appendFileSync(table, "3,4\n"))).toBe("data.file_changed");
  });

  it("whose parts cannot be read or do not fit says of which table, and keeps its own name", async () => {
    const parts = (train: string): Entries => ({ "train.csv": train, "test.csv": "a,b\n5,6\n" });
    expect(await refusal("empty.zip", zipped(parts("a,b\n")))).toContain('"empty.zip/train.csv"');
    const good = await bring("parts.zip", zipped(parts(`a,b\n${"1,2\n".repeat(200)}2,3,4\n`)));
    expect(good.name).toBe("parts.zip");
    expect(good.warnings.map(({ params }) => params["file"])).toContain("parts.zip/train.csv");
  });

  it("of several tables is refused where rows for a model are wanted and none is named", async () => {
    const path = join(place, "two.zip");
    writeFileSync(path, zipped({ "a.csv": "a,b\n1,2\n", "b.csv": "a,b\n1,2\n" }));
    const work = join(place, "work");
    mkdirSync(work);
    await expect(asTable(path, "two.zip", work)).rejects.toThrow(
      'data.archive_of_tables {"file":"two.zip","count":2,"names":"a.csv, b.csv"}',
    );
    expect(await asTable(path, "two.zip", work, { sheet: "b.csv" })).toMatchObject({ sheet: { name: "b.csv" }, asItWas: true });
  });

  it("with a table that is larger than what is held in memory is read from the disk; a bomb is still none", {
    timeout: 120_000,
  }, async () => {
    const line = `1,${"x".repeat((1 << 20) - 3)}\n`;
    const large = Buffer.concat([Buffer.from("n,word\n"), Buffer.from(line.repeat(257))]);
    for (const [name, content] of [
      ["large.zip", zipped({ "large.csv": large })],
      ["large.tar", tar({ "large.csv": large })],
    ] as const) {
      const imported = await bring(name, content);
      expect([name, imported.rowCount]).toEqual([name, 257]);
      rmSync(imported.path);
    }
    const bomb = zip([{ name: "bomb.csv", content: Buffer.alloc(8 << 20, "1,2\n") }], "deflated");
    expect(await refusal("bomb.zip", bomb)).toBe('data.zip_bomb {"file":"bomb.zip","entry":"bomb.csv","megabytes":8}');
  });

  it("with nothing is refused by what is in it", async () => {
    expect(await refusal("code.tar", tar({ "main.py": "print()" }))).toBe(
      'data.archive_without_data {"file":"code.tar","count":1,"names":"main.py"}',
    );
  });

  it("that is cut off, has a flipped bit or climbs out of its folder is refused", async () => {
    const whole = tar(TEXTS);
    expect(await refusal("cut.tar", whole.subarray(0, 1100))).toMatch(/^data\.(zip_cut_off|tar_cut_off) \{"file":"cut.tar"/);
    const flipped = Buffer.from(whole);
    flipped[1030] = (flipped[1030] ?? 0) ^ 1;
    expect(await refusal("flipped.tar", flipped)).toBe('data.tar_damaged {"file":"flipped.tar","byte":1024}');
    expect(await refusal("climb.tar", tar({ "../../evil.txt": "x" }))).toBe(
      'data.zip_climbs {"file":"climb.tar","entry":"../../evil.txt"}',
    );
    expect(await refusal("cut.tgz", gzipSync(whole).subarray(0, 150))).toContain("data.gzip_damaged");
  });
});
