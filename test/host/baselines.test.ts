/** Baselines through the whole host: runs of the project's data, with figures and evaluations and no weights, cancelled when asked. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { BASELINE_BACKEND } from "../../core/baselines/backend.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { emptyDesign } from "../../renderer/start/empty-design.ts";
import { chain, node } from "../engine/design.ts";
import { hasEnded, openTemplate, runUntil, type TestHome, testHome } from "./fixture.ts";

it("every baseline that fits becomes a run with figures and both evaluations, which has no weights and is not resumed", async () => {
  await using home = testHome();
  const host = await home.open();
  const { projectId, datasetId, design } = await openTemplate(host, "softmax-regression");
  const { runs } = await host.handlers["baselines.start"]({ project_id: projectId, design, dataset_id: datasetId });
  expect(runs.map(({ name }) => name)).toEqual([
    "Majority or mean",
    "Logistic regression",
    "Decision tree",
    "Random forest",
    "Nearest neighbours",
  ]);
  await expect(host.handlers["baselines.start"]({ project_id: projectId, design, dataset_id: datasetId })).rejects.toMatchObject({
    code: "baseline.going",
  });
  const ended = await Promise.all(runs.map(({ id }) => runUntil(host, id, hasEnded)));
  expect(ended.map(({ status, backend, has_model }) => [status, backend, has_model])).toEqual(
    runs.map(() => ["done", BASELINE_BACKEND, false]),
  );
  const accuracy = Object.fromEntries(ended.map(({ name, metrics }) => [name, metrics["val_accuracy"] ?? 0]));
  // Three kinds of iris, as many of each.
  expect(accuracy["Majority or mean"]).toBeCloseTo(1 / 3, 1);
  for (const name of ["Logistic regression", "Decision tree", "Random forest", "Nearest neighbours"])
    expect(accuracy[name], name).toBeGreaterThan(0.85);
  const { evaluation } = await host.handlers["runs.evaluation"]({ id: ended[1]?.id ?? "", part: "validation" });
  expect(evaluation.outputs[0]?.figures["accuracy"]).toBe(accuracy["Logistic regression"]);
  expect(evaluation.outputs[0]?.confusion).toHaveLength(3);
  await expect(host.handlers["runs.resume"]({ id: ended[0]?.id ?? "" })).rejects.toMatchObject({ code: "baseline.not_resumed" });
});

describe("a baseline of a design with a test part", () => {
  async function computed(host: OpenedHost, names: string[]) {
    const opened = await openTemplate(host, "softmax-regression");
    const { projectId: project_id, datasetId: dataset_id } = opened;
    const { data } = opened.design;
    if (data === null) throw new Error("the template has no data");
    const design = { ...opened.design, data: { ...data, split: { ...data.split, test_fraction: 0.2 } } };
    const { runs } = await host.handlers["baselines.start"]({ project_id, design, dataset_id, names });
    return { runs: await Promise.all(runs.map(({ id }) => runUntil(host, id, hasEnded))), datasetId: dataset_id };
  }

  it("is judged on the test rows and on other data, the same each time, whatever it is called by then", async () => {
    await using home = testHome();
    const host = await home.open();
    const { runs, datasetId } = await computed(host, ["majority_or_mean", "random_forest"]);
    const [plain, forest] = runs;
    if (plain === undefined || forest === undefined) throw new Error("a baseline is missing");
    const judged = async (id: string) => (await host.handlers["runs.evaluation"]({ id, part: "test" })).evaluation;
    const [output] = (await judged(plain.id)).outputs;
    // One class for all rows: its share of them is right.
    const said = output?.confusion?.map((line) => line.findIndex((count) => count > 0)) ?? [];
    expect(new Set(said).size).toBe(1);
    const right = output?.confusion?.[said[0] ?? 0]?.[said[0] ?? 0] ?? 0;
    expect(output?.rows).toBe(30);
    expect(output?.figures["accuracy"]).toBeCloseTo(right / 30, 12);
    const first = await judged(forest.id);
    expect(first.outputs[0]?.figures["accuracy"]).toBeGreaterThan(0.85);
    await host.handlers["runs.update"]({ id: forest.id, name: "what to beat" });
    expect(await judged(forest.id)).toEqual(first);
    const { evaluation } = await host.handlers["runs.evaluation"]({ id: forest.id, dataset_id: datasetId });
    expect(evaluation.outputs[0]?.rows).toBe(150);
    expect(evaluation.outputs[0]?.curves.length).toBe(6);
    // In its report too.
    const { download } = await host.handlers["exports.report"]({ run_ids: [forest.id], language: "en" });
    const page = readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8");
    expect(page).toContain("<h2>Evaluation, test rows</h2>");
    expect(page).not.toContain("could not be evaluated");
  });

  it("opens the rows behind each cell, has slices of them, and is compared with another", async () => {
    await using home = testHome();
    const host = await home.open();
    const { runs } = await computed(host, ["majority_or_mean", "nearest_neighbours"]);
    const [plain, near] = runs.map(({ id }) => id);
    if (plain === undefined || near === undefined) throw new Error("a baseline is missing");
    for (const part of ["training", "validation", "test"] as const) {
      const { evaluation } = await host.handlers["runs.evaluation"]({ id: near, part });
      const [output] = evaluation.outputs;
      for (const [actual, line] of (output?.confusion ?? []).entries())
        for (const [predicted, count] of line.entries()) {
          const asked = { id: near, part, node_id: null, actual, predicted, count: 5 };
          const found = await host.handlers["runs.examples"](asked);
          expect(found.total, `${part} ${actual} ${predicted}`).toBe(count);
          expect(found.rows).toHaveLength(Math.min(5, count));
          for (const row of found.rows) {
            expect(row.actual).toEqual([output?.labels[actual]]);
            expect(row.cells).toHaveLength(found.columns.length);
            expect(row.cells[found.columns.indexOf(found.target_column ?? "")]).toBe(output?.labels[actual]);
          }
        }
    }
    const held = await host.handlers["runs.evaluation"]({ id: near, part: "validation" });
    const sliced = { id: near, part: "validation", node_id: null, column: "petal length (cm)", bins: 4 } as const;
    const { slices } = await host.handlers["runs.slices"](sliced);
    expect(slices.reduce((sum, { rows }) => sum + rows, 0)).toBe(held.evaluation.rows);
    const { rows, total } = await host.handlers["runs.disagreements"]({ ids: [plain, near], part: "validation", only: null, count: 100 });
    expect(total).toBe(rows.length);
    expect(total).toBeGreaterThan(10);
  });

  it("ends when it is cancelled, and one of before its kind was kept is known by its name alone", async () => {
    await using home = testHome();
    const host = await home.open();
    const { runs } = await computed(host, ["majority_or_mean"]);
    const id = runs[0]?.id ?? "";
    const cancelled = host.handlers["runs.evaluation"]({ task_id: "t", id, part: "test" });
    await host.handlers["runs.cancel_evaluation"]({ task_id: "t" });
    await expect(cancelled).rejects.toMatchObject({ code: "run.evaluation_cancelled" });
    const library = new DatabaseSync(join(home.path, "library.sqlite"));
    library.exec("UPDATE runs SET group_options_json = NULL");
    library.close();
    const { evaluation } = await host.handlers["runs.evaluation"]({ id, part: "test" });
    expect(evaluation.outputs[0]?.rows).toBe(30);
    await host.handlers["runs.update"]({ id, name: "renamed" });
    await expect(host.handlers["runs.evaluation"]({ id, part: "test" })).rejects.toMatchObject({ code: "baseline.unknown" });
  });
});

it("nodes of a graph and autoencoders have theirs, with the rows behind them", async () => {
  await using home = testHome();
  const host = await home.open();
  const computed = async (template: string, names: { names?: string[] }) => {
    const { projectId: project_id, datasetId: dataset_id, design } = await openTemplate(host, template);
    const { runs } = await host.handlers["baselines.start"]({ project_id, design, dataset_id, ...names });
    return Promise.all(runs.map(({ id }) => runUntil(host, id, hasEnded)));
  };
  const ofGraph = await computed("communities", { names: ["majority_or_mean", "neighbours_label"] });
  expect(ofGraph.map(({ name, status }) => [name, status])).toEqual(
    ["Majority or mean", "Neighbours' label"].map((name) => [name, "done"]),
  );
  const [plain, neighbours] = ofGraph;
  if (plain === undefined || neighbours === undefined) throw new Error("a baseline is missing");
  expect(neighbours.metrics["val_accuracy"]).toBeGreaterThan((plain.metrics["val_accuracy"] ?? 1) + 0.2);
  const { evaluation } = await host.handlers["runs.evaluation"]({ id: neighbours.id, part: "validation" });
  const [output] = evaluation.outputs;
  const right = { id: neighbours.id, part: "validation" as const, node_id: null, actual: 0, predicted: 0, count: 3 };
  const found = await host.handlers["runs.examples"](right);
  expect(found.total).toBe(output?.confusion?.[0]?.[0]);
  expect(found.rows[0]?.cells[found.columns.indexOf(found.target_column ?? "")]).toBe(output?.labels[0]);

  const restored = await computed("autoencoder", {});
  expect(restored.map(({ name, status }) => [name, status])).toEqual(
    ["Majority or mean", "Principal components"].map((name) => [name, "done"]),
  );
  const [mean, components] = restored.map(({ metrics }) => metrics["val_rmse"] ?? Number.NaN);
  expect(components).toBeLessThan(mean ?? 0);
  const asked = { id: restored[1]?.id ?? "", part: "validation" as const, node_id: null, target: 0, against: null };
  const { summary } = await host.handlers["runs.residuals"](asked);
  expect(summary.rows).toBeGreaterThan(0);
});

it("a cancel stops the one at work and those that wait; what is done stays", async () => {
  await using home = testHome();
  const host = await home.open();
  const { projectId, datasetId, design } = await openTemplate(host, "digits");
  const names = ["majority_or_mean", "random_forest", "nearest_neighbours"];
  const { runs } = await host.handlers["baselines.start"]({ project_id: projectId, design, dataset_id: datasetId, names });
  await runUntil(host, runs[1]?.id ?? "", ({ status }) => status === "running");
  await host.handlers["baselines.cancel"]({ project_id: projectId });
  const ended = await Promise.all(runs.map(({ id }) => runUntil(host, id, hasEnded)));
  expect(ended.map(({ status }) => status)).toEqual(["done", "stopped", "stopped"]);
});

it("a cancel while it is looked for those that fit makes no runs, and the next start is free", async () => {
  await using home = testHome();
  const host = await home.open();
  const { projectId: project_id, datasetId: dataset_id, design } = await openTemplate(host, "digits");
  const asked = host.handlers["baselines.start"]({ project_id, design, dataset_id });
  await host.handlers["baselines.cancel"]({ project_id });
  await expect(asked).rejects.toMatchObject({ code: "baseline.cancelled" });
  const named = host.handlers["baselines.start"]({ project_id, design, dataset_id, names: ["majority_or_mean"] });
  await host.handlers["baselines.cancel"]({ project_id });
  await expect(named).rejects.toMatchObject({ code: "baseline.cancelled" });
  expect((await host.handlers["runs.list"]({ project_id })).runs).toEqual([]);
  const { runs } = await host.handlers["baselines.start"]({ project_id, design, dataset_id, names: ["majority_or_mean"] });
  expect((await runUntil(host, runs[0]?.id ?? "", hasEnded)).status).toBe("done");
});

it("other data than its own that would take more memory than rows are given are refused before they are read", async () => {
  await using home = testHome();
  const host = await home.open();
  const { projectId: project_id, datasetId: dataset_id, design } = await openTemplate(host, "softmax-regression");
  const { runs } = await host.handlers["baselines.start"]({ project_id, design, dataset_id, names: ["majority_or_mean"] });
  const run = await runUntil(host, runs[0]?.id ?? "", hasEnded);
  const { columns, rows } = await host.handlers["datasets.preview"]({ id: dataset_id, offset: 0, count: 150 });
  const path = join(home.path, "many.csv");
  const lines = Array.from({ length: 100 }, () => rows.map((row) => row.join())).flat();
  writeFileSync(path, `${columns.join()}\n${lines.join("\n")}\n`);
  const file = host.uploads.register(path, "many.csv");
  const { dataset } = await host.handlers["datasets.import"]({ file, name: "many.csv", import_id: "i" });
  const judged = () => host.handlers["runs.evaluation"]({ id: run.id, dataset_id: dataset.id });
  await host.handlers["app.set_setting"]({ key: "data_memory_mb", value: 1 });
  await expect(judged()).rejects.toMatchObject({ code: "data.baselines_need_memory", params: { limit: 1 } });
  await host.handlers["app.set_setting"]({ key: "data_memory_mb", value: 100 });
  expect((await judged()).evaluation.rows).toBe(15_000);
});

it("a table that would take more memory than rows are given is refused before it is read, and no run is made", async () => {
  await using home = testHome();
  const host = await home.open();
  const { projectId, datasetId, design } = await openTemplate(host, "softmax-regression");
  await host.handlers["app.set_setting"]({ key: "data_memory_mb", value: 0 });
  await expect(host.handlers["baselines.start"]({ project_id: projectId, design, dataset_id: datasetId })).rejects.toMatchObject({
    code: "data.baselines_need_memory",
    params: { megabytes: 1, limit: 0 },
  });
  expect((await host.handlers["runs.list"]({ project_id: projectId })).runs).toEqual([]);
});

describe("of a table with gaps that nothing fills", () => {
  const startedOver = async (home: TestHome, host: OpenedHost, names?: string[]) => {
    const lines = Array.from({ length: 200 }, (_, i) => {
      const x = Math.sin(i * 1.7);
      const isGap = i % 4 === 0;
      return [isGap ? "" : x, Math.cos(i * 2.3), isGap || x > 0 ? "yes" : "no"].join();
    });
    const path = join(home.path, "gaps.csv");
    writeFileSync(path, `x,z,kind\n${lines.join("\n")}\n`);
    const file = host.uploads.register(path, "gaps.csv");
    const { dataset } = await host.handlers["datasets.import"]({ file, name: "gaps.csv", import_id: "i" });
    const { data } = await host.handlers["datasets.propose"]({ id: dataset.id, targets: ["kind"] });
    const output = node("out", "output", { loss: "binary_crossentropy" });
    const graph = chain(node("in", "input"), node("p", "dense", { units: 1, activation: "sigmoid" }), output);
    const columns = data.columns.map((column) => ({
      ...column,
      role: column.name === "kind" ? ("target" as const) : ("feature" as const),
    }));
    const steps = [{ type: "standardise", columns: ["x", "z"] }];
    const design = { ...emptyDesign("gaps"), graph, data: { ...data, columns, steps } };
    const { project } = await host.handlers["projects.create"]({ design, dataset_id: dataset.id });
    const asked = { project_id: project.id, design, dataset_id: dataset.id, ...(names === undefined ? {} : { names }) };
    const { runs } = await host.handlers["baselines.start"](asked);
    return Promise.all(runs.map(({ id }) => runUntil(host, id, hasEnded)));
  };

  it("one click computes those that take gaps, and the others say why they cannot", async () => {
    await using home = testHome();
    const ended = await startedOver(home, await home.open());
    expect(ended.map(({ name, status, error }) => [name, status, error?.code ?? null])).toEqual([
      ["Majority or mean", "done", null],
      ["Logistic regression", "failed", "data.values_missing"],
      ["Decision tree", "done", null],
      ["Random forest", "done", null],
      ["Nearest neighbours", "failed", "data.values_missing"],
    ]);
    expect(ended[1]?.error?.params).toMatchObject({ column: "x" });
    // The rows with a gap are told from the others by nothing else.
    for (const name of ["Decision tree", "Random forest"])
      expect(ended.find((run) => run.name === name)?.metrics["val_accuracy"], name).toBeGreaterThan(0.9);
  });

  it("one that does not take them, asked for by name, keeps no other from being computed", async () => {
    await using home = testHome();
    const ended = await startedOver(home, await home.open(), ["logistic_regression", "decision_tree"]);
    expect(ended.map(({ status }) => status)).toEqual(["failed", "done"]);
  });
});
