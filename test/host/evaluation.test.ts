/** Evaluations and range tests through the whole host: real worker threads, a real store, real data. */
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RangePoint } from "../../core/protocol/methods.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

async function trained(host: OpenedHost, template: string, options: Record<string, unknown>) {
  const run = await startRun(host, await openTemplate(host, template, options));
  const ended = await runUntil(host, run.id, hasEnded);
  expect(ended.error).toBeNull();
  return ended;
}

describe("the evaluation of a run", () => {
  it("is kept at its end, and is what the weights that were kept give", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await trained(host, "digits", { epochs: 4 });
    const { evaluation } = await host.handlers["runs.evaluation"]({ id: run.id, part: "validation" });
    const [output] = evaluation.outputs;
    expect(evaluation.loss).toBeCloseTo(run.metrics["val_loss"] ?? Number.NaN, 6);
    expect(output?.figures["accuracy"]).toBe(run.metrics["val_accuracy"]);
    expect(output?.labels).toHaveLength(10);
    expect(output?.classes.map(({ support }) => support).reduce((a, b) => a + b)).toBe(evaluation.rows);
    const matrix = output?.confusion ?? [];
    const right = matrix.reduce((sum, line, k) => sum + (line[k] ?? 0), 0);
    expect(right / evaluation.rows).toBeCloseTo(output?.figures["accuracy"] ?? Number.NaN, 12);
    expect(output?.curves).toHaveLength(20);
    expect(output?.calibration?.reduce((sum, bin) => sum + bin.rows, 0)).toBe(evaluation.rows);
  });

  it("counts a class among the k likeliest as near enough, by the k that the design asks for", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await trained(host, "digits", { epochs: 1, top_k: 3 });
    const { evaluation } = await host.handlers["runs.evaluation"]({ id: run.id, part: "validation" });
    const figures = evaluation.outputs[0]?.figures ?? {};
    expect(Object.keys(figures).filter((name) => name.startsWith("top_"))).toEqual(["top_3_accuracy"]);
    expect(figures["top_3_accuracy"]).toBe(run.metrics["val_top_3_accuracy"]);
    expect(run.metrics["val_top_3_accuracy"]).toBeGreaterThan(run.metrics["val_accuracy"] ?? 1);
    expect(run.metrics["val_top_3_accuracy"]).toBeLessThanOrEqual(1);
  });

  it("is made when it is asked of other rows, and of another data set all rows count", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await trained(host, "xor", { epochs: 10 });
    const ask = async (part: "training" | "validation") => (await host.handlers["runs.evaluation"]({ id: run.id, part })).evaluation;
    const [training, validation] = [await ask("training"), await ask("validation")];
    const whole = (await host.handlers["runs.evaluation"]({ id: run.id, dataset_id: run.dataset_id ?? "" })).evaluation;
    expect(training.rows + validation.rows).toBe(whole.rows);
    const right = (one: typeof whole): number => (one.outputs[0]?.figures["accuracy"] ?? Number.NaN) * one.rows;
    expect(right(training) + right(validation)).toBeCloseTo(right(whole), 6);
    expect(await ask("training")).toEqual(training);
  });

  it("of another data set has the rows behind a cell, slices and residuals of those data", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await trained(host, "softmax-regression", { epochs: 2 });
    const id = run.id;
    // A file of its own: every third flower, with a column that the network does not read.
    const { columns, rows } = await host.handlers["datasets.preview"]({ id: run.dataset_id ?? "", offset: 0, count: 150 });
    const path = join(home.path, "other.csv");
    const kept = rows.filter((_, row) => row % 3 === 0);
    writeFileSync(path, [columns, ...kept].map((cells) => cells.join()).join("\n"));
    const file = host.uploads.register(path, "other.csv");
    const { dataset } = await host.handlers["datasets.import"]({ file, name: "other.csv", import_id: "i" });
    const dataset_id = dataset.id;
    const progress: number[] = [];
    host.onEvent((event, payload) => {
      if (event === "evaluation.progress" && "done" in payload && "total" in payload) progress.push(payload.done / payload.total);
    });
    const { evaluation } = await host.handlers["runs.evaluation"]({ id, dataset_id, task_id: "t" });
    const [output] = evaluation.outputs;
    expect(evaluation.rows).toBe(50);
    expect(progress.every((share) => share >= 0 && share <= 1)).toBe(true);
    const ask = { id, part: "validation", dataset_id, node_id: null } as const;
    const all = await host.handlers["runs.examples"]({ ...ask, actual: null, predicted: null, count: 500 });
    expect(all.total).toBe(50);
    for (const { row, cells } of all.rows) expect(cells).toEqual(kept[row]);
    const wrong = all.rows.filter(({ actual, predicted }) => actual[0] !== predicted[0]);
    expect(wrong.length / 50).toBeCloseTo(1 - (output?.figures["accuracy"] ?? Number.NaN), 9);
    const cell = await host.handlers["runs.examples"]({ ...ask, actual: 1, predicted: 1, count: 500 });
    expect(cell.total).toBe(output?.confusion?.[1]?.[1]);
    const slices = await host.handlers["runs.slices"]({ ...ask, column: "species", bins: 3 });
    expect([slices.rows, slices.mean]).toEqual([50, wrong.length / 50]);
    await expect(host.handlers["runs.residuals"]({ ...ask, target: 0, against: null })).rejects.toMatchObject({ code: "run.no_residuals" });
    // The run's own rows are asked as before.
    const own = await host.handlers["runs.examples"]({ id, part: "validation", node_id: null, actual: null, predicted: null, count: 500 });
    expect(own.total).toBe(38);
  });

  it("ends at once when it is cancelled, and can be asked again", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await trained(host, "xor", { epochs: 1 });
    const input = { id: run.id, dataset_id: run.dataset_id ?? "" };
    const asked = host.handlers["runs.evaluation"]({ ...input, task_id: "t" });
    await host.handlers["runs.cancel_evaluation"]({ task_id: "t" });
    await expect(asked).rejects.toMatchObject({ code: "run.evaluation_cancelled" });
    expect((await host.handlers["runs.evaluation"]({ ...input, task_id: "t" })).evaluation.rows).toBeGreaterThan(0);
    // What ended already is not there to be cancelled.
    expect(await host.handlers["runs.cancel_evaluation"]({ task_id: "t" })).toEqual({});
  });

  it("says what is wrong when the other data lack a column", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await trained(host, "xor", { epochs: 1 });
    const { dataset } = await host.handlers["datasets.builtin"]({ name: "sine", options: {} });
    await expect(host.handlers["runs.evaluation"]({ id: run.id, dataset_id: dataset.id })).rejects.toMatchObject({
      code: "data.column_missing",
    });
  });
});

describe("the rows behind an evaluation", () => {
  it("are as many as each cell of the confusion matrix says, and are what the table holds", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await trained(host, "digits", { epochs: 2 });
    const { evaluation } = await host.handlers["runs.evaluation"]({ id: run.id, part: "validation" });
    const [{ confusion, labels } = { confusion: null, labels: [] }] = evaluation.outputs;
    const ask = (actual: number | null, predicted: number | null, count = 500) =>
      host.handlers["runs.examples"]({ id: run.id, part: "validation", node_id: null, actual, predicted, count });
    const wrong = (confusion ?? []).flatMap((line, actual) =>
      line.flatMap((count, predicted) => (count > 0 && predicted !== actual ? [{ actual, predicted, count }] : [])),
    );
    expect(wrong.length).toBeGreaterThan(0);
    for (const { actual, predicted, count } of wrong.slice(0, 2)) {
      const found = await ask(actual, predicted);
      expect(found.total).toBe(count);
      const target = found.columns.indexOf("label");
      for (const row of found.rows) {
        expect(row).toMatchObject({ actual: [labels[actual]], predicted: [labels[predicted]] });
        expect(row.cells[target]).toBe(labels[actual]);
      }
    }
    const all = await ask(null, null);
    expect(all.total).toBe(evaluation.rows);
    const errors = all.rows.map(({ error }) => error ?? 0);
    expect(errors).toEqual(errors.toSorted((a, b) => b - a));
    expect((await ask(null, null, 3)).rows).toEqual(all.rows.slice(0, 3));
  });

  it("are those of the test part too, where one is kept aside, and a run without says that it has none", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "softmax-regression", { epochs: 2 });
    const { data } = opened.design;
    if (data === null) throw new Error("the template has data");
    const aside = { ...opened.design, data: { ...data, split: { ...data.split, test_fraction: 0.2 } } };
    const run = await runUntil(host, (await startRun(host, { ...opened, design: aside })).id, hasEnded);
    const { evaluation } = await host.handlers["runs.evaluation"]({ id: run.id, part: "test" });
    const ask = (id: string) =>
      host.handlers["runs.examples"]({ id, part: "test", node_id: null, actual: null, predicted: null, count: 500 });
    const found = await ask(run.id);
    expect(evaluation.rows).toBe(30);
    expect(found.total).toBe(30);
    const right = found.rows.filter(({ actual, predicted }) => actual[0] === predicted[0]).length;
    expect(right / 30).toBeCloseTo(evaluation.outputs[0]?.figures["accuracy"] ?? Number.NaN, 12);
    const without = await runUntil(host, (await startRun(host, opened)).id, hasEnded);
    await expect(ask(without.id)).rejects.toMatchObject({ code: "run.no_test_rows" });
  });

  it("of numbers are in the target's own units", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await trained(host, "linear-regression", { epochs: 3 });
    const part = "training" as const;
    const found = await host.handlers["runs.examples"]({ id: run.id, part, node_id: null, actual: null, predicted: null, count: 20 });
    const design = (await host.handlers["runs.get"]({ id: run.id })).design;
    const target = design.data?.columns.find(({ role }) => role === "target")?.name ?? "";
    const place = found.columns.indexOf(target);
    for (const { actual, predicted, error, cells } of found.rows) {
      expect(Number(cells[place])).toBeCloseTo(Number(actual[0]), 4);
      expect(error).toBeCloseTo(Math.abs(Number(predicted[0]) - Number(actual[0])), 6);
    }
  });
});

describe("a range test", () => {
  const asked = (opened: Awaited<ReturnType<typeof openTemplate>>, steps: number) => ({
    test_id: randomUUID(),
    design: opened.design,
    dataset_id: opened.datasetId,
    from: 1e-5,
    to: 1,
    steps,
  });

  it("gives a point for every rate and proposes one, and keeps nothing", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "digits", {});
    const found = await host.handlers["training.range_test"](asked(opened, 60));
    expect(found.ended).not.toBe("cancelled");
    expect(found.points.length).toBeGreaterThan(20);
    expect(found.proposed).toBeGreaterThan(1e-4);
    expect(found.proposed).toBeLessThan(1);
    expect((await host.handlers["runs.list"]({ project_id: null })).runs).toEqual([]);
    // The same design, the same bits.
    expect((await host.handlers["training.range_test"](asked(opened, 60))).points).toEqual(found.points);
    // From the disk too: rows of a single pool of blocks come in the order of memory.
    await host.handlers["app.set_setting"]({ key: "data_memory_mb", value: 0 });
    expect((await host.handlers["training.range_test"](asked(opened, 60))).points).toEqual(found.points);
  });

  it("reports while it goes, and ends when it is cancelled", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "digits", { batch_size: 1000 });
    // Rates that never diverge, over many steps: it would go on for long.
    const input = { ...asked(opened, 2000), from: 1e-9, to: 1e-8 };
    const seen: RangePoint[][] = [];
    const stop = host.onEvent((event, payload) => {
      if (event !== "range_test.progress" || !("test_id" in payload)) return;
      seen.push(payload.points);
      void host.handlers["training.cancel_range_test"]({ test_id: input.test_id });
    });
    const found = await host.handlers["training.range_test"](input);
    stop();
    expect(seen.length).toBeGreaterThan(0);
    expect(found.ended).toBe("cancelled");
    expect(found.points.length).toBeLessThan(2000);
    expect(found.points.slice(0, seen[0]?.length)).toEqual(seen[0]);
  });

  it("is ended at once when the host closes", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "digits", { batch_size: 1000 });
    const input = { ...asked(opened, 2000), from: 1e-9, to: 1e-8 };
    const begun = new Promise<void>((resolve) => host.onEvent((event) => event === "range_test.progress" && resolve()));
    const test = expect(host.handlers["training.range_test"](input)).rejects.toMatchObject({ code: "app.closing" });
    await begun;
    await host.shutdown({ checkpoint: false });
    await test;
  });

  it("says what is wrong with the design, and that rates go upwards", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "digits", {});
    await expect(host.handlers["training.range_test"]({ ...asked(opened, 20), from: 1, to: 0.1 })).rejects.toMatchObject({
      code: "train.range_test_backwards",
    });
    const broken = { ...asked(opened, 20), design: { ...opened.design, data: null } };
    await expect(host.handlers["training.range_test"](broken)).rejects.toMatchObject({ code: "design.no_data" });
  });
});
