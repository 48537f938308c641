/** Permutation importance and partial dependence through the whole host: a real store, a real worker, real rows. */
import { describe, expect, it } from "vitest";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

const question = { task_id: "t", part: "validation", node_id: null, figure: null, repeats: 3, seed: 4 } as const;

describe("importance of the columns of a run", () => {
  it("is of every feature as the table has it, in figures of the evaluation, the same from the same seed", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await runUntil(host, (await startRun(host, await openTemplate(host, "softmax-regression", { epochs: 20 }))).id, hasEnded);
    const { design } = await host.handlers["runs.get"]({ id: run.id });
    const features = (design.data?.columns ?? []).flatMap(({ name, role }) => (role === "feature" ? [name] : []));
    const found = await host.handlers["runs.importance"]({ ...question, id: run.id });
    expect(found.columns.map(({ name }) => name).toSorted()).toEqual(features.toSorted());
    expect(found.columns.map(({ mean }) => mean)).toEqual(found.columns.map(({ mean }) => mean).toSorted((a, b) => Number(b) - Number(a)));
    const { evaluation } = await host.handlers["runs.evaluation"]({ id: run.id, part: "validation" });
    expect(found).toMatchObject({ figure: "accuracy", better: "higher", rows: evaluation.rows });
    expect(found.baseline).toBeCloseTo(evaluation.outputs[0]?.figures["accuracy"] ?? Number.NaN, 12);
    expect(found.columns[0]?.mean).toBeGreaterThan(0.1);
    expect(await host.handlers["runs.importance"]({ ...question, id: run.id })).toEqual(found);
    expect(found.figures).toContain("log_loss");
    const other = await host.handlers["runs.importance"]({ ...question, id: run.id, figure: "log_loss" });
    expect(other).toMatchObject({ figure: "log_loss", better: "lower" });
    await expect(host.handlers["runs.importance"]({ ...question, id: run.id, figure: "mae" })).rejects.toMatchObject({
      code: "run.importance_no_figure",
    });
  });

  it("ends when it is cancelled", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await runUntil(host, (await startRun(host, await openTemplate(host, "digits", { epochs: 1 }))).id, hasEnded);
    let told = 0;
    host.onEvent((name, payload) => {
      if (name !== "importance.progress") return;
      told += 1;
      expect(payload).toMatchObject({ task_id: "t" });
      void host.handlers["runs.cancel_importance"]({ task_id: "t" });
    });
    await expect(host.handlers["runs.importance"]({ ...question, id: run.id, part: "training", repeats: 50 })).rejects.toMatchObject({
      code: "run.importance_cancelled",
    });
    expect(told).toBeGreaterThan(0);
  });
});

describe("partial dependence of a run", () => {
  it("of a linear model is a straight line of the slope that its weight has in own units", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await runUntil(host, (await startRun(host, await openTemplate(host, "linear-regression", { epochs: 5 }))).id, hasEnded);
    const { design } = await host.handlers["runs.get"]({ id: run.id });
    const column = design.data?.columns.find(({ role }) => role === "feature")?.name ?? "";
    const ask = { task_id: "t", id: run.id, part: "training", node_id: null, target: null } as const;
    const found = await host.handlers["runs.dependence"]({ ...ask, column });
    expect(found.values.length).toBeGreaterThan(5);
    const slopes = found.values.slice(1).map((value, k) => {
      const rise = Number(found.average[k + 1]) - Number(found.average[k]);
      return rise / (Number(value) - Number(found.values[k]));
    });
    expect(Math.max(...slopes) - Math.min(...slopes)).toBeLessThan(1e-3 * Math.abs(slopes[0] as number) + 1e-6);
    // What a row of the data is told of itself lies on its own curve: between the two values that it lies between.
    const { rows } = await host.handlers["runs.examples"]({ ...ask, actual: null, predicted: null, count: 500 });
    const byRow = new Map(rows.map((one) => [one.row, Number(one.predicted[0])]));
    const compared = found.individual.filter(({ row }) => byRow.has(row));
    expect(compared.length).toBeGreaterThan(0);
    for (const { row, own, predicted } of compared) {
      const wanted = Number(predicted[0]) + (Number(own) - Number(found.values[0])) * (slopes[0] as number);
      expect(wanted).toBeCloseTo(byRow.get(row) as number, 2);
    }
    await expect(host.handlers["runs.dependence"]({ ...ask, column: "nowhere" })).rejects.toMatchObject({ code: "data.column_missing" });
  });
});
