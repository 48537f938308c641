/** Looking inside through the whole host: views by layer, a row of the stored table, and the weights of an epoch. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { decodeNumbers } from "../../core/export/json/numbers.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { chain, node } from "../engine/design.ts";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

function numbers(found: MethodOutput<"inside.look">, name: string): number[] {
  const { values = "" } = found.arrays.find((array) => array.name === name) ?? {};
  return [...decodeNumbers(values, name)];
}

async function trained(host: OpenedHost, template: string, options: Record<string, unknown>) {
  const run = await startRun(host, await openTemplate(host, template, options));
  return runUntil(host, run.id, hasEnded);
}

it("shows of a row of digits the maps of a convolution, the same after every epoch's weights as those say", async () => {
  await using home = testHome();
  const host = await home.open();
  const run = await trained(host, "digits-convolution", { epochs: 2 });
  const { layers } = await host.handlers["inside.views"]({ run_id: run.id });
  const convolution = layers.find(({ views }) => views.some(({ view }) => view === "filters"));
  expect(convolution?.views.map(({ view }) => view)).toContain("feature_maps");
  const ask = { run_id: run.id, node_id: convolution?.node_id ?? "", view: "feature_maps", row: 1700 } as const;
  const found = await host.handlers["inside.look"](ask);
  expect(found.arrays.map(({ name }) => name)).toEqual(["maps", "summed", "picture"]);
  const { columns, rows } = await host.handlers["datasets.preview"]({ id: run.dataset_id ?? "", offset: 1700, count: 1 });
  const pixels = columns.flatMap((name, place) => (/^(label|digit|target|class)$/.test(name) ? [] : [Number(rows[0]?.[place])]));
  const picture = numbers(found, "picture");
  // Whatever the preparation makes of pixels, ink is ink.
  expect(picture.indexOf(Math.max(...picture))).toBe(pixels.indexOf(Math.max(...pixels)));
  const maps = numbers(found, "maps");
  const channels = maps.length / numbers(found, "summed").length;
  expect(numbers(found, "summed")[9]).toBeCloseTo(
    maps.slice(9 * channels, 10 * channels).reduce((a, b) => a + b, 0),
    4,
  );
  const filters = await host.handlers["inside.look"]({ ...ask, view: "filters" });
  const weights = await host.handlers["runs.weights"]({ id: run.id, node_id: ask.node_id });
  expect(numbers(filters, "kernel")).toEqual(weights.parameters.find(({ name }) => name === "kernel")?.values);
  const { weights: spreads } = await host.handlers["inside.weight_history"]({ run_id: run.id, node_id: ask.node_id });
  const kernelSpread = spreads.find(({ name }) => name === "kernel");
  expect(kernelSpread?.epochs.length).toBeGreaterThan(1);
  for (const bins of kernelSpread?.counts ?? []) expect(bins.reduce((a, b) => a + b, 0)).toBe(numbers(filters, "kernel").length);
  const epochs = await host.handlers["runs.snapshots"]({ id: run.id });
  const first = epochs.snapshots[0]?.epoch ?? 0;
  const before = await host.handlers["inside.look"]({ ...ask, epoch: first });
  expect(numbers(before, "picture")).toEqual(picture);
  expect(numbers(before, "maps")).not.toEqual(maps);
});

it("draws what units give over the plane of two features, and refuses a row that is not there", async () => {
  await using home = testHome();
  const host = await home.open();
  const run = await trained(host, "xor", { epochs: 1 });
  const { layers } = await host.handlers["inside.views"]({ run_id: run.id });
  const hidden = layers.find(
    ({ views }) => views.some(({ view }) => view === "boundaries") && views.some(({ view }) => view === "weights"),
  );
  const node_id = hidden?.node_id ?? "";
  const drawn = await host.handlers["inside.look"]({ run_id: run.id, node_id, view: "boundaries", row: 0 });
  expect(drawn.arrays.find(({ name }) => name === "units")?.shape).toHaveLength(3);
  expect(numbers(drawn, "points").length).toBeGreaterThan(100);
  const nowhere = host.handlers["inside.look"]({ run_id: run.id, node_id, view: "activations", row: 1_000_000 });
  await expect(nowhere).rejects.toMatchObject({ code: "inside.no_such_row", params: { row: 1_000_001 } });
});

it("calls what an output is given by its classes", async () => {
  await using home = testHome();
  const host = await home.open();
  const run = await trained(host, "softmax-regression", { epochs: 1 });
  const { layers } = await host.handlers["inside.views"]({ run_id: run.id });
  const shown = layers.filter(({ views }) => views.some(({ view }) => view === "activations"));
  const unitsOf = async (node_id: string) =>
    (await host.handlers["inside.look"]({ run_id: run.id, node_id, view: "activations", row: 0 })).labels["units"];
  const found = await Promise.all(shown.map(({ node_id }) => unitsOf(node_id)));
  // The measures of a flower go in; the layer that gives a number a class, and the output itself.
  expect(found[0]).toHaveLength(4);
  expect(found.slice(1)).toEqual(found.slice(1).map(() => ["setosa", "versicolor", "virginica"]));
  expect(found.length).toBeGreaterThan(1);
});

const STEPS = 8;
const series: DesignDocument = {
  format: "neuroloom-design",
  format_version: 1,
  name: "series",
  notes: "",
  graph: chain(
    node("in", "input", { shape: [STEPS, 1] }),
    node("cell", "gru", { units: 3 }),
    node("p", "dense", { units: 1 }),
    node("out", "output", { loss: "mse" }),
  ),
  train: { epochs: 1 },
  data: {
    source: { kind: "file", name: "series.csv" },
    columns: [
      { name: "day", type: "numeric", role: "ignored" },
      { name: "value", type: "numeric", role: "target" },
    ],
    steps: [],
    window: { columns: ["value"], length: STEPS, horizon: 1, order_by: "day" },
    split: { method: "time", validation_fraction: 0.2, seed: 1, column: "day" },
    feature_count: null,
    class_count: null,
  },
};

it("takes of a series the steps before the row, and says of a row that has too few that it is left out", async () => {
  await using home = testHome();
  const host = await home.open();
  const path = join(home.path, "series.csv");
  const value = (day: number): number => Math.round(1000 * Math.sin(day / 5)) / 1000;
  writeFileSync(path, `day,value\n${Array.from({ length: 60 }, (_, day) => `${day},${value(day)}`).join("\n")}\n`);
  const { dataset } = await host.handlers["datasets.import"]({
    file: host.uploads.register(path, "series.csv"),
    name: "series.csv",
    import_id: "i",
  });
  const { project } = await host.handlers["projects.create"]({ design: series, dataset_id: dataset.id });
  const run = await startRun(host, { projectId: project.id, datasetId: dataset.id, design: series });
  await runUntil(host, run.id, hasEnded);
  const ask = { run_id: run.id, node_id: "in", view: "activations" } as const;
  const seen = numbers(await host.handlers["inside.look"]({ ...ask, row: 30 }), "activations");
  Array.from({ length: STEPS }, (_, step) => expect(seen[step]).toBeCloseTo(value(30 - STEPS + step), 5));
  await expect(host.handlers["inside.look"]({ ...ask, row: 3 })).rejects.toMatchObject({ code: "inside.row_left_out", params: { row: 4 } });
});
