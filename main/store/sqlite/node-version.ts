/**
 * The check that must come before the database driver is imported: better-sqlite3 13 dies of a segmentation fault,
 * without a word, on a Node older than 22.
 */
import { AppError } from "../../../core/errors.ts";

/** Oldest Node the driver's binary works with. */
const OLDEST_NODE_MAJOR = 22;

/**
 * @param version `process.versions.node`, "24.21.0"
 * @throws AppError store.node_too_old
 */
export function requireNodeForDriver(version: string): void {
  const major = Number.parseInt(version, 10);
  if (!(major >= OLDEST_NODE_MAJOR)) throw new AppError("store.node_too_old", { needed: OLDEST_NODE_MAJOR, found: version });
}
