/** The list of runs: pages in one order, rows without what the list does not show, words in notes, the archive. */
import { expect, test, vi } from "vitest";
import { listedRunSchema } from "../../core/protocol/contract/runs.ts";
import { Connection } from "./sqlite/connection.ts";
import type { Store } from "./store.ts";
import { newProject, newStore } from "./testing/opened-store.ts";
import { codeOf, sampleDesign, sampleRun } from "./testing/store-fixture.ts";

const LONG_NOTE = "what was tried ".repeat(500);
const METRICS = Object.fromEntries(
  ["loss", "accuracy", "f1", "auc", "precision", "recall"].flatMap((name) => [
    [name, 0.512_345],
    [`val_${name}`, 0.25],
  ]),
);

function allPages(store: Store, projectId: string | null, limit: number): { ids: string[]; pages: number } {
  const ids: string[] = [];
  for (let pages = 1; ; pages += 1) {
    const last = ids.at(-1);
    const after = last === undefined ? null : store.getRun(last);
    const page = store.listPage(projectId, { after, limit });
    ids.push(...page.runs.map(({ id }) => id));
    if (page.runs.length < limit) return { ids, pages };
  }
}

test("pages give every run once, newest first, also where several began at the same moment", async () => {
  using opened = await newStore();
  const { store } = opened;
  const [one, two] = [newProject(store), newProject(store)];
  for (let number = 0; number < 12; number += 1) store.createRun(sampleRun(number % 2 === 0 ? one.id : two.id));
  const all = store.listRuns(null).map(({ id }) => id);
  for (const limit of [1, 5, 12, 100]) expect(allPages(store, null, limit).ids).toEqual(all);
  expect(allPages(store, one.id, 4).ids).toEqual(store.listRuns(one.id).map(({ id }) => id));
  expect(store.listPage(null, { after: null, limit: 3 }).total).toBe(12);
  store.deleteRuns(all.slice(0, 2));
  expect(store.listPage(null, { after: null, limit: 3 })).toMatchObject({
    total: 10,
    runs: [{ id: all[2] }, { id: all[3] }, { id: all[4] }],
  });
  store.deleteProject(two.id);
  expect(allPages(store, null, 3).ids).toHaveLength(5);
});

test("of the open project the newest are carried whole, and all that wait or train; how many more there are is said", async () => {
  using opened = await newStore();
  const { store } = opened;
  const [one, two] = [newProject(store), newProject(store)];
  const ids = Array.from({ length: 8 }, () => store.createRun(sampleRun(one.id)).id);
  store.createRun(sampleRun(two.id));
  for (const id of ids.slice(1)) store.updateRun(id, { status: "done" });
  const newest = [...ids].reverse();
  const { runs, older } = store.recentRuns(one.id, 3);
  // The first still waits.
  expect(runs.map(({ id }) => id)).toEqual([...newest.slice(0, 3), ids[0]]);
  expect(older).toBe(4);
  expect(runs[0]).toEqual(store.getRun(ids[7] as string));
  store.deleteRuns([ids[7] as string, ids[2] as string]);
  expect(store.recentRuns(one.id, 3)).toMatchObject({ older: 2, runs: [{ id: ids[6] }, { id: ids[5] }, { id: ids[4] }, { id: ids[0] }] });
  expect(store.recentRuns(one.id, 100).runs.map(({ id }) => id)).toEqual(store.listRuns(one.id).map(({ id }) => id));
  expect(store.recentRuns(one.id, 100).older).toBe(0);
});

test("a page takes two statements however long it is, sorts nothing, and a row of twelve figures stays under 900 bytes whatever its notes", async () => {
  using opened = await newStore();
  const { store } = opened;
  const project = newProject(store);
  for (let number = 0; number < 60; number += 1)
    store.updateRun(store.createRun(sampleRun(project.id, { notes: LONG_NOTE })).id, {
      status: "done",
      metrics: METRICS,
      memory: { parameter: 1, gradient: 2 },
    });
  const asked = (["all", "first", "run", "each"] as const).map((name) => vi.spyOn(Connection.prototype, name));
  const { runs } = store.listPage(null, { after: null, limit: 50 });
  const calls = asked.flatMap(({ mock }) => mock.calls);
  for (const spy of asked) spy.mockRestore();
  expect(calls).toHaveLength(2);
  expect(runs).toHaveLength(50);
  expect(Object.keys(runs[0] ?? {}).sort()).toEqual(Object.keys(listedRunSchema.shape).sort());
  expect(JSON.stringify(runs).length / runs.length).toBeLessThan(900);

  const [sql = "", ...values] = calls[0] ?? [];
  const { default: Database } = await import("better-sqlite3");
  using database = { db: new Database(opened.path, { readonly: true }), [Symbol.dispose]: () => database.db.close() };
  const plan = database.db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
  const words = plan.map(({ detail }) => detail).join("\n");
  expect(words).toContain("runs_by_age");
  expect(words).not.toContain("TEMP B-TREE FOR ORDER BY");
});

test("the designs of several runs take two statements, each design once; runs that are gone are left out", async () => {
  using opened = await newStore();
  const { store } = opened;
  const project = newProject(store);
  const units = [8, 8, 16];
  const ids = units.map((number) => store.createRun(sampleRun(project.id, { design: sampleDesign("trained", number) })).id);
  const asked = (["all", "first", "run", "each"] as const).map((name) => vi.spyOn(Connection.prototype, name));
  const { runs, designs } = store.runDesigns([...ids, "none"]);
  const calls = asked.flatMap(({ mock }) => mock.calls);
  for (const spy of asked) spy.mockRestore();
  expect(calls).toHaveLength(2);
  expect(runs).toHaveLength(3);
  expect(designs.size).toBe(2);
  const hashOf = new Map(runs.map(({ id, hash }) => [id, hash]));
  for (const id of ids) expect(designs.get(hashOf.get(id) ?? "")).toEqual(store.runDesign(id));
});

test("words in notes are found in any case, of the project that is asked for", async () => {
  using opened = await newStore();
  const { store } = opened;
  const [one, two] = [newProject(store), newProject(store)];
  const made = [
    store.createRun(sampleRun(one.id, { notes: "Größere Rate, then Dropout" })),
    store.createRun(sampleRun(two.id, { notes: "dropout only" })),
    store.createRun(sampleRun(one.id)),
  ].map(({ id }) => id);
  expect(store.runsNoted(null, "DROPOUT").sort()).toEqual([made[0], made[1]].sort());
  expect(store.runsNoted(one.id, "dropout")).toEqual([made[0]]);
  expect(store.runsNoted(null, "größere")).toEqual([made[0]]);
  expect(store.runsNoted(null, "100 %")).toEqual([]);
});

test("archived runs stay in the list with the time, come back, and one unknown id leaves all as they were", async () => {
  using opened = await newStore();
  const { store } = opened;
  const { id } = newProject(store);
  const [first, second] = [store.createRun(sampleRun(id)).id, store.createRun(sampleRun(id)).id];
  expect(await codeOf(() => store.archiveRuns([first, "none"], true))).toBe("run.not_found");
  expect(store.getRun(first).archived_at).toBeNull();
  store.archiveRuns([first], true);
  await opened.reopen();
  expect(opened.store.getRun(first).archived_at).toBeGreaterThan(0);
  expect(opened.store.listPage(null, { after: null, limit: 9 }).runs.map((run) => [run.id, (run.archived_at ?? null) !== null])).toEqual([
    [second, false],
    [first, true],
  ]);
  expect(opened.store.listRuns(id)).toHaveLength(2);
  opened.store.archiveRuns([first], false);
  expect(opened.store.getRun(first).archived_at).toBeNull();
});

test("a listed run says why it was ended, as the run itself does", async () => {
  using opened = await newStore();
  const { store } = opened;
  const project = newProject(store);
  const { id } = store.createRun(sampleRun(project.id));
  const { id: other } = store.createRun(sampleRun(project.id));
  const error = { code: "run.fell_behind", params: { epoch: 2, monitor: "val_loss", own: 1.5, last: 0.5, kept: 1, all: 3 } };
  store.updateRun(id, { status: "stopped", error });
  store.updateRun(other, { status: "stopped" });
  const listed = store.listPage(project.id, { after: null, limit: 5 }).runs;
  expect(listed.find((run) => run.id === id)).toMatchObject({ status: "stopped", error });
  expect(listed.find((run) => run.id === other)).toMatchObject({ status: "stopped", error: null });
  expect(store.getRun(id).error).toEqual(error);
});
