/** What is kept of a run whose curves were chosen: the figures that every run is compared by, whatever was drawn. */
import { expect, test } from "vitest";
import { generate } from "../../core/data/generators/generator.ts";
import { generatorNamed } from "../../core/data/generators/generators.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import { readDesign } from "../../core/graph/migrate.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { readTraining } from "../../core/spec/training.ts";
import { freshState, trainingLoop } from "../../core/train/loop.ts";
import { Network } from "../../core/train/network.ts";
import { prepareDesign } from "../../core/train/prepare-design.ts";
import xor from "../../resources/templates/xor.json" with { type: "json" };
import { finishedRun } from "./finished-run.ts";
import type { TrainingJob } from "./messages.ts";

function finished(train: Readonly<Record<string, unknown>>) {
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
  const reports = [...trainingLoop({ network, data, training, outputs, state })].flatMap((one) => (one.kind === "epoch" ? [one] : []));
  const job = { design, specHash: "", dataFingerprint: "", dataName: "" } as Partial<TrainingJob> as TrainingJob;
  const { message } = finishedRun({ how: "done", job, network, state, prepared, training, table, seconds: 1 });
  return { message, last: reports.at(-1) };
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
