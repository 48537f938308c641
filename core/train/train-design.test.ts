/** Training in one call gives what the worker of the app gives; docs/engine.md shows it, and test/docs runs what is shown there. */
import { expect, test } from "vitest";
import xor from "../../resources/templates/xor.json" with { type: "json" };
import { backends } from "../../test/engine/backends.ts";
import { chain, node } from "../../test/engine/design.ts";
import { generate } from "../data/generators/generator.ts";
import { generatorNamed } from "../data/generators/generators.ts";
import { readModel } from "../export/json/model-json.ts";
import { readDesign } from "../graph/migrate.ts";
import { at } from "../ir/op.ts";
import { Predictor } from "./model.ts";
import { trainDesign } from "./train-design.ts";

const backend = at(backends, 1);
const table = generate(generatorNamed("xor"), { count: 80, noise: 0.05 });

function trained(train: Readonly<Record<string, unknown>>) {
  const { template: _template, ...design } = xor;
  let time = 0;
  const clock = (): number => {
    time += 1500;
    return time;
  };
  return trainDesign({ design: { ...readDesign(design), train }, table, backend, clock });
}

test("gives reports of all epochs, and a model file that predicts what the network predicts", () => {
  const { epochs, model, network, prepared } = trained({ epochs: 3, batch_size: 16 });
  expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  const file = readModel(model);
  expect(file.result).toMatchObject({ epochs: 3, steps: epochs.at(-1)?.step, seconds: 1.5, data_name: "" });
  const predictor = new Predictor(file, backend);
  expect(predictor.check().largestDifference).toBe(0);
  const { validation } = prepared.prepared;
  expect(predictor.predict(validation)).toEqual(network.evaluate(validation).predictions);
});

test("tells the figures of the epoch whose weights are kept", () => {
  const early_stopping = { enabled: true, patience: 3, min_delta: 0, restore_best_weights: true };
  const { epochs, model } = trained({ epochs: 40, optimizer: { type: "sgd", learning_rate: 20 }, early_stopping });
  const { result } = readModel(model);
  const best = epochs.find(({ epoch }) => epoch === result.best_epoch);
  expect(result.best_epoch).toBeLessThan(result.epochs);
  expect(result.metrics["val_loss"]).toBe(best?.valLoss);
});

test("figures that were chosen have a curve in place of the usual ones, as the evaluation has them, and training is the same to the bit", () => {
  const usual = trained({ epochs: 2, batch_size: 16 });
  const names = ["log_loss", "brier_score", "average_precision"];
  const { epochs, model, network, prepared } = trained({ epochs: 2, batch_size: 16, metrics: names });
  const last = epochs.at(-1);
  // Sorted rows are asked of validation alone.
  expect(Object.keys(last?.metrics ?? {}).sort()).toEqual(
    ["log_loss", "brier_score", "val_log_loss", "val_brier_score", "val_average_precision"].sort(),
  );
  expect(Object.keys(usual.epochs.at(-1)?.metrics ?? {})).toContain("val_accuracy");
  const file = readModel(model);
  const [output] = new Predictor(file, backend).evaluate(prepared.prepared.validation).outputs;
  for (const name of names) expect(last?.metrics[`val_${name}`], name).toBeCloseTo(output?.figures[name] ?? Number.NaN, 9);
  for (const info of network.parameters)
    expect(network.view("parameter", info.fullName)).toEqual(usual.network.view("parameter", info.fullName));
  expect(file.training).toMatchObject({ metrics: names });
  expect(() => trained({ epochs: 1, metrics: ["acuracy"] })).toThrowError(expect.objectContaining({ code: "train.unknown_metric" }));
});

test("the logarithmic error of the rows that are trained on is that of the rows, not nothing", () => {
  const rows = 40;
  const column = (name: string, of: (row: number) => number) => ({
    kind: "number" as const,
    name,
    values: Float64Array.from({ length: rows }, (_, row) => of(row)),
  });
  const houses = {
    rowCount: rows,
    rowIds: Uint32Array.from({ length: rows }, (_, row) => row),
    columns: [column("rooms", (row) => row % 7), column("price", (row) => 1000 * (1 + (row % 7)))],
  };
  const design = {
    ...readDesign(xor),
    graph: chain(node("in", "input", {}), node("p", "dense", { units: 1 }), node("out", "output", { loss: "mse" })),
    train: { epochs: 30, optimizer: { type: "adam", learning_rate: 0.3 } },
    data: {
      source: { kind: "file" as const, name: "houses.csv" },
      columns: [
        { name: "rooms", type: "numeric" as const, role: "feature" as const },
        { name: "price", type: "numeric" as const, role: "target" as const },
      ],
      steps: [{ type: "log1p", columns: ["price"] }],
      split: { method: "random" as const, validation_fraction: 0.2, seed: 1 },
      feature_count: null,
      class_count: null,
    },
  };
  const { epochs } = trainDesign({ design, table: houses, backend, clock: () => 0 });
  expect(epochs.at(-1)?.metrics["rmsle"]).toBeGreaterThan(0.01);
});
