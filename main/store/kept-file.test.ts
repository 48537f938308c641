/** What is asked of the system when a file gets its name, and in which order: content, name, folder. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { applyRestore } from "./backup/apply-restore.ts";
import { READY_FOLDER } from "./backup/stage-restore.ts";
import { keepFile, keepFileNow } from "./kept-file.ts";
import { temporaryFolder } from "./testing/store-fixture.ts";

const { asked, opened } = vi.hoisted(() => ({ asked: [] as string[], opened: new Map<number, string>() }));

// The real calls are made; they are only written down.
vi.mock("node:fs", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs")>();
  return {
    ...real,
    openSync: (path: string, flags: string) => {
      const file = real.openSync(path, flags);
      opened.set(file, path);
      return file;
    },
    fsyncSync: (file: number) => {
      real.fsyncSync(file);
      asked.push(`fsync ${opened.get(file)}`);
    },
    renameSync: (from: string, to: string) => {
      real.renameSync(from, to);
      asked.push(`rename ${from} ${to}`);
    },
    rmSync: (path: string, options?: Parameters<typeof real.rmSync>[1]) => {
      real.rmSync(path, options);
      asked.push(`remove ${path}`);
    },
  };
});
vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  return {
    ...real,
    open: async (path: string, flags: string) => {
      const file = await real.open(path, flags);
      return {
        sync: async () => {
          await file.sync();
          asked.push(`fsync ${path}`);
        },
        close: () => file.close(),
      };
    },
    rename: async (from: string, to: string) => {
      await real.rename(from, to);
      asked.push(`rename ${from} ${to}`);
    },
  };
});
afterEach(() => {
  asked.length = 0;
});

test.each([
  ["at once", async (from: string, to: string) => keepFileNow(from, to)],
  ["in turn with others", keepFile],
])("content goes down to the disk before the name, and the folder after it: %s", async (_, keep) => {
  using folder = temporaryFolder();
  const [unfinished, target] = [folder.file("new.part"), folder.file("new")];
  writeFileSync(target, "before");
  writeFileSync(unfinished, "after");
  await keep(unfinished, target);
  expect(readFileSync(target, "utf8")).toBe("after");
  expect(asked).toEqual([`fsync ${unfinished}`, `rename ${unfinished} ${target}`, `fsync ${folder.path}`]);
});

test("a file that is not there is said, and nothing gets its name", async () => {
  using folder = temporaryFolder();
  expect(() => keepFileNow(folder.file("none"), folder.file("new"))).toThrow(/ENOENT/);
  await expect(keepFile(folder.file("none"), folder.file("new"))).rejects.toThrow(/ENOENT/);
  expect(asked).toEqual([]);
});

test("a restored library has its name on the disk before what was made ready is removed", async () => {
  using folder = temporaryFolder();
  const home = folder.path;
  const ready = join(home, READY_FOLDER);
  mkdirSync(join(ready, "datasets"), { recursive: true });
  writeFileSync(join(ready, "library.sqlite"), "restored");
  writeFileSync(join(ready, "datasets", "rows"), "1");
  expect(await applyRestore(home, 0)).toBe("applied");
  expect(readFileSync(join(home, "library.sqlite"), "utf8")).toBe("restored");
  const datasets = join(home, "datasets");
  expect(asked).toEqual([
    `rename ${join(ready, "library.sqlite")} ${join(home, "library.sqlite")}`,
    `fsync ${home}`,
    `fsync ${home}`,
    `rename ${join(ready, "datasets", "rows")} ${join(datasets, "rows")}`,
    `fsync ${datasets}`,
    `remove ${ready}`,
  ]);
});
