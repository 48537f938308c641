/** Groups of runs: their plan, their members in order, deleting with undo, the queue that outlives its process, and the library of before. */
import { expect, test } from "vitest";
import type { GroupPlan } from "../../core/sweeps/plan.ts";
import { migrations } from "./migrations/all.ts";
import { openConnection } from "./sqlite/open.ts";
import { sqliteStore } from "./sqlite/sqlite-store.ts";
import type { RunOwner } from "./store.ts";
import { newProject, newStore } from "./testing/opened-store.ts";
import {
  codeOf,
  countedSources,
  oldRun,
  sampleDesign,
  sampleOwner,
  samplePoints,
  sampleRun,
  temporaryFolder,
} from "./testing/store-fixture.ts";

const folds: GroupPlan = { kind: "folds", folds: 5 };
const newGroup = (projectId: string, plan: GroupPlan = folds) => ({
  projectId,
  name: "5 folds",
  plan,
  design: sampleDesign("grouped"),
  datasetId: null,
  threads: 2,
});

test("a group keeps its plan and design, and its members in the order of their places", async () => {
  using opened = await newStore();
  const { id: projectId } = newProject(opened.store);
  const group = opened.store.createGroup(newGroup(projectId));
  expect(group).toMatchObject({ kind: "folds", name: "5 folds", plan: folds, status: "going" });
  for (const index of [2, 0, 1]) opened.store.createRun(sampleRun(projectId, { group: { id: group.id, index, options: { fold: index } } }));
  opened.store.createRun(sampleRun(projectId));
  const store = await opened.reopen();
  expect(store.groupRuns(group.id).map((run) => [run.group_id, run.group_index, run.group_options])).toEqual(
    [0, 1, 2].map((index) => [group.id, index, { fold: index }]),
  );
  expect(store.groupDesign(group.id)).toEqual(sampleDesign("grouped"));
  expect(store.groupThreads(group.id)).toBe(2);
  expect(store.updateGroup(group.id, { status: "done", name: "all five" })).toMatchObject({ status: "done", name: "all five" });
  expect(store.listGroups(projectId).map(({ name }) => name)).toEqual(["all five"]);
  const again = () => store.createRun(sampleRun(projectId, { group: { id: group.id, index: 1, options: {} } }));
  expect(await codeOf(again)).toBe("store.constraint");
});

test("a group is deleted with its members, and restoring brings back those and no others", async () => {
  using opened = await newStore();
  const { store } = opened;
  const { id: projectId } = newProject(store);
  const group = store.createGroup(newGroup(projectId));
  const [gone, first, second] = [0, 1, 2].map(
    (index) => store.createRun(sampleRun(projectId, { group: { id: group.id, index, options: {} } })).id,
  ) as [string, string, string];
  store.deleteRuns([gone]);
  expect(store.deleteGroup(group.id)).toEqual([first, second]);
  expect(store.listGroups(null)).toEqual([]);
  expect(store.listRuns(null)).toEqual([]);
  expect(await codeOf(() => store.getGroup(group.id))).toBe("run.group_not_found");
  expect(store.restoreGroup(group.id)).toEqual([first, second]);
  expect(store.groupRuns(group.id).map((run) => run.id)).toEqual([first, second]);
  store.deleteGroup(group.id);
  store.purgeDeleted(Number.MAX_SAFE_INTEGER);
  expect(await codeOf(() => store.restoreGroup(group.id))).toBe("run.group_not_found");
  expect(store.integrityCheck()).toEqual([]);
});

test("waiting runs of a dead process are taken over in the order of the queue and still wait; those of a living one are left", async () => {
  using opened = await newStore();
  const { store } = opened;
  const { id } = newProject(store);
  const dead: RunOwner = { processId: 1, startToken: "gone" };
  const mine: RunOwner = { processId: 2, startToken: "new" };
  const make = (owner: RunOwner, place: number) => {
    const run = store.createRun(sampleRun(id, { owner, threadsWanted: 3 }));
    return store.updateRun(run.id, { queue_place: place }).id;
  };
  const [last, first] = [make(dead, 7), make(dead, 2.5)];
  const [living, going] = [make(sampleOwner, 1), make(dead, 3)];
  store.updateRun(going, { status: "running" });
  const isAlive = (owner: RunOwner): boolean => owner.processId !== dead.processId;
  const adopted = store.adoptQueued(isAlive, mine);
  expect(adopted.map((run) => [run.id, run.status])).toEqual([
    [first, "queued"],
    [last, "queued"],
  ]);
  expect(store.runLineage(first)).toMatchObject({ owner: mine, threadsWanted: 3 });
  expect(store.runLineage(living).owner).toEqual(sampleOwner);
  expect(store.adoptQueued(isAlive, mine)).toEqual([]);
  expect(store.markInterrupted(isAlive).map((run) => run.id)).toEqual([going]);
});

test("checkpoints of single epochs stand beside the last, are listed by epoch and removed one by one", async () => {
  using opened = await newStore();
  const { store } = opened;
  const run = store.createRun(sampleRun(newProject(store).id));
  const save = (kind: "last" | "epoch-2" | "epoch-10", epoch: number) =>
    store.saveCheckpoint(run.id, { kind, step: epoch * 3, epoch, header: {}, bytes: new Uint8Array([epoch]) });
  await save("epoch-10", 10);
  await save("epoch-2", 2);
  await save("last", 11);
  await store.saveModel(run.id, new Uint8Array([9]), { sampled_steps: [] });
  await store.saveHeldOut(run.id, new Uint8Array([5, 6]));
  expect(store.listCheckpoints(run.id).map(({ kind, sizeBytes }) => [kind, sizeBytes])).toEqual([
    ["epoch-2", 1],
    ["epoch-10", 1],
    ["last", 1],
  ]);
  store.deleteCheckpoint(run.id, "epoch-2");
  expect(await store.loadCheckpoint(run.id, "epoch-2")).toBeNull();
  expect([...((await store.loadCheckpoint(run.id, "epoch-10"))?.bytes ?? [])]).toEqual([10]);
  expect([...((await store.loadHeldOut(run.id)) ?? [])]).toEqual([5, 6]);
});

test("a library of version 2 is migrated with its checkpoints, and still takes new ones of every kind", async () => {
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  const old = await openConnection({ path }, migrations.slice(0, 2));
  old.database.exec(oldRun);
  old.database.exec(`
    INSERT INTO artifacts VALUES ('r', 'last', 3, 1, '{}', 2, '${"a".repeat(64)}', 1);
    INSERT INTO artifact_chunks VALUES ('r', 'last', 0, x'0102');
  `);
  old.database.close();
  const connection = await openConnection({ path });
  const store = sqliteStore(connection, countedSources());
  expect(connection.first("SELECT kind, step FROM artifacts WHERE run_id = 'r'")).toEqual({ kind: "last", step: 3 });
  expect(store.getRun("r")).toMatchObject({ group_id: null, group_options: null, queue_place: null, parent_id: null });
  await store.saveCheckpoint("r", { kind: "epoch-4", step: 9, epoch: 4, header: {}, bytes: new Uint8Array(3_000_000) });
  store.appendPoints("r", samplePoints("loss", 1, 10));
  store.deleteRuns(["r"]);
  store.purgeDeleted(Number.MAX_SAFE_INTEGER);
  // Chunks went with their artifact: the foreign key names the table that was made anew.
  expect(connection.first("SELECT COUNT(*) AS count FROM artifact_chunks")).toEqual({ count: 0 });
  expect(store.integrityCheck()).toEqual([]);
  store.close();
});
