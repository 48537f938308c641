/** The surface over two columns: in their own values, whatever the preparation makes of them, the others held where it says. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DesignDocument, StepDocument } from "../../core/graph/document.ts";
import type { MethodInput, MethodOutput } from "../../core/protocol/methods.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, type OpenedTemplate, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

type Surface = MethodOutput<"runs.surface">;

const ASKED = { task_id: "surface", node_id: null, target: null, x: null, y: null, row: null, resolution: 5 };
const surfaceOf = (host: OpenedHost, id: string, asked: Partial<MethodInput<"runs.surface">> = {}): Promise<Surface> =>
  host.handlers["runs.surface"]({ ...ASKED, id, ...asked });

async function surfaceAfter(host: OpenedHost, opened: OpenedTemplate, resolution: number): Promise<Surface> {
  const run = await startRun(host, opened);
  expect((await runUntil(host, run.id, hasEnded)).error).toBeNull();
  return surfaceOf(host, run.id, { resolution });
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
    { name: "x1", kind: "number", words: null },
    { name: "x2", kind: "number", words: null },
  ]);
  expect(sorted(surface.points.map(({ x }) => x))).toEqual(x1);
  expect(sorted(surface.points.map(({ y }) => y))).toEqual(x2);
  const range = (values: readonly number[]): number => (values.at(-1) ?? 0) - (values[0] ?? 0);
  expect(range(surface.x)).toBeCloseTo(1.2 * range(x1), 4);
  expect(range(surface.y)).toBeCloseTo(1.2 * range(x2), 4);
  expect(surface.values).toHaveLength(400);
  expect(surface).toMatchObject({ kind: "share", threshold: 0.5, choice: "none", held: { row: null, values: [] } });
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
    { name: "area", kind: "number", words: null },
    { name: "rooms", kind: "number", words: null },
  ]);
  expect(sorted(surface.points.map(({ x }) => x))).toEqual(areas);
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

test("where outliers are clipped the axis goes on in the column's values, and the answer stays as it is at the bound", async () => {
  await using home = testHome();
  const host = await home.open();
  const opened = await houses(host, home.path, [
    { type: "clip_outliers", columns: ["area"] },
    { type: "standardise", columns: ["area", "rooms", "price"] },
  ]);
  const surface = await surfaceAfter(host, opened, 41);
  const areas = opened.rows.map(([area = 0]) => area);
  expect(surface.x_axis).toMatchObject({ name: "area", kind: "number" });
  expect(surface.x.at(-1)).toBeCloseTo(Math.max(...areas) + 0.1 * (Math.max(...areas) - Math.min(...areas)), 3);
  expect(surface.values[40]).toBe(surface.values[39]);
  expect(surface.values[20 * 41 + 40]).toBe(surface.values[20 * 41 + 39]);
});

const DISTRICTS = ["north", "south", "harbour"] as const;

/** Three columns of numbers, one of words, one that says nothing; what is learnt is given. */
async function flats(host: OpenedHost, folder: string, template: string, epochs: number): Promise<OpenedTemplate> {
  const rows = Array.from({ length: 90 }, (_, row) => {
    const [area, age, noise] = [30 + ((row * 37) % 90), (row * 17) % 60, (row * 29) % 31];
    const district = DISTRICTS[row % 5 < 2 ? 0 : row % 3] ?? "north";
    const price = 1000 * area - 600 * age + (district === "harbour" ? 30_000 : 0);
    return [area, age, noise, district, price, price > 80_000 ? "dear" : price > 45_000 ? "fair" : "cheap"];
  });
  const path = join(folder, "flats.csv");
  writeFileSync(path, `area,age,noise,district,price,class\n${rows.map((row) => row.join(",")).join("\n")}\n`);
  const { dataset } = await host.handlers["datasets.import"]({
    file: host.uploads.register(path, "flats.csv"),
    name: "flats.csv",
    import_id: "flats",
  });
  const target = template === "sum-of-sigmoids" ? "price" : "class";
  const { data } = await host.handlers["datasets.propose"]({ id: dataset.id, targets: [target] });
  const opened = await openTemplate(host, template, { epochs, optimizer: { type: "adam", learning_rate: 0.03 } });
  const numbers = ["area", "age", "noise", ...(target === "price" ? ["price"] : [])];
  const steps: StepDocument[] = [
    { type: "standardise", columns: numbers },
    { type: "one_hot", columns: ["district"] },
  ];
  const columns = (data?.columns ?? []).map((column) => ({
    ...column,
    role:
      column.name === target
        ? ("target" as const)
        : column.name === "price" || column.name === "class"
          ? ("ignored" as const)
          : ("feature" as const),
  }));
  const design: DesignDocument = {
    ...opened.design,
    data: data === null ? null : { ...data, columns, steps, split: { ...data.split, method: "random" } },
  };
  const { project } = await host.handlers["projects.create"]({ design, dataset_id: dataset.id });
  return { projectId: project.id, datasetId: dataset.id, design };
}

test("of four columns any two are drawn: every place says what the network says of a row with those values", async () => {
  await using home = testHome();
  const host = await home.open();
  const opened = await flats(host, home.path, "sum-of-sigmoids", 60);
  const run = await startRun(host, opened);
  expect((await runUntil(host, run.id, hasEnded)).error).toBeNull();

  // The two that matter most of the numbers, in the order of the table.
  const first = await surfaceOf(host, run.id);
  expect([first.x_axis.name, first.y_axis.name, first.kind]).toEqual(["area", "age", "number"]);
  expect(first.columns).toEqual([
    { name: "area", kind: "number" },
    { name: "age", kind: "number" },
    { name: "noise", kind: "number" },
    { name: "district", kind: "words" },
  ]);
  expect(first.held.values.map(({ column }) => column)).toEqual(["noise", "district"]);
  expect(first.held.values[1]?.value).toBe("north");

  const predicted = async (values: Record<string, unknown>): Promise<number> => {
    const texts = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
    const { outputs } = await host.handlers["runs.try"]({ id: run.id, values: texts, picture: null, effects: false });
    return Number(outputs[0]?.predicted);
  };
  const heldIn = ({ held }: Surface): Record<string, unknown> =>
    Object.fromEntries(held.values.map(({ column, value }) => [column, value]));
  for (const [x, y] of [
    [0, 0],
    [3, 1],
    [4, 4],
  ] as const) {
    const own = await predicted({ ...heldIn(first), area: first.x[x], age: first.y[y] });
    expect(first.values[y * 5 + x] ?? Number.NaN).toBeCloseTo(own, 1);
  }

  // Words along an axis; the others as one row has them.
  const words = await surfaceOf(host, run.id, { x: "district", y: "age", row: 7 });
  expect([...(words.x_axis.words ?? [])].sort()).toEqual([...DISTRICTS].sort());
  expect([words.x.length, words.y.length, words.values.length]).toEqual([3, 5, 15]);
  expect(words.held.row).toBe(7);
  expect(heldIn(words)).toEqual({ area: 30 + ((7 * 37) % 90), noise: (7 * 29) % 31 });
  for (const [place, district] of (words.x_axis.words ?? []).entries()) {
    const own = await predicted({ ...heldIn(words), district, age: words.y[2] });
    expect(words.values[2 * 3 + place] ?? Number.NaN).toBeCloseTo(own, 1);
  }
  await expect(surfaceOf(host, run.id, { x: "price", y: "age" })).rejects.toMatchObject({ code: "data.column_missing" });
  await expect(surfaceOf(host, run.id, { x: "age", y: "age" })).rejects.toMatchObject({ code: "run.surface_needs_columns" });

  // Ended in the middle it fails, and answers when it is asked again.
  const ended = surfaceOf(host, run.id, { task_id: "ended", resolution: 200 });
  await host.handlers["inside.cancel"]({ task_id: "ended" });
  await expect(ended).rejects.toMatchObject({ code: "inside.cancelled" });
  expect((await surfaceOf(host, run.id)).values).toEqual(first.values);
});

test("of three classes the one that is said with its probability, or the probability of one", async () => {
  await using home = testHome();
  const host = await home.open();
  const opened = await flats(host, home.path, "softmax-regression", 40);
  const run = await startRun(host, opened);
  expect((await runUntil(host, run.id, hasEnded)).error).toBeNull();
  const regions = await surfaceOf(host, run.id, { x: "area", y: "age" });
  expect(regions).toMatchObject({ kind: "classes", target: null, choice: "class", threshold: null });
  const each = await Promise.all(regions.labels.map((_, target) => surfaceOf(host, run.id, { x: "area", y: "age", target })));
  for (const place of regions.values.keys()) {
    const shares = each.map(({ values }) => values[place] ?? Number.NaN);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    expect(regions.values[place]).toBe(shares.indexOf(Math.max(...shares)));
    expect(regions.shares?.[place]).toBe(Math.max(...shares));
  }
  expect(each[0]?.kind).toBe("share");
  // A row's own class is told as 1 or 0 where one class is drawn.
  const cheap = regions.labels.indexOf("cheap");
  expect(each[cheap]?.points.map(({ label }) => label)).toEqual(regions.points.map(({ label }) => Number(label === cheap)));
});
