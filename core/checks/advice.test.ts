import { describe, expect, test } from "vitest";
import { data, design } from "../../test/graph/designs.ts";
import { allProblems, codes, config, mended, only } from "../../test/graph/problems.ts";
import type { DesignDocument } from "../graph/document.ts";
import { examine } from "./examine.ts";

type Layers = Parameters<typeof design>[1];
const IN = ["input", { shape: [4] }] as const;

describe("advice", () => {
  test("an image before a dense layer is flattened first", () => {
    const one = design("in > a > out", {
      in: ["input", { shape: [8, 8, 1] }],
      a: ["dense", { units: 10, activation: "softmax" }],
      out: ["output", { loss: "categorical_crossentropy" }],
    });
    const after = mended(one, "design.dense_on_grid");
    expect(examine(after).nodes.get("a")).toMatchObject({ inputs: [[64]], outputs: [[10]] });
    expect(after.graph.nodes.at(-1)).toMatchObject({ type: "flatten", position: { x: 50, y: 0 } });
    expect(allProblems(after)).toEqual([]);
    expect(only(one, "design.dense_on_grid").fix?.params["layer_type"]).toBe("flatten");
  });

  test("a dense layer for every step of a sequence before or behind attention is meant so", () => {
    const layers: Layers = {
      in: ["input", { shape: [5, 8] }],
      before: ["dense", { activation: "relu" }],
      at: ["attention"],
      behind: ["dense", { activation: "relu" }],
      mean: ["global_average_pooling_1d"],
      p: ["dense", { units: 3, activation: "softmax" }],
      out: ["output"],
    };
    const one = design("in > before > at > behind > mean > p > out", layers);
    const edge = { id: "value", source: "before", source_port: "output", target: "at", target_port: "value" };
    const wired = { ...one, graph: { ...one.graph, edges: [...one.graph.edges, edge] } };
    expect(codes(wired)).not.toContain("design.dense_on_grid");
    const without = design("in > before > flat > p > out", { ...layers, flat: ["flatten"] });
    expect(codes(without)).toContain("design.dense_on_grid");
  });

  test("two linear layers in a row get an activation between them", () => {
    const one = design("in > a > d > b > out", { in: IN, a: ["dense"], d: ["dropout"], b: ["dense"], out: ["output"] });
    expect(only(one, "design.linear_after_linear")).toMatchObject({
      severity: "warning",
      nodeId: "a",
      error: { params: { name: "a", next: "b" } },
    });
    expect(config(mended(one, "design.linear_after_linear"), "a")).toEqual({ activation: "relu" });
    const bent = design("in > a > f > b > out", { in: IN, a: ["dense"], f: ["activation"], b: ["dense"], out: ["output"] });
    expect(codes(bent)).not.toContain("design.linear_after_linear");
  });

  const deep = (count: number, activation: string, extra: Layers = {}, wires = ""): DesignDocument => {
    const names = Array.from({ length: count }, (_, index) => `h${index + 1}`);
    const layers: Record<string, Layers[string]> = {
      in: IN,
      ...Object.fromEntries(names.map((name) => [name, ["dense", { units: 4, activation }] as const])),
      ...extra,
      last: ["dense", { units: 1 }],
      out: ["output"],
    };
    return design(wires === "" ? `in > ${names.join(" > ")} > last > out` : wires, layers);
  };

  test("five saturating layers in a row are too many, four are not", () => {
    expect(codes(deep(4, "sigmoid"))).not.toContain("design.vanishing_gradients");
    expect(only(deep(5, "tanh"), "design.vanishing_gradients")).toMatchObject({
      severity: "warning",
      nodeId: "h5",
      error: { params: { count: 5, activation: "tanh", name: "h5" } },
    });
    expect(only(deep(7, "sigmoid"), "design.vanishing_gradients").error.params["count"]).toBe(7);
    const after = mended(deep(6, "sigmoid"), "design.vanishing_gradients");
    expect([config(after, "h1"), config(after, "h6")]).toEqual([
      { units: 4, activation: "relu" },
      { units: 4, activation: "sigmoid" },
    ]);
    expect(codes(deep(9, "relu"))).not.toContain("design.vanishing_gradients");
  });

  test("normalization between, or a way around, ends the row of saturating layers", () => {
    const normalized = deep(6, "sigmoid", { n: ["batch_normalization"] }, "in > h1 > h2 > h3 > n > h4 > h5 > h6 > last > out");
    expect(codes(normalized)).not.toContain("design.vanishing_gradients");
    const around = deep(6, "sigmoid", { sum: ["add"] }, "in > h1 > h2 > h3 > sum > h4 > h5 > h6 > last > out, in > sum");
    expect(codes(around)).not.toContain("design.vanishing_gradients");
  });

  test("dropout directly before batch normalization is swapped with it", () => {
    const one = design("in > d > n > a > out, n > b > out2", {
      in: IN,
      d: ["dropout"],
      n: ["batch_normalization"],
      a: ["dense"],
      b: ["dense"],
      out: ["output"],
      out2: ["output"],
    });
    const after = mended(one, "design.dropout_before_batch_normalization");
    expect(after.graph.edges.map((edge) => `${edge.source} > ${edge.target}`)).toEqual([
      "in > n",
      "n > d",
      "d > a",
      "a > out",
      "d > b",
      "b > out2",
    ]);
    expect(examine(after).ok).toBe(true);
    expect(after.graph.nodes.filter((node) => "dn".includes(node.id)).map((node) => node.position.x)).toEqual([200, 100]);
    const layerNormalization = design("in > d > n > out", { in: IN, d: ["dropout"], n: ["layer_normalization"], out: ["output"] });
    expect(codes(layerNormalization)).not.toContain("design.dropout_before_batch_normalization");
    const apart = design("in > d > a > n > out", { in: IN, d: ["dropout"], a: ["dense"], n: ["batch_normalization"], out: ["output"] });
    expect(codes(apart)).not.toContain("design.dropout_before_batch_normalization");
  });

  const trained = (train: DesignDocument["train"], one: DesignDocument["data"] = null): DesignDocument =>
    design("in > n > a > out", { in: IN, n: ["batch_normalization"], a: ["dense", { units: 1 }], out: ["output"] }, { train, data: one });

  test("batch normalization over batches of one row is doubted", () => {
    expect(mended(trained({ batch_size: 1 }), "design.batch_of_one").train).toEqual({ batch_size: 32 });
    expect(codes(trained({ batch_size: 2 }))).not.toContain("design.batch_of_one");
  });

  test.each([
    [10, true],
    [0.1, true],
    [0.0000001, true],
    [0.05, false],
    [0.0001, false],
    [0.00001, false],
    [0.000009, true],
  ])("a learning rate of %d for adam is far off: %s", (rate, far) => {
    const one = trained({ optimizer: { type: "adam", beta_1: 0.8, learning_rate: rate } });
    expect(codes(one).includes("design.learning_rate_far_off")).toBe(far);
    if (far)
      expect(mended(one, "design.learning_rate_far_off").train).toEqual({ optimizer: { type: "adam", beta_1: 0.8, learning_rate: 0.001 } });
  });

  test("the usual learning rate is that of the optimizer", () => {
    expect(codes(trained({ optimizer: { type: "sgd", learning_rate: 0.5 } }))).not.toContain("design.learning_rate_far_off");
    expect(codes(trained({ optimizer: { type: "adam", learning_rate: 0.5 } }))).toContain("design.learning_rate_far_off");
    for (const optimizer of [null, "adam", [], { type: "unheard" }])
      expect(codes(trained({ optimizer }))).not.toContain("design.learning_rate_far_off");
  });

  test("a design that holds nothing out is told so", () => {
    const split = { method: "none", validation_fraction: 0.25, seed: null } as const;
    const none = trained({}, data(4, 2, ["y"], { split }));
    expect(only(none, "design.no_validation").fix?.params).toEqual({ percent: 25 });
    expect(mended(none, "design.no_validation").data?.split).toEqual({ ...split, method: "stratified" });
    expect(mended(trained({}, data(4, null, ["y"], { split })), "design.no_validation").data?.split.method).toBe("random");
  });

  test("early stopping on a validation loss that does not exist is refused", () => {
    const split = { method: "none", validation_fraction: 0.25, seed: null } as const;
    const watched = (early_stopping: object, some = data(4, null, ["y"], { split })) => trained({ early_stopping }, some);
    expect(only(watched({ enabled: true, patience: 3 }), "design.early_stopping_without_validation").severity).toBe("error");
    expect(mended(watched({ enabled: true, patience: 3 }), "design.early_stopping_without_validation").train).toEqual({
      early_stopping: { enabled: true, patience: 3, monitor: "loss" },
    });
    for (const quiet of [
      watched({ enabled: false }),
      watched({ enabled: true, monitor: "loss" }),
      watched({ enabled: true }, data(4, null)),
    ])
      expect(codes(quiet)).not.toContain("design.early_stopping_without_validation");
  });
});
