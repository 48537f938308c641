import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { idx, questions, redAndBlue } from "../../../../test/picture-files.ts";
import { tar } from "../../../../test/tar-file.ts";
import { lookAtFiles, type NamedFile } from "./look-at-files.ts";

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "neuroloom-look-test-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const put = (name: string, content: string | Uint8Array): NamedFile => {
  writeFileSync(join(place, name), content);
  return { path: join(place, name), name };
};

describe("files chosen together", () => {
  it("are told apart, and the column that names the pictures comes first", async () => {
    const { files, matches } = await lookAtFiles([
      put("train.csv", questions["train.csv"]),
      put("shades.zip", await redAndBlue(6)),
      put("packed.tsv.gz", gzipSync("a\tb\n1\t2\n3\t4\n")),
      put("images", idx([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8])),
      put("labels", idx([2], [0, 1])),
    ]);
    expect(files.map(({ kind }) => kind)).toEqual(["table", "pictures", "table", "idx", "idx_labels"]);
    expect(files[0]?.columns.map(({ name }) => name)).toEqual(["image", "asked", "answer"]);
    expect(files[0]?.columns[0]?.examples[0]).toBe("red/0.png");
    expect(files[1]).toMatchObject({ pictures: 12, examples: ["blue/0.png", "blue/1.png", "blue/2.png"] });
    expect(files[2]?.columns.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(matches[0]).toEqual({ table: 0, partner: 1, column: "image", partner_column: null, matched: 6, of: 7 });
  });

  it("join a table with the pictures of an idx file by their number", async () => {
    const { files, matches } = await lookAtFiles([
      put("named.csv", "digit,number\n1,3\n0,2\n1,1\n"),
      put("images", idx([4, 1, 1], [1, 2, 3, 4])),
    ]);
    expect(files[1]).toMatchObject({ kind: "idx", pictures: 4 });
    expect(matches[0]).toEqual({ table: 0, partner: 1, column: "number", partner_column: null, matched: 3, of: 3 });
  });

  it("join tables where one side is all different; a folder of pictures is one too", async () => {
    const folder = join(place, "pictures");
    mkdirSync(folder);
    writeFileSync(join(folder, "7.png"), "");
    const { files, matches } = await lookAtFiles([
      put("orders.csv", "order,shop\n1,A\n2,B\n3,A\n"),
      put("shops.csv", "shop,town\nA,Rome\nB,Oslo\n"),
      { path: folder, name: "pictures" },
    ]);
    expect(files[2]).toMatchObject({ kind: "pictures", pictures: 1 });
    expect(matches[0]).toEqual({ table: 0, partner: 1, column: "shop", partner_column: "shop", matched: 2, of: 2 });
    expect(matches.some(({ table, partner, column }) => table === 1 && partner === 0 && column === "shop")).toBe(false);
  });

  it("are looked at no longer than that is wanted", async () => {
    const files = [
      put("rows.jsonl", '{"a":1,"b":2}\n'),
      put("rows.csv", "a,b\n1,2\n"),
      put("rows.tgz", gzipSync(tar([{ name: "rows.csv", content: "a,b\n1,2\n" }]))),
    ];
    for (const file of files)
      await expect(lookAtFiles([file], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "data.import_cancelled" });
  });
});
