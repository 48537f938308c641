/**
 * The one place where an error of the database driver or the file system becomes an AppError. The codes are SQLite's
 * extended result codes (https://www.sqlite.org/rescode.html) as better-sqlite3 gives them in `error.code`.
 */
import { accessSync, closeSync, constants, existsSync, openSync, readSync } from "node:fs";
import { dirname } from "node:path";
import { AppError, type ErrorParams } from "../../../core/errors.ts";

/** What the error texts name. */
export interface StorePlace {
  readonly path: string;
  readonly busyTimeoutMs: number;
}

/** A write that the system refused. SQLite tells ENOSPC apart, but not EDQUOT (quota) and EFBIG (size limit). */
const NO_ROOM_CODES: ReadonlySet<string> = new Set([
  "SQLITE_FULL",
  "SQLITE_IOERR_WRITE",
  "SQLITE_IOERR_SHMSIZE",
  "SQLITE_IOERR_TRUNCATE",
  "SQLITE_IOERR_FSYNC",
  "ENOSPC",
  "EDQUOT",
  "EFBIG",
]);
const READ_ONLY_CODES: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS", "SQLITE_PERM"]);

/**
 * What went wrong with the database as an AppError. An AppError is passed on as it is, and so is an error that neither
 * the driver nor the system reports: that one is a fault of ours and must not look like one of the file.
 */
export function storeError(thrown: unknown, place: StorePlace): unknown {
  if (thrown instanceof AppError || !(thrown instanceof Error)) return thrown;
  const detail = thrown.message;
  const code = codeOf(thrown);
  const { path } = place;
  const as = (name: string, params: ErrorParams = {}): AppError => new AppError(name, { path, ...params }, { cause: thrown });

  if (code === "ERR_DLOPEN_FAILED") return new AppError("store.driver_failed", { detail }, { cause: thrown });
  if (NO_ROOM_CODES.has(code)) return as("store.disk_full", { detail: `${code}: ${detail}` });
  if (READ_ONLY_CODES.has(code) || code.startsWith("SQLITE_READONLY")) return as("store.read_only");
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return as("store.locked", { milliseconds: place.busyTimeoutMs });
  // A page that ends early: the file was cut off.
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_IOERR_SHORT_READ") return as("store.corrupt", { detail });
  // A header that begins as SQLite's but then makes no sense is damage, not another kind of file.
  if (code === "SQLITE_NOTADB") return hasDatabaseHeader(path) ? as("store.corrupt", { detail }) : as("store.not_a_database");
  // In WAL mode a file that cannot be written cannot be opened either: its index file cannot be made beside it.
  if (code.startsWith("SQLITE_CANTOPEN")) return isWriteProtected(path) ? as("store.read_only") : as("store.cannot_open", { detail });
  if (code.startsWith("SQLITE_CONSTRAINT")) return as("store.constraint", { detail });
  if (code.startsWith("SQLITE_IOERR")) return as("store.input_output", { detail: `${code}: ${detail}` });
  if (thrown instanceof TypeError && detail.includes("connection is not open")) return as("store.closed");
  if (thrown instanceof TypeError && detail.includes("directory does not exist")) return as("store.cannot_open", { detail });
  return code.startsWith("SQLITE_") ? as("store.fault", { detail: `${code}: ${detail}` }) : thrown;
}

function codeOf(thrown: Error): string {
  return "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
}

/** Whether an existing file starts with the sixteen bytes of every SQLite database. */
function hasDatabaseHeader(path: string): boolean {
  const wanted = Buffer.from("SQLite format 3\0", "latin1");
  const found = Buffer.alloc(wanted.length);
  const file = openSync(path, "r");
  try {
    return readSync(file, found, 0, found.length, 0) === wanted.length && found.equals(wanted);
  } finally {
    closeSync(file);
  }
}

/** Whether the file, or the folder that its log must lie in, may not be written by this user. */
export function isWriteProtected(path: string): boolean {
  const folder = dirname(path);
  if (!existsSync(folder)) return false;
  return !isWritable(folder) || (existsSync(path) && !isWritable(path));
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
