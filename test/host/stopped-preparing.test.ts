/** Rows that do not fit into memory are gone over for a while before a run begins: it is told how far that is, and can be stopped there. */
import { readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { EventPayload } from "../../core/protocol/methods.ts";
import { chain, node } from "../engine/design.ts";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

const ROWS = 300_000;

it("a run is stopped while its rows are prepared, and leaves neither a model nor files", async () => {
  await using home = testHome();
  const host = await home.open();
  const { handlers } = host;
  await handlers["app.set_setting"]({ key: "data_memory_mb", value: 1 });
  const path = join(home.path, "table.csv");
  const rows = Array.from({ length: ROWS }, (_, row) => `${row % 97},${(row * 31) % 89},${(row * 7) % 11}.5`);
  writeFileSync(path, `a,b,target\n${rows.join("\n")}\n`);
  const { dataset } = await handlers["datasets.import"]({
    file: host.uploads.register(path, "table.csv"),
    name: "table.csv",
    import_id: "i",
  });
  const { data } = await handlers["datasets.propose"]({ id: dataset.id, targets: ["target"] });
  const graph = chain(node("x", "input"), node("out", "dense", { units: 1 }), node("y", "output", { loss: "mse" }));
  const design = { format: "neuroloom-design", format_version: 1, name: "large", notes: "", graph, data, train: { epochs: 1 } } as const;
  const { project } = await handlers["projects.create"]({ design, dataset_id: dataset.id });
  const told: NonNullable<EventPayload<"run.changed">["preparing"]>[] = [];
  const first = new Promise<string>((resolve) => {
    host.onEvent((event, payload) => {
      if (event !== "run.changed" || !("preparing" in payload) || payload.preparing === undefined) return;
      told.push(payload.preparing);
      resolve(payload.run.id);
    });
  });
  const { run } = await handlers["runs.start"]({ project_id: project.id, dataset_id: dataset.id, design });
  expect(await first).toBe(run.id);
  expect(told[0]).toMatchObject({ pass: 1, passes: 2, total: ROWS });
  await handlers["runs.stop"]({ id: run.id });
  const ended = await runUntil(host, run.id, hasEnded);
  expect([ended.status, ended.has_model, ended.epoch, ended.step, ended.error]).toEqual(["stopped", false, 0, 0, null]);
  await expect
    .poll(() => readdirSync(tmpdir()).filter((name) => name.startsWith(`neuroloom-rows-${process.pid}-`)), { timeout: 120_000 })
    .toEqual([]);
});

it("a run is stopped while a step learns for minutes and the thread hears nothing", async () => {
  await using home = testHome();
  const host = await home.open();
  const { handlers } = host;
  const path = join(home.path, "gaps.csv");
  const numbers = (row: number) =>
    Array.from({ length: 30 }, (_, place) => ((row + place) % 3 === 0 ? "" : `${(row * (31 + place)) % 9973}.5`));
  const names = Array.from({ length: 30 }, (_, place) => `x${place}`);
  writeFileSync(
    path,
    `${names.join()},target\n${Array.from({ length: 30_000 }, (_, row) => `${numbers(row).join()},${row % 7}.5`).join("\n")}\n`,
  );
  const { dataset } = await handlers["datasets.import"]({
    file: host.uploads.register(path, "gaps.csv"),
    name: "gaps.csv",
    import_id: "i",
  });
  const { data } = await handlers["datasets.propose"]({ id: dataset.id, targets: ["target"] });
  const slow = { ...data, steps: [{ type: "nearest_neighbours", columns: names }] };
  const graph = chain(node("x", "input"), node("out", "dense", { units: 1 }), node("y", "output", { loss: "mse" }));
  const design = {
    format: "neuroloom-design",
    format_version: 1,
    name: "slow",
    notes: "",
    graph,
    data: slow,
    train: { epochs: 1 },
  } as const;
  const { project } = await handlers["projects.create"]({ design, dataset_id: dataset.id });
  const { run } = await handlers["runs.start"]({ project_id: project.id, dataset_id: dataset.id, design });
  // It has begun: reading the table takes far less.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect((await handlers["runs.get"]({ id: run.id })).run.status).toBe("preparing");
  const asked = performance.now();
  await handlers["runs.stop"]({ id: run.id });
  const ended = await runUntil(host, run.id, hasEnded);
  expect(performance.now() - asked).toBeLessThan(25_000);
  expect([ended.status, ended.has_model, ended.epoch, ended.error]).toEqual(["stopped", false, 0, null]);
  // The next run has a thread again.
  const quick = { ...design, data: { ...data, steps: [{ type: "impute", strategy: "mean", columns: names }] } };
  const again = await handlers["runs.start"]({ project_id: project.id, dataset_id: dataset.id, design: quick });
  expect((await runUntil(host, again.run.id, hasEnded)).status).toBe("done");
});

it("a graph of texts tells how far the counting of its words is", async () => {
  await using home = testHome();
  const host = await home.open();
  const told: NonNullable<EventPayload<"run.changed">["preparing"]>[] = [];
  host.onEvent((event, payload) => {
    if (event === "run.changed" && "preparing" in payload && payload.preparing !== undefined) told.push(payload.preparing);
  });
  const opened = await openTemplate(host, "text-graph", { epochs: 1 });
  expect((await runUntil(host, (await startRun(host, opened)).id, hasEnded)).status).toBe("done");
  expect(told[0]).toMatchObject({ pass: 1, passes: 2, done: 0, texts: true });
  expect(told[0]?.total).toBeGreaterThan(10);
});
