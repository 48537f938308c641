/** Rows that do not fit into memory are gone over for a while before a run begins: it is told how far that is, and can be stopped there. */
import { readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { EventPayload } from "../../core/protocol/methods.ts";
import { chain, node } from "../engine/design.ts";
import { hasEnded, runUntil, testHome } from "./fixture.ts";

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
    .poll(() => readdirSync(tmpdir()).filter((name) => name.startsWith(`neuroloom-rows-${process.pid}-`)), { timeout: 20_000 })
    .toEqual([]);
});
