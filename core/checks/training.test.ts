/** Checks of the training options and of what the design says about its data. */
import { describe, expect, test } from "vitest";
import { data, design } from "../../test/graph/designs.ts";
import { allProblems, codes, config, mended, only } from "../../test/graph/problems.ts";
import type { DataDocument, DesignDocument } from "../graph/document.ts";

const trained = (train: DesignDocument["train"], one: DesignDocument["data"] = null, more: object = {}): DesignDocument =>
  design("in > a > out", { in: ["input", { shape: [4] }], a: ["dense", { units: 1, ...more }], out: ["output"] }, { train, data: one });

describe("training options", () => {
  test("Nesterov without momentum gets one", () => {
    const one = trained({ optimizer: { type: "sgd", nesterov: true } });
    expect(mended(one, "design.nesterov_without_momentum").train).toEqual({ optimizer: { type: "sgd", nesterov: true, momentum: 0.9 } });
    for (const optimizer of [{ type: "sgd" }, { type: "sgd", nesterov: true, momentum: 0.5 }, { type: "adam", nesterov: true }])
      expect(allProblems(trained({ optimizer }))).toEqual([]);
  });

  test("one way of clipping is kept, that of the whole step first", () => {
    const after = mended(trained({ clipvalue: 1, clipnorm: 2, global_clipnorm: 3 }), "design.clipping_twice");
    expect(after.train).toEqual({ clipvalue: null, clipnorm: null, global_clipnorm: 3 });
    expect(mended(trained({ clipvalue: 1, clipnorm: 2 }), "design.clipping_twice").train).toEqual({ clipvalue: null, clipnorm: 2 });
    expect(allProblems(trained({ clipnorm: 1, clipvalue: null }))).toEqual([]);
  });

  test("an L2 penalty beside weight decay is taken away", () => {
    const after = mended(trained({ optimizer: { type: "adamw" } }, null, { l2: 0.01 }), "design.penalty_and_decay");
    expect(config(after, "a")).toEqual({ units: 1, l2: 0 });
    expect(allProblems(after)).toEqual([]);
    expect(allProblems(trained({ optimizer: { type: "adam" } }, null, { l2: 0.01 }))).toEqual([]);
    expect(allProblems(trained({ optimizer: { type: "adamw", weight_decay: 0 } }, null, { l2: 0.01 }))).toEqual([]);
  });

  test("early stopping that waits as long as the training lasts waits shorter", () => {
    const stopping = (patience: number, enabled = true, epochs = 12) => trained({ epochs, early_stopping: { enabled, patience } });
    expect(mended(stopping(12), "design.patience_too_long").train["early_stopping"]).toEqual({ enabled: true, patience: 3 });
    expect(mended(stopping(1, true, 1), "design.patience_too_long").train["early_stopping"]).toEqual({ enabled: true, patience: 0 });
    for (const sound of [stopping(11), stopping(50, false)]) expect(allProblems(sound)).toEqual([]);
  });

  test("rows in the order of the file are shuffled, those of a time series may stay", () => {
    expect(mended(trained({ shuffle: false }, data(4, null)), "design.not_shuffled").train).toEqual({ shuffle: true });
    const split = { method: "time", validation_fraction: 0.2, seed: null } as const;
    for (const sound of [
      trained({ shuffle: false }, data(4, null, ["y"], { split })),
      trained({}, data(4, null)),
      trained({ shuffle: false }),
    ])
      expect(allProblems(sound)).toEqual([]);
  });
});

describe("data", () => {
  test("windows of a time series hold the last rows out", () => {
    const window = { columns: ["a"], length: 4, horizon: 1, order_by: null };
    const split = (method: "random" | "time" | "none") => ({ method, validation_fraction: 0.2, seed: null });
    const windows = (method: "random" | "time" | "none") =>
      trained({}, data(4, null, ["y"], { window, split: split(method) } as Partial<DataDocument>));
    expect(only(windows("random"), "design.window_needs_time_split").severity).toBe("error");
    expect(mended(windows("random"), "design.window_needs_time_split").data?.split.method).toBe("time");
    for (const sound of [windows("time"), windows("none"), trained({}, data(4, null))])
      expect(codes(sound)).not.toContain("design.window_needs_time_split");
  });

  test("an input does not take the target", () => {
    const one = (columns: readonly string[]) =>
      design(
        "in > a > out",
        { in: ["input", { columns: [...columns] }], a: ["dense", { units: 1 }], out: ["output"] },
        { data: data(2, null) },
      );
    expect(only(one(["a", "b", "y"]), "design.target_among_inputs")).toMatchObject({ severity: "error", nodeId: "in" });
    const after = mended(one(["a", "b", "y"]), "design.target_among_inputs");
    expect(config(after, "in")).toEqual({ columns: ["a", "b"] });
    expect(allProblems(after)).toEqual([]);
  });

  test("one-hot columns by the hundred are doubted", () => {
    const wide = (feature_count: number | null, types: readonly ("categorical" | "date")[] = ["categorical"]) => {
      const columns = [
        { name: "n", type: "numeric" as const, role: "feature" as const },
        ...types.map((type, index) => ({ name: `c${index}`, type, role: "feature" as const })),
        { name: "y", type: "numeric" as const, role: "target" as const },
      ];
      const steps = [{ type: "one_hot", columns: ["c0"] }];
      return design(
        "in > a > out",
        { in: ["input"], a: ["dense", { units: 1 }], out: ["output"] },
        { data: data(1, null, ["y"], { columns, steps, feature_count }) },
      );
    };
    expect(only(wide(300), "design.many_categories").error.params).toEqual({ columns: "c0", width: 299 });
    for (const sound of [wide(201), wide(300, ["categorical", "date"]), wide(null)])
      expect(codes(sound)).not.toContain("design.many_categories");
  });
});
