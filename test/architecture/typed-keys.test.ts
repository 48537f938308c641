/** Enter and Escape in a text field are asked with typedKey: while a word is composed they belong to the input method. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sourceFiles } from "./source-tree.ts";

const REPOSITORY = join(import.meta.dirname, "../..");

const HAS_TEXT_FIELD = /<(input|textarea)\b/;
const ASKS_THE_KEY = /\.key [!=]== "(Enter|Escape)"|\.includes\(\w+\.key\)/;

const asksTheKey = (text: string): boolean => HAS_TEXT_FIELD.test(text) && ASKS_THE_KEY.test(text);

test("no text field takes a key of the input method for its own", () => {
  const files = sourceFiles(REPOSITORY).filter((path) => path.startsWith("renderer/") && path.endsWith(".tsx"));
  const texts = files.map((path) => [path, readFileSync(join(REPOSITORY, path), "utf8")] as const);
  expect(texts.filter(([, text]) => asksTheKey(text)).map(([path]) => path)).toEqual([]);
  expect(texts.filter(([, text]) => HAS_TEXT_FIELD.test(text) && text.includes("typedKey(event)")).length).toBeGreaterThan(10);
});

test.each(['event.key === "Enter" && end()', 'if (event.key !== "Escape") return', '["Enter", ","].includes(event.key)'])(
  "%s is found",
  (asked) => {
    expect(asksTheKey(`<input onKeyDown={(event) => { ${asked} }} />`)).toBe(true);
    expect(asksTheKey(`<input onKeyDown={(event) => { ${asked.replace("event.key", "typedKey(event)")} }} />`)).toBe(false);
  },
);
