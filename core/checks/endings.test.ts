/** Checks of how a network ends: losses, activations, and what stands directly before the output. */
import { describe, expect, test } from "vitest";
import { data, design } from "../../test/graph/designs.ts";
import { allProblems, codes, config, mended, only } from "../../test/graph/problems.ts";
import type { DesignDocument } from "../graph/document.ts";

const IN = ["input", { shape: [4] }] as const;
const ending = (activation: string, loss: string, units = 3, more = {}): DesignDocument =>
  design("in > a > out", { in: IN, a: ["dense", { units, activation }], out: ["output", { loss }] }, more);

describe("loss and probabilities", () => {
  test("a squared error over softmax becomes a cross-entropy", () => {
    const one = ending("softmax", "mse");
    expect(only(one, "design.squared_error_of_probabilities")).toMatchObject({ severity: "warning", nodeId: "out" });
    const after = mended(one, "design.squared_error_of_probabilities");
    expect(config(after, "out")).toEqual({ loss: "categorical_crossentropy" });
    expect(allProblems(after)).toEqual([]);
    for (const sound of [ending("linear", "mse"), ending("softmax", "mse", 3, { data: data(4, null, ["x", "y", "z"]) })])
      expect(codes(sound)).not.toContain("design.squared_error_of_probabilities");
  });

  test("yes or no for each of three exclusive classes becomes softmax", () => {
    const one = ending("sigmoid", "binary_crossentropy", 3, { data: data(4, 3) });
    const after = mended(one, "design.binary_loss_for_classes");
    expect([config(after, "a"), config(after, "out")]).toEqual([{ units: 3, activation: "softmax" }, { loss: "categorical_crossentropy" }]);
    expect(allProblems(after)).toEqual([]);
    const two = ending("sigmoid", "binary_crossentropy", 1, { data: data(4, 2) });
    const labels = ending("sigmoid", "binary_crossentropy", 3, { data: data(4, null, ["x", "y", "z"]) });
    for (const sound of [two, labels]) expect(allProblems(sound)).toEqual([]);
  });

  test("a loss that counts nothing gets its weight back", () => {
    const silent = design("in > a > out", { in: IN, a: ["dense", { units: 1 }], out: ["output", { loss_weight: 0 }] });
    expect(config(mended(silent, "design.weightless_loss"), "out")).toEqual({ loss_weight: 1 });
    expect(codes(ending("linear", "mse"))).not.toContain("design.weightless_loss");
  });
});

describe("activations in a row", () => {
  const row = (first: string, second: string): DesignDocument =>
    design("in > a > f > out", {
      in: IN,
      a: ["dense", { units: 3, activation: first }],
      f: ["activation", { activation: second }],
      out: ["output", { loss: second === "softmax" ? "categorical_crossentropy" : "mse" }],
    });

  test("relu before softmax is taken away", () => {
    const after = mended(row("relu", "softmax"), "design.floor_before_probabilities");
    expect(config(after, "a")).toMatchObject({ activation: "linear" });
    expect(allProblems(after)).toEqual([]);
    expect(codes(row("relu", "softmax"))).not.toContain("design.activation_twice");
  });

  test("the first of two activations is taken away", () => {
    expect(config(mended(row("tanh", "relu"), "design.activation_twice"), "a")).toMatchObject({ activation: "linear" });
    expect(codes(row("tanh", "softmax"))).toContain("design.activation_twice");
    for (const sound of [row("linear", "relu"), row("relu", "linear")]) expect(allProblems(sound)).toEqual([]);
  });
});

describe("directly before the output", () => {
  const ahead = (type: string, wires = "in > a > x > out"): DesignDocument =>
    design(wires, { in: IN, a: ["dense", { units: 1, use_bias: false }], x: [type], out: ["output"] });

  test.each([
    ["dropout", "design.dropout_before_output"],
    ["gaussian_noise", "design.dropout_before_output"],
    ["batch_normalization", "design.normalization_before_output"],
  ])("%s is skipped", (type, code) => {
    expect(only(ahead(type), code)).toMatchObject({ severity: "warning", nodeId: "x" });
    const after = mended(ahead(type), code);
    expect(after.graph.nodes.find(({ id }) => id === "x")).toMatchObject({ bypassed: true });
    expect(allProblems(after)).toEqual([]);
    expect(allProblems(ahead(type, "in > x > a > out"))).toEqual([]);
  });
});

describe("the start of weights", () => {
  const hidden = (more: object): DesignDocument =>
    design("in > a > b > out", { in: IN, a: ["dense", { activation: "relu", ...more }], b: ["dense", { units: 1 }], out: ["output"] });

  test("a hidden layer whose weights are all alike gets a random start", () => {
    const after = mended(hidden({ kernel_initializer: "zeros" }), "design.constant_kernel");
    expect(config(after, "a")).toMatchObject({ kernel_initializer: "glorot_uniform" });
    expect(codes(hidden({ kernel_initializer: "constant" }))).toContain("design.constant_kernel");
    for (const sound of [hidden({}), hidden({ bias_initializer: "ones" }), hidden({ units: 1, kernel_initializer: "ones" })])
      expect(allProblems(sound)).toEqual([]);
    const regression = design("in > a > out", { in: IN, a: ["dense", { units: 2, kernel_initializer: "zeros" }], out: ["output"] });
    expect(allProblems(regression)).toEqual([]);
  });
});
