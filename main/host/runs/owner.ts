/** Which process trains a run, and whether it still lives. A process number alone is used again; its start time is not. */
import { readFileSync } from "node:fs";
import type { RunOwner } from "../../store/store.ts";

/** Start of a process in clock ticks since boot, where the system tells (Linux); else null. */
function startOf(processId: number): string | null {
  try {
    const fields = readFileSync(`/proc/${processId}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[19] ?? null;
  } catch {
    // No such process, or a system without /proc: the caller asks the system in another way.
    return null;
  }
}

/** Of runs that were left waiting on purpose: whoever comes next may have them. */
export const NOBODY: RunOwner = { processId: 0, startToken: "" };

export function thisOwner(newId: () => string): RunOwner {
  return { processId: process.pid, startToken: startOf(process.pid) ?? newId() };
}

/** @param self owner of the runs of this very process */
export function isAlive(owner: RunOwner, self: RunOwner): boolean {
  if (owner.processId === NOBODY.processId) return false;
  if (owner.processId === self.processId) return owner.startToken === self.startToken;
  const start = startOf(owner.processId);
  if (start !== null) return start === owner.startToken;
  if (process.platform === "linux") return false;
  try {
    process.kill(owner.processId, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}
