/**
 * `npm run dev`: the app in the browser, from source. The page is built again when renderer/ or core/ changes (reload it to see), and the
 * host starts again when its own source changes. It is the loopback entry and not Electron's window also where Electron is there:
 * window and page load what is built, and both entries show the same page. Everything after `--` goes to main/loopback/main.ts.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync, unwatchFile, watchFile } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const REPOSITORY = join(import.meta.dirname, "..");
const PAGE = join(REPOSITORY, "out/renderer/index.html");
const BUILDER = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");

const children: ChildProcess[] = [];

/** Neither of the two is of any use without the other: when one ends, so does the other. */
function end(): void {
  unwatchFile(PAGE);
  for (const child of children) child.kill();
}

function start(args: readonly string[]): void {
  const child = spawn(process.execPath, [...args], { cwd: REPOSITORY, stdio: "inherit" });
  child.on("exit", (status) => {
    process.exitCode ??= status ?? 1;
    end();
  });
  children.push(child);
}

// The host is started when the page is there for the first time.
rmSync(PAGE, { force: true });
watchFile(PAGE, { interval: 200 }, ({ size }) => {
  if (size > 0 && children.length === 1) start(["--watch", "main/loopback/main.ts", ...process.argv.slice(2)]);
});
start([BUILDER, "build", "--watch", "--config", "renderer.vite.config.ts", "--minify", "false", "--sourcemap"]);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
