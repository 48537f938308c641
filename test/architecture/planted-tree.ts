/**
 * Small trees for the architecture tests, written to a temporary folder, in which a mistake is planted: a rule that has never
 * been seen to fail proves nothing.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Makes a tree of these files, hands over its root, and takes it away again (after the promise, where `use` gives one). */
export function withTree<T>(files: Readonly<Record<string, string>>, use: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), "neuroloom-planted-"));
  const remove = (): void => rmSync(root, { recursive: true, force: true });
  let result: T;
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    result = use(root);
  } catch (thrown) {
    remove();
    throw thrown;
  }
  if (result instanceof Promise) return result.finally(remove) as T;
  remove();
  return result;
}
