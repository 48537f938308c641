/** The fitted curve of a series through the whole host: a linear model of the last values, computed by hand from its own weights. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { DesignDocument } from "../../core/graph/document.ts";
import { chain, node } from "../engine/design.ts";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

const LENGTH = 4;
const HORIZON = 2;
const design: DesignDocument = {
  format: "neuroloom-design",
  format_version: 1,
  name: "series",
  notes: "",
  graph: chain(
    node("in", "input", { shape: [LENGTH, 1] }),
    node("flat", "flatten", {}),
    node("p", "dense", { units: 1 }),
    node("out", "output", { loss: "mse" }),
  ),
  train: { epochs: 3 },
  data: {
    source: { kind: "file", name: "series.csv" },
    columns: [
      { name: "day", type: "date", role: "ignored" },
      { name: "value", type: "numeric", role: "target" },
    ],
    steps: [],
    window: { columns: ["value"], length: LENGTH, horizon: HORIZON, order_by: "day" },
    split: { method: "time", validation_fraction: 0.25, seed: 1, column: "day" },
    feature_count: null,
    class_count: null,
  },
};

it("is what was observed in the order of time, and of every row with a whole window what the weights say of it", async () => {
  await using home = testHome();
  const host = await home.open();
  const rows = 40;
  const value = (day: number): number => Math.round(1000 * Math.sin(day / 3)) / 100;
  const date = (day: number): string => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
  // The file has the newest first.
  const lines = Array.from({ length: rows }, (_, row) => `${date(rows - 1 - row)},${value(rows - 1 - row)}`);
  const path = join(home.path, "series.csv");
  writeFileSync(path, `day,value\n${lines.join("\n")}\n`);
  const file = host.uploads.register(path, "series.csv");
  const { dataset } = await host.handlers["datasets.import"]({ file, name: "series.csv", import_id: "i" });
  const { project } = await host.handlers["projects.create"]({ design, dataset_id: dataset.id });
  const run = await startRun(host, { projectId: project.id, datasetId: dataset.id, design });
  await runUntil(host, run.id, hasEnded);
  const ask = { id: run.id, node_id: null, target: 0, from: 0, to: null, most: 500 } as const;
  const found = await host.handlers["runs.series"](ask);
  expect(found).toMatchObject({ labels: ["value"], time: "day", dates: true, horizon: HORIZON, total: rows });
  const { parameters } = await host.handlers["runs.weights"]({ id: run.id, node_id: "p" });
  const kernel = parameters.find(({ name }) => name === "kernel")?.values ?? [];
  const bias = parameters.find(({ name }) => name === "bias")?.values[0] ?? 0;
  const reach = LENGTH + HORIZON - 1;
  found.points.forEach((point, day) => {
    expect(point).toMatchObject({ row: rows - 1 - day, x: Date.UTC(2024, 0, 1 + day), observed: value(day) });
    if (day < reach) {
      expect(point).toMatchObject({ predicted: null, part: null });
      return;
    }
    const wanted = kernel.reduce<number>((sum, weight, k) => sum + Number(weight) * value(day - reach + k), Number(bias));
    expect(point.predicted).toBeCloseTo(wanted, 4);
    expect(point.part).toBe(day < rows * 0.75 ? "training" : "validation");
  });
  const { evaluation } = await host.handlers["runs.evaluation"]({ id: run.id, part: "validation" });
  const validation = found.parts.find(({ part }) => part === "validation");
  expect(validation).toMatchObject({ from: 30, to: 39, rows: 10 });
  expect(validation?.error).toBeCloseTo(evaluation.outputs[0]?.figures["mae"] ?? Number.NaN, 5);
  const some = await host.handlers["runs.series"]({ ...ask, from: 30, to: 34 });
  expect(some.points).toEqual(found.points.slice(30, 34));
});

it("is not there for rows that stand alone", async () => {
  await using home = testHome();
  const host = await home.open();
  const run = await startRun(host, await openTemplate(host, "xor", { epochs: 1 }));
  await runUntil(host, run.id, hasEnded);
  const ask = { id: run.id, node_id: null, target: 0, from: 0, to: null, most: 500 } as const;
  await expect(host.handlers["runs.series"](ask)).rejects.toMatchObject({ code: "run.no_series" });
});
