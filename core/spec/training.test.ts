import { describe, expect, it } from "vitest";
import { batchRows, defaultTraining, readTraining, takesAllRows, writeTraining } from "./training.ts";

const problem = (code: string, params: object = {}) => expect.objectContaining({ code, params: expect.objectContaining(params) });

describe("training options", () => {
  it("have Keras's names and defaults, every one written out", () => {
    expect(writeTraining(readTraining({}))).toEqual({
      optimizer: { type: "adam", learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, amsgrad: false },
      schedule: { type: "constant" },
      batch_size: 32,
      epochs: 10,
      seed: 0,
      shuffle: true,
      class_weight: "none",
      clipvalue: null,
      clipnorm: null,
      global_clipnorm: null,
      arithmetic: "fast",
      early_stopping: { enabled: false, monitor: "val_loss", min_delta: 0.001, patience: 5, restore_best_weights: true },
    });
    expect(readTraining({})).toEqual(defaultTraining());
  });

  it("read back as they were written", () => {
    const options = readTraining({
      optimizer: { type: "sgd", momentum: 0.9, nesterov: true },
      epochs: 3,
      clipnorm: 1,
      schedule: { type: "piecewise", boundaries: [3] },
      early_stopping: { enabled: true, patience: 0 },
    });
    expect(readTraining(JSON.parse(JSON.stringify(writeTraining(options))))).toEqual(options);
    expect(options.optimizer).toEqual({ type: "sgd", config: { learning_rate: 0.01, momentum: 0.9, nesterov: true } });
  });

  it("keep the k of top-k accuracy only where it is not five: hashes of before stay", () => {
    expect(writeTraining(readTraining({ top_k: 5 }))).not.toHaveProperty("top_k");
    expect(writeTraining(readTraining({ top_k: 3 }))).toHaveProperty("top_k", 3);
    expect(() => readTraining({ top_k: 0 })).toThrowError(problem("config.wrong_value", { where: "train", field: "top_k" }));
  });

  it("keep how often validation rows are looked at only where that was chosen", () => {
    expect(writeTraining(readTraining({}))).not.toHaveProperty("validate_every");
    expect(writeTraining(readTraining({ validate_every: 50 }))).toHaveProperty("validate_every", 50);
    expect(() => readTraining({ validate_every: 0 })).toThrowError(
      problem("config.wrong_value_or_empty", { where: "train", field: "validate_every" }),
    );
  });

  it("keep the figures that have a curve only where some were chosen, and refuse one that there is none of", () => {
    expect(writeTraining(readTraining({ metrics: [] }))).not.toHaveProperty("metrics");
    expect(writeTraining(readTraining({ metrics: ["log_loss", "top_3_accuracy"] }))).toHaveProperty("metrics", [
      "log_loss",
      "top_3_accuracy",
    ]);
    expect(writeTraining(readTraining({ metrics: ["none"] }))).toHaveProperty("metrics", ["none"]);
    expect(() => readTraining({ metrics: ["acuracy"] })).toThrowError(problem("train.unknown_metric", { name: "acuracy" }));
    expect(() => readTraining({ metrics: ["loss"] })).toThrowError(problem("train.unknown_metric", { name: "loss" }));
  });

  it("give an optimizer that takes all rows a batch of all of them", () => {
    expect(batchRows(readTraining({ optimizer: { type: "gradient_descent" }, batch_size: 8 }), 84)).toBe(84);
    expect(batchRows(readTraining({ batch_size: 8 }), 84)).toBe(8);
    expect(batchRows(readTraining({ batch_size: 100 }), 84)).toBe(84);
    expect([takesAllRows("gradient_descent"), takesAllRows("sgd"), takesAllRows("no such"), takesAllRows(null)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it("take each optimizer's own defaults when only its name is given", () => {
    expect(readTraining({ optimizer: { type: "rmsprop" } }).optimizer.config).toEqual({
      learning_rate: 0.001,
      rho: 0.9,
      momentum: 0,
      epsilon: 1e-7,
    });
    expect(readTraining({ optimizer: { learning_rate: 0.5 } }).optimizer).toMatchObject({ type: "adam", config: { learning_rate: 0.5 } });
  });

  it.each<[string, Readonly<Record<string, unknown>>, ReturnType<typeof problem>]>([
    ["an option that is not known", { learning_rate: 0.1 }, problem("config.unknown_field", { where: "train", field: "learning_rate" })],
    [
      "an option of another optimizer",
      { optimizer: { type: "adam", momentum: 0.9 } },
      problem("config.unknown_field", { where: "adam", field: "momentum" }),
    ],
    ["an optimizer that is not known", { optimizer: { type: "adamax" } }, problem("spec.unknown_optimizer", { name: "adamax" })],
    ["a schedule that is not known", { schedule: { type: "step" } }, problem("spec.unknown_schedule", { name: "step" })],
    ["a schedule that is no object", { schedule: "constant" }, problem("config.not_an_object", { where: "schedule" })],
    ["a boundary at no step", { schedule: { type: "piecewise", boundaries: [0] } }, problem("config.wrong_shape", { where: "piecewise" })],
    ["an optimizer that is no object", { optimizer: "adam" }, problem("config.not_an_object", { where: "optimizer" })],
    ["no optimizer", { optimizer: null }, problem("config.not_an_object", { where: "optimizer" })],
    ["a batch of nothing", { batch_size: 0 }, problem("config.wrong_value", { field: "batch_size" })],
    ["half an epoch", { epochs: 0.5 }, problem("config.wrong_value", { field: "epochs" })],
    ["a negative seed", { seed: -1 }, problem("config.wrong_value", { field: "seed" })],
    [
      "a learning rate of zero",
      { optimizer: { type: "sgd", learning_rate: 0 } },
      problem("config.wrong_value", { field: "learning_rate" }),
    ],
    ["a momentum of one", { optimizer: { type: "sgd", momentum: 1 } }, problem("config.wrong_value", { field: "momentum" })],
    ["a clip of zero", { clipvalue: 0 }, problem("config.wrong_value_or_empty", { field: "clipvalue" })],
    [
      "something else to monitor",
      { early_stopping: { monitor: "val_auc" } },
      problem("config.wrong_value", { where: "early_stopping", field: "monitor" }),
    ],
    ["early stopping that is no object", { early_stopping: true }, problem("config.not_an_object", { where: "early_stopping" })],
  ])("refuse %s", (_, document, expected) => {
    expect(() => readTraining(document)).toThrowError(expected);
  });
});
