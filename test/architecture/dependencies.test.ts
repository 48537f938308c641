/**
 * Every package that package.json names has its sentence in docs/dependencies.md, and versions are exact.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const REPOSITORY = join(import.meta.dirname, "../..");
const manifest = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as Record<string, Record<string, string> | undefined>;
const packages = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((group) => Object.entries(manifest[group] ?? {}));

test("every package has its sentence in docs/dependencies.md", () => {
  const firstCells = readFileSync(join(REPOSITORY, "docs/dependencies.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .flatMap((line) => (line.split("|")[1] ?? "").split(",").map((name) => name.trim()));
  expect(packages.map(([name]) => name).filter((name) => !firstCells.includes(name))).toEqual([]);
  expect(packages.length).toBeGreaterThan(20);
});

test("every version is exact, because npm on an old Node resolves a range to an old package", () => {
  expect(packages.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});
