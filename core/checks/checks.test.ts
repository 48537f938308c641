import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { data, design } from "../../test/graph/designs.ts";
import { allProblems, codes, config, mended, only } from "../../test/graph/problems.ts";
import type { DesignDocument } from "../graph/document.ts";
import { examine } from "./examine.ts";
import { checks } from "./registry.ts";

type Layers = Parameters<typeof design>[1];
const IN = ["input", { shape: [4] }] as const;

describe("the registry", () => {
  test("holds every check of the folder", () => {
    const folder = new URL(".", import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
    const defining = files.filter((name) => readFileSync(new URL(name, folder), "utf8").includes("= defineCheck("));
    expect(defining.length).toBe(checks.length);
    const registry = readFileSync(new URL("registry.ts", folder), "utf8");
    for (const name of defining) expect(registry).toContain(`"./${name}"`);
    expect(new Set(checks.map((check) => check.code)).size).toBe(checks.length);
  });

  test("a sound design has nothing to say against it", () => {
    const sound = design(
      "in > n > a > d > b > out",
      {
        in: ["input"],
        n: ["batch_normalization"],
        a: ["dense", { units: 8, activation: "relu" }],
        d: ["dropout"],
        b: ["dense", { units: 1, activation: "sigmoid" }],
        out: ["output", { loss: "binary_crossentropy" }],
      },
      { data: data(4, 2), train: { optimizer: { type: "adam", learning_rate: 0.001 }, batch_size: 32 } },
    );
    expect(allProblems(sound)).toEqual([]);
    expect(examine(sound).ok).toBe(true);
  });

  test("a problem with a fix takes the place of the one without", () => {
    const result = examine(
      design(
        "in > a > out",
        { in: ["input"], a: ["dense", { units: 9, activation: "softmax" }], out: ["output", { loss: "categorical_crossentropy" }] },
        { data: data(4, 3) },
      ),
    );
    expect(result.nodes.get("out")?.problems.map((problem) => [problem.error.code, problem.fix?.code])).toEqual([
      ["design.class_count_mismatch", "fix.set_units"],
    ]);
    expect(result.ok).toBe(false);
  });

  test("a warning does not keep a design from being trained", () => {
    const result = examine(design("in > a > b > out", { in: IN, a: ["dense"], b: ["dense"], out: ["output"] }));
    expect(result.nodes.get("a")?.problems).toHaveLength(1);
    expect(result.ok).toBe(true);
  });
});

describe("class count", () => {
  const classifier = (units: number, classes: number, loss: string, activation: string): DesignDocument =>
    design(
      "in > a > d > out",
      { in: ["input"], a: ["dense", { units, activation }], d: ["dropout"], out: ["output", { loss }] },
      { data: data(4, classes) },
    );

  test("sets the units of the layer that decides, past layers that change nothing", () => {
    const after = mended(classifier(9, 3, "categorical_crossentropy", "softmax"), "design.class_count_mismatch");
    expect(config(after, "a")).toEqual({ units: 3, activation: "softmax" });
    expect(examine(after).ok).toBe(true);
  });

  test("makes one unit of two classes with the binary loss", () => {
    expect(config(mended(classifier(5, 2, "binary_crossentropy", "sigmoid"), "design.class_count_mismatch"), "a")).toMatchObject({
      units: 1,
    });
  });

  test("turns one softmax unit for two classes into a sigmoid with the binary loss", () => {
    const after = mended(classifier(1, 2, "categorical_crossentropy", "softmax"), "design.class_count_mismatch");
    expect([config(after, "a"), config(after, "out")]).toEqual([{ units: 1, activation: "sigmoid" }, { loss: "binary_crossentropy" }]);
    expect(codes(after)).toEqual(["design.dropout_before_output"]);
  });

  test("offers nothing where no single layer decides", () => {
    const merged = design(
      "in > a > sum > out, in > b > sum",
      {
        in: ["input"],
        a: ["dense", { units: 5 }],
        b: ["dense", { units: 5 }],
        sum: ["add"],
        out: ["output", { loss: "categorical_crossentropy" }],
      },
      { data: data(4, 3) },
    );
    expect(only(merged, "design.class_count_mismatch").fix).toBeUndefined();
  });
});

describe("one value where several are needed", () => {
  test("a loss over several probabilities with one unit becomes binary", () => {
    const after = mended(
      design("in > a > out", {
        in: IN,
        a: ["dense", { units: 1, activation: "softmax" }],
        out: ["output", { loss: "categorical_crossentropy" }],
      }),
      "design.one_unit_softmax",
    );
    expect([config(after, "a"), config(after, "out")]).toEqual([{ units: 1, activation: "sigmoid" }, { loss: "binary_crossentropy" }]);
    expect(allProblems(after)).toEqual([]);
  });

  test("a softmax of one unit becomes a sigmoid, wherever it stands", () => {
    const one = design("in > a > out", {
      in: IN,
      a: ["dense", { units: 1, activation: "softmax" }],
      out: ["output", { loss: "binary_crossentropy" }],
    });
    expect(only(one, "design.softmax_of_one")).toMatchObject({ severity: "error", nodeId: "a" });
    expect(config(mended(one, "design.softmax_of_one"), "a")).toMatchObject({ activation: "sigmoid" });
    expect(codes(design("in > a > out", { in: IN, a: ["dense", { units: 2, activation: "softmax" }], out: ["output"] }))).not.toContain(
      "design.softmax_of_one",
    );
  });
});

describe("activation and loss", () => {
  const pair = (activation: string, loss: string, units = 3, more = {}): DesignDocument =>
    design("in > a > out", { in: ["input", { shape: [4] }], a: ["dense", { units, activation }], out: ["output", { loss }] }, more);

  test.each([
    ["linear", "categorical_crossentropy", "softmax"],
    ["relu", "categorical_crossentropy", "softmax"],
    ["linear", "binary_crossentropy", "sigmoid"],
    ["tanh", "binary_crossentropy", "sigmoid"],
  ])("%s before %s becomes %s", (activation, loss, expected) => {
    const one = pair(activation, loss);
    expect(only(one, "design.loss_wants_probabilities")).toMatchObject({
      severity: "error",
      nodeId: "out",
      error: { params: { expected_activation: expected } },
    });
    expect(config(mended(one, "design.loss_wants_probabilities"), "a")).toMatchObject({ activation: expected });
  });

  test.each([
    ["sigmoid", "categorical_crossentropy", "softmax"],
    ["softmax", "binary_crossentropy", "sigmoid"],
    ["hard_sigmoid", "categorical_crossentropy", "softmax"],
  ])("%s before %s is doubted and becomes %s", (activation, loss, expected) => {
    const one = pair(activation, loss);
    expect(only(one, "design.loss_wants_other_probabilities")).toMatchObject({
      severity: "warning",
      error: { params: { expected_activation: expected } },
    });
    expect(config(mended(one, "design.loss_wants_other_probabilities"), "a")).toMatchObject({ activation: expected });
  });

  test.each([
    ["softmax", "categorical_crossentropy"],
    ["sigmoid", "binary_crossentropy"],
    ["linear", "mse"],
    ["linear", "hinge"],
    ["tanh", "hinge"],
  ])("%s before %s is right", (activation, loss) => {
    expect(allProblems(pair(activation, loss))).toEqual([]);
  });

  test("the activation is found behind dropout and on a layer of its own", () => {
    const one = design("in > a > f > d > out", {
      in: IN,
      a: ["dense", { units: 3 }],
      f: ["activation", { activation: "relu" }],
      d: ["dropout"],
      out: ["output", { loss: "categorical_crossentropy" }],
    });
    expect(config(mended(one, "design.loss_wants_probabilities"), "f")).toEqual({ activation: "softmax" });
  });

  test("a bypassed activation does not count", () => {
    const one = design("in > a > f > out", {
      in: IN,
      a: ["dense", { units: 3 }],
      f: ["activation", { activation: "softmax" }, { bypassed: true }],
      out: ["output", { loss: "categorical_crossentropy" }],
    });
    expect(only(one, "design.loss_wants_probabilities").error.params).toMatchObject({ name: "a", activation: "linear" });
  });

  test("a limited range for a target of numbers is doubted", () => {
    const numbers = { data: data(4, null) };
    expect(config(mended(pair("sigmoid", "mse", 1, numbers), "design.output_is_limited"), "a")).toMatchObject({ activation: "linear" });
    expect(codes(pair("sigmoid", "hinge", 1))).toContain("design.output_is_limited");
    expect(codes(pair("relu6", "mse", 1, numbers))).toContain("design.output_is_limited");
    expect(codes(pair("relu", "mse", 1, numbers))).not.toContain("design.output_is_limited");
    expect(codes(pair("sigmoid", "mse", 1, { data: data(4, 2) }))).not.toContain("design.output_is_limited");
    expect(codes(pair("sigmoid", "mse", 1))).not.toContain("design.output_is_limited");
  });
});

describe("targets", () => {
  test("several target columns want as many values", () => {
    const one = design(
      "in > a > out",
      { in: ["input"], a: ["dense", { units: 2, activation: "sigmoid" }], out: ["output", { loss: "binary_crossentropy" }] },
      { data: data(4, null, ["x", "y", "z"]) },
    );
    const after = mended(one, "design.target_width_mismatch");
    expect(config(after, "a")).toMatchObject({ units: 3 });
    expect(allProblems(after)).toEqual([]);
  });

  test("one column of numbers wants one value, once the data were prepared", () => {
    const layers: Layers = { in: ["input"], a: ["dense", { units: 5 }], out: ["output"] };
    expect(config(mended(design("in > a > out", layers, { data: data(4, null) }), "design.target_width_mismatch"), "a")).toEqual({
      units: 1,
    });
    expect(codes(design("in > a > out", layers, { data: data(4, null, ["y"], { feature_count: null }) }))).not.toContain(
      "design.target_width_mismatch",
    );
  });

  test("a target that is an input must be there and of the same size", () => {
    const autoencoder = (units: number, name: string) =>
      design("in > a > out", { in: IN, a: ["dense", { units }], out: ["output", { target_input: name }] });
    expect(allProblems(autoencoder(4, "in"))).toEqual([]);
    expect(config(mended(autoencoder(3, "in"), "design.target_input_size"), "a")).toEqual({ units: 4 });
    expect(only(autoencoder(4, "points"), "design.target_input_missing").error.params).toEqual({ name: "points", known: "in" });
  });
});

describe("connections", () => {
  test("a layer that gets nothing is connected to the one that gives nothing", () => {
    const one = design("in > a, b > out", { in: IN, a: ["dense", { activation: "relu" }], b: ["dense", { units: 1 }], out: ["output"] });
    const after = mended(one, "design.not_connected");
    expect(after.graph.edges.at(-1)).toMatchObject({ source: "a", target: "b" });
    expect(allProblems(after)).toEqual([]);
    expect(mended(one, "design.dead_end").graph.edges).toEqual(after.graph.edges);
  });

  test("a layer with nothing to connect it to can be removed", () => {
    const alone = design("in > a > out", { in: IN, a: ["dense", { units: 1 }], out: ["output"], sum: ["add"] });
    const lonely = { ...alone, graph: { ...alone.graph, nodes: [...alone.graph.nodes] } };
    const after = mended(lonely, "design.not_connected");
    expect(after.graph.nodes.map((node) => node.id)).toEqual(["in", "a", "out"]);
    const end = design("in > a > out, in > b", { in: IN, a: ["dense", { units: 1 }], b: ["dense"], out: ["output"] });
    expect(only(end, "design.dead_end")).toMatchObject({ severity: "warning", nodeId: "b" });
    expect(mended(end, "design.dead_end").graph.nodes.map((node) => node.id)).toEqual(["in", "a", "out"]);
  });

  test("a fix never closes a loop", () => {
    const loop = design("a > b", { in: IN, a: ["dense"], b: ["dense"] });
    expect(only(loop, "design.not_connected").fix?.commands[0]).toMatchObject({ type: "connect", edge: { source: "in", target: "a" } });
  });
});
