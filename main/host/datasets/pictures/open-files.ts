/** A folder, a zip or a tar archive, whichever it is, as one list of files. */
import { stat } from "node:fs/promises";
import { contentHead } from "../content-head.ts";
import { type OpenedFiles, openFolder, openZip } from "./picture-files.ts";
import { isTar, openTar } from "./tar-files.ts";

export const isZip = (head: Uint8Array): boolean => head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;

/** By the first bytes of its content. */
export const isArchive = (head: Uint8Array): boolean => isZip(head) || isTar(head);

/**
 * @returns null where it is one file of something else
 * @throws AppError data.zip_*, data.tar_*, data.gzip_damaged
 */
export async function openFiles(path: string, name: string, signal?: AbortSignal): Promise<OpenedFiles | null> {
  if ((await stat(path)).isDirectory()) return openFolder(path);
  const head = await contentHead(path);
  if (isZip(head)) return openZip(path, name);
  return isTar(head) ? openTar(path, name, signal) : null;
}
