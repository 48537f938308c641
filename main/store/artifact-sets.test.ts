/** Large artifacts on their way into the library: in pieces, whole or not at all, in their order, and nothing stays of what was broken off. */
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { migrations } from "./migrations/all.ts";
import type { Connection } from "./sqlite/connection.ts";
import { openConnection, openStore } from "./sqlite/open.ts";
import { sqliteStore } from "./sqlite/sqlite-store.ts";
import type { Checkpoint, Store, StoreSources } from "./store.ts";
import { startChild } from "./testing/child-process.ts";
import { newProject } from "./testing/opened-store.ts";
import { codeOf, countedSources, oldRun, sampleRun, seededNumbers, temporaryFolder } from "./testing/store-fixture.ts";

const MIB = 2 ** 20;
const filled = (mebibytes: number, value: number): Uint8Array => new Uint8Array(mebibytes * MIB + 5).fill(value);
const last = (step: number, bytes: Uint8Array): Checkpoint => ({ kind: "last", step, epoch: 0, header: { step }, bytes });
const same = (one: Uint8Array | undefined, other: Uint8Array): boolean => one !== undefined && Buffer.compare(one, other) === 0;

interface Opened extends Disposable {
  readonly path: string;
  readonly store: Store;
  readonly connection: Connection;
  readonly runId: string;
  /** What lies in the library: chunks, and sets without a kind. */
  readonly lies: () => { chunks: number; unnamed: number };
  readonly open: (sources?: Partial<StoreSources>) => Promise<Store>;
}

async function opened(): Promise<Opened> {
  const folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  const connection = await openConnection({ path });
  const store = sqliteStore(connection, countedSources());
  const { id: runId } = store.createRun(sampleRun(newProject(store).id));
  const count = (sql: string): number => connection.first<{ count: number }>(`SELECT COUNT(*) AS count FROM ${sql}`)?.count ?? 0;
  return {
    path,
    store,
    connection,
    runId,
    lies: () => ({ chunks: count("artifact_chunks"), unnamed: count("artifacts WHERE kind IS NULL") }),
    open: (sources = {}) => openStore({ path, ...countedSources("other", 9_000), ...sources }),
    [Symbol.dispose]: () => {
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

/** How many turns of the event loop there are until it is done. */
async function turnsOf(act: Promise<unknown>): Promise<number> {
  let going = true;
  const done = act.finally(() => {
    going = false;
  });
  let turns = 0;
  for (; going; turns += 1) await setImmediate();
  await done;
  return turns;
}

test("a large artifact is saved and removed in pieces, and until it is whole the one before is read, by other processes too", async () => {
  using library = await opened();
  const { store, runId, lies } = library;
  const [before, after] = [filled(20, 1), filled(20, 2)];
  expect(await turnsOf(store.saveCheckpoint(runId, last(1, before)))).toBeGreaterThanOrEqual(10);
  expect(lies()).toEqual({ chunks: 21, unnamed: 0 });
  const other = await library.open();
  const saving = store.saveCheckpoint(runId, last(2, after));
  while (lies().chunks < 30) await setImmediate();
  for (const reader of [store, other]) {
    expect(reader.listCheckpoints(runId)).toEqual([{ kind: "last", step: 1, epoch: 0, sizeBytes: before.length }]);
    expect(reader.checkpointHeader(runId, "last")).toEqual({ step: 1 });
  }
  await saving;
  for (const reader of [store, other]) {
    const read = await reader.loadCheckpoint(runId, "last");
    expect([read?.step, read?.header, same(read?.bytes, after)]).toEqual([2, { step: 2 }, true]);
  }
  expect(await turnsOf(store.settled())).toBeGreaterThanOrEqual(1);
  expect(lies()).toEqual({ chunks: 21, unnamed: 0 });
  store.deleteCheckpoint(runId, "last");
  expect(store.listCheckpoints(runId)).toEqual([]);
  expect(store.librarySpace().freeBytes).toBeGreaterThan(20 * MIB);
  await store.compact();
  expect(lies()).toEqual({ chunks: 0, unnamed: 0 });
  expect(store.librarySpace()).toMatchObject({ freeBytes: 0, checkpoints: 0 });
  expect(store.integrityCheck()).toEqual([]);
  other.close();
});

test("compaction says how far it is, and stopped it leaves the rest to the next time", async () => {
  using library = await opened();
  const { store, runId } = library;
  await store.saveCheckpoint(runId, last(1, filled(20, 1)));
  await store.saveCheckpoint(runId, { ...last(2, filled(20, 2)), kind: "best" });
  await store.settled();
  for (const kind of ["last", "best"] as const) store.deleteCheckpoint(runId, kind);
  const stopped = new AbortController();
  const told: (readonly [number, number])[] = [];
  await store.compact({
    signal: stopped.signal,
    onProgress: (done, total) => {
      told.push([done, total]);
      if (done > total / 4) stopped.abort();
    },
  });
  const [done, total] = told.at(-1) ?? [0, 0];
  expect(told.length).toBeGreaterThan(3);
  expect(done).toBeGreaterThan(total / 4);
  expect(done).toBeLessThan(total / 2);
  expect(store.integrityCheck()).toEqual([]);
  await store.compact({ onProgress: (...step) => told.push(step) });
  expect(told.at(-1)?.[0]).toBeGreaterThan(0.9 * (told.at(-1)?.[1] ?? Number.POSITIVE_INFINITY));
  expect(store.librarySpace()).toMatchObject({ freeBytes: 0, checkpoints: 0 });
  expect(store.integrityCheck()).toEqual([]);
});

test("of saves that were asked for at one time the last one stays, be it small or large", async () => {
  using library = await opened();
  const { store, runId, lies } = library;
  const [large, small, other] = [filled(9, 1), filled(1, 2), filled(5, 3)];
  await Promise.all([store.saveModel(runId, large, { sampled_steps: [] }), store.saveModel(runId, small, { sampled_steps: [] })]);
  expect(same((await store.loadModel(runId)) ?? undefined, small)).toBe(true);
  await Promise.all([
    store.saveModel(runId, small, { sampled_steps: [] }),
    store.saveModel(runId, large, { sampled_steps: [] }),
    store.saveModel(runId, other, { sampled_steps: [] }),
  ]);
  expect(same((await store.loadModel(runId)) ?? undefined, other)).toBe(true);
  await store.settled();
  expect(lies()).toEqual({ chunks: 6, unnamed: 0 });
});

test("a process killed at any moment of saving leaves one whole checkpoint, and what it had half written goes later", async () => {
  using library = await opened();
  const { store, runId, lies } = library;
  const random = seededNumbers(17);
  let [kept, halves] = [0, 0];
  for (let kill = 0; kill < 12; kill += 1) {
    const child = startChild(["replace", library.path, runId, String(kept + 1), String(9 * MIB)]);
    const enough = lies().chunks + 1 + Math.floor(random() * 9);
    const enoughKept = kept + Math.floor(random() * 3);
    const reading = (async () => {
      for (let answer = await child.next(); answer !== null; answer = await child.next()) kept = answer.kept ?? kept;
    })();
    while (kept < enoughKept || (lies().chunks < enough && lies().chunks > 0 && kept < enoughKept + 1)) await setImmediate();
    if (random() < 0.5) await setImmediate();
    child.process.kill("SIGKILL");
    await reading;
    await child.rest();
    const read = await store.loadCheckpoint(runId, "last");
    // The one that was being written may be there as well, whole.
    if (kept > 0) expect([kept, kept + 1]).toContain(read?.step);
    if (read !== null) expect(read.bytes.every((byte) => byte === read.step % 256)).toBe(true);
    kept = read?.step ?? 0;
    halves += lies().unnamed;
    expect(store.integrityCheck()).toEqual([]);
  }
  expect(kept).toBeGreaterThan(3);
  expect(halves).toBeGreaterThan(0);
  // Ten minutes later nobody is writing it any more.
  const later = await library.open({ now: () => 1e15 });
  later.sweepArtifacts();
  await later.settled();
  later.close();
  expect(lies()).toEqual({ chunks: 9, unnamed: 0 });
}, 120_000);

test("what another process is writing is left alone by a sweep; a set that lay too long is begun anew by the one that slept", async () => {
  using library = await opened();
  const { store, runId, lies } = library;
  const bytes = filled(12, 4);
  const other = await library.open();
  const saving = store.saveCheckpoint(runId, last(3, bytes));
  while (lies().chunks < 4) await setImmediate();
  other.sweepArtifacts();
  await other.settled();
  expect(lies()).toMatchObject({ unnamed: 1 });
  other.close();
  const later = await library.open({ now: () => 1e15 });
  const chunks = lies().chunks;
  later.sweepArtifacts();
  await later.settled();
  later.close();
  expect(lies().chunks).toBeLessThan(Math.max(chunks, 13));
  await saving;
  expect(same((await store.loadCheckpoint(runId, "last"))?.bytes, bytes)).toBe(true);
  await store.settled();
  expect(lies()).toEqual({ chunks: 13, unnamed: 0 });
});

test("a run that is purged while its checkpoint is saved takes it along", async () => {
  using library = await opened();
  const { store, runId, lies } = library;
  const saving = codeOf(() => store.saveCheckpoint(runId, last(1, filled(12, 4))));
  while (lies().chunks < 4) await setImmediate();
  store.deleteRuns([runId]);
  store.purgeDeleted(Number.MAX_SAFE_INTEGER);
  expect(await saving).toBe("run.not_found");
  expect(lies()).toEqual({ chunks: 0, unnamed: 0 });
});

test("a disk that fills in the middle leaves the one before, takes back what was written, and takes the next one when there is room", async () => {
  using library = await opened();
  const { store, connection, runId, lies } = library;
  const [before, after] = [filled(6, 1), filled(20, 2)];
  await store.saveCheckpoint(runId, last(1, before));
  const pages = Number(connection.database.pragma("page_count", { simple: true }));
  connection.database.pragma(`max_page_count = ${pages + (10 * MIB) / 4096}`);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    expect(await codeOf(() => store.saveCheckpoint(runId, last(2, after)))).toBe("store.disk_full");
    expect(lies()).toEqual({ chunks: 7, unnamed: 0 });
    expect(same((await store.loadCheckpoint(runId, "last"))?.bytes, before)).toBe(true);
  }
  connection.database.pragma("max_page_count = 4294967294");
  await store.saveCheckpoint(runId, last(2, after));
  expect(same((await store.loadCheckpoint(runId, "last"))?.bytes, after)).toBe(true);
  await store.settled();
  expect(lies()).toEqual({ chunks: 21, unnamed: 0 });
});

test("what could not be taken back on a full disk is, before the next one is written", async () => {
  using library = await opened();
  const { store, connection, runId, lies } = library;
  // A disk that refuses everything from the third piece on, removals too.
  connection.database.exec(`
    CREATE TEMP TABLE disk (full INTEGER);
    CREATE TEMP TRIGGER no_room BEFORE INSERT ON main.artifact_chunks WHEN NEW.position >= 4 AND EXISTS (SELECT 1 FROM disk)
      BEGIN SELECT RAISE(ABORT, 'full'); END;
    CREATE TEMP TRIGGER no_removal BEFORE DELETE ON main.artifact_chunks WHEN EXISTS (SELECT 1 FROM disk)
      BEGIN SELECT RAISE(ABORT, 'full'); END;
    INSERT INTO disk VALUES (1);
  `);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    expect(await codeOf(() => store.saveCheckpoint(runId, last(2, filled(9, 1))))).toBe("store.constraint");
    // No more than one attempt lies there, however often it is tried.
    expect(lies()).toEqual({ chunks: 4, unnamed: 1 });
  }
  connection.database.exec("DELETE FROM disk");
  await store.saveCheckpoint(runId, last(2, filled(9, 1)));
  expect(lies()).toEqual({ chunks: 10, unnamed: 0 });
});

test("chunks of a library of version 6 stay as they lie, are read, and are replaced and removed", async () => {
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  const old = await openConnection({ path }, migrations.slice(0, 2));
  old.database.exec(oldRun);
  old.database.close();
  const six = await openConnection({ path }, migrations.slice(0, 6));
  const digest = "0f2231bd66a4b4a4fe9bfbac2d6a2e8a0fdd3a4e0b6d8b8e2a3b6b0f8a0b7c11";
  six.database.exec(`
    INSERT INTO artifacts VALUES ('r', 'last', 3, 1, '{"a":1}', 3, '${digest}', 1), ('r', 'epoch-2-weights', 3, 1, '{}', 2, '${digest}', 1),
      ('r', 'model', 0, 0, 'null', 3, '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81', 1);
    INSERT INTO artifact_chunks VALUES ('r', 'last', 0, x'0102'), ('r', 'last', 1, x'03'), ('r', 'epoch-2-weights', 0, x'0909'),
      ('r', 'model', 0, x'0102'), ('r', 'model', 1, x'03');
  `);
  six.database.close();
  const connection = await openConnection({ path });
  const store = sqliteStore(connection, countedSources());
  expect([...((await store.loadModel("r")) ?? [])]).toEqual([1, 2, 3]);
  expect(store.listCheckpoints("r")).toEqual([{ kind: "last", step: 3, epoch: 1, sizeBytes: 3 }]);
  expect(store.listSnapshots("r")).toEqual([{ step: 3, epoch: 1, sizeBytes: 2 }]);
  // Its digest is of other bytes.
  expect(await codeOf(() => store.loadCheckpoint("r", "last"))).toBe("store.damaged_artifact");
  await store.saveCheckpoint("r", last(4, filled(5, 7)));
  expect(same((await store.loadCheckpoint("r", "last"))?.bytes, filled(5, 7))).toBe(true);
  store.keepSnapshots(0);
  await store.settled();
  expect(connection.first("SELECT COUNT(*) AS count FROM artifact_chunks")).toEqual({ count: 8 });
  expect(store.integrityCheck()).toEqual([]);
  store.deleteRuns(["r"]);
  store.purgeDeleted(Number.MAX_SAFE_INTEGER);
  expect(connection.first("SELECT COUNT(*) AS count FROM artifact_chunks")).toEqual({ count: 0 });
  store.close();
});
