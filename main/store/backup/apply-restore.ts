/**
 * Puts a backup that was made ready in the place of the library, before anything opens that. The library that was there is moved
 * aside, not removed. Each act is a rename, and all of them may be done again: a crash in the middle is gone on from at the next start.
 * Their folders go down to the disk before what was made ready goes, so that a power cut cannot take both.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import { flushFolder } from "../kept-file.ts";
import { READY_FOLDER } from "./stage-restore.ts";

export type AppliedRestore = "none" | "applied" | "in_use";

/** Whether a backup waits for the next start. */
export const isRestoreReady = (home: string): boolean => existsSync(join(home, READY_FOLDER));

/** The library stays what it is after all. */
export function dropRestore(home: string): void {
  rmSync(join(home, READY_FOLDER), { recursive: true, force: true });
}

/** @param now for the name under which the library of before is kept */
export async function applyRestore(home: string, now: number): Promise<AppliedRestore> {
  const ready = join(home, READY_FOLDER);
  if (!existsSync(ready)) return "none";
  const library = join(home, "library.sqlite");
  const incoming = join(ready, "library.sqlite");
  if (existsSync(incoming)) {
    if (existsSync(library) && (await isInUse(library))) return "in_use";
    const aside = join(home, `library-before-restore-${new Date(now).toISOString().replace(/[:.]/g, "-")}.sqlite`);
    // The log first would part it from its library; behind it, a library without its log is still a library.
    for (const ending of ["", "-wal", "-shm"]) if (existsSync(library + ending)) renameSync(library + ending, aside + ending);
    renameSync(incoming, library);
    flushFolder(home);
  }
  moveFiles(join(ready, "datasets"), join(home, "datasets"));
  rmSync(ready, { recursive: true, force: true });
  return "applied";
}

/** Files are named by their content: one that is there already is the same. */
function moveFiles(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(to, { recursive: true });
  flushFolder(dirname(to));
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) moveFiles(source, target);
    else if (!existsSync(target)) renameSync(source, target);
  }
  flushFolder(to);
}

/** Whether another connection has it open: each holds a shared lock on the file for as long as it lives. */
async function isInUse(path: string): Promise<boolean> {
  const { default: Database } = await import("better-sqlite3");
  let database: BetterSqlite3.Database | undefined;
  try {
    database = new Database(path, { timeout: 0 });
    database.pragma("locking_mode = EXCLUSIVE");
    database.exec("BEGIN EXCLUSIVE; COMMIT");
    return false;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    // A library that cannot be read at all is what a backup is for.
    return code.startsWith("SQLITE_BUSY") || code === "SQLITE_LOCKED";
  } finally {
    database?.close();
  }
}
