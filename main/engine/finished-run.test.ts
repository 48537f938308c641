/** What is kept of a run whose curves were chosen: the figures that every run is compared by, whatever was drawn. */
import { expect, test } from "vitest";
import { generate } from "../../core/data/generators/generator.ts";
import { generatorNamed } from "../../core/data/generators/generators.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import { readDesign } from "../../core/graph/migrate.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { readTraining } from "../../core/spec/training.ts";
import { type EpochReport, freshState, trainingLoop } from "../../core/train/loop.ts";
import { Network } from "../../core/train/network.ts";
import { prepareDesign } from "../../core/train/prepare-design.ts";
import xor from "../../resources/templates/xor.json" with { type: "json" };
import { finishedRun } from "./finished-run.ts";
import type { TrainingJob } from "./messages.ts";

/** @param stoppedAt step after which it is stopped */
function finished(train: Readonly<Record<string, unknown>>, stoppedAt = Number.POSITIVE_INFINITY) {
  const { template: _template, ...document } = xor;
  const design = { ...readDesign(document), train: { batch_size: 16, ...train } };
  const table = generate(generatorNamed("xor"), { count: 80, noise: 0.05 });
  const training = readTraining(design.train);
  const prepared = prepareDesign(design, table);
  const { spec, encodings, outputs, prepared: data } = prepared;
  const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });
  const network = new Network({ spec, training, encodings, backend, trainingRows: data.training.rowCount });
  network.initialise(training.seed);
  const state = freshState();
  const reports: EpochReport[] = [];
  for (const report of trainingLoop({ network, data, training, outputs, state })) {
    if (report.kind === "epoch") reports.push(report);
    else if (report.step >= stoppedAt) break;
  }
  const job = { design, specHash: "", dataFingerprint: "", dataName: "" } as Partial<TrainingJob> as TrainingJob;
  const { message } = finishedRun({
    how: stoppedAt === Number.POSITIVE_INFINITY ? "done" : "stopped",
    job,
    network,
    state,
    prepared,
    training,
    table,
    seconds: 1,
  });
  return { message, last: reports.at(-1), valLoss: network.evaluate(data.validation).loss };
}

test.each([[["log_loss"]], [["none"]]])("a run with curves of %s has the usual figures of its validation rows all the same", (metrics) => {
  const { message, last } = finished({ epochs: 3, metrics });
  const usual = finished({ epochs: 3 });
  expect(last?.metrics).not.toHaveProperty("val_accuracy");
  for (const name of ["val_accuracy", "val_f1", "val_auc"]) expect(message.metrics[name], name).toBe(usual.last?.metrics[name]);
  expect(message.metrics["val_log_loss"]).toBe(last?.metrics["val_log_loss"]);
  expect(readModel(new TextDecoder().decode(message.model ?? new Uint8Array())).result.metrics).toEqual(message.metrics);
});

test("where weights of the best epoch are put back they are of those", () => {
  const early_stopping = { enabled: true, patience: 3, min_delta: 0, restore_best_weights: true };
  const train = { epochs: 40, optimizer: { type: "sgd", learning_rate: 20 }, early_stopping };
  const { message, last } = finished({ ...train, metrics: ["log_loss"] });
  expect(message.bestEpoch).toBeLessThan(last?.epoch ?? 0);
  expect(message.metrics["val_accuracy"]).toBe(finished(train).message.metrics["val_accuracy"]);
});

test.each([
  ["the first epoch", 2],
  ["a later one", 6],
])("a run stopped within %s has figures of the weights that it keeps, not of those an epoch had", (_, stoppedAt) => {
  // 64 rows or fewer in batches of 16: four steps an epoch.
  const { message, last, valLoss } = finished({ epochs: 5, optimizer: { type: "sgd", learning_rate: 1 } }, stoppedAt);
  expect(last?.epoch).toBe(stoppedAt < 4 ? undefined : 1);
  expect(message.metrics["val_loss"]).toBe(valLoss);
  expect(message.metrics["val_loss"]).not.toBe(last?.valLoss);
  expect(message.metrics["val_accuracy"]).toBe(message.evaluation?.evaluation.outputs[0]?.figures["accuracy"]);
});
