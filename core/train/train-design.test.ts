/** Training in one call gives what the worker of the app gives; docs/engine.md shows it, and test/docs runs what is shown there. */
import { expect, test } from "vitest";
import xor from "../../resources/templates/xor.json" with { type: "json" };
import { backends } from "../../test/engine/backends.ts";
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
