/**
 * The double as a program: makes `electron` mean module.ts, starts Chromium, says where both debuggers listen, and runs the app
 * named on the command line when Playwright says so, or at once without Playwright.
 */
import { readFileSync, statSync } from "node:fs";
import { registerHooks } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const double = new URL("./module.ts", import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/(main|common))?$/.test(specifier)
      ? { url: double, format: "module-typescript", shortCircuit: true }
      : next(specifier, context),
});

const args = process.argv.slice(2);
const byPlaywright = args.includes("--remote-debugging-port=0");
const named = resolve(args.find((argument) => !argument.startsWith("-")) ?? ".");

function entry(): string {
  if (!statSync(named).isDirectory()) return named;
  const { main }: { main?: string } = JSON.parse(readFileSync(join(named, "package.json"), "utf8"));
  return join(named, main ?? "index.js");
}

let started: Promise<unknown> | null = null;
function run(): Promise<unknown> {
  started ??= import(pathToFileURL(entry()).href);
  return started;
}
Object.defineProperty(globalThis, "__playwright_run", { value: run });

// Stays until the app quits, as Electron does.
setInterval(() => {}, 2 ** 30);
const { startChromium } = await import("./chromium-process.ts");
process.stderr.write(`DevTools listening on ${await startChromium()}\n`);
if (!byPlaywright) await run();
