/** The built app in the browser, by its program or by `npm start` as a person starts it, and the Chromium that opens it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { CHROMIUM_ARGUMENTS, findChromium } from "../chromium.ts";
import { REPOSITORY } from "../run/command.ts";

const PROGRAM = join(REPOSITORY, "out/main/loopback.js");

export interface LoopbackApp extends AsyncDisposable {
  /** With the key of this launch. */
  readonly url: string;
}

export const startLoopback = (home: string): Promise<LoopbackApp> => started([PROGRAM, "--home", home, "--no-open"]);

/** @throws Error when this was not started by npm itself */
export function startByNpm(home: string): Promise<LoopbackApp> {
  const npm = process.env["npm_execpath"];
  if (npm === undefined) throw new Error("npm starts the app here: npm run bench");
  return started([npm, "start", "--", "--home", home, "--browser", "--no-open"]);
}

async function started(args: readonly string[]): Promise<LoopbackApp> {
  // A group of its own: what npm has started ends with it.
  const program = spawn(process.execPath, args, { cwd: REPOSITORY, stdio: ["ignore", "pipe", "inherit"], detached: true });
  // When the last of them has let go of what they print to.
  const ended = once(program, "close");
  const url = await addressOf(program);
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      if (program.exitCode === null && program.pid !== undefined) process.kill(-program.pid, "SIGTERM");
      await ended;
    },
  };
}

function addressOf(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    program.stdout?.on("data", (chunk: Buffer) => {
      text += String(chunk);
      const found = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(text);
      if (found !== null) resolve(found[0]);
    });
    program.once("close", () => reject(new Error(`the app ended without an address: ${text}`)));
  });
}

/** @throws Error when there is no Chromium */
export async function openChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("there is no Chromium: npm run e2e installs one, or set CHROMIUM_PATH");
  return chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] });
}

/** Starts the app on a home, opens it in a page of its own, and ends both when what is done there is done. */
export async function inFreshApp<T>(browser: Browser, home: string, act: (page: Page) => Promise<T>): Promise<T> {
  await using app = await startLoopback(home);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  try {
    await page.goto(app.url);
    return await act(page);
  } finally {
    await page.close();
  }
}

/** A home that is gone afterwards. */
export function temporaryHome(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "neuroloom-bench-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
