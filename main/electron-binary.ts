/**
 * Whether this start can have a window: looks for Electron's binary where its package says it is, and tries once, for
 * a while, to download it. Never by requiring the package, which would download without a limit.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const DOWNLOAD_LIMIT_MS = 20_000;

/** What decides, given rather than looked up, so that every case can be tested. */
export interface Situation {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** The electron package, usually node_modules/electron. */
  readonly packageFolder: string;
  readonly home: string;
}

export type Choice = { readonly entry: "electron"; readonly binary: string } | { readonly entry: "browser"; readonly reason: string };

/**
 * @param download runs the package's installer within a limit; answers null or why it failed
 * @param now for the note about a failed download, milliseconds since 1970
 */
export async function chooseEntry(
  situation: Situation,
  download: (packageFolder: string) => Promise<string | null>,
  now: () => number,
): Promise<Choice> {
  const { platform, environment, isRoot } = situation;
  const display = environment["DISPLAY"] || environment["WAYLAND_DISPLAY"] || "";
  // Electron runs as root only without its sandbox, which we do not give up.
  if (platform === "linux" && isRoot) return browser("started as root, where Electron would have to run without its sandbox");
  if (platform === "linux" && display === "") return browser("there is no display for a window");
  const binary = findElectron(situation);
  if (binary !== null) return { entry: "electron", binary };
  if (!existsSync(join(situation.packageFolder, "install.js"))) return browser("Electron is not installed");
  const missing = "Electron's binary is not here";
  const version = packageVersion(situation.packageFolder);
  if (rememberedFailure(situation.home) === version) return browser(missing);
  const problem = await download(situation.packageFolder);
  const downloaded = findElectron(situation);
  if (downloaded !== null) return { entry: "electron", binary: downloaded };
  rememberFailure(situation.home, version, problem ?? "the download ended without a binary", now());
  return browser(`${missing} and could not be downloaded; later: node node_modules/electron/install.js`);
}

/** @returns path of the binary, or null when it is not there */
export function findElectron({
  packageFolder,
  environment,
  platform,
}: Pick<Situation, "packageFolder" | "environment" | "platform">): string | null {
  const override = environment["ELECTRON_OVERRIDE_DIST_PATH"] ?? "";
  const named = readText(join(packageFolder, "path.txt"));
  if (override === "" && named === null) return null;
  const path = join(
    override === "" ? join(packageFolder, "dist") : override,
    named ?? (platform === "win32" ? "electron.exe" : "electron"),
  );
  return existsSync(path) ? path : null;
}

/**
 * Runs the package's own installer, which unpacks under node_modules/electron/dist.
 * @returns null, or why there is no binary
 */
export function downloadElectron(packageFolder: string, limitMs = DOWNLOAD_LIMIT_MS): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(packageFolder, "install.js")], { stdio: ["ignore", "ignore", "pipe"] });
    let errors = "";
    const limit = setTimeout(() => child.kill("SIGKILL"), limitMs);
    child.stderr.on("data", (text) => {
      errors = `${errors}${text}`.slice(0, 2000);
    });
    child.once("error", (error) => finish(error.message));
    child.once("close", (code, signal) =>
      finish(code === 0 ? null : signal === null ? errors.split("\n", 1)[0] || `exit ${code}` : `not done in ${limitMs / 1000} s`),
    );
    const finish = (problem: string | null): void => {
      clearTimeout(limit);
      resolve(problem);
    };
  });
}

function browser(reason: string): Choice {
  return { entry: "browser", reason };
}

function noteFile(home: string): string {
  return join(home, "electron-download.json");
}

/** @returns the version whose download failed before, or null; another version is tried anew */
function rememberedFailure(home: string): string | null {
  const text = readText(noteFile(home));
  if (text === null) return null;
  try {
    const note: unknown = JSON.parse(text);
    const version: unknown = note !== null && typeof note === "object" ? Reflect.get(note, "version") : null;
    return typeof version === "string" ? version : null;
  } catch {
    // Cut off while it was written: the download is tried again and the note written anew.
    return null;
  }
}

function rememberFailure(home: string, version: string, problem: string, now: number): void {
  writeFileSync(noteFile(home), `${JSON.stringify({ version, date: new Date(now).toISOString(), problem }, null, 2)}\n`);
}

function packageVersion(packageFolder: string): string {
  const text = readText(join(packageFolder, "package.json"));
  const version: unknown = text === null ? null : Reflect.get(JSON.parse(text), "version");
  return typeof version === "string" ? version : "unknown";
}

function readText(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8").trim() : null;
}
