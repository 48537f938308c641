/** Files that come in and go out: uploads of the browser by token, and finished files waiting to be taken. */
import { mkdirSync, rmSync } from "node:fs";
import { basename, isAbsolute, join, resolve, sep } from "node:path";
import { AppError } from "../../core/errors.ts";
import type { DownloadFile } from "./host-interface.ts";

export class HostFiles {
  readonly uploadFolder: string;
  private readonly outgoing: string;
  private readonly uploads = new Map<string, DownloadFile>();
  private readonly downloads = new Map<string, DownloadFile>();
  private readonly newId: () => string;

  /** What an earlier session left behind is removed: nothing refers to it any more. */
  constructor(home: string, newId: () => string) {
    this.newId = newId;
    this.uploadFolder = join(home, "uploads");
    this.outgoing = join(home, "outgoing");
    for (const folder of [this.uploadFolder, this.outgoing]) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
    }
  }

  register(path: string, name: string): string {
    const token = this.newId();
    this.uploads.set(token, { path, fileName: name });
    return token;
  }

  /**
   * The file that a message names: the token of an upload, or a path where the entry gives paths.
   * @throws AppError file.unknown
   */
  incoming(file: string): DownloadFile {
    const uploaded = this.uploads.get(file);
    if (uploaded !== undefined) return uploaded;
    if (isAbsolute(file)) return { path: file, fileName: basename(file) };
    throw new AppError("file.unknown", { file });
  }

  /** Removes an upload that has been read. A file of the person's own stays, however it was named: only the folder of uploads is cleared. */
  forget(file: string): void {
    const uploaded = this.uploads.get(file);
    if (uploaded === undefined) return;
    this.uploads.delete(file);
    if (resolve(uploaded.path).startsWith(`${resolve(this.uploadFolder)}${sep}`)) rmSync(uploaded.path, { force: true });
  }

  /** A place for a file to be taken away, and the token for it. */
  offer(fileName: string): { path: string; token: string } {
    const token = this.newId();
    const folder = join(this.outgoing, token);
    mkdirSync(folder, { recursive: true });
    const path = join(folder, "file");
    this.downloads.set(token, { path, fileName: fileName.replace(/[^\p{L}\p{N} ._-]/gu, "_") });
    return { path, token };
  }

  /** Takes it back with what was written of it: nobody will take it away. */
  withdraw(token: string): void {
    this.downloads.delete(token);
    rmSync(join(this.outgoing, token), { recursive: true, force: true });
  }

  resolve(token: string): DownloadFile | null {
    return this.downloads.get(token) ?? null;
  }
}
