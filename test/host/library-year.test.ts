/**
 * A year of daily use, smaller: each day a run with curves, checkpoints, snapshots and a model, some deleted, the app opened each
 * morning. The file stays under the size that the settings show, and what is kept is what was promised.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HostEvents } from "../../main/host/events.ts";
import { HostFiles } from "../../main/host/files.ts";
import { applyRetention, libraryHandlers } from "../../main/host/library.ts";
import { openConnection } from "../../main/store/sqlite/open.ts";
import { sqliteStore } from "../../main/store/sqlite/sqlite-store.ts";
import type { Store } from "../../main/store/store.ts";
import { newProject } from "../../main/store/testing/opened-store.ts";
import { sampleDesign, samplePoints, sampleRun } from "../../main/store/testing/store-fixture.ts";

const DAYS = 365;
const DAY_MS = 24 * 3600 * 1000;
const KEPT_MS = 30 * DAY_MS;
const WEIGHTS = 24 * 1024;
/** In place of 2,048 and 256: as much smaller as the runs are. */
const LIMITS = { checkpoint_all_mb: 2, snapshot_all_mb: 1 };

let home = "";
let time = Date.UTC(2026, 0, 1);
let ids = 0;
let store: Store;
const events = new HostEvents((error) => expect.fail(String(error)));
const told: unknown[] = [];
events.listen((event, payload) => {
  if (event === "library.progress") told.push(payload);
});

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "neuroloom-year-"));
  mkdirSync(join(home, "datasets"));
  const connection = await openConnection({ path: join(home, "library.sqlite") });
  // What reaches the disk when is not what is asked here.
  connection.database.pragma("synchronous = OFF");
  store = sqliteStore(connection, { now: () => time, newId: () => `id-${++ids}` });
});
afterEach(() => {
  store.close();
  rmSync(home, { recursive: true, force: true });
});

const purge = (): void => void store.purgeDeleted(time - KEPT_MS);
const around = () => ({ store, home, keepDeletedMs: KEPT_MS, now: () => time, purge, events, closing: new AbortController().signal });
const handlers = () => libraryHandlers({ ...around(), files: new HostFiles(home, () => `token-${++ids}`) });

/** Bytes that do not repeat, so that nothing about them is smaller than it looks. */
function weights(seed: number, bytes = WEIGHTS): Uint8Array {
  let state = seed + 1;
  return Uint8Array.from({ length: bytes }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state >> 16;
  });
}

/** @returns bytes of checkpoints and snapshots that were written */
function trainForADay(projectId: string, day: number): { id: string; written: number } {
  const { id } = store.createRun(sampleRun(projectId, { design: sampleDesign("daily", 8 + (day % 40)) }));
  const bytes = weights(day);
  for (let epoch = 1; epoch <= 3; epoch += 1) {
    store.appendPoints(id, [...samplePoints("loss", 1 + (epoch - 1) * 30, 30), ...samplePoints("val_loss", 1 + (epoch - 1) * 30, 30)]);
    store.saveCheckpoint(id, { kind: "last", step: epoch * 30, epoch, header: { epoch }, bytes });
    store.saveSnapshot(id, { step: epoch * 30, epoch, header: { epoch }, bytes: bytes.subarray(0, WEIGHTS / 3) });
  }
  store.saveCheckpoint(id, { kind: "best", step: 60, epoch: 2, header: { epoch: 2 }, bytes });
  store.saveModel(id, bytes.subarray(0, WEIGHTS / 8));
  store.updateRun(id, { status: "done", metrics: { loss: 0.1, val_loss: 0.2 } });
  return { id, written: 2 * WEIGHTS + WEIGHTS };
}

test("a year of daily use stays under the size that the settings show, with every model and curve", async () => {
  for (const [key, value] of Object.entries(LIMITS)) store.setSetting(key, value);
  const project = newProject(store);
  const interrupted = trainForADay(project.id, 0);
  store.updateRun(interrupted.id, { status: "interrupted" });
  let written = 0;
  let most = 0;
  const kept: string[] = [];
  for (let day = 1; day <= DAYS; day += 1) {
    time += DAY_MS;
    purge();
    const run = trainForADay(project.id, day);
    written += run.written;
    if (day % 5 === 0) store.deleteRuns([run.id]);
    else kept.push(run.id);
    if (day % 10 === 0) applyRetention(store);
    if (day % 30 === 0) most = Math.max(most, store.librarySpace().fileBytes);
  }
  const space = await handlers()["library.compact"]({});
  // Without retention all that was written would still be there.
  expect(written).toBeGreaterThan(2 * space.most_file);
  expect(space.checkpoints).toBeLessThanOrEqual(space.most_checkpoints);
  expect(space.snapshots).toBeLessThanOrEqual(space.most_snapshots);
  // Nothing was wasted: there is no room for the checkpoints of one more run.
  expect(space.checkpoints).toBeGreaterThan(space.most_checkpoints - 3 * WEIGHTS);
  expect(space.file_bytes).toBeLessThan(space.most_file);
  // It says what is so, not merely something large.
  expect(space.file_bytes).toBeGreaterThan(space.most_file / 2);
  expect(most).toBeLessThan(space.most_file + 10 * 3 * WEIGHTS);
  expect(space.free_bytes).toBe(0);
  expect(statSync(join(home, "library.sqlite")).size).toBe(space.file_bytes);
  // Deleted on day 335, just thirty days ago, up to day 365.
  expect(space).toMatchObject({ deleted_runs: 7, kept_days: 30, runs: 1 + kept.length + 7 });

  const [oldest = "", newest = ""] = [kept[0], kept.at(-1)];
  expect(store.listCheckpoints(oldest)).toEqual([]);
  expect(store.loadModel(oldest)).toEqual(weights(1).subarray(0, WEIGHTS / 8));
  expect(store.readCurves(oldest, 1000).map(({ name, x }) => [name, x.length])).toEqual([
    ["loss", 90],
    ["val_loss", 90],
  ]);
  expect(store.listCheckpoints(newest).map(({ kind }) => kind)).toEqual(["best", "last"]);
  // What may still be resumed keeps what it needs, however old.
  expect(store.loadCheckpoint(interrupted.id, "last")?.bytes).toEqual(weights(0));
}, 240_000);

test("a backup made while a run writes is checked, told of while it grows, and opens as the library it was; restoring it waits for the next start and can be taken back", async () => {
  const project = newProject(store);
  const { id } = trainForADay(project.id, 1);
  const files = new HostFiles(home, () => `token-${++ids}`);
  const own = libraryHandlers({ ...around(), files });
  const backing = own["library.backup"]({ task_id: "a" });
  store.appendPoints(id, samplePoints("accuracy", 1, 500));
  const { download, size_bytes, runs, file_name } = await backing;
  expect({ runs, file_name }).toEqual({ runs: 1, file_name: expect.stringMatching(/^neuroloom-library-\d{4}-\d\d-\d\d\.sqlite$/) });
  const path = files.resolve(download)?.path ?? "";
  expect(statSync(path).size).toBe(size_bytes);
  const copy = sqliteStore(await openConnection({ path }), { now: () => time, newId: () => "none" });
  expect(copy.loadModel(id)).toEqual(store.loadModel(id));
  expect(copy.readCurves(id, 1000).find(({ name }) => name === "loss")?.x).toHaveLength(90);
  copy.close();
  const { total } = told.at(-1) as { total: number };
  expect(told.at(-1)).toEqual({ task_id: "a", done: total, total });
  expect(total).toBeGreaterThan(WEIGHTS);
  const restored = own["library.restore"]({ file: path, task_id: "b" });
  expect(await restored).toMatchObject({ runs: 1, files: 0, written_at: time });
  expect((await own["library.space"]({})).restoring).toBe(true);
  await own["library.keep"]({});
  expect((await own["library.space"]({})).restoring).toBe(false);
  expect(store.getRun(id).status).toBe("done");
});
