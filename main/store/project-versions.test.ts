/** Versions of projects and the undo history beside the design: what a save keeps, what stays, what is thinned. */
import { expect, test } from "vitest";
import { openStore } from "./sqlite/open.ts";
import type { Store } from "./store.ts";
import { newProject } from "./testing/opened-store.ts";
import { codeOf, sampleDataset, sampleDesign, sampleRun, temporaryFolder } from "./testing/store-fixture.ts";
import { thinned } from "./version-retention.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A store whose clock the test moves. */
async function clocked() {
  const folder = temporaryFolder();
  const clock = { now: 1_700_000_000_000 };
  let last = 0;
  const store = await openStore({ path: folder.file("library.sqlite"), now: () => clock.now, newId: () => `id-${++last}` });
  const { id } = newProject(store);
  let revision = 1;
  return {
    store,
    clock,
    id,
    /** Saves a design of its own for every number, so much later. */
    save(units: number, later: number, datasetId: string | null = null): void {
      clock.now += later;
      store.saveDesign(id, revision, sampleDesign("iris", units), datasetId);
      revision += 1;
    },
    [Symbol.dispose]() {
      store.close();
      folder[Symbol.dispose]();
    },
  };
}
const list = (store: Store, id: string) => store.listVersions(id, 0, 100).versions;
const designsOf = (store: Store, id: string) => list(store, id).map((version) => store.versionDesign(version.id));

test("saves of a short while are one version, later ones another, and the first state stays", async () => {
  using opened = await clocked();
  const { store, id } = opened;
  const first = designsOf(store, id);
  for (const units of [1, 2, 3]) opened.save(units, 20_000);
  opened.save(4, 2 * MINUTE);
  expect(designsOf(store, id)).toEqual([sampleDesign("iris", 4), sampleDesign("iris", 3), ...first]);
  expect(list(store, id).map(({ current }) => current)).toEqual([true, false, false]);
  opened.save(4, 5 * MINUTE);
  expect(list(store, id)).toHaveLength(3);
});

test("a version with a name, and one that a run was started from, are not gone on with", async () => {
  using opened = await clocked();
  const { store, id } = opened;
  opened.save(1, 3 * MINUTE);
  const kept = store.keepVersion(id, "before dropout");
  opened.save(2, 1000);
  const run = store.createRun({ ...sampleRun(id), design: sampleDesign("iris", 2) });
  opened.save(3, 1000);
  opened.save(4, 1000);
  expect(designsOf(store, id).slice(0, 3)).toEqual([sampleDesign("iris", 4), sampleDesign("iris", 2), sampleDesign("iris", 1)]);
  const [, used, named] = list(store, id);
  expect(named).toMatchObject({ id: kept.id, name: "before dropout" });
  expect(store.versionRuns(used?.id ?? "")).toEqual([{ id: run.id, name: run.name }]);
  expect(store.versionRuns(kept.id)).toEqual([]);
});

test("naming a state that has a name makes a second version of it; a name can be taken away", async () => {
  using opened = await clocked();
  const { store, id } = opened;
  store.keepVersion(id, "one");
  const second = store.keepVersion(id, "two");
  expect(list(store, id).map(({ name, current }) => [name, current])).toEqual([
    ["two", true],
    ["one", true],
  ]);
  expect(store.nameVersion(second.id, null).name).toBeNull();
  expect(await codeOf(() => store.nameVersion("gone", "x"))).toBe("project.version_not_found");
});

test("over months of saves few unnamed versions are left, every named and used one, and no design that nothing names", async () => {
  using opened = await clocked();
  const { store, id } = opened;
  for (let day = 0; day < 40; day += 1)
    for (let hour = 0; hour < 8; hour += 1) {
      const units = 10 + day * 8 + hour;
      opened.save(units, hour === 7 ? DAY - 7 * 20 * MINUTE : 20 * MINUTE);
      if (units === 50) store.keepVersion(id, "the good one");
      if (units === 90) store.createRun({ ...sampleRun(id), design: sampleDesign("iris", 90) });
    }
  const versions = list(store, id);
  // Days before the last fortnight have one each, those of it a few, the newest day all.
  expect(store.listVersions(id, 0, 1).total).toBeLessThan(100);
  expect(versions.length).toBeGreaterThan(40);
  expect(versions.filter(({ name }) => name === "the good one")).toHaveLength(1);
  expect(versions.some((version) => store.versionRuns(version.id).length > 0)).toBe(true);
  expect(versions[0]?.current).toBe(true);
  store.deleteProject(id);
  opened.clock.now += DAY;
  expect(store.purgeDeleted(opened.clock.now)).toMatchObject({ projects: 1, runs: 1 });
  expect(store.integrityCheck()).toEqual([]);
});

test("retention keeps the newest of each span and forgets the rest, whenever it is asked", () => {
  const now = 1_700_000_000_000;
  const versions = Array.from({ length: 5000 }, (_, index) => ({ id: `v${index}`, createdAt: now - index * 10 * MINUTE }));
  const going = new Set(thinned(versions, now));
  expect(going.has("v0")).toBe(false);
  expect([1, 2, 3, 4, 5].every((index) => !going.has(`v${index}`))).toBe(true);
  const kept = versions.filter(({ id }) => !going.has(id));
  expect(kept.length).toBeGreaterThan(100);
  expect(kept.length).toBeLessThanOrEqual(200);
  expect(thinned(kept, now)).toEqual([]);
});

test("a version whose data set was deleted says that it has none, and a purge leaves the version", async () => {
  using opened = await clocked();
  const { store, id, clock } = opened;
  const dataset = store.upsertDataset(sampleDataset("f1"));
  opened.save(1, 3 * MINUTE, dataset.id);
  opened.save(2, 3 * MINUTE);
  const [, before] = list(store, id);
  expect(before?.datasetId).toBe(dataset.id);
  store.deleteDataset(dataset.id);
  expect(store.getVersion(before?.id ?? "").datasetId).toBeNull();
  clock.now += DAY;
  expect(store.purgeDeleted(clock.now).datasets).toBe(1);
  expect(store.versionDesign(before?.id ?? "")).toEqual(sampleDesign("iris", 1));
});

test("the undo history comes back with the design that it was saved with, and not as that of another", async () => {
  using opened = await clocked();
  const { store, id } = opened;
  expect(store.getProject(id).journal).toBeNull();
  store.saveDesign(id, 1, sampleDesign("iris", 5), null, "the history");
  expect(store.getProject(id).journal).toEqual({ text: "the history", fits: true });
  store.renameProject(id, "irises");
  expect(store.getProject(id).journal).toEqual({ text: "the history", fits: true });
  store.saveDesign(id, 2, sampleDesign("iris", 6), null);
  expect(store.getProject(id).journal).toBeNull();
});
