/** Baselines through the whole host: runs of the project's data, with figures and evaluations and no weights, cancelled when asked. */
import { expect, it } from "vitest";
import { BASELINE_BACKEND } from "../../core/baselines/backend.ts";
import { hasEnded, openTemplate, runUntil, testHome } from "./fixture.ts";

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
