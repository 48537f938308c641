/** Projects, data sets and settings; purge, backup and closing. */
import { expect, test } from "vitest";
import { openConnection, openStore } from "./sqlite/open.ts";
import { sqliteStore } from "./sqlite/sqlite-store.ts";
import { newProject, newStore } from "./testing/opened-store.ts";
import {
  codeOf,
  countedSources,
  errorOf,
  sampleDataset,
  sampleDesign,
  samplePoints,
  sampleRun,
  temporaryFolder,
} from "./testing/store-fixture.ts";

test("a project comes back as it was saved, under the name of its row", async () => {
  using opened = await newStore();
  const dataset = opened.store.upsertDataset(sampleDataset("f1"));
  const made = opened.store.createProject({ name: "花", design: sampleDesign("other name", 16), datasetId: dataset.id });
  expect(made).toEqual({ id: "id-2", name: "花", created_at: 1_001, updated_at: 1_001, revision: 1, run_count: 0, dataset_id: dataset.id });
  const store = await opened.reopen();
  expect(store.getProject(made.id)).toEqual({ project: made, design: sampleDesign("花", 16), journal: null });
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
  expect(store.getProject(id)).toEqual({ project: saved, design: sampleDesign("iris", 32), journal: null });
});

test("renaming is no save: an editor that is open can save afterwards, and the design has the new name", async () => {
  using opened = await newStore();
  const { store } = opened;
  const { id } = newProject(store);
  expect(store.renameProject(id, "irises")).toMatchObject({ name: "irises", revision: 1 });
  expect(store.getProject(id).design.name).toBe("irises");
  expect(store.saveDesign(id, 1, sampleDesign("iris", 9), null)).toMatchObject({ name: "irises", revision: 2 });
  expect(store.getProject(id).design).toEqual(sampleDesign("irises", 9));
  expect(store.saveDesign(id, 2, sampleDesign("iris", 9), null, undefined, "lilies")).toMatchObject({ name: "lilies", revision: 3 });
  expect(store.getProject(id).design).toEqual(sampleDesign("lilies", 9));
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
    profile: { dataset: made, columns, warnings },
    source: { delimiter: ";", header: true },
    fileName: "f1.parquet",
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
  const [used, unused, sharing] = ["f1", "f2", "f1"].map((fingerprint) => store.upsertDataset(sampleDataset(fingerprint)).id) as [
    string,
    string,
    string,
  ];
  const [kept, gone] = [newProject(store, used), newProject(store)];
  const [survivor, deleted] = [store.createRun(sampleRun(kept.id)), store.createRun(sampleRun(kept.id))];
  const ofProject = store.createRun(sampleRun(gone.id, { parent: { runId: deleted.id, checkpoint: "last" } }));
  for (const run of [survivor, deleted, ofProject]) {
    store.appendPoints(run.id, samplePoints("loss", 1, 300));
    await store.saveCheckpoint(run.id, { kind: "last", step: 1, epoch: 0, header: {}, bytes: new Uint8Array(3_000_000) });
  }
  for (const id of [used, unused, sharing]) store.deleteDataset(id);
  store.deleteRuns([deleted.id]);
  store.deleteProject(gone.id);
  const pages = () => Number(connection.database.pragma("page_count", { simple: true }));
  const before = pages();
  expect(store.purgeDeleted(0)).toEqual({ projects: 0, runs: 0, datasets: 0, fileNames: [] });
  expect(store.purgeDeleted(Number.MAX_SAFE_INTEGER)).toEqual({ projects: 1, runs: 2, datasets: 2, fileNames: ["f2.parquet"] });
  await store.settled();
  expect(pages()).toBeLessThan(before / 2);
  expect(store.listRuns(null).map((run) => run.id)).toEqual([survivor.id]);
  expect(store.readCurves(survivor.id, 1_000)[0]?.x).toHaveLength(300);
  expect(await codeOf(() => store.restoreProject(gone.id))).toBe("project.not_found");
  expect(await codeOf(() => store.getDataset(unused))).toBe("dataset.not_found");
  expect(store.getDataset(used).fileName).toBe("f1.parquet");
  expect(store.integrityCheck()).toEqual([]);
  store.close();
});

test("a closed store says so", async () => {
  using folder = temporaryFolder();
  const store = await openStore({ path: folder.file("library.sqlite"), ...countedSources() });
  store.close();
  expect(await codeOf(() => store.listProjects())).toBe("store.closed");
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
