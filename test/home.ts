/**
 * A home of its own for one test, with this machine's finding about wide vectors (main/engine/wide-vectors.ts) already in it: to
 * make it takes half a second of measuring, which a user pays once and hundreds of tests would pay each.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wideVectorsFinding } from "../main/engine/wide-vectors.ts";

const CACHE = join(import.meta.dirname, "../node_modules/.cache/neuroloom-tests");
const FINDING = "wide-vectors.json";

/** A new folder for temporary files that begins with `prefix`; whoever asked removes it. The app makes a finding that is not this machine's anew. */
export function newHome(prefix: string): string {
  const kept = join(CACHE, FINDING);
  if (!existsSync(kept)) keepFinding(kept);
  const home = mkdtempSync(join(tmpdir(), prefix));
  copyFileSync(kept, join(home, FINDING));
  return home;
}

/** Through a file of its own name: a process beside this one finds all of it or nothing. */
function keepFinding(kept: string): void {
  mkdirSync(CACHE, { recursive: true });
  const own = join(CACHE, `${process.pid}-${FINDING}`);
  wideVectorsFinding(own);
  renameSync(own, kept);
}
