/**
 * What the app, its threads and the command line load before anybody asks them for something: counted in the build, so that a package
 * that is heavy and seldom wanted does not slip into every start.
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { newHome } from "../home.ts";
import { REPOSITORY } from "../run/command.ts";

const BUILT = join(REPOSITORY, "out/main");

/** Everything of the build that is loaded with a file of it, and the packages that are: what `import()` names is not among them. */
function loadedWith(file: string, files = new Set<string>(), packages = new Set<string>()) {
  files.add(file);
  const text = readFileSync(file, "utf8");
  for (const [, from = ""] of text.matchAll(/^(?:import|export)\b[^;"]*"([^"]+)";$/gm)) {
    const found = join(dirname(file), from);
    if (!from.startsWith(".")) packages.add(packageOf(from));
    else if (!files.has(found)) loadedWith(found, files, packages);
  }
  for (const [, name = ""] of text.matchAll(/__require\("([^"]+)"\)/g)) packages.add(packageOf(name));
  return { files: [...files], packages: [...packages].filter((name) => !builtinModules.includes(name.replace("node:", ""))).sort() };
}

const packageOf = (name: string): string => name.split("/", name.startsWith("@") ? 2 : 1).join("/");

test.each([
  ["loopback", ["@noble/hashes", "ws"]],
  ["electron", ["@noble/hashes", "electron"]],
  ["cli", ["@noble/hashes"]],
  ["trainer.worker", ["@noble/hashes"]],
  ["inside.worker", ["@noble/hashes"]],
  ["tables.worker", ["@noble/hashes"]],
  ["project-file.worker", []],
  ["sheet.worker", ["read-excel-file"]],
  ["feeder.worker", []],
  ["kernel-helper.worker", []],
])("%s loads no package but those that every start of it needs", (entry, packages) => {
  expect(loadedWith(join(BUILT, `${entry}.js`)).packages).toEqual(packages);
});

test("every entry of the build is looked at, and what is put off is in the build", () => {
  const entries = readdirSync(BUILT).filter((name) => name.endsWith(".js"));
  expect(entries).toHaveLength(10);
  // The walk sees a package where it is loaded: DuckDB's part of the build loads its native code.
  const parts = readdirSync(join(BUILT, "chunks")).map((name) => loadedWith(join(BUILT, "chunks", name)));
  const ofDuckDB = parts.filter(({ packages }) => packages.includes("@duckdb/node-bindings"));
  expect(ofDuckDB.map(({ files }) => basename(files[0] ?? ""))).toHaveLength(1);
});

interface Told {
  readonly builtins: readonly string[];
  readonly natives: readonly string[];
  readonly compiled: string | null;
}

/** Said by each process when it ends. */
const TELL = `import { getCompileCacheDir } from "node:module";
process.once("exit", () => process.stdout.write("LOADED " + JSON.stringify({
  builtins: process.moduleLoadList,
  natives: process.report.getReport().sharedObjects.filter((path) => path.endsWith(".node")),
  compiled: getCompileCacheDir() ?? null,
}) + "\\n"))`;

/** Starts the app, ends it when it has told its address, and gives what its processes said, the one that ended first before the others. */
async function startedAndEnded(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Told[]> {
  const home = newHome("neuroloom-loaded-");
  const tell = `--import=data:text/javascript,${encodeURIComponent(TELL)}`;
  try {
    const app = spawn(process.execPath, [...args, "--home", home, "--no-open"], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, NODE_OPTIONS: tell, ...environment },
    });
    let said = "";
    for await (const text of app.stdout.setEncoding("utf8")) {
      said += String(text);
      if (!app.killed && said.includes("http://")) app.kill("SIGTERM");
    }
    return [...said.matchAll(/^LOADED (.+)$/gm)].map(([, told = ""]) => JSON.parse(told) as Told);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

test("the app that has told its address has loaded the library's native code alone, and not Node's fetch", async () => {
  const [loaded] = await startedAndEnded([join(BUILT, "loopback.js")]);
  expect(
    loaded?.natives.map(
      (path) =>
        path
          .split(/node_modules[\\/]/)
          .at(-1)
          ?.split(/[\\/]/)[0],
    ),
  ).toEqual(["better-sqlite3"]);
  expect(loaded?.builtins).toContain("NativeModule http");
  expect(loaded?.builtins.filter((name) => name.includes("undici"))).toEqual([]);
});

test("the app that npm start has started keeps what Node compiled, in the place that the start itself has", async () => {
  const told = await startedAndEnded([join(REPOSITORY, "main/start.mjs"), "--browser"], { NODE_COMPILE_CACHE: undefined });
  const places = told.map(({ compiled }) => compiled ?? "none");
  expect(places).toHaveLength(2);
  expect(places[0]).toBe(places[1]);
  expect(places[0]).toContain(join("node_modules", ".cache", "neuroloom"));
});
