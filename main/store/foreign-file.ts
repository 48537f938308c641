/** Opening a database that somebody handed over, a project file or a backup, and what its header says that it is. */
import type BetterSqlite3 from "better-sqlite3";

/** @throws what the driver throws: storeError of sqlite/store-error.ts puts it into words */
export async function openForeign(path: string, options: BetterSqlite3.Options): Promise<BetterSqlite3.Database> {
  const { default: Database } = await import("better-sqlite3");
  const database = new Database(path, { ...options, fileMustExist: true });
  // What a stranger wrote into the schema must not call anything.
  database.pragma("trusted_schema = OFF");
  database.pragma("cell_size_check = ON");
  return database;
}

/** Whose file it is, and the version of its schema. */
export function headerOf(database: BetterSqlite3.Database): { readonly applicationId: number; readonly version: number } {
  const pragma = (key: string): number => Number(database.pragma(key, { simple: true }));
  return { applicationId: pragma("application_id"), version: pragma("user_version") };
}
