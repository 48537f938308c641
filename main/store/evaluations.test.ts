import { expect, test } from "vitest";
import type { Evaluation } from "../../core/protocol/methods.ts";
import { migrations } from "./migrations/all.ts";
import { openConnection } from "./sqlite/open.ts";
import { sqliteStore } from "./sqlite/sqlite-store.ts";
import { codeOf, countedSources, oldRun, temporaryFolder } from "./testing/store-fixture.ts";

const evaluation = (loss: number): Evaluation => ({ rows: 3, loss, outputs: [] });

test("a library of version 1 gets a place for evaluations, kept by run and part until the run is purged", async () => {
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  const old = await openConnection({ path }, migrations.slice(0, 1));
  old.database.exec(oldRun);
  old.database.close();
  const id = "r";

  const store = sqliteStore(await openConnection({ path }), countedSources());
  expect(store.loadEvaluation(id, "validation")).toBeNull();
  store.saveEvaluation(id, "validation", evaluation(1));
  store.saveEvaluation(id, "training", evaluation(2));
  store.saveEvaluation(id, "validation", evaluation(3));
  expect([store.loadEvaluation(id, "training")?.loss, store.loadEvaluation(id, "validation")?.loss]).toEqual([2, 3]);
  expect(await codeOf(() => store.saveEvaluation("nobody", "training", evaluation(0)))).toBe("run.not_found");
  store.deleteRuns([id]);
  store.purgeDeleted(Number.MAX_SAFE_INTEGER);
  expect(store.loadEvaluation(id, "training")).toBeNull();
  expect(store.integrityCheck()).toEqual([]);
  store.close();
});
