/** docs/checks.md has every check, with the words that people read and the file that holds it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checks } from "../../core/checks/registry.ts";
import { allErrors } from "../../resources/translations/all-errors.ts";
import { REPOSITORY } from "../run/command.ts";

const page = readFileSync(join(REPOSITORY, "docs/checks.md"), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("| `design."));

test.each(checks.map(({ code }) => code))("%s has its row", (code) => {
  const row = rows.find((line) => line.startsWith(`| \`${code}\` |`));
  expect(row).toContain(allErrors[code]?.[0]);
  const file = /\(\.\.\/(core\/checks\/[\w-]+\.ts)\)/.exec(row ?? "")?.[1] ?? "none";
  expect(existsSync(join(REPOSITORY, file)), file).toBe(true);
  expect(readFileSync(join(REPOSITORY, file), "utf8")).toContain(`code: "${code}",`);
});

test("the page counts them and has no row of a check that is gone", () => {
  expect(rows).toHaveLength(checks.length);
  expect(page).toContain(`${checks.length} checks look at every design`);
});
