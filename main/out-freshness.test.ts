/** When `npm start` builds first. Times of files are set, not waited for. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { whyBuild } from "./out-freshness.ts";

let root: string;
const OUTPUTS = [
  "out/main/electron.js",
  "out/main/loopback.js",
  "out/main/trainer.worker.js",
  "out/main/kernel-helper.worker.js",
  "out/main/feeder.worker.js",
  "out/main/inside.worker.js",
  "out/main/tables.worker.js",
  "out/main/sheet.worker.js",
  "out/main/project-file.worker.js",
  "out/preload/index.cjs",
  "out/renderer/index.html",
];
const SOURCES = ["core/errors.ts", "main/start.ts", "preload/index.ts", "renderer/main.tsx", "resources/a.json", "package.json"];

function put(path: string, seconds: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), "");
  utimesSync(join(root, path), seconds, seconds);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "neuroloom-freshness-"));
  for (const path of SOURCES) put(path, 1000);
  for (const path of OUTPUTS) put(path, 2000);
});
afterEach(() => rmSync(root, { recursive: true }));

it("builds nothing when everything is newer than the sources", () => {
  expect(whyBuild(root)).toBeNull();
});

it.each(OUTPUTS)("builds when %s is missing", (path) => {
  rmSync(join(root, path));
  expect(whyBuild(root)).toBe(`${path} is not there`);
});

it.each(["core/new.ts", "renderer/deep/er/View.tsx", "package.json"])("builds when %s is newer than the oldest output", (path) => {
  put(path, 3000);
  expect(whyBuild(root)).toBe("sources have changed");
});

it("does not build for a test, and not where there are no sources", () => {
  put("core/errors.test.ts", 3000);
  expect(whyBuild(root)).toBeNull();
  rmSync(join(root, "core"), { recursive: true });
  rmSync(join(root, "out"), { recursive: true });
  expect(whyBuild(root)).toBeNull();
});
