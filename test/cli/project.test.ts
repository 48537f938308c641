/** neuroloom project export and import, backup and restore: as a process, killed in the middle, and on a disk that is full. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../main/store/sqlite/open.ts";
import type { Store } from "../../main/store/store.ts";
import { sampleDesign, sampleRun } from "../../main/store/testing/store-fixture.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "neuroloom-cli-project-"));
const command = [join(root, "main/cli/neuroloom.mjs"), "project"];
const filled = join(folder, "filled");
/** Large enough to be met in the middle. */
const WEIGHT_BYTES = 48 * 2 ** 20;
let projectId = "";

const newId = () => crypto.randomUUID();
const open = (home: string): Promise<Store> => openStore({ path: join(home, "library.sqlite"), now: Date.now, newId });

beforeAll(async () => {
  mkdirSync(filled);
  const store = await open(filled);
  projectId = store.createProject({ name: "large", design: sampleDesign("large"), datasetId: null }).id;
  const run = store.createRun(sampleRun(projectId));
  store.updateRun(run.id, { status: "done" });
  const bytes = Buffer.alloc(WEIGHT_BYTES, "weights that are as good as any");
  await store.saveCheckpoint(run.id, { kind: "best", step: 1, epoch: 1, header: { a: 1 }, bytes });
  store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function project(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...command, ...args], { encoding: "utf8", env: environment() });
  return { code: status, stdout, stderr };
}
const environment = (): NodeJS.ProcessEnv => ({ ...process.env, LANG: "C.UTF-8", LC_ALL: "C.UTF-8" });

/** Starts a command and kills it as soon as `reached` holds. @returns whether it was killed before it ended by itself */
async function killed(args: readonly string[], reached: () => boolean): Promise<boolean> {
  const child = spawn(process.execPath, [...command, ...args], { env: environment(), stdio: "ignore" });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
  const watch = setInterval(() => {
    if (reached()) child.kill("SIGKILL");
  }, 1);
  const signal = await ended;
  clearInterval(watch);
  return signal === "SIGKILL";
}

async function projectsOf(home: string): Promise<readonly string[]> {
  const store = await open(home);
  try {
    expect(store.integrityCheck()).toEqual([]);
    return store.listProjects().map(({ name }) => name);
  } finally {
    store.close();
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

describe("neuroloom backup and restore", () => {
  const neuroloom = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, "main/cli/neuroloom.mjs"), ...args], { encoding: "utf8", env: environment() });

  it("writes the library with the files of its data into one file and brings both back, but not while it is open", async () => {
    const [home, out] = [join(folder, "with-data"), join(folder, "backup.sqlite")];
    mkdirSync(join(home, "datasets"), { recursive: true });
    const fileName = `${"ab".repeat(32)}.parquet`;
    writeFileSync(join(home, "datasets", fileName), "rows");
    const store = await open(home);
    const dataset = {
      name: "kept",
      kind: "file" as const,
      rowCount: 1,
      columnCount: 1,
      sizeBytes: 4,
      source: {},
      columns: [],
      warnings: [],
    };
    store.upsertDataset({ ...dataset, fingerprint: "ab".repeat(32), fileName });
    store.createProject({ name: "backed up", design: sampleDesign("any"), datasetId: null });
    // While it is open here.
    const written = neuroloom("backup", "--out", out, "--home", home, "--json");
    expect(written.stderr).toBe("");
    expect(JSON.parse(written.stdout)).toMatchObject({ event: "done", files: 1, missing: [], size_bytes: sizeOf(out) });
    const refused = neuroloom("restore", out, "--home", home, "--json");
    expect([refused.status, refused.stdout + refused.stderr]).toEqual([1, expect.stringContaining("cli.library_in_use")]);
    store.close();
    expect(readdirSync(home).filter((name) => name.startsWith("restore-ready"))).toEqual([]);

    const other = join(folder, "restored");
    mkdirSync(other);
    (await open(other)).close();
    const restored = neuroloom("restore", out, "--home", other, "--json");
    expect(restored.stderr).toBe("");
    expect(JSON.parse(restored.stdout)).toMatchObject({ event: "done", files: 1 });
    expect(await projectsOf(other)).toEqual(["backed up"]);
    expect(readFileSync(join(other, "datasets", fileName), "utf8")).toBe("rows");
    expect(readdirSync(other).filter((name) => name.startsWith("library-before-restore-"))).toHaveLength(1);
    expect(neuroloom("restore", join(folder, "none.sqlite"), "--home", other).status).toBe(1);
    expect(await projectsOf(other)).toEqual(["backed up"]);
  });
});

describe("neuroloom project", () => {
  it("exports by name and imports into another library; a second time only as a copy", async () => {
    const [out, home] = [join(folder, "large.neuroloom"), join(folder, "other")];
    const written = project("export", "large", "--out", out, "--home", filled, "--json");
    expect(written.stderr).toBe("");
    expect(JSON.parse(written.stdout)).toMatchObject({ event: "done", size_bytes: sizeOf(out), missing: [] });
    expect(JSON.parse(project("import", out, "--home", home, "--json").stdout)).toMatchObject({
      project_id: projectId,
      name: "large",
      runs: 1,
    });
    const again = project("import", out, "--home", home);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("is in your library already");
    expect(project("import", out, "--home", home, "--copy").code).toBe(0);
    expect(await projectsOf(home)).toHaveLength(2);
    const store = await open(home);
    const runs = store.listRuns(null);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(2);
    for (const { id } of runs) expect((await store.loadCheckpoint(id, "best"))?.bytes.length).toBe(WEIGHT_BYTES);
    store.close();
  });

  it("says in words what is wrong with a name and a file", () => {
    expect(project("export", "nobody", "--out", join(folder, "x.neuroloom"), "--home", filled)).toMatchObject({ code: 1 });
    const text = join(folder, "text.neuroloom");
    writeFileSync(text, "not a project");
    const refused = project("import", text, "--home", join(folder, "other"));
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain("is not a Neuroloom project");
    expect(project("export", "large", "--home", filled)).toMatchObject({ code: 2 });
  });

  it("killed while it writes leaves no file of that name, and what was there before is untouched", async () => {
    const out = join(folder, "killed.neuroloom");
    writeFileSync(out, "the one before");
    const part = `${out}.part`;
    expect(await killed(["export", "large", "--out", out, "--home", filled], () => sizeOf(part) > 2 ** 20)).toBe(true);
    expect(readFileSync(out, "utf8")).toBe("the one before");
    expect(await projectsOf(filled)).toEqual(["large"]);
    // The next one takes the place of what was left unfinished.
    expect(project("export", "large", "--out", out, "--home", filled).code).toBe(0);
    expect(existsSync(part)).toBe(false);
  });

  it("killed while it reads leaves nothing to be seen, and all of it is purged by a later start", async () => {
    const [out, home] = [join(folder, "large.neuroloom"), join(folder, "reader")];
    const library = join(home, "library.sqlite");
    expect(await killed(["import", out, "--home", home], () => sizeOf(`${library}-wal`) + sizeOf(library) > 8 * 2 ** 20)).toBe(true);
    expect(await projectsOf(home)).toEqual([]);
    const store = await open(home);
    expect(store.listRuns(null)).toEqual([]);
    // A start of the app purges what was deleted thirty days ago; this counts as deleted since almost then.
    expect(store.purgeDeleted(Date.now() - 28 * 24 * 3600 * 1000)).toMatchObject({ projects: 1, runs: 1 });
    store.close();
    expect(project("import", out, "--home", home).code).toBe(0);
    expect(await projectsOf(home)).toEqual(["large"]);
  });

  it.skipIf(process.platform === "win32")("on a full disk says so and leaves nothing, writing or reading", async () => {
    const home = join(folder, "small");
    const run = (...args: string[]) =>
      // Blocks of 512 bytes: files may grow to 8 MiB.
      spawnSync("sh", ["-c", 'ulimit -f 16384 && exec "$@"', "sh", process.execPath, ...command, ...args], {
        encoding: "utf8",
        env: environment(),
      });
    const out = join(folder, "full.neuroloom");
    const written = run("export", "large", "--out", out, "--home", filled, "--json");
    expect(JSON.parse(written.stdout)).toMatchObject({ event: "error", code: "store.disk_full" });
    expect(readdirSync(folder).filter((name) => name.startsWith("full.neuroloom"))).toEqual([]);
    const read = run("import", join(folder, "large.neuroloom"), "--home", home, "--json");
    expect(JSON.parse(read.stdout)).toMatchObject({ event: "error", code: "store.disk_full" });
    expect(await projectsOf(home)).toEqual([]);
  });
});
