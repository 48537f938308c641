/** The look-up of the renderer's files; what a request may not spell is tried over the real server in test/transports. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RendererFiles } from "./renderer-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "neuroloom-renderer-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "");
  writeFileSync(join(folder, "assets", "a 1.js"), "");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("RendererFiles", () => {
  it("finds files by their encoded path, and the start page at the root", () => {
    const files = new RendererFiles(folder);
    expect(files.find("/")).toEqual({ path: join(folder, "index.html"), contentType: "text/html; charset=utf-8" });
    expect(files.find("/assets/a%201.js")).toEqual({
      path: join(folder, "assets", "a 1.js"),
      contentType: "text/javascript; charset=utf-8",
    });
    expect(files.find("/assets/a 1.js")).toBeNull();
    expect(files.find("/assets")).toBeNull();
  });

  it("follows a build that gave the files new names", () => {
    const files = new RendererFiles(folder);
    renameSync(join(folder, "assets", "a 1.js"), join(folder, "assets", "b.js"));
    expect(files.find("/assets/a%201.js")).toBeNull();
    expect(files.find("/assets/b.js")?.path).toBe(join(folder, "assets", "b.js"));
  });

  it("says so when nothing was built", () => {
    rmSync(join(folder, "index.html"));
    expect(() => new RendererFiles(folder)).toThrowError(expect.objectContaining({ code: "protocol.renderer_missing" }));
    expect(() => new RendererFiles(join(folder, "nowhere"))).toThrowError(expect.objectContaining({ code: "protocol.renderer_missing" }));
  });
});
