/**
 * A file that was written under another name gets its own, so that a power cut leaves the old one or the whole new one: the content goes
 * down to the disk before the name does, and the folder, which holds the name, after.
 */
import { closeSync, fsyncSync, openSync, renameSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** What systems say that have no such act for folders, or of a folder in which one may write but not read: its name is kept a little later. */
const NOT_OF_FOLDERS: ReadonlySet<string> = new Set(["EACCES", "EBADF", "EINVAL", "EISDIR", "ENOTSUP", "EPERM"]);

/** For threads of their own and small files; see keepFile. */
export function keepFileNow(unfinished: string, target: string): void {
  flush(unfinished);
  renameSync(unfinished, target);
  flushFolder(dirname(target));
}

/** The names in a folder, down to the disk; nothing where the system has no such act. */
export function flushFolder(folder: string): void {
  try {
    flush(folder, "r");
  } catch (error) {
    requireOfFolders(error);
  }
}

/** @param unfinished on the same disk as its target; closed */
export async function keepFile(unfinished: string, target: string): Promise<void> {
  await sync(unfinished, "r+");
  await rename(unfinished, target);
  await sync(dirname(target), "r").catch(requireOfFolders);
}

/** Down to the disk. */
export function flush(path: string, flags: "r" | "r+" = "r+"): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

async function sync(path: string, flags: "r" | "r+"): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function requireOfFolders(error: unknown): void {
  if (!(error instanceof Error && "code" in error && NOT_OF_FOLDERS.has(String(error.code)))) throw error;
}
