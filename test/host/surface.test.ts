/** The surface over two features: in the units of the columns, whatever the preparation makes of them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DesignDocument, StepDocument } from "../../core/graph/document.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, type OpenedTemplate, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

type Surface = MethodOutput<"runs.surface">;

async function surfaceAfter(host: OpenedHost, opened: OpenedTemplate, resolution: number): Promise<Surface> {
  const run = await startRun(host, opened);
  expect((await runUntil(host, run.id, hasEnded)).error).toBeNull();
  return host.handlers["runs.surface"]({ id: run.id, resolution });
}

async function numbersOf(host: OpenedHost, datasetId: string): Promise<Record<string, number[]>> {
  const { columns, rows } = await host.handlers["datasets.preview"]({ id: datasetId, offset: 0, count: 1000 });
  return Object.fromEntries(columns.map((name, place) => [name, rows.map((row) => Number(row[place])).sort((a, b) => a - b)]));
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** Prepared numbers are float32: on the way back six figures are left. */
function expectClose(values: readonly number[], expected: readonly number[], scale: number): void {
  expect(values).toHaveLength(expected.length);
  values.forEach((value, place) => expect(Math.abs(value - (expected[place] ?? Number.NaN))).toBeLessThan(1e-6 * scale));
}

test("moons that were standardised are drawn where their columns have them", async () => {
  await using home = testHome();
  const host = await home.open();
  const opened = await openTemplate(host, "deep-network-that-does-not-learn", { epochs: 1 });
  expect(opened.design.data?.steps.map(({ type }) => type)).toContain("standardise");
  const surface = await surfaceAfter(host, opened, 20);
  const { x1 = [], x2 = [] } = await numbersOf(host, opened.datasetId);

  expect([surface.x_axis, surface.y_axis]).toEqual([
    { name: "x1", own_units: true },
    { name: "x2", own_units: true },
  ]);
  expectClose(sorted(surface.points.map(({ x }) => x)), x1, 3);
  expectClose(sorted(surface.points.map(({ y }) => y)), x2, 3);
  const range = (values: readonly number[]): number => (values.at(-1) ?? 0) - (values[0] ?? 0);
  expect(range(surface.x)).toBeCloseTo(1.2 * range(x1), 4);
  expect(range(surface.y)).toBeCloseTo(1.2 * range(x2), 4);
  expect(surface.values).toHaveLength(400);
});

/** A regression on two columns of a file: a long-tailed one in thousands, and one of small whole numbers. */
async function houses(
  host: OpenedHost,
  folder: string,
  steps: StepDocument[],
): Promise<OpenedTemplate & { rows: readonly (readonly number[])[] }> {
  const rows = Array.from({ length: 80 }, (_, row) => [Math.round(1000 * 1.06 ** row), (row * 7) % 9, 50_000 + 1000 * ((row * 7) % 9)]);
  const path = join(folder, "houses.csv");
  writeFileSync(path, `area,rooms,price\n${rows.map((row) => row.join(",")).join("\n")}\n`);
  const { dataset } = await host.handlers["datasets.import"]({
    file: host.uploads.register(path, "houses.csv"),
    name: "houses.csv",
    import_id: "houses",
  });
  const { data } = await host.handlers["datasets.propose"]({ id: dataset.id, targets: ["price"] });
  const template = await openTemplate(host, "sum-of-sigmoids", { epochs: 200, optimizer: { type: "adam", learning_rate: 0.03 } });
  const design: DesignDocument = {
    ...template.design,
    data: data === null ? null : { ...data, steps, split: { ...data.split, method: "random" } },
  };
  const { project } = await host.handlers["projects.create"]({ design, dataset_id: dataset.id });
  return { projectId: project.id, datasetId: dataset.id, design, rows };
}

test("a logarithm is taken back, the grid is even in the column's units, and the target is in its own", async () => {
  await using home = testHome();
  const host = await home.open();
  const opened = await houses(host, home.path, [
    { type: "log1p", columns: ["area"] },
    { type: "standardise", columns: ["area", "rooms", "price"] },
  ]);
  const surface = await surfaceAfter(host, opened, 21);
  const areas = opened.rows.map(([area = 0]) => area);
  const widest = Math.max(...areas);

  expect([surface.x_axis, surface.y_axis]).toEqual([
    { name: "area", own_units: true },
    { name: "rooms", own_units: true },
  ]);
  expectClose(sorted(surface.points.map(({ x }) => x)), areas, 10 * widest);
  const steps = surface.x.slice(1).map((value, place) => value - (surface.x[place] ?? 0));
  for (const step of steps) expect(step).toBeCloseTo(steps[0] ?? 0, 3);
  // Wider than the points on both sides, and not into areas that have no logarithm.
  expect(surface.x[0]).toBeGreaterThan(-1);
  expect(surface.x[0]).toBeLessThan(1000);
  expect(surface.x.at(-1)).toBeGreaterThan(widest);
  expect(surface.x.at(-1)).toBeLessThanOrEqual(1.2 * widest);

  // The price grows with the rooms alone: the fitted surface says so in money, at each row's own place on the grid.
  expectClose(sorted(surface.points.map(({ label }) => label)), sorted(opened.rows.map(([, , price = 0]) => price)), 1e6);
  const nearest = (axis: readonly number[], value: number): number =>
    axis.reduce((best, one, place) => (Math.abs(one - value) < Math.abs((axis[best] ?? 0) - value) ? place : best), 0);
  const at = (area: number, rooms: number): number => surface.values[nearest(surface.y, rooms) * 21 + nearest(surface.x, area)] ?? 0;
  expect(at(20_000, 1)).toBeGreaterThan(49_000);
  expect(at(20_000, 1)).toBeLessThan(53_500);
  expect(at(20_000, 7)).toBeGreaterThan(54_500);
  expect(at(20_000, 7)).toBeLessThan(60_000);
});

test("a feature whose preparation cannot be undone says that it is drawn as prepared", async () => {
  await using home = testHome();
  const host = await home.open();
  const opened = await houses(host, home.path, [
    { type: "clip_outliers", columns: ["area"] },
    { type: "standardise", columns: ["area", "rooms", "price"] },
  ]);
  const surface = await surfaceAfter(host, opened, 5);
  expect([surface.x_axis, surface.y_axis]).toEqual([
    { name: "area", own_units: false },
    { name: "rooms", own_units: true },
  ]);
  expect(Math.max(...surface.x)).toBeLessThan(20);
});
