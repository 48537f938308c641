/** The fitted curve of a series through the whole host: a linear model of the last values, computed by hand from its own weights. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { DesignDocument } from "../../core/graph/document.ts";
import { number as formatNumber } from "../../core/report/pictures.ts";
import type { OpenedHost } from "../../main/host/host.ts";
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

async function trainedSeries(folder: string, host: OpenedHost) {
  const rows = 40;
  const value = (day: number): number => Math.round(1000 * Math.sin(day / 3)) / 100;
  const date = (day: number): string => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
  // The file has the newest first.
  const lines = Array.from({ length: rows }, (_, row) => `${date(rows - 1 - row)},${value(rows - 1 - row)}`);
  const path = join(folder, "series.csv");
  writeFileSync(path, `day,value\n${lines.join("\n")}\n`);
  const file = host.uploads.register(path, "series.csv");
  const { dataset } = await host.handlers["datasets.import"]({ file, name: "series.csv", import_id: "i" });
  const { project } = await host.handlers["projects.create"]({ design, dataset_id: dataset.id });
  const run = await startRun(host, { projectId: project.id, datasetId: dataset.id, design });
  await runUntil(host, run.id, hasEnded);
  return { run, value, rows };
}

it("is what was observed in the order of time, and of every row with a whole window what the weights say of it", async () => {
  await using home = testHome();
  const host = await home.open();
  const { run, value, rows } = await trainedSeries(home.path, host);
  const ask = { id: run.id, node_id: null, target: 0, from: 0, to: null, most: 500 } as const;
  const found = await host.handlers["runs.series"](ask);
  expect(found).toMatchObject({ labels: ["value"], time: "day", dates: true, horizon: HORIZON, total: rows });
  const { parameters, features } = await host.handlers["runs.weights"]({ id: run.id, node_id: "p" });
  // The weight of each day by its name, also where the window is flattened on its way to the layer.
  expect(features).toEqual(["value −5", "value −4", "value −3", "value −2"]);
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

it("is written to a file beside the day that each prediction is of, in the order of time", async () => {
  await using home = testHome();
  const host = await home.open();
  const { run, rows } = await trainedSeries(home.path, host);
  const datasetId = run.dataset_id ?? "";
  for (const memory of [4096, 0]) {
    await host.handlers["app.set_setting"]({ key: "data_memory_mb", value: memory });
    const asked = { run_id: run.id, dataset_id: datasetId, id_columns: ["day"] };
    const { download, row_count } = await host.handlers["exports.predictions"](asked);
    const [header, ...lines] = readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8")
      .trimEnd()
      .split("\n");
    expect(header).toBe("day,prediction");
    expect(row_count).toBe(rows - (LENGTH + HORIZON - 1));
    const ask = { id: run.id, node_id: null, target: 0, from: 0, to: null, most: 500 } as const;
    const { points } = await host.handlers["runs.series"](ask);
    const wanted = points.filter(({ predicted }) => predicted !== null);
    expect(lines.map((line) => line.split(",")[0])).toEqual(wanted.map(({ x }) => new Date(Number(x)).toISOString().slice(0, 10)));
    lines.forEach((line, i) => {
      expect(Number(line.split(",")[1])).toBeCloseTo(wanted[i]?.predicted ?? Number.NaN, 5);
    });
  }
});

it("leaves rows without a time out of the file of predictions, and says how many, in memory and from the disk", async () => {
  await using home = testHome();
  const host = await home.open();
  const { run, value } = await trainedSeries(home.path, host);
  const path = join(home.path, "undated.csv");
  const lines = Array.from({ length: 20 }, (_, day) => `${day % 9 === 4 ? "" : `2024-01-${10 + (day % 20)}`},${value(day)}`);
  writeFileSync(path, `day,value\n${lines.join("\n")}\n`);
  const file = host.uploads.register(path, "undated.csv");
  const { dataset } = await host.handlers["datasets.import"]({ file, name: "undated.csv", import_id: "u" });
  for (const memory of [4096, 0]) {
    await host.handlers["app.set_setting"]({ key: "data_memory_mb", value: memory });
    const asked = { run_id: run.id, dataset_id: dataset.id, id_columns: ["day"] };
    const answer = await host.handlers["exports.predictions"](asked);
    expect(answer).toMatchObject({ row_count: 18 - (LENGTH + HORIZON - 1), undated_rows: 2 });
  }
});

it("is not there for rows that stand alone", async () => {
  await using home = testHome();
  const host = await home.open();
  const run = await startRun(host, await openTemplate(host, "xor", { epochs: 1 }));
  await runUntil(host, run.id, hasEnded);
  const ask = { id: run.id, node_id: null, target: 0, from: 0, to: null, most: 500 } as const;
  await expect(host.handlers["runs.series"](ask)).rejects.toMatchObject({ code: "run.no_series" });
});

it("says what follows a window, its cells changed as one likes, as the weights do it by hand; further on from its own predictions", async () => {
  await using home = testHome();
  const host = await home.open();
  const { run, value, rows } = await trainedSeries(home.path, host);
  const { parameters } = await host.handlers["runs.weights"]({ id: run.id, node_id: "p" });
  const kernel = parameters.find(({ name }) => name === "kernel")?.values ?? [];
  const bias = parameters.find(({ name }) => name === "bias")?.values[0] ?? 0;
  const said = (past: readonly number[]): number =>
    kernel.reduce<number>((sum, weight, k) => sum + Number(weight) * (past[k] ?? Number.NaN), Number(bias));
  /** From the known values up to the last: each row from the `LENGTH` values that end `HORIZON` rows before it. */
  const goOn = (past: readonly number[], count: number): number[] => {
    const all = [...past];
    for (let k = 0; k < count; k += 1) all.push(said(all.slice(all.length - LENGTH - HORIZON + 1, all.length - HORIZON + 1)));
    return all.slice(past.length);
  };
  const window = await host.handlers["runs.window"]({ id: run.id, end: null });
  expect(window).toMatchObject({
    length: LENGTH,
    horizon: HORIZON,
    columns: ["value"],
    targets: ["value"],
    time: "day",
    dates: true,
    total: rows,
  });
  expect(window).toMatchObject({ first: LENGTH + HORIZON - 2, end: rows - 1, most_ahead: 200 });
  // The file has the newest first.
  expect(window.rows.map(({ row, cells }) => [row, Number(cells[0])])).toEqual([3, 2, 1, 0].map((row) => [row, value(rows - 1 - row)]));
  const observed = Array.from({ length: rows }, (_, day) => value(day));
  expect(window.around).toEqual(observed.map((one, day) => ({ x: Date.UTC(2024, 0, 1 + day), known: true, observed: [one] })));

  const ask = { id: run.id, end: rows - 1, changes: [], ahead: 7, effects: true };
  const { rows: ahead, effects } = await host.handlers["runs.forecast"](ask);
  expect(ahead.map(({ x, fed }) => [x, fed])).toEqual(ahead.map((_, k) => [Date.UTC(2024, 0, 1 + rows + k), k >= HORIZON]));
  goOn(observed, 7).forEach((wanted, k) => {
    expect(ahead[k]?.answers?.[0]?.predicted[0]).toBeCloseTo(wanted, 3);
  });
  // A linear answer moves by a weight times how far that step lies from those of other windows: none at all where the weight is nought.
  expect(effects.steps.map(({ from, to }) => [from, to])).toEqual([3, 2, 1, 0].map((back) => [back, back]));
  expect(effects.steps.every(({ effect }) => effect > 0)).toBe(true);
  expect(effects.columns).toEqual([]);

  const changes = [{ back: 1, column: "value", value: "50" }];
  const { rows: moved } = await host.handlers["runs.forecast"]({ ...ask, changes, ahead: 2, effects: false });
  const edited = observed.with(rows - 2, 50);
  goOn(edited, 2).forEach((wanted, k) => {
    expect(moved[k]?.answers?.[0]?.predicted[0]).toBeCloseTo(wanted, 3);
  });

  // An earlier window: what it says is what the curve has there, to the bit, and what was observed stands beside it.
  const curve = await host.handlers["runs.series"]({ id: run.id, node_id: null, target: 0, from: 0, to: null, most: 500 });
  const earlier = await host.handlers["runs.forecast"]({ ...ask, end: 20, ahead: HORIZON, effects: false });
  expect(earlier.rows.map(({ answers }) => answers?.[0]?.predicted[0])).toEqual([21, 22].map((day) => curve.points[day]?.predicted));
  expect((await host.handlers["runs.window"]({ id: run.id, end: 20 })).around.filter((one) => !one.known)).toHaveLength(rows - 21);

  await expect(host.handlers["runs.window"]({ id: run.id, end: 2 })).rejects.toMatchObject({ code: "run.no_window_there" });
  await expect(host.handlers["runs.forecast"]({ ...ask, changes: [{ back: 4, column: "value", value: "1" }] })).rejects.toMatchObject({
    code: "run.no_such_cell",
  });
  await expect(host.handlers["runs.forecast"]({ ...ask, changes: [{ back: 0, column: "value", value: "much" }] })).rejects.toMatchObject({
    code: "data.not_a_number",
  });
});

it("of an ensemble is what its members say together, row by row, each going on from its own predictions", async () => {
  await using home = testHome();
  const host = await home.open();
  const { run } = await trainedSeries(home.path, host);
  const again = { ...design, train: { ...design.train, epochs: 8, seed: 5 } };
  const opened = { projectId: run.project_id, datasetId: run.dataset_id ?? "", design: again };
  const other = await runUntil(host, (await startRun(host, opened)).id, hasEnded);
  const { run: both } = await host.handlers["ensembles.create"]({ ids: [run.id, other.id], rule: "average" });
  expect((await host.handlers["runs.form"]({ id: both.id })).window).toBe(true);
  const { end, total } = await host.handlers["runs.window"]({ id: both.id, end: null });
  expect(end).toBe(total - 1);
  const changes = [{ back: 1, column: "value", value: "3.5" }];
  const ask = async (id: string) => (await host.handlers["runs.forecast"]({ id, end, changes, ahead: 7, effects: true })).rows;
  const [one, two, mean] = [await ask(run.id), await ask(other.id), await ask(both.id)];
  expect(mean.map(({ x, fed }) => [x, fed])).toEqual(one.map(({ x, fed }) => [x, fed]));
  const said = (rows: typeof one, place: number): number => Number(rows[place]?.answers?.[0]?.predicted[0]);
  for (let place = 0; place < 7; place += 1) expect(said(mean, place)).toBeCloseTo((said(one, place) + said(two, place)) / 2, 9);
  expect(said(one, 0)).not.toBeCloseTo(said(two, 0), 3);
});

it("has seasonal naive and linear beside it by itself when it ends, on the same rows, kept with its evaluation", async () => {
  await using home = testHome();
  const host = await home.open();
  const { run, value, rows } = await trainedSeries(home.path, host);
  const reach = LENGTH + HORIZON - 1;
  const kept = async () => (await host.handlers["runs.evaluation"]({ id: run.id, part: "validation" })).evaluation.outputs[0]?.baselines;
  // Nobody asked for them.
  await expect.poll(kept, { timeout: 120_000 }).toHaveLength(2);
  const { outputs } = await host.handlers["baselines.beside"]({ id: run.id, part: "validation" });
  const [naive, linear] = outputs[0]?.baselines ?? [];
  expect([naive?.name, linear?.name, outputs[0]?.node_id]).toEqual(["seasonal_naive", "linear_regression", "out"]);
  const { evaluation } = await host.handlers["runs.evaluation"]({ id: run.id, part: "validation" });
  const held = evaluation.rows;
  // The last rows are held out; of what is known two days before, the nearest season is that value itself.
  const days = Array.from({ length: held }, (_, place) => rows - held + place);
  const error = days.reduce((sum, day) => sum + Math.abs(value(day) - value(day - HORIZON)), 0) / held;
  expect(naive).toMatchObject({ said: { params: { back: HORIZON } }, learnt_from: { rows: rows - held - reach, held_out: true } });
  expect(naive?.figures["mae"]).toBeCloseTo(error, 5);
  // A wave is a weighted sum of its own past, but for the rounding of the file.
  expect(linear?.figures["r2"]).toBeGreaterThan(0.999);
  expect(evaluation.outputs[0]?.baselines).toEqual([naive, linear]);
  const report = await host.handlers["baselines.beside"]({ id: run.id, part: "training" });
  expect(report.outputs[0]?.baselines[0]?.learnt_from.held_out).toBe(false);
  // No rows of their own in the list of runs.
  expect((await host.handlers["runs.list"]({ project_id: null })).runs).toHaveLength(1);
});

it("is told in a report, beside its own figures and in a verdict with the numbers, in both languages", async () => {
  await using home = testHome();
  const host = await home.open();
  const { run } = await trainedSeries(home.path, host);
  const report = async (language: "en" | "zh"): Promise<string> => {
    const { download } = await host.handlers["exports.report"]({ run_ids: [run.id], language });
    return readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8");
  };
  const page = await report("en");
  const { evaluation } = await host.handlers["runs.evaluation"]({ id: run.id, part: "validation" });
  const [output] = evaluation.outputs;
  const own = output?.figures["rmse"] ?? Number.NaN;
  const [naive, linear] = (output?.baselines ?? []).map(({ figures }) => figures["rmse"] ?? Number.NaN);
  const cells = [own, naive, linear].map((value) => formatNumber(value ?? Number.NaN));
  // Three epochs are too few for a wave.
  expect(own).toBeGreaterThan(naive ?? Number.NaN);
  expect(page).toContain("<h2>Baselines beside it, on the same rows</h2>");
  expect(page).toMatch(/<th scope="col">This run<\/th><th scope="col">Seasonal naive<\/th><th scope="col">Linear regression<\/th>/);
  expect(page).toMatch(
    new RegExp(
      `>Root mean squared error</th><td class="number">${cells[0]}</td><td class="number">${cells[1]}</td><td class="number best">${cells[2]} \\(best\\)<`,
    ),
  );
  expect(page).toContain(`Seasonal naive: the value ${HORIZON} rows before, learnt from 25 training rows.`);
  const told = [naive ?? Number.NaN, own].map((value) => Number(value.toPrecision(4)));
  expect(page).toContain(`the RMSE of out is ${told[1]}, that of saying the value ${HORIZON} rows before ${told[0]}, on the same rows.`);
  const chinese = await report("zh");
  for (const text of ["同样数据行上的基线对照", "季节性朴素预测", "不如朴素预测", `直接取 ${HORIZON} 行之前的值为 ${told[0]}`])
    expect(chinese).toContain(text);
  expect(chinese).not.toContain("Seasonal naive");
});

it("is not in the report of a run whose rows stand alone", async () => {
  await using home = testHome();
  const host = await home.open();
  const plain = await openTemplate(host, "softmax-regression", { epochs: 1 });
  const { id } = await runUntil(host, (await startRun(host, plain)).id, hasEnded);
  const { download } = await host.handlers["exports.report"]({ run_ids: [id], language: "en" });
  expect(readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8")).not.toContain("Baselines beside it");
});

it("of another data set each fifth is predicted from the others, and too few rows are refused in words; other runs have none", async () => {
  await using home = testHome();
  const host = await home.open();
  const { run, value } = await trainedSeries(home.path, host);
  const other = async (days: number): Promise<string> => {
    const lines = Array.from(
      { length: days },
      (_, day) => `${new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10)},${value(day)}`,
    );
    const path = join(home.path, `other-${days}.csv`);
    writeFileSync(path, `day,value\n${lines.join("\n")}\n`);
    const file = host.uploads.register(path, "other.csv");
    return (await host.handlers["datasets.import"]({ file, name: "other.csv", import_id: `o${days}` })).dataset.id;
  };
  const { outputs } = await host.handlers["baselines.beside"]({ id: run.id, dataset_id: await other(45) });
  const [naive, linear] = outputs[0]?.baselines ?? [];
  expect(naive?.learnt_from).toEqual({ rows: 32, held_out: true });
  expect(linear?.figures["r2"]).toBeGreaterThan(0.99);
  const few = await other(12);
  await expect(host.handlers["baselines.beside"]({ id: run.id, dataset_id: few })).rejects.toMatchObject({
    code: "baseline.few_rows",
    params: { rows: 7, least: 10 },
  });
  const plain = await openTemplate(host, "softmax-regression", { epochs: 1 });
  const { id } = await startRun(host, plain);
  await runUntil(host, id, hasEnded);
  expect(await host.handlers["baselines.beside"]({ id, part: "validation" })).toEqual({ outputs: [] });
});
