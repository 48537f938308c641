/** What people pack: pictures and texts as tar, texts as zip, a table in an archive; and archives that hold nothing, or are damaged. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AppError } from "../../../core/errors.ts";
import { tarEnd, tarHeader, tarPadding } from "../../../core/protocol/tar-header.ts";
import { png } from "../../../test/picture-files.ts";
import { zip } from "../../../test/zip-file.ts";
import { importFile } from "./import-file.ts";
import type { ImportedTable } from "./import-request.ts";
import { previewTable } from "./load-table.ts";

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "neuroloom-archives-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

type Entries = Readonly<Record<string, string | Uint8Array>>;

function tar(entries: Entries): Buffer {
  const parts = Object.entries(entries).flatMap(([name, content]) => {
    const bytes = Buffer.from(content);
    return [tarHeader(name, bytes.length), bytes, tarPadding(bytes.length)];
  });
  return Buffer.concat([...parts, tarEnd()]);
}
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

  it("with several tables, or with nothing, is refused by what is in it", async () => {
    expect(await refusal("both.zip", zipped({ "test.csv": "a,b\n1,2\n", "train.csv": "a,b\n1,2\n" }))).toBe(
      'data.archive_of_tables {"file":"both.zip","count":2,"names":"test.csv, train.csv"}',
    );
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
