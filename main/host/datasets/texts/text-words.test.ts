/** What a stored column of texts is about. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { importFile } from "../import-file.ts";
import { textWords } from "./text-words.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "neuroloom-words-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("is told of its rows with a text, and a column that is not there is named", async () => {
  const file = join(folder, "texts.tsv");
  const rows = Array.from(
    { length: 30 },
    (_, row) => `${row % 2 === 0 ? "a" : "b"}\t${row === 3 ? "" : `the ship leaves the harbour at ${row}`}`,
  );
  await writeFile(file, `label\ttext\n${rows.join("\n")}\n`);
  const { path } = await importFile({ path: file, name: "texts.tsv", folder });
  const found = await textWords(path, "text", "words");
  expect(found.texts).toBe(29);
  expect(found.keywords.slice(0, 3).map(({ text }) => text)).toContain("harbour");
  expect(found.together[0]).toMatchObject({ together: 29 });
  expect(found.together.slice(0, 3).map(({ words }) => words.toSorted().join())).toContain("harbour,ship");
  await expect(textWords(path, "nowhere", "words")).rejects.toMatchObject({ code: "data.column_missing" });
});
