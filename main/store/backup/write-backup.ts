/**
 * Writes a backup while the library is in use: its pages as they were at one moment, then the files of the data sets it names, then
 * all of it is read back and checked. It has its name only once it is whole.
 */
import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import { AppError } from "../../../core/errors.ts";
import { keepFileNow } from "../kept-file.ts";
import { vectorsNamedIn } from "../named-vectors.ts";
import { storeError } from "../sqlite/store-error.ts";
import { type MissingData, placeOf, putFile, type StoredFile, type Watch } from "../stored-files.ts";
import { BACKUP_TABLES, type BackupHead } from "./backup-file.ts";

export interface BackupJob {
  readonly libraryPath: string;
  /** Where the stored files of data sets lie. */
  readonly datasetsFolder: string;
  /** An existing file is replaced; the library itself is refused. */
  readonly target: string;
  readonly appVersion: string;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
}

export interface WrittenBackup {
  readonly sizeBytes: number;
  readonly runs: number;
  /** Stored files of data sets in it, and data sets whose file is gone from the disk. */
  readonly files: number;
  readonly missing: readonly MissingData[];
}

const BUSY_TIMEOUT_MS = 5000;
/** Pages between two looks at whether it was cancelled. */
const PAGES_A_STEP = 1000;

/** @throws AppError store.backup_onto_itself, store.backup_cancelled, store.corrupt, store.disk_full, store.* */
export async function writeBackup(job: BackupJob, watch: Watch): Promise<WrittenBackup> {
  const { target, libraryPath } = job;
  if (isSameFile(target, libraryPath)) throw new AppError("store.backup_onto_itself", { path: target });
  const unfinished = `${target}.part`;
  rmSync(unfinished, { force: true });
  const { default: Database } = await import("better-sqlite3");
  const opened: BetterSqlite3.Database[] = [];
  const open = (path: string): BetterSqlite3.Database => {
    const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    opened.push(database);
    return database;
  };
  try {
    const library = open(libraryPath);
    // One moment for all pages: without it every write of another connection would begin the copy anew.
    library.exec("BEGIN");
    const { files, missing } = filesOf(library, job.datasetsFolder);
    const fileBytes = files.reduce((sum, { size }) => sum + size, 0);
    const pageBytes = Number(library.pragma("page_size", { simple: true }));
    let copied = 0;
    let total = fileBytes;
    await library.backup(unfinished, {
      progress: ({ totalPages, remainingPages }) => {
        refuseCancelled(watch);
        copied = (totalPages - remainingPages) * pageBytes;
        total = totalPages * pageBytes + fileBytes;
        watch.progress(copied, total);
        return PAGES_A_STEP;
      },
    });
    copied = total - fileBytes;
    watch.progress(copied, total);
    library.exec("COMMIT");
    library.close();
    const copy = open(unfinished);
    // Nobody else sees the file before it is whole: nothing has to be taken back after a crash.
    copy.pragma("journal_mode = MEMORY");
    copy.pragma("synchronous = OFF");
    const step = (bytes: number): void => {
      refuseCancelled(watch);
      copied += bytes;
      watch.progress(Math.min(copied, total), total);
    };
    copy.transaction(() => {
      copy.exec(BACKUP_TABLES);
      copy.pragma("defer_foreign_keys = ON");
      for (const file of files) putFile(copy, file, step);
      const head: BackupHead = { format: "neuroloom-backup", app_version: job.appVersion, written_at: job.writtenAt };
      copy.prepare("INSERT INTO backup_head (id, head_json) VALUES (1, ?)").run(JSON.stringify(head));
    })();
    requireSound(copy, target);
    const runs = copy.prepare<[], { count: number }>("SELECT COUNT(*) AS count FROM runs").get()?.count ?? 0;
    copy.close();
    const sizeBytes = statSync(unfinished).size;
    refuseCancelled(watch);
    keepFileNow(unfinished, target);
    return { sizeBytes, runs, files: files.length, missing };
  } catch (error) {
    for (const database of opened) if (database.open) database.close();
    rmSync(unfinished, { force: true });
    throw storeError(error, { path: target, busyTimeoutMs: BUSY_TIMEOUT_MS });
  }
}

function refuseCancelled(watch: Watch): void {
  if (watch.cancelled()) throw new AppError("store.backup_cancelled");
}

function isSameFile(path: string, other: string): boolean {
  const [one, two] = [path, other].map((name) => statSync(name, { throwIfNoEntry: false }));
  return one !== undefined && two !== undefined && one.ino === two.ino && one.dev === two.dev;
}

/** Data sets that can still be had back too. Built-in ones are made anew from their options. */
function filesOf(library: BetterSqlite3.Database, folder: string): { files: StoredFile[]; missing: MissingData[] } {
  const rows = library
    .prepare<[], { name: string; fingerprint: string; file_name: string | null }>(
      "SELECT name, fingerprint, file_name FROM datasets WHERE kind = 'file' ORDER BY id",
    )
    .all();
  const texts = library
    .prepare<[], { text: string }>(`SELECT document_json AS text FROM design_versions WHERE document_json LIKE '%"vectors"%'`)
    .all();
  const names = rows.flatMap(({ file_name: file }) => (file === null ? [] : [file, file.replace(/\.parquet$/, ".pictures")]));
  const vectors = [...vectorsNamedIn(texts.map(({ text }) => text))].map((hash) => `${hash}.vectors`);
  const files = [...new Set([...names, ...vectors])].flatMap((name) => {
    const path = join(folder, placeOf(name));
    return existsSync(path) ? [{ name, path, size: statSync(path).size }] : [];
  });
  const present = new Set(files.map(({ name }) => name));
  const missing = rows
    .filter(({ file_name: file }) => file === null || !present.has(file))
    .map(({ name, fingerprint }) => ({ name, fingerprint }));
  return { files, missing };
}

/** @throws AppError store.corrupt */
export function requireSound(database: BetterSqlite3.Database, path: string): void {
  const [structure] = database.prepare<[], { integrity_check: string }>("PRAGMA integrity_check(1)").all();
  const detail = structure?.integrity_check ?? "ok";
  if (detail !== "ok") throw new AppError("store.corrupt", { path, detail });
  const [broken] = database.prepare<[], { table: string; rowid: number; parent: string }>("PRAGMA foreign_key_check").all();
  if (broken !== undefined)
    throw new AppError("store.corrupt", {
      path,
      detail: `${broken.table} row ${broken.rowid} names a row of ${broken.parent} that is not there`,
    });
}
