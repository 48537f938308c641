/** Backups with their data sets: written while in use, cancelled, brought back, and every crash and damage on the way. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openStore } from "../sqlite/open.ts";
import type { Store } from "../store.ts";
import type { Watch } from "../stored-files.ts";
import { newProject, newStore } from "../testing/opened-store.ts";
import { codeOf, countedSources, samplePoints, sampleRun, temporaryFolder } from "../testing/store-fixture.ts";
import { applyRestore, dropRestore, isRestoreReady } from "./apply-restore.ts";
import { stageRestore } from "./stage-restore.ts";
import { type BackupJob, writeBackup } from "./write-backup.ts";

const NEVER: Watch = { progress: () => undefined, cancelled: () => false };
const WHEN = Date.UTC(2026, 1, 3);

/** A data set whose file lies where the host keeps it, named by its content. */
function addData(store: Store, folder: string, text: string, there = true): string {
  const fileName = `${createHash("sha256").update(text).digest("hex")}.parquet`;
  mkdirSync(folder, { recursive: true });
  if (there) writeFileSync(join(folder, fileName), text);
  const dataset = { name: text.slice(0, 20), kind: "file" as const, rowCount: 1, columnCount: 1, sizeBytes: 1 };
  store.upsertDataset({ ...dataset, fingerprint: fileName.slice(0, 64), source: {}, fileName, columns: [], warnings: [] });
  return fileName;
}

async function filled() {
  const opened = await newStore();
  const datasets = opened.folder.file("datasets");
  const large = addData(opened.store, datasets, "numbers that take more than one piece ".repeat(200_000));
  writeFileSync(join(datasets, large.replace(".parquet", ".pictures")), "pictures beside it");
  const gone = addData(opened.store, datasets, "a file that was removed", false);
  const run = opened.store.createRun(sampleRun(newProject(opened.store).id));
  opened.store.appendPoints(run.id, samplePoints("loss", 1, 50_000));
  const job = (name: string): BackupJob => ({
    libraryPath: opened.path,
    datasetsFolder: datasets,
    target: opened.folder.file(name),
    appVersion: "1",
    writtenAt: WHEN,
  });
  return { opened, datasets, large, gone, run, job };
}

test("a backup taken while points are added holds the library of one moment and the files of its data, and says whose are gone", async () => {
  const { opened, large, run, job } = await filled();
  using _ = opened;
  let told = 0;
  const watch: Watch = {
    progress: (done, total) => {
      // Writers of other connections neither wait for it nor make it begin anew.
      if (told === 0) opened.store.appendPoints(run.id, samplePoints("loss", 50_001, 10));
      expect(done).toBeLessThanOrEqual(total);
      expect(done).toBeGreaterThanOrEqual(told);
      told = done;
    },
    cancelled: () => false,
  };
  const written = await writeBackup(job("copy.sqlite"), watch);
  expect(written).toMatchObject({ runs: 1, files: 2, missing: [{ name: "a file that was remo" }] });
  expect(written.sizeBytes).toBe(statSync(opened.folder.file("copy.sqlite")).size);
  expect(told).toBeGreaterThan(200_000 * 38);
  // It is a library that opens as it is.
  const copy = await openStore({ path: opened.folder.file("copy.sqlite"), ...countedSources() });
  expect(copy.integrityCheck()).toEqual([]);
  expect(copy.readCurves(run.id, 100_000)[0]?.x.length).toBe(50_000);
  copy.close();
  using home = temporaryFolder();
  expect(await stageRestore({ path: opened.folder.file("copy.sqlite"), home: home.file("") }, NEVER)).toEqual({
    runs: 1,
    files: 2,
    writtenAt: WHEN,
  });
  expect(await applyRestore(home.file(""), WHEN)).toBe("applied");
  expect(isRestoreReady(home.file(""))).toBe(false);
  expect(readFileSync(home.file(`datasets/${large}`), "utf8")).toBe("numbers that take more than one piece ".repeat(200_000));
  expect(existsSync(home.file(`datasets/${large.replace(".parquet", ".pictures")}`))).toBe(true);
  const back = await openStore({ path: home.file("library.sqlite"), ...countedSources() });
  expect(back.readCurves(run.id, 100_000)[0]?.x.length).toBe(50_000);
  expect(back.integrityCheck()).toEqual([]);
  back.close();
  const tables = new Database(home.file("library.sqlite")).prepare(
    "SELECT name FROM sqlite_schema WHERE name LIKE '%stored%' OR name LIKE 'backup%'",
  );
  expect(tables.all()).toEqual([]);
});

test("one that is cancelled, or goes onto the library or into no folder, leaves nothing behind and the earlier one as it was", async () => {
  const { opened, job } = await filled();
  using _ = opened;
  writeFileSync(opened.folder.file("copy.sqlite"), "an earlier one");
  for (const after of [0, 1, 4]) {
    let looks = 0;
    const watch: Watch = { progress: () => undefined, cancelled: () => ++looks > after };
    expect(await codeOf(() => writeBackup(job("copy.sqlite"), watch))).toBe("store.backup_cancelled");
  }
  expect(readFileSync(opened.folder.file("copy.sqlite"), "utf8")).toBe("an earlier one");
  expect(readdirSync(opened.folder.file("")).filter((name) => name.includes(".part"))).toEqual([]);
  expect(await codeOf(() => writeBackup({ ...job("x"), target: opened.path }, NEVER))).toBe("store.backup_onto_itself");
  expect(await codeOf(() => writeBackup(job("nowhere/copy.sqlite"), NEVER))).toBe("store.cannot_open");
});

test("a restore keeps the library of before, waits while another holds it, and is gone on from after a crash between any two acts", async () => {
  const { opened, job, run } = await filled();
  using _ = opened;
  await writeBackup(job("copy.sqlite"), NEVER);
  using other = await newStore();
  const home = other.folder.file("");
  const path = opened.folder.file("copy.sqlite");
  await stageRestore({ path, home }, NEVER);
  expect(await applyRestore(home, WHEN)).toBe("in_use");
  expect(other.store.listRuns(null)).toEqual([]);
  expect(isRestoreReady(home)).toBe(true);
  dropRestore(home);
  expect(await applyRestore(home, WHEN)).toBe("none");
  await stageRestore({ path, home }, NEVER);
  other.store.close();
  // As a crash leaves it: the library is aside, what is to take its place is not there yet.
  renameSync(other.path, other.folder.file("library-before-restore-x.sqlite"));
  expect(await applyRestore(home, WHEN)).toBe("applied");
  const store = await openStore({ path: other.path, ...countedSources() });
  expect(store.getRun(run.id).id).toBe(run.id);
  store.close();
  // And once more over that one, which is kept under the time.
  await stageRestore({ path, home }, NEVER);
  expect(await applyRestore(home, WHEN)).toBe("applied");
  expect(readdirSync(home).filter((name) => name.startsWith("library-before-restore-2026-02-03"))).toHaveLength(1);
});

test("what is no library, is newer, cut off or damaged is refused, and nothing waits for the next start", async () => {
  const { opened, job } = await filled();
  using _ = opened;
  await writeBackup(job("copy.sqlite"), NEVER);
  const bytes = readFileSync(opened.folder.file("copy.sqlite"));
  using home = temporaryFolder();
  const refused = async (name: string, change: (path: string) => void): Promise<string> => {
    const path = home.file(name);
    change(path);
    const code = await codeOf(() => stageRestore({ path, home: home.file("") }, NEVER));
    expect(readdirSync(home.file("")).filter((entry) => entry.startsWith("restore-ready"))).toEqual([]);
    return code;
  };
  const changed = (sql: string) => (path: string) => {
    writeFileSync(path, bytes);
    const database = new Database(path);
    database.exec(sql);
    database.close();
  };
  expect(
    await refused("text", (path) =>
      writeFileSync(path, "not a database at all, but long enough to be taken for a header of one ".repeat(20)),
    ),
  ).toBe("store.not_a_database");
  expect(await refused("foreign", (path) => new Database(path).exec("CREATE TABLE a (b)").close())).toBe("store.foreign_database");
  expect(await refused("newer", changed("PRAGMA user_version = 999"))).toBe("store.newer_version");
  expect(await refused("cut", (path) => writeFileSync(path, bytes.subarray(0, bytes.length >> 1)))).toBe("store.corrupt");
  const other = "UPDATE stored_file_chunks SET bytes = zeroblob(length(bytes)) WHERE position = 1";
  expect(await refused("bytes", changed(other))).toBe("store.corrupt");
  expect(
    await refused(
      "name",
      changed(
        "PRAGMA foreign_keys = OFF; UPDATE stored_files SET name = '../../escape' WHERE name LIKE '%.pictures'; UPDATE stored_file_chunks SET name = '../../escape' WHERE name LIKE '%.pictures'",
      ),
    ),
  ).toBe("store.corrupt");
  expect(await codeOf(() => stageRestore({ path: home.file("none"), home: home.file("") }, NEVER))).toBe("store.cannot_open");
});
