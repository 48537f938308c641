/** Which losses and activations a sweep does not offer: those of the templates, held against what the preparation itself takes. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type DesignDocument, designSchema } from "../../graph/document.ts";
import { lossNames } from "../../losses/definitions.ts";
import { nextMembers, trialCount } from "../members.ts";
import { type Dimension, dimensionKey, type SweepPlan } from "../plan.ts";
import { chosenCurves, expectedFigures } from "./known-target.ts";
import { unfitCombinations, unfitValues } from "./unfit-values.ts";

const folder = new URL("../../../resources/templates/", import.meta.url);
const template = (name: string): DesignDocument => designSchema.parse(JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")));

/** What is left of all losses for the only output of a template. */
function fitting(
  name: string,
  distinct: Readonly<Record<string, number>> = {},
  lows: Readonly<Record<string, number>> = {},
): readonly string[] {
  const design = template(name);
  const output = design.graph.nodes.find(({ type }) => type === "output");
  if (output === undefined) throw new Error(`${name} has no output`);
  const target = { of: "layer", node_id: output.id, option: "loss" } as const;
  const unfit = unfitValues(design, target, lossNames, {
    rows: 1000,
    distinct: new Map(Object.entries(distinct)),
    lows: new Map(Object.entries(lows)),
  });
  return lossNames.filter((loss) => !unfit.has(loss));
}

const targetOf = (name: string): string => template(name).data?.columns.find(({ role }) => role === "target")?.name ?? "";

describe("losses that a sweep offers", () => {
  test("for a class of several are those that take classes, one a unit", () => {
    expect(fitting("softmax-regression")).toEqual([
      "binary_crossentropy",
      "categorical_crossentropy",
      "categorical_hinge",
      "hinge",
      "kl_divergence",
      "mse",
      "squared_hinge",
    ]);
  });

  test("for one unit and two classes none that needs a unit a class, nor one for numbers alone", () => {
    expect(fitting("logistic-regression")).toEqual(["binary_crossentropy", "hinge", "mse", "squared_hinge"]);
  });

  test("for numbers are those that take numbers, once it is known how many different ones there are", () => {
    const numbers = ["huber", "log_cosh", "mae", "mse", "poisson"];
    expect(fitting("linear-regression", { [targetOf("linear-regression")]: 700 })).toEqual(numbers);
    // A loss of counts says nothing of targets below zero.
    const target = targetOf("linear-regression");
    expect(fitting("linear-regression", { [target]: 700 }, { [target]: 0 })).toEqual(numbers);
    expect(fitting("linear-regression", { [target]: 700 }, { [target]: -0.1 })).toEqual(numbers.filter((loss) => loss !== "poisson"));
    expect(fitting("linear-regression")).toEqual(["hinge", ...numbers, "squared_hinge"]);
  });

  test("of no template leave out the loss that it has", () => {
    for (const file of readdirSync(folder).filter((one) => one.endsWith(".json"))) {
      const design = template(file.replace(".json", ""));
      for (const node of design.graph.nodes.filter(({ type }) => type === "output")) {
        const now = node.config["loss"] ?? "mse";
        const target = { of: "layer", node_id: node.id, option: "loss" } as const;
        expect([file, [...unfitValues(design, target, [now], null)]]).toEqual([file, []]);
      }
    }
  });

  test("say why the others are not there, and count no mistake that the design has anyway", () => {
    const design = template("softmax-regression");
    const target = { of: "layer", node_id: design.graph.nodes.at(-1)?.id ?? "", option: "loss" } as const;
    expect(unfitValues(design, target, ["mae"], null).get("mae")?.code).toBe("sweep.loss_takes_numbers");
    const single = template("logistic-regression");
    const output = { ...target, node_id: single.graph.nodes.at(-1)?.id ?? "" };
    expect(unfitValues(single, output, ["categorical_crossentropy"], null).get("categorical_crossentropy")?.code).toMatch(/^design\./);
    const broken = { ...single, graph: { ...single.graph, edges: [] } };
    expect([...unfitValues(broken, output, ["mse"], null)]).toEqual([]);
  });
});

test("activations that the loss cannot take are not offered at the last layer, and all of them at a hidden one", () => {
  const design = template("digits");
  const of = (id: string): readonly unknown[] => [
    ...unfitValues(design, { of: "layer", node_id: id, option: "activation" }, ["relu", "linear", "softmax", "tanh"], null).keys(),
  ];
  expect(of("hidden_1")).toEqual([]);
  expect(of("digit")).toEqual(["relu", "linear", "tanh"]);
});

test("the figures that every epoch will have are known before the first", () => {
  expect(expectedFigures(template("softmax-regression"), null)).toEqual(expect.arrayContaining(["val_accuracy", "val_f1_macro"]));
  const facts = { rows: 1000, distinct: new Map([[targetOf("linear-regression"), 700]]) };
  expect(expectedFigures(template("linear-regression"), facts)).toEqual(expect.arrayContaining(["val_r2"]));
  expect(expectedFigures(template("linear-regression"), facts)).not.toContain("val_accuracy");
  const chosen = { ...template("softmax-regression"), train: { ...template("softmax-regression").train, metrics: ["log_loss", "mape"] } };
  expect(expectedFigures(chosen, null)).toEqual(["val_log_loss"]);
  const { all, usual } = chosenCurves(chosen, null);
  expect(all).toEqual(expect.arrayContaining(["accuracy", "log_loss", "auc_macro", "brier_score", "recall_weighted"]));
  expect(all.filter((name) => ["mape", "f1", "auc", "exact_match"].includes(name))).toEqual([]);
  expect(usual).toEqual(["accuracy", "f1_macro"]);
});

describe("a loss and an activation that are searched together", () => {
  const design = template("logistic-regression");
  const output = design.graph.nodes.find(({ type }) => type === "output")?.id ?? "";
  const last = design.graph.edges.find(({ target }) => target === output)?.source ?? "";
  const activation: Dimension = {
    target: { of: "layer", node_id: last, option: "activation" },
    values: { form: "list", values: ["sigmoid", "relu", "tanh"] },
  };
  const loss: Dimension = {
    target: { of: "layer", node_id: output, option: "loss" },
    values: { form: "list", values: ["binary_crossentropy", "mse"] },
  };
  const unfit = unfitCombinations(design, [activation, loss], null);

  test("are judged as pairs", () => {
    expect(unfit.map(({ options }) => Object.values(options))).toEqual([
      ["relu", "binary_crossentropy"],
      ["tanh", "binary_crossentropy"],
    ]);
    // Beside the loss that the design has it does not fit; beside one of those that are searched it does.
    expect([...unfitValues(design, activation.target, ["relu"], null).keys()]).toEqual(["relu"]);
    expect([...unfitValues(design, activation.target, ["relu"], null, [activation, loss]).keys()]).toEqual([]);
  });

  test("are tried in all pairs that fit, and in no other", () => {
    const plan = (method: SweepPlan["method"], trials: number): SweepPlan => ({
      kind: "sweep",
      dimensions: [activation, loss],
      method,
      trials,
      seeds: [0],
      monitor: "loss",
      better: "low",
      seed: 1,
      halving: null,
      without: unfit.map(({ options }) => ({ ...options })),
    });
    const pairs = (found: ReturnType<typeof nextMembers>): unknown[][] =>
      found.map(({ options }) => [options[dimensionKey(activation)], options[dimensionKey(loss)]]);
    const fit = [
      ["sigmoid", "binary_crossentropy"],
      ["sigmoid", "mse"],
      ["relu", "mse"],
      ["tanh", "mse"],
    ];
    expect(trialCount(plan("grid", 100))).toBe(4);
    expect(pairs(nextMembers(plan("grid", 100), [], 1))).toEqual(fit);
    expect(
      pairs(nextMembers(plan("random", 100), [], 1))
        .map(String)
        .toSorted(),
    ).toEqual(fit.map(String).toSorted());
    expect(
      pairs(nextMembers(plan("tpe", 30), [], 30))
        .map(String)
        .toSorted(),
    ).toEqual(fit.map(String).toSorted());
  });
});
