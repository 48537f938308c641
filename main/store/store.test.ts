import { statSync } from "node:fs";
import { expect, test } from "vitest";
import type { CurvePoint } from "../../core/protocol/methods.ts";
import { openConnection, openStore } from "./sqlite/open.ts";
import { BLOCK_POINTS } from "./sqlite/point-block.ts";
import { sqliteStore } from "./sqlite/sqlite-store.ts";
import type { Store } from "./store.ts";
import {
  codeOf, countedSources, errorOf, sampleDataset, sampleDesign, sampleOwner, samplePoints, sampleRun, seededNumbers, temporaryFolder, valueAt,
} from "./testing/store-fixture.ts";

/** Opens a store in a folder of its own; `reopen` closes it and opens the same file again. */
async function newStore() {
  const folder = temporaryFolder();
  const sources = countedSources();
  const path = folder.file("library.sqlite");
  let store = await openStore({ path, ...sources });
  return {
    folder, path,
    get store(): Store { return store; },
    async reopen(): Promise<Store> {
      store.close();
      store = await openStore({ path, ...sources });
      return store;
    },
    [Symbol.dispose]() {
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

const newProject = (store: Store, datasetId: string | null = null) => store.createProject({ name: "iris", design: sampleDesign("any"), datasetId });

test("a project comes back as it was saved, under the name of its row", async () => {
  using opened = await newStore();
  const dataset = opened.store.upsertDataset(sampleDataset("f1"));
  const made = opened.store.createProject({ name: "花", design: sampleDesign("other name", 16), datasetId: dataset.id });
  expect(made).toEqual({ id: "id-2", name: "花", created_at: 1_001, updated_at: 1_001, revision: 1, run_count: 0, dataset_id: dataset.id });
  const store = await opened.reopen();
  expect(store.getProject(made.id)).toEqual({ project: made, design: sampleDesign("花", 16) });
  expect(store.listProjects()).toEqual([made]);
});

test("a save raises the revision, and a stale one is refused and changes nothing", async () => {
  using opened = await newStore();
  const { store } = opened;
  const { id } = newProject(store);
  const saved = store.saveDesign(id, 1, sampleDesign("iris", 32), null);
  expect(saved.revision).toBe(2);
  const error = await errorOf(() => store.saveDesign(id, 1, sampleDesign("iris", 64), null));
  expect(error.toData()).toEqual({ code: "project.stale", params: { name: "iris", expected: 2, received: 1 } });
  expect(store.getProject(id)).toEqual({ project: saved, design: sampleDesign("iris", 32) });
});

test("renaming is no save: an editor that is open can save afterwards, and the design has the new name", async () => {
  using opened = await newStore();
  const { store } = opened;
  const { id } = newProject(store);
  expect(store.renameProject(id, "irises")).toMatchObject({ name: "irises", revision: 1 });
  expect(store.getProject(id).design.name).toBe("irises");
  expect(store.saveDesign(id, 1, sampleDesign("iris", 9), null)).toMatchObject({ name: "irises", revision: 2 });
  expect(store.getProject(id).design).toEqual(sampleDesign("irises", 9));
});

test("a duplicate has design and data, its own revision and no runs", async () => {
  using opened = await newStore();
  const { store } = opened;
  const dataset = store.upsertDataset(sampleDataset("f1"));
  const { id } = newProject(store, dataset.id);
  store.saveDesign(id, 1, sampleDesign("iris", 77), dataset.id);
  store.createRun(sampleRun(id));
  const copy = store.duplicateProject(id, "copy");
  expect(copy).toMatchObject({ name: "copy", revision: 1, run_count: 0, dataset_id: dataset.id });
  expect(store.getProject(copy.id).design).toEqual(sampleDesign("copy", 77));
  store.saveDesign(copy.id, 1, sampleDesign("copy", 78), null);
  expect(store.getProject(id).design).toEqual(sampleDesign("iris", 77));
});

test("a deleted project is hidden with its runs, and restoring brings all of it back", async () => {
  using opened = await newStore();
  const { store } = opened;
  const { id } = newProject(store);
  const run = store.createRun(sampleRun(id));
  store.appendPoints(run.id, samplePoints("loss", 1, 5));
  const before = store.getProject(id);
  store.deleteProject(id);
  expect(store.listProjects()).toEqual([]);
  expect(store.listRuns(null)).toEqual([]);
  expect(await codeOf(() => store.getProject(id))).toBe("project.not_found");
  expect(await codeOf(() => store.createRun(sampleRun(id)))).toBe("project.not_found");
  expect(store.restoreProject(id)).toEqual(before.project);
  expect(store.getProject(id)).toEqual(before);
  expect(store.listRuns(id)).toEqual([run]);
  expect(store.readCurves(run.id, 100)[0]?.x).toEqual([1, 2, 3, 4, 5]);
});

test("a data set comes back with profile and source; the same id replaces it and keeps when it was made", async () => {
  using opened = await newStore();
  const made = opened.store.upsertDataset(sampleDataset("f1"));
  const store = await opened.reopen();
  const { columns, warnings } = sampleDataset("f1");
  expect(store.getDataset(made.id)).toEqual({
    profile: { dataset: made, columns, warnings }, source: { delimiter: ";", header: true }, fileName: "f1.parquet",
  });
  expect(store.findDataset("f1")).toEqual(made);
  expect(store.findDataset("f2")).toBeNull();
  const replaced = store.upsertDataset({ ...sampleDataset("f2"), id: made.id, rowCount: 3 });
  expect(replaced).toEqual({ ...made, row_count: 3, fingerprint: "f2" });
  expect(store.listDatasets()).toEqual([replaced]);
});

test("a deleted data set leaves the list, still serves the runs that used it, and can be restored", async () => {
  using opened = await newStore();
  const { store } = opened;
  const dataset = store.upsertDataset(sampleDataset("f1"));
  store.deleteDataset(dataset.id);
  expect(store.listDatasets()).toEqual([]);
  expect(store.findDataset("f1")).toBeNull();
  expect(store.getDataset(dataset.id).profile.dataset).toEqual(dataset);
  expect(store.restoreDataset(dataset.id)).toEqual(dataset);
  expect(store.listDatasets()).toEqual([dataset]);
  expect(await codeOf(() => store.createProject({ name: "x", design: sampleDesign("x"), datasetId: "none" }))).toBe("dataset.not_found");
  expect(await codeOf(() => store.getDataset("none"))).toBe("dataset.not_found");
});

test("a run holds every field of the contract, from its first step to its end", async () => {
  using opened = await newStore();
  const dataset = opened.store.upsertDataset(sampleDataset("f1"));
  const project = newProject(opened.store, dataset.id);
  const made = opened.store.createRun(sampleRun(project.id, { datasetId: dataset.id, tags: ["a"], notes: "n", group: "sweep", seed: 2 ** 40, stepsPerEpoch: 5 }));
  expect(made).toEqual({
    id: "id-3", project_id: project.id, number: 1, name: "#1", notes: "n", tags: ["a"], status: "queued", error: null, created_at: 1_002,
    started_at: null, ended_at: null, seconds: 0, epoch: 0, epochs: 10, step: 0, steps_per_epoch: 5, seed: 2 ** 40, spec_hash: "s1",
    data_fingerprint: "f1", engine_version: "1", dataset_id: dataset.id, dataset_name: "flowers", parameters: null, peak_bytes: null,
    backend: null, threads: null, best_epoch: null, metrics: {}, has_model: false,
  });
  const patch = {
    name: "best so far", notes: "笔记", tags: ["b", "c"], status: "failed" as const, error: { code: "engine.nan", params: { step: 3 }, nodeId: "n1" },
    started_at: 5, ended_at: 6, seconds: 1.25, epoch: 3, epochs: 12, step: 15, steps_per_epoch: 6, parameters: 99, peak_bytes: 2 ** 33,
    backend: "wasm", threads: 2, best_epoch: 2, metrics: { loss: 0.5, val_loss: null },
  };
  expect(opened.store.updateRun(made.id, patch)).toEqual({ ...made, ...patch });
  const store = await opened.reopen();
  expect(store.getRun(made.id)).toEqual({ ...made, ...patch });
  expect(store.runLineage(made.id)).toEqual({ group: "sweep", parentId: null, owner: sampleOwner, heartbeatAt: 1_002 });
  expect(store.listProjects()[0]?.run_count).toBe(1);
});

test("a field that may not change is refused by name, and a figure that is not finite is kept as null", async () => {
  using opened = await newStore();
  const { store } = opened;
  const run = store.createRun(sampleRun(newProject(store).id));
  const forged: object = { number: 9 };
  expect(() => store.updateRun(run.id, forged)).toThrow('A run\'s "number" cannot be changed.');
  expect(store.updateRun(run.id, { metrics: { loss: Number.NaN } }).metrics).toEqual({ loss: null });
});

test("run numbers count within a project and are not given twice, also after a purge", async () => {
  using opened = await newStore();
  const { store } = opened;
  const [one, two] = [newProject(store), newProject(store)];
  const numbers = [one, one, two].map((project) => store.createRun(sampleRun(project.id)).number);
  expect(numbers).toEqual([1, 2, 1]);
  const last = store.listRuns(one.id)[0];
  expect(last?.number).toBe(2);
  store.deleteRuns([last?.id ?? ""]);
  expect(store.purgeDeleted(Number.MAX_SAFE_INTEGER).runs).toBe(1);
  expect(store.createRun(sampleRun(one.id)).number).toBe(3);
  expect(store.listRuns(null).map((run) => run.number)).toEqual([3, 1, 1]);
});

test("a run keeps the design it was trained with, whatever becomes of the project's", async () => {
  using opened = await newStore();
  const { store } = opened;
  const { id } = newProject(store);
  const run = store.createRun(sampleRun(id, { design: store.getProject(id).design }));
  store.saveDesign(id, 1, sampleDesign("iris", 100), null);
  store.saveDesign(id, 2, sampleDesign("iris", 200), null);
  expect(store.runDesign(run.id)).toEqual(sampleDesign("iris", 8));
});

test("autosave leaves no design behind that neither a project nor a run names", async () => {
  using folder = temporaryFolder();
  const connection = await openConnection({ path: folder.file("library.sqlite") });
  const store = sqliteStore(connection, countedSources());
  const { id } = newProject(store);
  store.createRun(sampleRun(id, { design: store.getProject(id).design }));
  for (let revision = 1; revision <= 20; revision++) store.saveDesign(id, revision, sampleDesign("iris", 100 + revision), null);
  const count = connection.first<{ count: number }>("SELECT COUNT(*) AS count FROM design_versions");
  expect(count).toEqual({ count: 2 });
  store.close();
});

test("deleting runs can be undone, and one unknown id leaves all as they were", async () => {
  using opened = await newStore();
  const { store } = opened;
  const { id } = newProject(store);
  const runs = [1, 2, 3].map(() => store.createRun(sampleRun(id)));
  const [first, second] = runs.map((run) => run.id) as [string, string, string];
  expect(await codeOf(() => store.deleteRuns([first, "none"]))).toBe("run.not_found");
  expect(store.listRuns(id)).toHaveLength(3);
  store.deleteRuns([first, second]);
  expect(store.listRuns(id).map((run) => run.number)).toEqual([3]);
  expect(store.getProject(id).project.run_count).toBe(1);
  expect(await codeOf(() => store.getRun(first))).toBe("run.not_found");
  store.restoreRuns([first, second]);
  expect(store.listRuns(id)).toEqual([...runs].reverse());
});

test("only going runs whose owner is dead become interrupted, ended at their last heartbeat", async () => {
  using opened = await newStore();
  const { store } = opened;
  const { id } = newProject(store);
  const dead = { processId: 1, startToken: "gone" };
  const make = (owner: typeof dead, status: "queued" | "preparing" | "running" | "paused" | "done") =>
    store.updateRun(store.createRun(sampleRun(id, { owner })).id, { status }).id;
  const lost = (["queued", "preparing", "running", "paused"] as const).map((status) => make(dead, status));
  const kept = [make(dead, "done"), make(sampleOwner, "running")];
  store.heartbeat(lost[2] ?? "");
  const heartbeat = store.runLineage(lost[2] ?? "").heartbeatAt;
  const marked = store.markInterrupted((owner) => owner.processId === sampleOwner.processId && owner.startToken === sampleOwner.startToken);
  expect(marked.map((run) => run.id)).toEqual(lost);
  expect(marked.every((run) => run.status === "interrupted")).toBe(true);
  expect(marked[2]?.ended_at).toBe(heartbeat);
  expect(kept.map((run) => store.getRun(run).status)).toEqual(["done", "running"]);
  expect(store.markInterrupted(() => false).map((run) => run.id)).toEqual([kept[1]]);
  expect(store.markInterrupted(() => false)).toEqual([]);
});

test("an interrupted run is resumed by one owner only", async () => {
  using opened = await newStore();
  const { store } = opened;
  const run = store.createRun(sampleRun(newProject(store).id));
  const [one, two] = [{ processId: 10, startToken: "a" }, { processId: 11, startToken: "b" }];
  expect((await errorOf(() => store.claimRun(run.id, one))).toData()).toEqual({ code: "run.taken", params: { name: "#1", process: 4242 } });
  store.updateRun(run.id, { error: { code: "x", params: {} } });
  store.markInterrupted(() => false);
  expect(store.claimRun(run.id, one)).toMatchObject({ status: "queued", error: null, ended_at: null });
  expect(store.runLineage(run.id).owner).toEqual(one);
  expect((await errorOf(() => store.claimRun(run.id, two))).params).toEqual({ name: "#1", process: 10 });
  expect(await codeOf(() => store.claimRun("none", two))).toBe("run.not_found");
});

test("curves come back point by point, across blocks, in the order of arrival, null where not finite", async () => {
  using opened = await newStore();
  const run = opened.store.createRun(sampleRun(newProject(opened.store).id));
  const random = seededNumbers(1);
  const expected = new Map<string, CurvePoint[]>([["val_loss", []], ["loss", []]]);
  for (let step = 1; step < 3 * BLOCK_POINTS; ) {
    const count = 1 + Math.floor(random() * 100);
    const batch = ["val_loss", "loss"].flatMap((name) => samplePoints(name, step, count).map((point) => (point.step % 97 === 0 ? { ...point, value: null } : point)));
    for (const point of batch) expected.get(point.name)?.push(point);
    opened.store.appendPoints(run.id, batch);
    step += count;
  }
  const store = await opened.reopen();
  const curves = store.readCurves(run.id, 100_000);
  expect(curves).toEqual(
    [...expected].map(([name, points]) => ({
      name, x: points.map((p) => p.step), epoch: points.map((p) => p.epoch), seconds: points.map((p) => p.seconds), y: points.map((p) => p.value),
    })),
  );
  expect(curves[0]?.y.includes(null)).toBe(true);
  expect(await codeOf(() => store.appendPoints("none", samplePoints("loss", 1, 1)))).toBe("run.not_found");
});

test("points after a step go away, and appending goes on from there", async () => {
  using opened = await newStore();
  const { store } = opened;
  const run = store.createRun(sampleRun(newProject(store).id));
  store.appendPoints(run.id, [...samplePoints("loss", 1, 1_000), ...samplePoints("val_loss", 900, 1)]);
  store.dropPointsAfter(run.id, 700);
  expect(store.readCurves(run.id, 10_000).map((curve) => [curve.name, curve.x.length, curve.x.at(-1)])).toEqual([["loss", 700, 700]]);
  store.appendPoints(run.id, samplePoints("loss", 701, 500));
  const [loss] = store.readCurves(run.id, 10_000);
  expect(loss?.x).toEqual(Array.from({ length: 1_200 }, (_, index) => index + 1));
  expect(loss?.y).toEqual(loss?.x.map(valueAt));
});

test("a million points take less than 40 bytes each and are read down-sampled with every peak", { timeout: 120_000 }, async () => {
  using folder = temporaryFolder();
  const connection = await openConnection({ path: folder.file("library.sqlite") });
  const store = sqliteStore(connection, countedSources());
  const run = store.createRun(sampleRun(newProject(store).id));
  const total = 1_000_000;
  const started = performance.now();
  for (let step = 1; step <= total; step += 10_000)
    store.appendPoints(run.id, samplePoints("loss", step, 10_000).map((point) => (point.step === 654_321 ? { ...point, value: 1e6 } : point)));
  const appended = performance.now();
  const [curve] = store.readCurves(run.id, 500);
  const read = performance.now();
  const bytes = connection.first<{ pages: number; blocks: number }>(
    `SELECT (SELECT SUM(pgsize) FROM dbstat WHERE name IN ('metric_blocks', 'sqlite_autoindex_metric_blocks_1')) AS pages,
       (SELECT COUNT(*) FROM metric_blocks) AS blocks`,
  );
  const bytesPerPoint = (bytes?.pages ?? Number.NaN) / total;
  console.info(`1,000,000 points: append ${(appended - started).toFixed(0)} ms, read 500 of them ${(read - appended).toFixed(0)} ms, ${bytesPerPoint.toFixed(2)} bytes a point`);
  expect(bytes?.blocks).toBe(Math.ceil(total / BLOCK_POINTS));
  expect(bytesPerPoint).toBeLessThan(40);
  expect(curve?.x.length).toBeLessThanOrEqual(500);
  expect(curve?.x.length).toBeGreaterThan(450);
  expect([curve?.x[0], curve?.x.at(-1)]).toEqual([1, total]);
  expect(curve?.y[curve.x.indexOf(654_321)]).toBe(1e6);
  store.close();
});

test("checkpoints of each kind come back byte by byte, and a new one replaces the old", async () => {
  using opened = await newStore();
  const run = opened.store.createRun(sampleRun(newProject(opened.store).id));
  const random = seededNumbers(3);
  const bytes = Uint8Array.from({ length: 2 ** 21 + 12_345 }, () => random() * 256);
  const best = { kind: "best" as const, step: 40, epoch: 2, header: { offsets: [0, 8], stream: "a" }, bytes };
  const empty = { kind: "last" as const, step: 50, epoch: 3, header: null, bytes: new Uint8Array(0) };
  opened.store.saveCheckpoint(run.id, { ...best, step: 1, bytes: bytes.subarray(7) });
  opened.store.saveCheckpoint(run.id, best);
  opened.store.saveCheckpoint(run.id, empty);
  const store = await opened.reopen();
  const loaded = store.loadCheckpoint(run.id, "best");
  expect({ ...loaded, bytes: null }).toEqual({ ...best, bytes: null });
  expect(Buffer.compare(loaded?.bytes ?? Buffer.of(), bytes)).toBe(0);
  expect(store.loadCheckpoint(run.id, "last")).toEqual(empty);
  expect(store.loadCheckpoint(run.id, "final")).toBeNull();
  expect(store.getRun(run.id).has_model).toBe(false);
  const model = new TextEncoder().encode(JSON.stringify({ format: "neuroloom-model", classes: ["红", "b"] }));
  store.saveModel(run.id, model);
  expect(store.getRun(run.id).has_model).toBe(true);
  expect(store.loadModel(run.id)).toEqual(model);
  expect(await codeOf(() => store.saveModel("none", model))).toBe("run.not_found");
});

test("replacing a checkpoint over and over does not let the file grow", async () => {
  using opened = await newStore();
  const { store } = opened;
  const run = store.createRun(sampleRun(newProject(store).id));
  const bytes = new Uint8Array(3 * 2 ** 20).fill(1);
  for (let step = 0; step < 10; step++) store.saveCheckpoint(run.id, { kind: "last", step, epoch: 0, header: {}, bytes });
  const copy = opened.folder.file("copy.sqlite");
  await store.backup(copy);
  expect(statSync(copy).size).toBeLessThan(2 * bytes.length + 2 ** 20);
});

test("settings of any JSON kind come back", async () => {
  using opened = await newStore();
  const settings = { language: "zh", threads: 2, recent: ["a", { b: null }], theme: null, off: false };
  for (const [key, value] of Object.entries(settings)) opened.store.setSetting(key, value);
  opened.store.setSetting("threads", 3);
  expect((await opened.reopen()).getSettings()).toEqual({ ...settings, threads: 3 });
});

test("a purge removes what was deleted before, keeps the rest, names files no longer needed and gives the space back", async () => {
  using folder = temporaryFolder();
  const connection = await openConnection({ path: folder.file("library.sqlite") });
  const store = sqliteStore(connection, countedSources());
  const [used, unused, sharing] = ["f1", "f2", "f1"].map((fingerprint) => store.upsertDataset(sampleDataset(fingerprint)).id) as [string, string, string];
  const [kept, gone] = [newProject(store, used), newProject(store)];
  const [survivor, deleted] = [store.createRun(sampleRun(kept.id)), store.createRun(sampleRun(kept.id))];
  const ofProject = store.createRun(sampleRun(gone.id, { parentId: deleted.id }));
  for (const run of [survivor, deleted, ofProject]) {
    store.appendPoints(run.id, samplePoints("loss", 1, 300));
    store.saveCheckpoint(run.id, { kind: "last", step: 1, epoch: 0, header: {}, bytes: new Uint8Array(3_000_000) });
  }
  for (const id of [used, unused, sharing]) store.deleteDataset(id);
  store.deleteRuns([deleted.id]);
  store.deleteProject(gone.id);
  const pages = () => Number(connection.database.pragma("page_count", { simple: true }));
  const before = pages();
  expect(store.purgeDeleted(0)).toEqual({ projects: 0, runs: 0, datasets: 0, fileNames: [] });
  expect(store.purgeDeleted(Number.MAX_SAFE_INTEGER)).toEqual({ projects: 1, runs: 2, datasets: 2, fileNames: ["f2.parquet"] });
  expect(pages()).toBeLessThan(before / 2);
  expect(store.listRuns(null).map((run) => run.id)).toEqual([survivor.id]);
  expect(store.readCurves(survivor.id, 1_000)[0]?.x).toHaveLength(300);
  expect(await codeOf(() => store.restoreProject(gone.id))).toBe("project.not_found");
  expect(await codeOf(() => store.getDataset(unused))).toBe("dataset.not_found");
  expect(store.getDataset(used).fileName).toBe("f1.parquet");
  expect(store.integrityCheck()).toEqual([]);
  store.close();
});

test("a backup taken while points are added is whole and opens as a library", async () => {
  using opened = await newStore();
  const { store, folder } = opened;
  const run = store.createRun(sampleRun(newProject(store).id));
  store.appendPoints(run.id, samplePoints("loss", 1, 50_000));
  const copying = store.backup(folder.file("copy.sqlite"));
  store.appendPoints(run.id, samplePoints("loss", 50_001, 10));
  await copying;
  const copy = await openStore({ path: folder.file("copy.sqlite"), ...countedSources() });
  expect(copy.integrityCheck()).toEqual([]);
  const points = copy.readCurves(run.id, 100_000)[0]?.x.length;
  expect([50_000, 50_010]).toContain(points);
  copy.close();
  expect(await codeOf(() => store.backup(folder.file("nowhere/copy.sqlite")))).toBe("store.cannot_open");
});

test("a closed store says so", async () => {
  using folder = temporaryFolder();
  const store = await openStore({ path: folder.file("library.sqlite"), ...countedSources() });
  store.close();
  expect(await codeOf(() => store.listProjects())).toBe("store.closed");
});
