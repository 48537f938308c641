/**
 * Every package that package.json names has its sentence in docs/dependencies.md, and versions are exact.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { missingFromLockfile, platformOf, readLockfile } from "../registries/lockfile.ts";

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

test("what the build leaves outside of what it puts into itself is listed too", () => {
  const [, outside = ""] = /external: \[([^\]]*)\]/.exec(readFileSync(join(REPOSITORY, "electron.vite.config.ts"), "utf8")) ?? [];
  const names = outside.split(",").map((name) => name.trim().replaceAll('"', ""));
  expect(names).toContain("@duckdb/node-bindings");
  expect(names.filter((name) => !packages.some(([listed]) => listed === name))).toEqual([]);
});

test("every version is exact, because npm on an old Node resolves a range to an old package", () => {
  expect(packages.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test("the lockfile holds the packages of every platform, without which npm ci refuses it everywhere", () => {
  expect(Object.keys(missingFromLockfile(readLockfile()))).toEqual([]);
});

test("a package of another platform that the lockfile lacks is found, with the platform that its name says", () => {
  const lockfile = { packages: { "node_modules/tool": { dev: true, optionalDependencies: { "@tool/linux-arm64-musl": "1.2.3" } } } };
  expect(missingFromLockfile(lockfile)).toEqual({
    "node_modules/@tool/linux-arm64-musl": { version: "1.2.3", os: ["linux"], cpu: ["arm64"], libc: ["musl"], dev: true, optional: true },
  });
  expect(platformOf("@oxc-parser/binding-linux-arm-gnueabihf")).toEqual({ os: ["linux"], cpu: ["arm"], libc: ["glibc"] });
});

test("the lockfile holds no address of a registry", () => {
  const addresses = Object.values(readLockfile().packages).filter(
    ({ resolved }) => typeof resolved === "string" && resolved.includes("://"),
  );
  expect(addresses).toEqual([]);
});
