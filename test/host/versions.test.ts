/** Versions over the host: what changed is said, runs are named with the version they used, and what is restored is what was kept. */
import { expect, it } from "vitest";
import type { DesignDocument } from "../../core/graph/document.ts";
import { openTemplate, startRun, testHome } from "./fixture.ts";

it("lists what changed since the version before, and the runs that used it; a kept one is opened as it was", async () => {
  await using home = testHome();
  const host = await home.open();
  const { handlers } = host;
  const opened = await openTemplate(host, "xor");
  const { projectId, datasetId, design } = opened;
  await handlers["versions.keep"]({ project_id: projectId, name: "as it came" });
  const noted: DesignDocument = { ...design, notes: "more words", train: { ...design.train, epochs: 3 } };
  await handlers["projects.save"]({ id: projectId, revision: 1, design: noted, dataset_id: datasetId });
  const run = await startRun(host, { ...opened, design: noted });
  const later: DesignDocument = { ...noted, notes: "other words" };
  await handlers["projects.save"]({ id: projectId, revision: 2, design: later, dataset_id: datasetId });

  const { versions, total } = await handlers["versions.list"]({ project_id: projectId, offset: 0, limit: 10 });
  expect(total).toBe(3);
  const [now, used, kept] = versions;
  expect(now).toMatchObject({ current: true, runs: [], change: { notes: true, training: false, added: [] } });
  expect(used).toMatchObject({ current: false, runs: [{ id: run.id, name: run.name }], change: { notes: true, training: true } });
  expect(kept).toMatchObject({ name: "as it came", change: null, runs: [] });
  // A page asks for the one before its oldest too: the same line stands there whatever the page.
  const page = await handlers["versions.list"]({ project_id: projectId, offset: 1, limit: 1 });
  expect(page.versions).toEqual([used]);

  const look = await handlers["versions.open"]({ id: kept?.id ?? "" });
  expect(look).toEqual({ design: { ...design, name: look.design.name }, dataset_id: datasetId });
  // Another data set alone is a change too.
  expect(now?.change?.data).toBe(false);
  await handlers["projects.save"]({ id: projectId, revision: 3, design: later, dataset_id: null });
  const [without] = (await handlers["versions.list"]({ project_id: projectId, offset: 0, limit: 1 })).versions;
  expect(without).toMatchObject({ dataset_id: null, change: { data: true } });
  await handlers["datasets.delete"]({ id: datasetId });
  expect((await handlers["versions.open"]({ id: kept?.id ?? "" })).dataset_id).toBeNull();
  await expect(handlers["versions.open"]({ id: "gone" })).rejects.toMatchObject({ code: "project.version_not_found" });
  await expect(handlers["versions.list"]({ project_id: "gone", offset: 0, limit: 1 })).resolves.toEqual({ versions: [], total: 0 });
});
