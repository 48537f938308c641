/**
 * One loopback app a home: the running one leaves its address in a file that only its owner can read, and a second start
 * finds it there and opens that one instead of a second engine over the same library.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface RunningInstance {
  readonly port: number;
  readonly token: string;
}

function file(home: string): string {
  return join(home, "loopback.json");
}

/** @returns the address of the app that runs on this home already, or null; what a dead one left behind is ignored */
export async function findRunningInstance(home: string): Promise<string | null> {
  const left = readInstance(home);
  if (left === null) return null;
  const origin = `http://127.0.0.1:${left.port}`;
  try {
    const answer = await fetch(`${origin}/session`, {
      method: "POST",
      headers: { Authorization: `Bearer ${left.token}`, Origin: origin },
      signal: AbortSignal.timeout(3000),
    });
    // Some other program may have the port by now; only ours knows the token.
    return answer.ok ? `${origin}/#key=${left.token}` : null;
  } catch {
    // Nobody listens there: the app that wrote the file is gone.
    return null;
  }
}

/** Has the running app open a project file, as if it had been started with it. @throws Error when it does not take it */
export async function askToOpen(home: string, path: string): Promise<void> {
  const left = readInstance(home);
  if (left === null) throw new Error("the running app is gone");
  const origin = `http://127.0.0.1:${left.port}`;
  const answer = await fetch(`${origin}/open`, {
    method: "POST",
    headers: { Authorization: `Bearer ${left.token}`, Origin: origin },
    body: path,
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) throw new Error(`the running app did not take the file: ${answer.status}`);
}

export function announceInstance(home: string, instance: RunningInstance): void {
  const path = file(home);
  // Removed first: the mode below counts only for a file that is made.
  rmSync(path, { force: true });
  writeFileSync(path, JSON.stringify({ port: instance.port, token: instance.token }), { mode: 0o600 });
}

/** Takes the announcement back, unless another instance has put its own there since. */
export function withdrawInstance(home: string, token: string): void {
  if (readInstance(home)?.token === token) rmSync(file(home), { force: true });
}

function readInstance(home: string): RunningInstance | null {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file(home), "utf8"));
  } catch {
    // Not there, or cut off by a crash while it was written: either way nobody is announced.
    return null;
  }
  if (value === null || typeof value !== "object") return null;
  const port: unknown = Reflect.get(value, "port");
  const token: unknown = Reflect.get(value, "token");
  return typeof port === "number" && typeof token === "string" ? { port, token } : null;
}
