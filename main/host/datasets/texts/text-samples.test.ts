/** What a step sees of a stored column of texts. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { importFile } from "../import-file.ts";
import { textSamples } from "./text-samples.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "neuroloom-samples-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function stored(texts: readonly string[]): Promise<string> {
  const file = join(folder, "texts.tsv");
  await writeFile(file, `label\ttext\n${texts.map((text, row) => `${row % 2 === 0 ? "a" : "b"}\t${text}`).join("\n")}\n`);
  return (await importFile({ path: file, name: "texts.tsv", folder })).path;
}

it("is its tokens, those of the first texts one by one, and of each how many", async () => {
  const path = await stored(["The Ship leaves, the harbour", "", "A ship", "one two three", "four", "five six"]);
  const words = await textSamples(path, { column: "text", tokenizer: "words", lowercase: true });
  expect(words.lengths).toEqual([5, 1, 3, 1, 2]);
  expect(words.shown).toHaveLength(4);
  expect(words.shown[0]).toEqual({
    text: "the ship leaves, the harbour",
    is_cut: false,
    tokens: ["the", "ship", "leaves", "the", "harbour"],
  });
  const kept = await textSamples(path, { column: "text", tokenizer: "characters", lowercase: false });
  expect(kept.shown[1]).toEqual({ text: "A ship", is_cut: false, tokens: [..."Aship"] });
  const pairs = await textSamples(path, { column: "text", tokenizer: "byte_pair", lowercase: true, vocabulary: 60 });
  expect(pairs.shown[0]?.tokens).toContain("the");
  const few = await textSamples(path, { column: "text", tokenizer: "byte_pair", lowercase: true, vocabulary: 20 });
  expect(few.lengths[0]).toBeGreaterThan(pairs.lengths[0] ?? 0);
  await expect(textSamples(path, { column: "nowhere", tokenizer: "words", lowercase: true })).rejects.toMatchObject({
    code: "data.column_missing",
  });
});

it("is of so many letters at most, and little of it goes to the window", async () => {
  const long = "word ".repeat(60_000);
  const { lengths, shown } = await textSamples(await stored([long, long, long, long, "and short"]), {
    column: "text",
    tokenizer: "words",
    lowercase: true,
  });
  expect(lengths).toEqual([60_000, 60_000, 60_000]);
  expect(shown.map(({ text, is_cut }) => [text.length, is_cut])).toEqual([
    [400, true],
    [400, true],
    [400, true],
  ]);
});

it("takes a moment of byte pairs too where no space parts a long text", async () => {
  const letters = Array.from({ length: 100_000 }, (_, place) => String.fromCodePoint(0x4e00 + (((place * place) % 997) % 211))).join("");
  const path = await stored([letters, "short"]);
  const { lengths } = await textSamples(path, { column: "text", tokenizer: "byte_pair", lowercase: true, vocabulary: 10_000 });
  expect(lengths).toHaveLength(2);
  expect(lengths[0]).toBeLessThan(100_000);
});
