/**
 * Makes a backup ready to take the place of the library: looked through first, then its library and its stored files are put side by
 * side in a folder of the home, which has its name only once all is there. What is in use stays as it is until apply-restore.ts.
 */
import { createHash } from "node:crypto";
import { closeSync, copyFileSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import { AppError } from "../../../core/errors.ts";
import { migrations } from "../migrations/all.ts";
import { placeOf, STORED_NAME, type Watch } from "../project-file/project-file.ts";
import { flush } from "../project-file/write-project-file.ts";
import { LIBRARY_APPLICATION_ID } from "../sqlite/migrate.ts";
import { storeError } from "../sqlite/store-error.ts";
import { BACKUP_TABLE_NAMES, backupHeadSchema } from "./backup-file.ts";
import { requireSound } from "./write-backup.ts";

export interface StageJob {
  /** The backup; it is only read. */
  readonly path: string;
  readonly home: string;
}

export interface StagedRestore {
  readonly runs: number;
  readonly files: number;
  /** When it was written; null of a copy from before backups said so. */
  readonly writtenAt: number | null;
}

export const READY_FOLDER = "restore-ready";

/** @throws AppError store.foreign_database, store.newer_version, store.corrupt, store.not_a_database, store.backup_cancelled, store.* */
export async function stageRestore({ path, home }: StageJob, watch: Watch): Promise<StagedRestore> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new AppError("store.cannot_open", { path, detail: "not a file" });
  const folder = join(home, `${READY_FOLDER}.part`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "datasets", "vectors"), { recursive: true });
  const { default: Database } = await import("better-sqlite3");
  let database: BetterSqlite3.Database | undefined;
  try {
    const copy = join(folder, "library.sqlite");
    // A copy of the bytes: whatever is done to it, the person's file is not touched.
    copyFileSync(path, copy);
    database = new Database(copy, { timeout: 5000 });
    database.pragma("trusted_schema = OFF");
    requireLibrary(database, path);
    database.pragma("journal_mode = MEMORY");
    requireSound(database, path);
    const found = takeFiles(database, join(folder, "datasets"), path, watch);
    database.close();
    flush(copy);
    const ready = join(home, READY_FOLDER);
    rmSync(ready, { recursive: true, force: true });
    renameSync(folder, ready);
    return found;
  } catch (error) {
    if (database?.open === true) database.close();
    rmSync(folder, { recursive: true, force: true });
    throw storeError(error, { path, busyTimeoutMs: 5000 });
  }
}

function requireLibrary(database: BetterSqlite3.Database, path: string): void {
  const received = Number(database.pragma("application_id", { simple: true }));
  if (received !== LIBRARY_APPLICATION_ID)
    throw new AppError("store.foreign_database", { path, expected: LIBRARY_APPLICATION_ID, received });
  const found = Number(database.pragma("user_version", { simple: true }));
  if (found > migrations.length) throw new AppError("store.newer_version", { path, found, known: migrations.length });
}

/** The stored files go where they belong, and their tables go. */
function takeFiles(database: BetterSqlite3.Database, folder: string, path: string, watch: Watch): StagedRestore {
  const runs = database.prepare<[], { count: number }>("SELECT COUNT(*) AS count FROM runs").get()?.count ?? 0;
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'backup_head'").get() === undefined)
    return { runs, files: 0, writtenAt: null };
  const row = database.prepare<[], { head_json: string }>("SELECT head_json FROM backup_head").get();
  const head = backupHeadSchema.safeParse(row === undefined ? null : JSON.parse(row.head_json));
  if (!head.success) throw new AppError("store.corrupt", { path, detail: "backup_head" });
  const files = database
    .prepare<[], { name: string; size_bytes: number; sha256: string }>("SELECT name, size_bytes, sha256 FROM stored_files ORDER BY name")
    .all();
  const total = files.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
  let done = 0;
  for (const { name, size_bytes: size, sha256 } of files) {
    if (!STORED_NAME.test(name)) throw new AppError("store.corrupt", { path, detail: name });
    const hash = createHash("sha256");
    let written = 0;
    const target = join(folder, placeOf(name));
    mkdirSync(dirname(target), { recursive: true });
    const file = openSync(target, "w");
    try {
      const chunks = database.prepare<[string], { bytes: Buffer }>("SELECT bytes FROM stored_file_chunks WHERE name = ? ORDER BY position");
      for (const { bytes } of chunks.iterate(name)) {
        if (watch.cancelled()) throw new AppError("store.backup_cancelled");
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
        hash.update(bytes);
        written += bytes.length;
        done += bytes.length;
        watch.progress(done, total);
      }
    } finally {
      closeSync(file);
    }
    flush(target);
    if (written !== size || hash.digest("hex") !== sha256) throw new AppError("store.corrupt", { path, detail: name });
  }
  for (const table of BACKUP_TABLE_NAMES) database.exec(`DROP TABLE ${table}`);
  database.pragma("incremental_vacuum");
  return { runs, files: files.length, writtenAt: head.data.written_at };
}
