/** Slices and residuals through the whole host: a real store, a real worker, real rows. */
import { describe, expect, it } from "vitest";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

describe("slices of a run", () => {
  it("hold every evaluated row once, with the errors of the rows themselves, the worst first", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await runUntil(host, (await startRun(host, await openTemplate(host, "softmax-regression", { epochs: 3 }))).id, hasEnded);
    const part = "training" as const;
    const examples = await host.handlers["runs.examples"]({ id: run.id, part, node_id: null, actual: null, predicted: null, count: 500 });
    const { design } = await host.handlers["runs.get"]({ id: run.id });
    const feature = design.data?.columns.find(({ role }) => role === "feature")?.name ?? "";
    const place = examples.columns.indexOf(feature);
    const found = await host.handlers["runs.slices"]({ id: run.id, part, node_id: null, column: feature, bins: 4 });
    expect(found.measure).toBe("wrong");
    expect(found.slices.reduce((sum, { rows }) => sum + rows, 0)).toBe(found.rows);
    expect(found.slices.map(({ mean }) => mean)).toEqual(found.slices.map(({ mean }) => mean).toSorted((a, b) => b - a));
    for (const { key, rows, mean, difference } of found.slices) {
      if (key.kind !== "range") throw new Error(`${feature} is a column of numbers`);
      const least = Math.min(...found.slices.map((one) => (one.key.kind === "range" ? one.key.from : Number.NaN)));
      const own = examples.rows.filter(({ cells }) => {
        const value = Number(cells[place]);
        return (value > key.from || (key.from === least && value === least)) && value <= key.to;
      });
      expect(own).toHaveLength(rows);
      expect(own.filter(({ actual, predicted }) => actual[0] !== predicted[0]).length / rows).toBeCloseTo(mean, 12);
      expect(difference).toBeCloseTo(mean - found.mean, 12);
    }
  });

  it("of two columns hold every row once, those that are in a slice of both", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await runUntil(host, (await startRun(host, await openTemplate(host, "softmax-regression", { epochs: 2 }))).id, hasEnded);
    const ask = { id: run.id, part: "training", node_id: null, bins: 3 } as const;
    const [column, across] = ["species", "petal width (cm)"];
    const alone = await host.handlers["runs.slices"]({ ...ask, column });
    const crossed = await host.handlers["runs.slices"]({ ...ask, column, across });
    expect([crossed.rows, crossed.mean]).toEqual([alone.rows, alone.mean]);
    for (const { key, rows, mean } of alone.slices) {
      const parts = crossed.slices.filter((slice) => slice.key.kind === "both" && JSON.stringify(slice.key.first) === JSON.stringify(key));
      expect(parts.reduce((sum, part) => sum + part.rows, 0)).toBe(rows);
      expect(parts.reduce((sum, part) => sum + part.rows * part.mean, 0)).toBeCloseTo(rows * mean, 9);
    }
    const setosa = crossed.slices.filter(({ key }) => key.kind === "both" && key.first.kind === "value" && key.first.value === "setosa");
    // All setosas have narrow petals.
    expect(setosa.map(({ key }) => key.kind === "both" && key.second.kind)).toEqual(["range"]);
  });

  it("by the target itself are its classes, and what cannot be cut says why", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await runUntil(host, (await startRun(host, await openTemplate(host, "digits", { epochs: 1 }))).id, hasEnded);
    const ask = (column: string) => host.handlers["runs.slices"]({ id: run.id, part: "validation", node_id: null, column, bins: 5 });
    const { evaluation } = await host.handlers["runs.evaluation"]({ id: run.id, part: "validation" });
    const found = await ask("label");
    const supports = new Map(evaluation.outputs[0]?.classes.map(({ label, support }) => [label, support]));
    for (const { key, rows } of found.slices) expect(rows).toBe(key.kind === "value" ? supports.get(String(key.value)) : Number.NaN);
    await expect(ask("nowhere")).rejects.toMatchObject({ code: "data.column_missing" });
    await expect(
      host.handlers["runs.residuals"]({ id: run.id, part: "validation", node_id: null, target: 0, against: null }),
    ).rejects.toMatchObject({ code: "run.no_residuals" });
  });
});

describe("residuals of a run", () => {
  it("are what is less what was predicted, against the prediction and against a column", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await runUntil(host, (await startRun(host, await openTemplate(host, "linear-regression", { epochs: 3 }))).id, hasEnded);
    const part = "training" as const;
    const { rows } = await host.handlers["runs.examples"]({ id: run.id, part, node_id: null, actual: null, predicted: null, count: 500 });
    const byRow = new Map(rows.map((one) => [one.row, one]));
    const found = await host.handlers["runs.residuals"]({ id: run.id, part, node_id: null, target: 0, against: null });
    let compared = 0;
    for (const { row, x, residual } of found.points) {
      const one = byRow.get(row);
      if (one === undefined) continue;
      compared += 1;
      expect(x).toBeCloseTo(Number(one.predicted[0]), 5);
      expect(residual).toBeCloseTo(Number(one.actual[0]) - Number(one.predicted[0]), 5);
    }
    expect(compared).toBeGreaterThan(10);
    expect(found.summary.histogram.reduce((sum, bar) => sum + bar.rows, 0)).toBe(found.summary.rows);
    expect(found.bands.reduce((sum, band) => sum + band.rows, 0)).toBe(found.summary.rows);
    const { design } = await host.handlers["runs.get"]({ id: run.id });
    const feature = design.data?.columns.find(({ role }) => role === "feature")?.name ?? "";
    const against = await host.handlers["runs.residuals"]({ id: run.id, part, node_id: null, target: 0, against: feature });
    expect(against.points.map(({ row }) => row)).toEqual(found.points.map(({ row }) => row));
    expect(against.points.map(({ x }) => x)).not.toEqual(found.points.map(({ x }) => x));
    expect(against.summary).toEqual(found.summary);
  });
});
