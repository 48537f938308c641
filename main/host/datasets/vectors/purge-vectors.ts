/** Word vectors that no design names any more are removed from the library, at its start; what was read lately stays. */
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** A design that names them may not be saved yet, in another window. */
const KEEP_MS = 24 * 3600 * 1000;
const OURS = /^([0-9a-f]{64})\.vectors(\.\d+\.part)?$/;

/**
 * @param folder   of the vectors
 * @param namedNow SHA-256 of those that are named; asked only where there is something to remove
 * @returns names of the files that were removed
 */
export function purgeVectors(folder: string, namedNow: () => ReadonlySet<string>, now: number): string[] {
  if (!existsSync(folder)) return [];
  const old = readdirSync(folder).filter((name) => OURS.test(name) && statSync(join(folder, name)).mtimeMs < now - KEEP_MS);
  if (old.length === 0) return [];
  const named = namedNow();
  const unused = old.filter((name) => name.endsWith(".part") || !named.has(OURS.exec(name)?.[1] ?? ""));
  for (const name of unused) rmSync(join(folder, name), { force: true });
  return unused;
}
