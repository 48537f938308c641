/**
 * Brings a database to the newest schema: a copy of an older one is put beside it first, then all missing migrations
 * run in one transaction. A database of a newer version is refused before anything in it is touched.
 */
import { rmSync } from "node:fs";
import type BetterSqlite3 from "better-sqlite3";
import { AppError } from "../../../core/errors.ts";
import { keepFileNow } from "../kept-file.ts";
import type { Migration } from "../migrations/migration.ts";

/** "NLOM" in the file's header: tells our databases from those of other programs. */
export const LIBRARY_APPLICATION_ID = 0x4e4c4f4d;

/** @throws AppError store.foreign_database, store.newer_version */
export async function migrate(database: BetterSqlite3.Database, path: string, migrations: readonly Migration[]): Promise<void> {
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) throw new Error(`Migration ${index + 1} is missing: found version ${migration.version}.`);
  });
  // One transaction: between two reads of their own another process may fill a library that was empty at the first.
  const found = database.transaction(() => requireKnown(database, path, migrations.length)).deferred();
  if (found === migrations.length) return;
  if (found > 0) await copyTo(database, `${path}.v${found}.bak`);

  // Tables that are made anew would trip over foreign keys; they are checked before the transaction ends instead.
  database.pragma("foreign_keys = OFF");
  try {
    database.transaction(() => applyMissing(database, path, migrations)).immediate();
  } finally {
    database.pragma("foreign_keys = ON");
  }
}

function applyMissing(database: BetterSqlite3.Database, path: string, migrations: readonly Migration[]): void {
  // Another process may have migrated while this one waited for the lock.
  const found = requireKnown(database, path, migrations.length);
  for (const migration of migrations.slice(found)) database.exec(migration.sql);
  const broken = database.pragma("foreign_key_check") as readonly unknown[];
  if (broken.length > 0) throw new AppError("store.constraint", { path, detail: `foreign_key_check: ${JSON.stringify(broken[0])}` });
  database.pragma(`application_id = ${LIBRARY_APPLICATION_ID}`);
  database.pragma(`user_version = ${migrations.length}`);
}

/** The version of the database, once it is known to be ours and not newer than `known`. Must run in a transaction. */
function requireKnown(database: BetterSqlite3.Database, path: string, known: number): number {
  const received = Number(database.pragma("application_id", { simple: true }));
  if (received !== LIBRARY_APPLICATION_ID && !(received === 0 && isEmpty(database)))
    throw new AppError("store.foreign_database", { path, expected: LIBRARY_APPLICATION_ID, received });
  const found = versionOf(database);
  if (found > known) throw new AppError("store.newer_version", { path, found, known });
  return found;
}

export function isEmpty(database: BetterSqlite3.Database): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
}

function versionOf(database: BetterSqlite3.Database): number {
  return Number(database.pragma("user_version", { simple: true }));
}

/** A whole copy under its name only once it is complete; an earlier copy is replaced by it. */
async function copyTo(database: BetterSqlite3.Database, path: string): Promise<void> {
  const unfinished = `${path}.part`;
  rmSync(unfinished, { force: true });
  try {
    await database.backup(unfinished);
    keepFileNow(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
