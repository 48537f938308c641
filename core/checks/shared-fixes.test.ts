/** Fixes of layers that share their weights: what one click does to one of them holds for all, and nothing is parted from its weights. */
import { describe, expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { allProblems, config, mended, mendedEachWay, only } from "../../test/graph/problems.ts";
import type { DesignDocument, NodeDocument } from "../graph/document.ts";
import { fixesOf } from "../graph/problem.ts";

const IN = ["input", { shape: [4] }] as const;
const node = (one: DesignDocument | undefined, id: string): NodeDocument | undefined => one?.graph.nodes.find((each) => each.id === id);
const errors = (one: DesignDocument): string[] =>
  allProblems(one).flatMap(({ error, severity }) => (severity === "error" ? [error.code] : []));

describe("layers with the same weights", () => {
  const twins = (options: NodeDocument["config"]): DesignDocument =>
    design("one > a > b > sum > out, two > twin > c > sum", {
      one: IN,
      two: IN,
      a: ["dense", options],
      twin: ["dense", options, { shared_with: "a" }],
      b: ["dense", { units: 1 }],
      c: ["dense", { units: 1, activation: "relu" }],
      sum: ["add"],
      out: ["output"],
    });

  test("get an option all together, whichever of them the fix is of", () => {
    const one = twins({ units: 4, kernel_initializer: "zeros", activation: "relu" });
    const found = allProblems(one).filter(({ error }) => error.code === "design.constant_kernel");
    expect(found.map(({ nodeId, fix }) => [nodeId, fix?.code])).toEqual([
      ["a", "fix.set_option"],
      ["twin", "fix.set_option"],
    ]);
    const alone = {
      ...one,
      graph: {
        ...one.graph,
        nodes: one.graph.nodes.filter(({ id }) => id !== "c"),
        edges: one.graph.edges.filter(({ target, source }) => target !== "c" && source !== "c"),
      },
    };
    const after = mended(alone, "design.constant_kernel");
    expect([config(after, "a"), config(after, "twin")]).toMatchObject([
      { kernel_initializer: "glorot_uniform" },
      { kernel_initializer: "glorot_uniform" },
    ]);
    expect(errors(after)).toEqual(errors(alone));
  });

  test("keep their weights where the one that holds them is skipped, with what was said of them", () => {
    const one = design("one > a > b > sum > out, two > twin > c > sum, three > third > bent > sum", {
      one: IN,
      two: IN,
      three: IN,
      a: ["dense", { units: 4 }, { frozen: true }],
      twin: ["dense", { units: 4 }, { shared_with: "a", bypassed: true }],
      third: ["dense", { units: 4 }, { shared_with: "a" }],
      b: ["dense", { units: 1 }],
      c: ["dense", { units: 1, activation: "relu" }],
      bent: ["activation", { activation: "relu" }],
      sum: ["concatenate"],
      out: ["output"],
    });
    const [bent, skipped] = mendedEachWay(one, "design.linear_after_linear");
    expect([config(bent as DesignDocument, "twin"), config(bent as DesignDocument, "third")]).toMatchObject([
      { activation: "relu" },
      { activation: "relu" },
    ]);
    expect(node(skipped, "a")).toMatchObject({ bypassed: true, shared_with: "third" });
    expect(node(skipped, "twin")?.shared_with).toBe("third");
    expect(node(skipped, "third")).toMatchObject({ shared_with: null, frozen: true, bypassed: false });
    expect(errors(skipped as DesignDocument)).toEqual([]);
  });

  test("are not changed for one output where another that they feed wants something else", () => {
    const two = (loss: string): DesignDocument =>
      design("one > a > out, two > twin > other", {
        one: IN,
        two: IN,
        a: ["dense", { units: 3 }],
        twin: ["dense", { units: 3 }, { shared_with: "a" }],
        out: ["output", { loss: "categorical_crossentropy" }],
        other: ["output", { loss }],
      });
    const fixes = (one: DesignDocument) =>
      allProblems(one).flatMap((found) =>
        found.error.code === "design.loss_wants_probabilities" ? [fixesOf(found).map(({ code }) => code)] : [],
      );
    expect(fixes(two("mse"))).toEqual([[]]);
    expect(fixes(two("categorical_crossentropy"))).toEqual([["fix.set_activation"], ["fix.set_activation"]]);
    const width = design("one > a > out, two > twin > other", {
      one: IN,
      two: IN,
      a: ["dense", { units: 3 }],
      twin: ["dense", { units: 3 }, { shared_with: "a" }],
      out: ["output", { target_input: "one" }],
      other: ["output"],
    });
    expect(fixesOf(allProblems(width).find(({ error }) => error.code === "design.target_input_size") ?? {})).toEqual([]);
  });

  test("leave an activation that another of them needs", () => {
    const towers = (shared: boolean): DesignDocument =>
      design("one > a > out, two > twin > b > other", {
        one: IN,
        two: IN,
        a: ["dense", { units: 3, activation: "softmax" }],
        twin: ["dense", { units: 3, activation: "softmax" }, shared ? { shared_with: "a" } : {}],
        b: ["dense", { units: 3 }],
        out: ["output", { loss: "mse" }],
        other: ["output", { loss: "mse" }],
      });
    const fixes = (shared: boolean) => fixesOf(only(towers(shared), "design.squared_error_of_probabilities")).map(({ code }) => code);
    expect(fixes(false)).toEqual(["fix.set_loss", "fix.set_activation"]);
    expect(fixes(true)).toEqual(["fix.set_loss"]);
  });

  test("keep what they give where a layer behind another of them would not take it", () => {
    const walks = (behind: readonly [string, NodeDocument["config"]?]): DesignDocument =>
      design("one > a > b > out, two > twin > c > other", {
        one: ["input", { shape: [5, 2] }],
        two: ["input", { shape: [5, 2] }],
        a: ["lstm", { units: 4 }],
        twin: ["lstm", { units: 4 }, { shared_with: "a" }],
        b: ["gru", { units: 1 }],
        c: behind,
        out: ["output"],
        other: ["output"],
      });
    const fixes = (one: DesignDocument) => fixesOf(only(one, "design.sequence_needed")).map(({ code }) => code);
    expect(fixes(walks(["reshape", { target_shape: [2, 2] }]))).toEqual([]);
    expect(fixes(walks(["activation"]))).toEqual(["fix.set_option"]);
    const windows = (behind: readonly [string, NodeDocument["config"]?]): DesignDocument =>
      design("one > a > out, two > twin > c > other", {
        one: ["input", { shape: [2, 2, 1] }],
        two: ["input", { shape: [6, 6, 1] }],
        a: ["conv_2d", { filters: 4 }],
        twin: ["conv_2d", { filters: 4 }, { shared_with: "a" }],
        c: behind,
        out: ["output"],
        other: ["output"],
      });
    const padded = (one: DesignDocument) => fixesOf(only(one, "design.window_too_large")).map(({ code }) => code);
    expect(padded(windows(["reshape", { target_shape: [8, 8] }]))).toEqual([]);
    expect(padded(windows(["flatten"]))).toEqual(["fix.set_option"]);
  });

  test("are not taken their activation where another of them would be left without one", () => {
    const rows = (first: string, second: string, more: Partial<NodeDocument>): DesignDocument =>
      design("one > a > f > out, two > twin > c > other", {
        one: IN,
        two: IN,
        a: ["dense", { units: 4, activation: first }],
        twin: ["dense", { units: 4, activation: first }, more],
        f: ["activation", { activation: second }],
        c: ["dense", { units: 4, activation: "softmax" }],
        out: ["output", { loss: second === "softmax" ? "categorical_crossentropy" : "mse" }],
        other: ["output", { loss: "categorical_crossentropy" }],
      });
    const fixes = (one: DesignDocument, code: string) => fixesOf(only(one, code)).map(({ code: fix }) => fix);
    const shared = { shared_with: "a" };
    expect(fixes(rows("tanh", "relu", {}), "design.activation_twice")).toEqual(["fix.set_activation", "fix.bypass"]);
    expect(fixes(rows("tanh", "relu", shared), "design.activation_twice")).toEqual(["fix.bypass"]);
    expect(fixes(rows("relu", "softmax", {}), "design.floor_before_probabilities")).toEqual(["fix.set_activation"]);
    expect(fixes(rows("relu", "softmax", shared), "design.floor_before_probabilities")).toEqual([]);
  });

  test("keep the length of what arrives: no mean takes the place of a flattened picture that another has too", () => {
    const one = design("one > flat > a > out, two > flat_2 > twin > other", {
      one: ["input", { shape: [32, 32, 16] }],
      two: ["input", { shape: [32, 32, 16] }],
      flat: ["flatten"],
      flat_2: ["flatten"],
      a: ["dense", { units: 64 }],
      twin: ["dense", { units: 64 }, { shared_with: "a" }],
      out: ["output"],
      other: ["output"],
    });
    const found = allProblems(one).filter(({ error }) => error.code === "design.dense_after_flatten");
    expect(found.map((problem) => [problem.nodeId, fixesOf(problem)])).toEqual([["a", []]]);
  });
});
