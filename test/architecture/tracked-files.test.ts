/**
 * Nothing in the repository points at one machine or at a package registry.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withTree } from "./planted-tree.ts";
import { machineTraces, trackedFiles } from "./tracked-files.ts";

const REPOSITORY = join(import.meta.dirname, "../..");

test("no tracked file holds a path of one machine or the address of a registry", (context) => {
  const files = trackedFiles(REPOSITORY);
  if (files === null) return context.skip("this is no git checkout: which files are tracked is not known");
  expect(files.length).toBeGreaterThan(100);
  // A file that is tracked and deleted, but not committed so, is nothing to read.
  const present = files.filter((file) => existsSync(join(REPOSITORY, file)));
  expect(machineTraces(REPOSITORY, present)).toEqual([]);
});

test.each([
  ["a path of one machine", ["see /wor", "k/main/a"].join("")],
  ["a path of one machine", ['"/tm', 'p/x"'].join("")],
  ["the address of a package registry", ["https://registry.npm", "js.org/zod"].join("")],
  ["a name of the workplace's tools", ["farm-", "bench run"].join("")],
])("%s is found where it is planted", (what, line) => {
  const found = withTree({ "docs/page.md": `fine\n${line}\n` }, (root) => machineTraces(root, ["docs/page.md"]));
  expect(found).toEqual([expect.stringContaining(`docs/page.md:2: ${what}`)]);
});

test("relative paths, addresses of pages and words with a slash are left alone", () => {
  const text = "../shared/data/hotel.csv\nmain/home/x\nhttps://nodejs.org/en/work/\nsomewhere/tmp/file\n";
  expect(withTree({ "docs/page.md": text }, (root) => machineTraces(root, ["docs/page.md"]))).toEqual([]);
});
