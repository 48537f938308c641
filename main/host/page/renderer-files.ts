/**
 * The files of the built renderer, by the path a page asks for. The list is made by looking; a request is a look-up in it, so
 * that no spelling of a path, however encoded, can name anything else on the disk.
 */
import { existsSync, readdirSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { AppError } from "../../../core/errors.ts";

export interface RendererFile {
  readonly path: string;
  readonly contentType: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

export class RendererFiles {
  private readonly folder: string;
  private files: ReadonlyMap<string, RendererFile>;

  /** @throws AppError protocol.renderer_missing when the renderer has not been built */
  constructor(folder: string) {
    this.folder = folder;
    this.files = list(folder);
    if (!this.files.has("/")) throw new AppError("protocol.renderer_missing", { folder });
  }

  /** @param path of a URL, as it was sent, still encoded */
  find(path: string): RendererFile | null {
    const known = this.files.get(path);
    if (known !== undefined && existsSync(known.path)) return known;
    // A build since then gave the files new names.
    this.files = list(this.folder);
    return this.files.get(path) ?? null;
  }
}

/** @returns every file of `folder` under its path from the root, and index.html as "/" too */
function list(folder: string): ReadonlyMap<string, RendererFile> {
  const files = new Map<string, RendererFile>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const contentType = CONTENT_TYPES[extname(entry.name)] ?? "application/octet-stream";
    files.set(`/${relative(folder, path).split(sep).map(encodeURIComponent).join("/")}`, { path, contentType });
  }
  const index = files.get("/index.html");
  if (index !== undefined) files.set("/", index);
  return files;
}
