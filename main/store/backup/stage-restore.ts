/**
 * Makes a backup ready to take the place of the library: looked through first, then its library and its stored files are put side by
 * side in a folder of the home, which has its name only once all is there. What is in use stays as it is until apply-restore.ts.
 */
import { copyFileSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import { AppError } from "../../../core/errors.ts";
import { headerOf, openForeign } from "../foreign-file.ts";
import { flush } from "../kept-file.ts";
import { migrations } from "../migrations/all.ts";
import { LIBRARY_APPLICATION_ID } from "../sqlite/migrate.ts";
import { storeError } from "../sqlite/store-error.ts";
import { CheckedPieces, piecesOf, placeOf, STORED_NAME, storedFiles, type Watch, writePieces } from "../stored-files.ts";
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
  let database: BetterSqlite3.Database | undefined;
  try {
    const copy = join(folder, "library.sqlite");
    // A copy of the bytes: whatever is done to it, the person's file is not touched.
    copyFileSync(path, copy);
    database = await openForeign(copy, { timeout: 5000 });
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
  const { applicationId: received, version: found } = headerOf(database);
  if (received !== LIBRARY_APPLICATION_ID)
    throw new AppError("store.foreign_database", { path, expected: LIBRARY_APPLICATION_ID, received });
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
  const files = storedFiles(database);
  const total = files.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
  let done = 0;
  const step = (bytes: number): void => {
    if (watch.cancelled()) throw new AppError("store.backup_cancelled");
    done += bytes;
    watch.progress(done, total);
  };
  for (const file of files) {
    if (!STORED_NAME.test(file.name)) throw new AppError("store.corrupt", { path, detail: file.name });
    const target = join(folder, placeOf(file.name));
    mkdirSync(dirname(target), { recursive: true });
    const checked = new CheckedPieces();
    writePieces(target, checked.of(piecesOf(database, file.name)), step);
    if (!checked.are(file)) throw new AppError("store.corrupt", { path, detail: file.name });
  }
  for (const table of BACKUP_TABLE_NAMES) database.exec(`DROP TABLE ${table}`);
  database.pragma("incremental_vacuum");
  return { runs, files: files.length, writtenAt: head.data.written_at };
}
