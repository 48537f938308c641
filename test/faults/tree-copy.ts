/**
 * A copy of the tree as it stands, in a temporary folder: files that git tracks or would track, the packages by a link. Faults
 * are planted there, so that an interrupted run leaves nothing wrong behind in the real one.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { REPOSITORY } from "../run/command.ts";
import { type Fault, planted } from "./fault.ts";

export interface TreeCopy {
  readonly root: string;
  /** Runs `use` while the fault stands in the copy, and takes it out again. @throws Error when its text is not there once */
  withFault<T>(fault: Fault, use: () => Promise<T>): Promise<T>;
  remove(): void;
}

export function copyTree(): TreeCopy {
  const folder = mkdtempSync(join(tmpdir(), "neuroloom-faults-"));
  // Some tests start a program of the tree as another user.
  chmodSync(folder, 0o755);
  const root = join(folder, "tree");
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: REPOSITORY,
    encoding: "utf8",
  });
  for (const path of listed.split("\0")) {
    const source = join(REPOSITORY, path);
    // A tracked file that was removed and not committed is still listed.
    if (path === "" || !existsSync(source)) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    copyFileSync(source, join(root, path));
  }
  symlinkSync(join(REPOSITORY, "node_modules"), join(root, "node_modules"), "junction");
  // Tests look for shared data beside the tree, and skip loudly where there is none.
  const shared = join(REPOSITORY, "../shared");
  if (existsSync(shared)) symlinkSync(shared, join(folder, "shared"), "junction");
  return {
    root,
    withFault: async (fault, use) => {
      const path = join(root, fault.file);
      const sound = readFileSync(path, "utf8");
      writeFileSync(path, planted(fault, sound));
      try {
        return await use();
      } finally {
        writeFileSync(path, sound);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
