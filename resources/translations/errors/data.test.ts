/** Every error of the data area that the sources name has its text, and the two languages use the same values. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dataErrors } from "./data.ts";
import { dataPreparationErrors } from "./data-preparation.ts";
import { dataTableErrors } from "./data-tables.ts";

const errors = { ...dataErrors, ...dataPreparationErrors, ...dataTableErrors };
const ROOT = new URL("../../../", import.meta.url);
const FOLDERS = ["core/data", "core/steps", "main/host/datasets", "main/host/tables", "renderer/data"];
const blanks = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

function codesInSources(): Set<string> {
  const codes = new Set<string>();
  for (const folder of FOLDERS)
    for (const entry of readdirSync(new URL(folder, ROOT), { recursive: true, encoding: "utf8" })) {
      if (!/\.tsx?$/.test(entry) || entry.endsWith(".test.ts")) continue;
      const source = readFileSync(new URL(`${folder}/${entry}`, ROOT), "utf8");
      // The screen has words of its own under the same first name: only what it throws counts there.
      const named = folder === "renderer/data" ? /AppError\(\s*"(data\.[a-z0-9_]+)"/g : /"(data\.[a-z0-9_]+)"/g;
      for (const [, code] of source.matchAll(named)) codes.add(code as string);
    }
  return codes;
}

describe("texts of the data area", () => {
  it("are there for every code of the sources, and for no other", () => {
    expect([...codesInSources()].sort()).toEqual(Object.keys(errors).sort());
  });

  it("use the same values in both languages", () => {
    for (const [code, [english, chinese]] of Object.entries(errors)) expect(blanks(chinese), code).toEqual(blanks(english));
  });
});
