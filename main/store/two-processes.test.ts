/** The store and a second process: killed while it writes, holding the lock, opening at the same moment, and with no room left. */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { expect, test } from "vitest";
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
  valueAt,
} from "./testing/store-fixture.ts";

/** An open store with one run in it. */
async function withRun(path: string, busyTimeoutMs = 5_000) {
  const store = await openStore({ path, busyTimeoutMs, ...countedSources("parent", 1_000) });
  const project = store.createProject({ name: "iris", design: sampleDesign("iris"), datasetId: null });
  return { store, run: store.createRun(sampleRun(project.id)) };
}

test("a process killed at any moment loses no point that was kept, and leaves no half batch or checkpoint", {
  timeout: 180_000,
}, async () => {
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  const { store, run } = await withRun(path);
  const random = seededNumbers(5);
  let next = 1;
  for (let round = 0; round < 10; round++) {
    const child = startChild(["append", path, run.id, String(next), "2500000"]);
    const first = next;
    let kept = first - 1;
    for (let left = 5 + Math.floor(random() * 40); left > 0; left--) {
      const answer = await child.next();
      kept = answer?.kept ?? kept;
    }
    child.process.kill("SIGKILL");
    for (const answer of await child.rest()) kept = answer.kept ?? kept;
    expect(child.process.signalCode).toBe("SIGKILL");

    const curves = store.readCurves(run.id, 1_000_000);
    expect(curves.map((curve) => curve.name)).toEqual(["loss", "accuracy"]);
    for (const { x, y } of curves) {
      // The batch that was being written may be there as well, whole.
      expect([kept, kept + 10]).toContain(x.length);
      expect(x).toEqual(Array.from({ length: x.length }, (_, index) => index + 1));
      expect(y).toEqual(x.map(valueAt));
    }
    expect(curves[0]?.x.length).toBe(curves[1]?.x.length);
    next = (curves[0]?.x.length ?? 0) + 1;

    const checkpoint = await store.loadCheckpoint(run.id, "last");
    // That of the newest hundred may not have been saved yet, the one before it must be: unless that hundred was reached by the
    // process before, which may have been killed between its points and its checkpoint.
    const saved = Math.floor((kept - 1) / 100) * 100;
    if (saved >= first) expect(checkpoint?.step).toBeGreaterThanOrEqual(saved);
    if (checkpoint !== null) expect(checkpoint.bytes.every((byte) => byte === (checkpoint.step / 100) % 256)).toBe(true);
    expect(store.integrityCheck()).toEqual([]);
  }
  expect(next).toBeGreaterThan(500);
  store.close();
});

test("a library that another process holds is reported as locked, can still be read, and works again once it is let go", async () => {
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  const { store, run } = await withRun(path, 30);
  const child = startChild(["hold", path]);
  expect(await child.next()).toEqual({ held: true });
  const error = await errorOf(() => store.appendPoints(run.id, samplePoints("loss", 1, 3)));
  expect(error.toData()).toEqual({ code: "store.locked", params: { path, milliseconds: 30 } });
  expect(await codeOf(() => openStore({ path, busyTimeoutMs: 30, ...countedSources() }))).toBe("store.locked");
  expect(store.getRun(run.id)).toEqual(run);
  child.process.stdin?.end();
  expect(await child.rest()).toEqual([]);
  store.appendPoints(run.id, samplePoints("loss", 1, 3));
  expect(store.readCurves(run.id, 10)[0]?.x).toEqual([1, 2, 3]);
  store.close();
});

test("several processes that open a new library at the same moment all get it", { timeout: 120_000 }, async () => {
  for (let round = 0; round < 3; round++) {
    using folder = temporaryFolder();
    const path = folder.file("library.sqlite");
    const answers = await Promise.all([1, 2, 3, 4].map(() => startChild(["open", path]).rest()));
    expect(answers).toEqual(answers.map(() => [{ opened: true }]));
    const store = await openStore({ path, ...countedSources() });
    expect(Object.keys(store.getSettings())).toHaveLength(4);
    store.close();
  }
});

test("when the database may not grow, the batch is refused whole, nothing is lost, and writing works again with room", async () => {
  using folder = temporaryFolder();
  const connection = await openConnection({ path: folder.file("library.sqlite") });
  const store = sqliteStore(connection, countedSources());
  const run = store.createRun(sampleRun(store.createProject({ name: "iris", design: sampleDesign("iris"), datasetId: null }).id));
  const pages = Number(connection.database.pragma("page_count", { simple: true }));
  connection.database.pragma(`max_page_count = ${pages + 20}`);
  let kept = 0;
  const fill = () => {
    for (;;) {
      store.appendPoints(run.id, samplePoints("loss", kept + 1, 100));
      kept += 100;
    }
  };
  expect(await codeOf(fill)).toBe("store.disk_full");
  expect(kept).toBeGreaterThan(500);
  const big = { kind: "best" as const, step: 1, epoch: 0, header: {}, bytes: new Uint8Array(5_000_000) };
  expect(await codeOf(() => store.saveCheckpoint(run.id, big))).toBe("store.disk_full");
  expect(store.readCurves(run.id, 100_000)[0]?.x).toHaveLength(kept);
  expect(await store.loadCheckpoint(run.id, "best")).toBeNull();
  connection.database.pragma("max_page_count = 4294967294");
  store.appendPoints(run.id, samplePoints("loss", kept + 1, 100));
  await store.saveCheckpoint(run.id, big);
  expect(store.readCurves(run.id, 100_000)[0]?.x).toHaveLength(kept + 100);
  expect(store.integrityCheck()).toEqual([]);
  store.close();
});

interface Room {
  readonly checkpointBytes: number;
  /** Puts the limit around the child. */
  readonly limit: (command: readonly string[]) => readonly string[];
  /** Makes room again. */
  readonly makeRoom: () => void;
}

/** Lets the child fill what room it has, then looks at the library and goes on writing with more. */
async function expectNothingLost(path: string, runId: string, { checkpointBytes, limit, makeRoom }: Room): Promise<void> {
  const answers = await startChild(["append", path, runId, "1", String(checkpointBytes)], limit).rest();
  const last = answers.at(-1);
  expect(last?.error).toMatchObject({ code: "store.disk_full", params: { path } });
  const kept = answers.at(-2)?.kept ?? 0;
  expect(kept).toBeGreaterThanOrEqual(100);
  makeRoom();
  const store = await openStore({ path, ...countedSources() });
  const curve = store.readCurves(runId, 1_000_000)[0];
  expect(curve?.x).toEqual(Array.from({ length: kept }, (_, index) => index + 1));
  expect(curve?.y).toEqual(curve?.x.map(valueAt));
  expect(store.integrityCheck()).toEqual([]);
  store.appendPoints(runId, samplePoints("loss", kept + 1, 5_000));
  expect(store.readCurves(runId, 1_000_000)[0]?.x).toHaveLength(kept + 5_000);
  store.close();
}

test("a limit on file size is reported as no room, and everything kept before is there", { timeout: 120_000 }, async (context) => {
  if (process.platform === "win32") context.skip("SKIPPED: Windows has no limit on file size to set");
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  const { store, run } = await withRun(path);
  store.close();
  const limit = (command: readonly string[]) => ["sh", "-c", 'ulimit -f 2048 && exec "$@"', "sh", ...command];
  await expectNothingLost(path, run.id, { checkpointBytes: 0, limit, makeRoom: () => undefined });
});

for (const checkpointBytes of [0, 3_000_000])
  test(`a disk that is really full is reported as no room while it takes ${checkpointBytes === 0 ? "points" : "a checkpoint"}, and everything kept before is there`, {
    timeout: 120_000,
  }, async (context) => {
    using folder = temporaryFolder();
    const disk = folder.file("disk");
    mkdirSync(disk);
    const isRoot = process.platform === "linux" && process.getuid?.() === 0;
    const mounted = isRoot && spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m", "none", disk]).status === 0;
    if (!mounted) context.skip("SKIPPED: needs root on Linux, and the right to mount, for a disk of 2 MiB");
    try {
      const path = `${disk}/library.sqlite`;
      const { store, run } = await withRun(path);
      store.close();
      const makeRoom = () => expect(spawnSync("mount", ["-o", "remount,size=64m", disk]).status).toBe(0);
      await expectNothingLost(path, run.id, { checkpointBytes, limit: (command) => command, makeRoom });
    } finally {
      // Lazily: after a failure the store may still be open.
      expect(spawnSync("umount", ["-l", disk]).status).toBe(0);
    }
  });
