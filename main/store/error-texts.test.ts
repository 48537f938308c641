import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { storeErrors } from "../../resources/translations/errors/store.ts";

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !name.startsWith("testing"))
  .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"));

test("every error that the store throws has a text, and every text an error", () => {
  const thrown = sources.flatMap((source) => [...source.matchAll(/"((?:store|project|run|dataset)\.[a-z_]+)"/g)].map((match) => match[1]));
  expect([...new Set(thrown)].sort()).toEqual(Object.keys(storeErrors).sort());
});

test("both languages name the same values", () => {
  const valuesOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  for (const [code, [english, chinese]] of Object.entries(storeErrors)) expect(valuesOf(chinese), code).toEqual(valuesOf(english));
});
