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
import { libraryHandlers } from "../../main/host/library.ts";
import { openConnection } from "../../main/store/sqlite/open.ts";
import { sqliteStore } from "../../main/store/sqlite/sqlite-store.ts";
import type { Store } from "../../main/store/store.ts";
import { newProject } from "../../main/store/testing/opened-store.ts";
import { samplePoints } from "../../main/store/testing/store-fixture.ts";
import { DAY_MS, KEPT_MS, liveThrough, modelBytes, trainOnce, weights } from "./library-year.ts";

const DAYS = 365;
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

test("a year of daily use stays under the size that the settings show, with every model and curve", async () => {
  for (const [key, value] of Object.entries(LIMITS)) store.setSetting(key, value);
  const project = newProject(store);
  const interrupted = await trainOnce(store, project.id, 0, weights(0, WEIGHTS));
  store.updateRun(interrupted.id, { status: "interrupted" });
  const { written, most, kept } = await liveThrough({
    store,
    projectId: project.id,
    days: DAYS,
    runsADay: 1,
    bytesOf: (run) => weights(run, WEIGHTS),
    nextDay: () => {
      time += DAY_MS;
      return time;
    },
  });
  const space = await handlers()["library.compact"]({ task_id: "compact" });
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
  expect(await store.loadModel(oldest)).toEqual(weights(1, WEIGHTS).subarray(0, modelBytes(WEIGHTS)));
  expect(store.readCurves(oldest, 1000).map(({ name, x }) => [name, x.length])).toEqual([
    ["loss", 90],
    ["val_loss", 90],
  ]);
  expect(store.listCheckpoints(newest).map(({ kind }) => kind)).toEqual(["best", "last"]);
  // What may still be resumed keeps what it needs, however old.
  expect((await store.loadCheckpoint(interrupted.id, "last"))?.bytes).toEqual(weights(0, WEIGHTS));
});

test("a backup made while a run writes is checked, told of while it grows, and opens as the library it was; restoring it waits for the next start and can be taken back", async () => {
  const project = newProject(store);
  const { id } = await trainOnce(store, project.id, 1, weights(1, WEIGHTS));
  const files = new HostFiles(home, () => `token-${++ids}`);
  const own = libraryHandlers({ ...around(), files });
  const backing = own["library.backup"]({ task_id: "a" });
  store.appendPoints(id, samplePoints("accuracy", 1, 500));
  const { download, size_bytes, runs, file_name } = await backing;
  expect({ runs, file_name }).toEqual({ runs: 1, file_name: expect.stringMatching(/^neuroloom-library-\d{4}-\d\d-\d\d\.sqlite$/) });
  const path = files.resolve(download)?.path ?? "";
  expect(statSync(path).size).toBe(size_bytes);
  const copy = sqliteStore(await openConnection({ path }), { now: () => time, newId: () => "none" });
  expect(await copy.loadModel(id)).toEqual(await store.loadModel(id));
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

test("checkpoints of runs that may be resumed stay beyond the limit, which the size that is shown counts; those of deleted ones go", async () => {
  for (const [key, value] of Object.entries({ ...LIMITS, checkpoint_all_mb: 1 })) store.setSetting(key, value);
  const project = newProject(store);
  const runs: string[] = [];
  for (let k = 0; k < 8; k += 1) {
    const { id } = await trainOnce(store, project.id, k, weights(k, 20 * WEIGHTS));
    store.updateRun(id, { status: "interrupted" });
    runs.push(id);
  }
  const space = await handlers()["library.compact"]({ task_id: "compact" });
  expect(space.unfinished_checkpoints).toBe(space.checkpoints);
  expect(space.checkpoints).toBeGreaterThan(2 * space.most_checkpoints);
  expect(space.file_bytes).toBeLessThan(space.most_file);
  store.deleteRuns(runs.slice(1));
  const left = await handlers()["library.compact"]({ task_id: "compact" });
  expect(left.most_file).toBeLessThan(space.most_file);
  expect(left.checkpoints).toBeLessThanOrEqual(Math.max(left.most_checkpoints, left.unfinished_checkpoints));
  expect(store.listCheckpoints(runs[0] ?? "")).not.toEqual([]);
});
