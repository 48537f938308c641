/**
 * Opens the library file (or makes it): the checks that must come first, the settings of the connection, migration.
 * It never deletes, replaces or repairs a file that it cannot read.
 */
import { statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type BetterSqlite3 from "better-sqlite3";
import { AppError } from "../../../core/errors.ts";
import { migrations as allMigrations } from "../migrations/all.ts";
import type { Migration } from "../migrations/migration.ts";
import type { Store, StoreSources } from "../store.ts";
import { Connection } from "./connection.ts";
import { isEmpty, migrate } from "./migrate.ts";
import { requireNodeForDriver } from "./node-version.ts";
import { sqliteStore } from "./sqlite-store.ts";
import { isWriteProtected, type StorePlace, storeError } from "./store-error.ts";

/** How long to wait for another process's write. */
const BUSY_TIMEOUT_MS = 5000;
/** Between two attempts at a library that another process is just making ready. */
const RETRY_MS = 10;
/** Up to this size the structure of the whole file is checked at every start; larger ones by integrityCheck(). */
const CHECK_AT_OPEN_BYTES = 64 * 2 ** 20;
/** The write-ahead log is cut back to this after a large checkpoint was saved. */
const LOG_LIMIT_BYTES = 64 * 2 ** 20;

export interface StoreOptions extends StoreSources {
  /** The library file; its folder exists. */
  readonly path: string;
  readonly busyTimeoutMs?: number;
}

/**
 * @throws AppError store.node_too_old, cannot_open, not_a_database, foreign_database, newer_version, corrupt, read_only,
 * locked, disk_full
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  return sqliteStore(await openConnection(options), options);
}

/** The connection alone, for tests that need a hold of the database; `migrations` stands for another program version. */
export async function openConnection(
  options: Pick<StoreOptions, "path" | "busyTimeoutMs">,
  migrations: readonly Migration[] = allMigrations,
): Promise<Connection> {
  requireNodeForDriver(process.versions.node);
  const place: StorePlace = { path: options.path, busyTimeoutMs: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS };
  const deadline = performance.now() + place.busyTimeoutMs;
  for (;;) {
    try {
      return await attempt(place, migrations);
    } catch (error) {
      if (!isPassing(error) || performance.now() >= deadline) throw storeError(error, place);
      await delay(RETRY_MS);
    }
  }
}

/**
 * SQLite waits for the locks of other processes by itself, but not where the journal mode changes or the log is being recovered
 * (sqlite.org/rescode.html: SQLITE_BUSY_RECOVERY, SQLITE_PROTOCOL): several processes that start at one moment meet there.
 */
function isPassing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code.startsWith("SQLITE_BUSY") || code === "SQLITE_PROTOCOL";
}

async function attempt(place: StorePlace, migrations: readonly Migration[]): Promise<Connection> {
  let database: BetterSqlite3.Database | undefined;
  try {
    // Asked first, since SQLite would leave a log that is just as protected beside the file.
    if (isWriteProtected(place.path)) throw new AppError("store.read_only", { path: place.path });
    const { default: Database } = await import("better-sqlite3");
    database = new Database(place.path, { timeout: place.busyTimeoutMs });
    await prepare(database, place.path, migrations);
    return new Connection(database, place);
  } catch (error) {
    database?.close();
    throw error;
  }
}

async function prepare(database: BetterSqlite3.Database, path: string, migrations: readonly Migration[]): Promise<void> {
  // Must come before the first table, so that purged runs give their space back to the system.
  if (isEmpty(database)) database.pragma("auto_vacuum = INCREMENTAL");
  await migrate(database, path, migrations);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.pragma("foreign_keys = ON");
  database.pragma(`journal_size_limit = ${LOG_LIMIT_BYTES}`);
  // SQLite opens a protected file for reading without a word, and even BEGIN IMMEDIATE passes; a write that changes nothing shows it.
  database.transaction(() => database.exec("DELETE FROM settings WHERE 0")).immediate();
  if (statSync(path).size <= CHECK_AT_OPEN_BYTES) requireSound(database, path);
}

function requireSound(database: BetterSqlite3.Database, path: string): void {
  const detail = String(database.pragma("quick_check(1)", { simple: true }));
  if (detail !== "ok") throw new AppError("store.corrupt", { path, detail });
}
