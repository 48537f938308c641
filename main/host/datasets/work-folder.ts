/**
 * Folders that one job works in and removes at its end: an import's beside the data sets, DuckDB's in the system's folder
 * of temporary files. Their names carry the process, so that what a killed one left is removed by the next start, and what
 * a living one works in is not.
 */
import { randomUUID } from "node:crypto";
import { lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** `spill`: what does not fit into DuckDB's memory; `read`: a file on its way into a table; `rows`: prepared rows that do not fit into memory; `data`: what the command of that name imports to tell of it. */
export type WorkKind = "neuroloom-spill" | "neuroloom-read" | "neuroloom-rows" | "neuroloom-data" | "import";
const TEMPORARY: readonly WorkKind[] = ["neuroloom-spill", "neuroloom-read", "neuroloom-rows", "neuroloom-data"];

/** @param parent the system's folder of temporary files when left out */
export function makeWorkFolder(kind: WorkKind, parent: string = tmpdir()): Promise<string> {
  return mkdtemp(join(parent, `${kind}-${process.pid}-`));
}

/** Path of a folder that is not made yet: whoever may end its thread in the middle of its work removes it then, made or not. */
export const placeForWork = (kind: WorkKind): string => join(tmpdir(), `${kind}-${process.pid}-${randomUUID()}`);

/** Removes the folders of these kinds whose process is no more (killed, or the power went). Other people's are let be. */
export async function sweepAbandoned(parent: string, kinds: readonly WorkKind[]): Promise<void> {
  const name = new RegExp(`^(${kinds.join("|")})-(\\d+)-`);
  for (const entry of await readdir(parent)) {
    const owner = name.exec(entry)?.[2];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const folder = join(parent, entry);
    if (await isOurs(folder)) await rm(folder, { recursive: true, force: true });
  }
}

export function sweepTemporary(): Promise<void> {
  return sweepAbandoned(tmpdir(), TEMPORARY);
}

/** A folder, no link, of the person who runs this; false when another start has just removed it. */
async function isOurs(folder: string): Promise<boolean> {
  try {
    const found = await lstat(folder);
    return found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return false;
    throw thrown;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // EPERM: there is such a process, of another user.
    return codeOf(thrown) === "EPERM";
  }
}

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
}
