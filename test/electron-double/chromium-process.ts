/** The one Chromium behind the double: started once, spoken to over its debugging port, ended and swept up after. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "@playwright/test";
import { CHROMIUM_ARGUMENTS, findChromium } from "../chromium.ts";

interface Running {
  readonly process: ChildProcess;
  readonly endpoint: Promise<string>;
  readonly profile: string;
  readonly exited: Promise<void>;
}

let running: Running | null = null;
let context: Promise<BrowserContext> | null = null;

/** @returns the debugger's address */
export function startChromium(): Promise<string> {
  running ??= start();
  return running.endpoint;
}

export function browserContext(): Promise<BrowserContext> {
  context ??= startChromium().then(async (endpoint) => {
    const browser = await chromium.connectOverCDP(endpoint);
    const [first] = browser.contexts();
    if (first === undefined) throw new Error("Chromium has no default context.");
    return first;
  });
  return context;
}

/** Ends Chromium and removes its profile. */
export async function stopChromium(): Promise<void> {
  const ending = running;
  running = null;
  context = null;
  if (ending === null) return;
  ending.process.kill();
  await ending.exited;
  rmSync(ending.profile, { recursive: true, force: true, maxRetries: 5 });
}

function start(): Running {
  const path = findChromium();
  if (path === null) throw new Error("The Electron double needs Chromium: set CHROMIUM_PATH or install it (test/chromium.ts).");
  const profile = mkdtempSync(join(tmpdir(), "electron-double-"));
  const args = [...CHROMIUM_ARGUMENTS, "--no-startup-window", "--remote-debugging-port=0", `--user-data-dir=${profile}`];
  const child = spawn(path, args, { stdio: ["ignore", "ignore", "pipe"] });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const endpoint = new Promise<string>((resolve, reject) => {
    let output = "";
    child.stderr.on("data", (data) => {
      output += data;
      const found = /DevTools listening on (ws:\/\/\S+)/.exec(output);
      if (found?.[1] !== undefined) {
        output = "";
        resolve(found[1]);
      }
    });
    child.once("exit", (code) => reject(new Error(`Chromium ended with ${code} before it listened:\n${output}`)));
  });
  guard(child.pid ?? 0, profile);
  return { process: child, endpoint, profile, exited };
}

/** Whatever way this process ends, also by SIGKILL, no Chromium and no profile is left behind: a shell waits for the end of its input. */
function guard(pid: number, profile: string): void {
  const waiting = 'cat > /dev/null; kill -9 "$0"; while kill -0 "$0"; do sleep 0.1; done; rm -rf "$1"';
  const shell = spawn("sh", ["-c", waiting, String(pid), profile], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  shell.unref();
  (shell.stdin as Socket).unref();
}
