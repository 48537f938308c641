/**
 * `npm start`: builds what is not built, decides between a window and the browser, says which, and stays with it until it ends.
 * The Node version has been checked before (start.mjs).
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { AppError } from "../core/errors.ts";
import { type Choice, chooseEntry, downloadElectron } from "./electron-binary.ts";
import { homeFolder, makeHome } from "./host/home.ts";
import { findRunningInstance } from "./loopback/instance.ts";
import { whyBuild } from "./out-freshness.ts";
import { readStartOptions, type StartOptions, USAGE, UsageError } from "./start-options.ts";

const ROOT = join(import.meta.dirname, "..");
const LOOPBACK = join(ROOT, "out/main/loopback.js");
const USAGE_ERROR = 2;
const INPUT_AT_FAULT = 1;
const OUR_FAULT = 70;

async function start(options: StartOptions): Promise<number> {
  const home = makeHome(homeFolder(options.home));
  const file = options.file === null ? null : requireFile(resolve(options.file));
  // A build would pull the pages from under an app that runs; a window beside it would be a second engine over one library.
  const running = existsSync(LOOPBACK) && (await findRunningInstance(home)) !== null;
  const why = running ? null : whyBuild(ROOT);
  if (why !== null && !build(why)) return OUR_FAULT;
  const choice = await choose({ ...options, browser: options.browser || running }, home);
  if (choice.entry === "electron") {
    process.stdout.write("Neuroloom opens its window.\n");
    return stayWith(choice.binary, file === null ? [ROOT] : [ROOT, file], {
      ...process.env,
      NEUROLOOM_HOME: home,
      // The window registers the start of double-clicked files, which this Node runs (main/host/association).
      NEUROLOOM_NODE: process.execPath,
      // Of this Node; Electron brings one of its own.
      NODE_COMPILE_CACHE: undefined,
    });
  }
  const args = ["--home", home, "--reason", choice.reason];
  if (options.port !== null) args.push("--port", String(options.port));
  if (!options.open) args.push("--no-open");
  if (file !== null) args.push("--file", file);
  return stayWith(process.execPath, [LOOPBACK, ...args], process.env);
}

/** @throws AppError project_file.unreadable */
function requireFile(file: string): string {
  if (!existsSync(file)) throw new AppError("project_file.unreadable", { file, problem: "ENOENT" });
  return file;
}

function build(why: string): boolean {
  process.stdout.write(`Building Neuroloom (${why}) …\n`);
  const result = spawnSync(process.execPath, [join(ROOT, "node_modules/electron-vite/bin/electron-vite.js"), "build"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (result.status === 0) return true;
  process.stderr.write(
    `${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}\nThe build failed. Run "npm install" and try again.\n`,
  );
  return false;
}

function choose(options: StartOptions, home: string): Promise<Choice> {
  if (options.browser) return Promise.resolve({ entry: "browser", reason: "as asked for" });
  const situation = {
    platform: process.platform,
    environment: process.env,
    isRoot: process.getuid?.() === 0,
    packageFolder: join(ROOT, "node_modules/electron"),
    home,
  };
  const download = (packageFolder: string): Promise<string | null> => {
    process.stdout.write("Looking for Electron's binary on the network, for 20 s at most …\n");
    return downloadElectron(packageFolder);
  };
  return chooseEntry(situation, download, Date.now);
}

/** Runs the app and ends as it ends. Signals go on to it, so that it can save a checkpoint. */
function stayWith(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit", env: environment });
    // Ctrl+C reaches the child by itself (one terminal, one group); the rest is handed on. Here nothing may end before it does.
    process.on("SIGINT", () => {});
    for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? OUR_FAULT));
  });
}

async function explain(thrown: unknown): Promise<number> {
  if (thrown instanceof UsageError) {
    process.stderr.write(`${thrown.message}\n${USAGE}`);
    return USAGE_ERROR;
  }
  if (thrown instanceof AppError) {
    process.stderr.write(`${await wordsOf(thrown)}\n`);
    return INPUT_AT_FAULT;
  }
  process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
  return OUR_FAULT;
}

/** The words of all errors are many, and seldom wanted: the start does not wait for them. */
async function wordsOf({ code, params }: AppError): Promise<string> {
  const [{ allErrors }, { translate }, { terminalLanguage }] = await Promise.all([
    import("../resources/translations/all-errors.ts"),
    import("../resources/translations/translate.ts"),
    import("./host/terminal-language.ts"),
  ]);
  return translate(allErrors, terminalLanguage(), code, params);
}

try {
  const options = readStartOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(USAGE);
  else process.exitCode = await start(options);
} catch (thrown) {
  process.exitCode = await explain(thrown);
}
