/**
 * Runs one command of the repository and keeps what it prints. Commands of packages are started through their JavaScript
 * file with the Node that runs this, so that no shell and no PATH decides which one it is.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const REPOSITORY = join(import.meta.dirname, "../..");

export interface CommandResult {
  /** Exit status; null when it was ended by a signal or ran out of time. */
  readonly status: number | null;
  /** What was printed, stdout and stderr as they came: a line of one may stand within a line of the other. */
  readonly output: string;
  readonly stdout: string;
}

export interface CommandOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** Where it runs. @defaultValue the repository */
  readonly folder?: string;
}

const DEFAULT_TIMEOUT_MS = 30 * 60_000;

/** Runs Node with these arguments in the repository. */
export function runNode(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  // A group of its own, so that what a runner started (workers, browsers) ends with it when time is out.
  const child = spawn(process.execPath, [...args], {
    cwd: options.folder ?? REPOSITORY,
    env: { ...process.env, FORCE_COLOR: "0", ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  return new Promise((resolve, reject) => {
    let output = "";
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    const timer = setTimeout(() => {
      output += `\nended after ${timeoutMs / 1000} s: ${args.join(" ")}\n`;
      endGroup(child);
    }, timeoutMs);
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on("close", (status) => {
      clearTimeout(timer);
      resolve({ status, output, stdout });
    });
  });
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") spawnSync("taskkill", ["/pid", String(child.pid), "/t", "/f"]);
  else process.kill(-child.pid, "SIGKILL");
}

/** Runs a command that a package installs, by the name it has in node_modules/.bin. */
export function runTool(
  packageName: string,
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return runNode([toolScript(packageName, command), ...args], options);
}

/** The JavaScript file behind a package's command. */
function toolScript(packageName: string, command: string): string {
  const manifestFile = join(REPOSITORY, "node_modules", packageName, "package.json");
  if (!existsSync(manifestFile)) throw new Error(`${packageName} is not installed: run npm install`);
  const { bin } = JSON.parse(readFileSync(manifestFile, "utf8")) as { bin?: string | Record<string, string> };
  const path = typeof bin === "string" ? bin : bin?.[command];
  if (path === undefined) throw new Error(`${packageName} has no command ${command}`);
  return join(dirname(manifestFile), path);
}
