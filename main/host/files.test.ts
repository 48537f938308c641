/** What is read through a token is removed afterwards where it was uploaded, and nowhere else. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { HostFiles } from "./files.ts";

it("removes an upload that was read, and leaves a person's own file that was registered by its path", () => {
  const home = mkdtempSync(join(tmpdir(), "files-"));
  try {
    const files = new HostFiles(join(home, "library"), () => Math.random().toString());
    const uploaded = join(files.uploadFolder, "part", "upload");
    mkdirSync(join(files.uploadFolder, "part"));
    // Its name begins as the folder's does.
    const own = join(home, "library", "uploads-of-mine.csv");
    for (const path of [uploaded, own]) {
      writeFileSync(path, "a\n1\n");
      const token = files.register(path, "a.csv");
      files.forget(token);
      expect(() => files.incoming(token)).toThrow(expect.objectContaining({ code: "file.unknown" }));
    }
    expect([existsSync(uploaded), existsSync(own)]).toEqual([false, true]);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
