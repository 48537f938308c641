/** Files that are not a sound library of this version: each is refused in its own words and left byte for byte as it was. */
import { chmodSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { migrations } from "./migrations/all.ts";
import type { Migration } from "./migrations/migration.ts";
import { openConnection, openStore } from "./sqlite/open.ts";
import { sqliteStore } from "./sqlite/sqlite-store.ts";
import { startChild } from "./testing/child-process.ts";
import {
  codeOf,
  countedSources,
  errorOf,
  sampleDesign,
  samplePoints,
  sampleRun,
  seededNumbers,
  temporaryFolder,
} from "./testing/store-fixture.ts";

/** A closed library with a project, a run, some thousands of points and a checkpoint. */
async function writeLibrary(path: string): Promise<{ projectId: string; runId: string }> {
  const store = await openStore({ path, ...countedSources() });
  const projectId = store.createProject({ name: "iris", design: sampleDesign("iris"), datasetId: null }).id;
  const runId = store.createRun(sampleRun(projectId)).id;
  store.appendPoints(runId, samplePoints("loss", 1, 5_000));
  await store.saveCheckpoint(runId, { kind: "best", step: 9, epoch: 1, header: {}, bytes: new Uint8Array(100_000).fill(7) });
  store.close();
  return { projectId, runId };
}

const open = (path: string) => openStore({ path, ...countedSources("again", 9_000) });

async function refusal(path: string): Promise<string> {
  const before = readFileSync(path);
  const code = await codeOf(() => open(path));
  expect(readFileSync(path).equals(before)).toBe(true);
  return code;
}

test("a file that is no database is refused", async () => {
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  writeFileSync(path, "width,height\n1,2\n".repeat(500));
  expect(await refusal(path)).toBe("store.not_a_database");
});

test("a database of another program is refused", async () => {
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  const other = new Database(path);
  other.exec("CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('x')");
  other.close();
  expect(await refusal(path)).toBe("store.foreign_database");
});

test("a library of a newer version is refused, and says which version this program knows", async () => {
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  await writeLibrary(path);
  const newer = await openConnection({ path }, [
    ...migrations,
    { version: migrations.length + 1, sql: "CREATE TABLE of_the_future (x INTEGER) STRICT" },
  ]);
  newer.database.close();
  expect(await refusal(path)).toBe("store.newer_version");
  expect((await errorOf(() => open(path))).params).toMatchObject({ found: migrations.length + 1, known: migrations.length });
});

test("a folder that does not exist is named", async () => {
  using folder = temporaryFolder();
  expect(await codeOf(() => open(folder.file("nowhere/library.sqlite")))).toBe("store.cannot_open");
});

test("a library cut off by a page or more is refused as damaged", async () => {
  for (const share of [0.98, 0.75, 0.5, 0.1]) {
    using folder = temporaryFolder();
    const path = folder.file("library.sqlite");
    await writeLibrary(path);
    truncateSync(path, Math.floor(statSync(path).size * share));
    expect(await refusal(path), String(share)).toBe("store.corrupt");
  }
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  await writeLibrary(path);
  truncateSync(path, 50);
  expect(await refusal(path)).toBe("store.corrupt");
});

test("a library cut off within its last page is reported as damaged when that page is read", async () => {
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  const { projectId, runId } = await writeLibrary(path);
  truncateSync(path, statSync(path).size - 2_000);
  expect(await codeOf(() => everything(path, projectId, runId))).toBe("store.corrupt");
});

test("flipped bytes are noticed wherever they lie: at opening or when the value is read", { timeout: 120_000 }, async () => {
  const random = seededNumbers(11);
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  const { projectId, runId } = await writeLibrary(path);
  const sound = readFileSync(path);
  const expected = await everything(path, projectId, runId);
  const outcomes = new Map<string, number>();
  for (let round = 0; round < 60; round++) {
    const damaged = Buffer.from(sound);
    // 64 bytes in the middle of a page.
    const at = Math.floor(random() * (sound.length / 4096)) * 4096 + 1_000 + Math.floor(random() * 2_000);
    for (let index = 0; index < 64; index++) damaged[at + index] = (damaged[at + index] ?? 0) ^ 0xff;
    writeFileSync(path, damaged);
    const outcome = await everything(path, projectId, runId).then(
      (read) => (read === expected ? "unused bytes" : "WRONG VALUES"),
      (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : `FAULT ${String(error)}`),
    );
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  process.stdout.write(`flipped bytes: ${JSON.stringify(Object.fromEntries(outcomes))}\n`);
  const known = ["unused bytes", "store.corrupt", "store.damaged_artifact", "store.bad_row", "store.not_a_database"];
  expect([...outcomes.keys()].filter((outcome) => !known.includes(outcome))).toEqual([]);
  expect(outcomes.get("store.corrupt")).toBeGreaterThan(5);
  expect(outcomes.get("store.damaged_artifact")).toBeGreaterThan(5);
});

async function everything(path: string, projectId: string, runId: string): Promise<string> {
  const store = await open(path);
  try {
    const checkpoint = await store.loadCheckpoint(runId, "best");
    return JSON.stringify([
      store.getProject(projectId),
      store.getRun(runId),
      store.runDesign(runId),
      store.readCurves(runId, 100_000),
      checkpoint?.header,
      Buffer.from(checkpoint?.bytes ?? []).toString("base64"),
    ]);
  } finally {
    store.close();
  }
}

const NEXT: readonly Migration[] = [
  ...migrations,
  { version: migrations.length + 1, sql: "ALTER TABLE projects ADD COLUMN colour TEXT; UPDATE projects SET colour = 'blue'" },
];

test("an older library is migrated with everything in it, and a whole copy of the older one is kept beside", async () => {
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  const { projectId, runId } = await writeLibrary(path);
  const before = await everything(path, projectId, runId);
  const migrated = await openConnection({ path }, NEXT);
  expect(migrated.database.pragma("user_version", { simple: true })).toBe(NEXT.length);
  expect(migrated.first("SELECT colour FROM projects")).toEqual({ colour: "blue" });
  const store = sqliteStore(migrated, countedSources());
  expect(store.readCurves(runId, 100_000)[0]?.x).toHaveLength(5_000);
  expect(store.integrityCheck()).toEqual([]);
  store.close();
  expect(await everything(`${path}.v${migrations.length}.bak`, projectId, runId)).toBe(before);
});

test("a migration that fails changes nothing, and the older version still opens", async () => {
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  const { projectId, runId } = await writeLibrary(path);
  const before = await everything(path, projectId, runId);
  const failing = [...NEXT, { version: NEXT.length + 1, sql: "CREATE TABLE extra (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)" }];
  expect(await codeOf(() => openConnection({ path }, failing))).toBe("store.fault");
  const orphaning = [...NEXT, { version: NEXT.length + 1, sql: "UPDATE projects SET design_hash = 'none'" }];
  expect(await codeOf(() => openConnection({ path }, orphaning))).toBe("store.constraint");
  expect(await everything(path, projectId, runId)).toBe(before);
});

test("a file that may not be written is refused as read-only, to another user in earnest", async (context) => {
  if (process.getuid?.() !== 0) context.skip("SKIPPED: only root can become another user, for whom the file is read-only");
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  await writeLibrary(path);
  for (const [file, mode] of [
    [0o444, 0o555],
    [0o666, 0o555],
    [0o444, 0o777],
  ] as const) {
    chmodSync(path, file);
    chmodSync(folder.path, mode);
    const answers = await startChild(["open_as_nobody", path]).rest();
    expect(answers, `${file.toString(8)} in ${mode.toString(8)}`).toMatchObject([{ error: { code: "store.read_only", params: { path } } }]);
  }
  chmodSync(path, 0o666);
  chmodSync(folder.path, 0o777);
  expect(await startChild(["open_as_nobody", path]).rest()).toEqual([{ opened: true }]);
});

test("a new library in a folder that may not be written is refused as read-only", async (context) => {
  if (process.getuid?.() !== 0) context.skip("SKIPPED: only root can become another user, for whom the folder is read-only");
  using folder = temporaryFolder();
  chmodSync(folder.path, 0o555);
  expect(await startChild(["open_as_nobody", folder.file("library.sqlite")]).rest()).toMatchObject([
    { error: { code: "store.read_only" } },
  ]);
});
