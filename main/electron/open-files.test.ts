/** Project files on a command line: all of them come, and nothing else. */
import { EventEmitter } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "electron";
import { afterAll, expect, test, vi } from "vitest";

vi.mock("electron", () => ({ dialog: {} }));

import { followOpenedFiles } from "./open-files.ts";

const folder = mkdtempSync(join(tmpdir(), "neuroloom-open-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string): string => join(folder, name);
for (const name of ["one.neuroloom", "TWO.NEUROLOOM", "rows.csv"]) writeFileSync(path(name), "");
mkdirSync(path("folder.neuroloom"));

test("all that were given at the start, and all of a second start, from the folder where that was", () => {
  const app = new EventEmitter();
  const files = followOpenedFiles(app as unknown as App, [
    "--flag",
    ...["one.neuroloom", "rows.csv", "gone.neuroloom", "folder.neuroloom", "TWO.NEUROLOOM"].map(path),
  ]);
  const opened: string[] = [];
  files.handTo((file) => opened.push(file));
  expect(opened.splice(0)).toEqual(["one.neuroloom", "TWO.NEUROLOOM"].map(path));
  app.emit("second-instance", {}, ["neuroloom", "TWO.NEUROLOOM", "rows.csv", "one.neuroloom"], folder);
  expect(opened).toEqual(["TWO.NEUROLOOM", "one.neuroloom"].map(path));
});
