/** A layer that others read too: no fix changes what they get, and what it is replaced by stands where it stood among others. */
import { describe, expect, test } from "vitest";
import { design, ends } from "../../test/graph/designs.ts";
import { allProblems, codes, config, mended, mendedEachWay, only } from "../../test/graph/problems.ts";
import type { DesignDocument } from "../graph/document.ts";
import { fixesOf } from "../graph/problem.ts";

type Layers = Parameters<typeof design>[1];
const IN = ["input", { shape: [4] }] as const;
const END: Layers = { out: ["output"], other: ["output"] };

describe("a layer that another output reads", () => {
  const read: readonly [code: string, wires: string, layers: Layers, left: readonly string[]][] = [
    ["linear_after_linear", "in > a > b > out, a > other", { a: ["dense", { units: 1 }], b: ["dense", { units: 1 }] }, []],
    [
      "convolution_after_convolution",
      "in > a > b > out, a > other",
      { in: ["input", { shape: [9, 9, 1] }], a: ["conv_2d"], b: ["conv_2d"] },
      [],
    ],
    [
      "activation_twice",
      "in > a > b > out, a > other",
      {
        a: ["dense", { units: 1, activation: "sigmoid" }],
        b: ["activation", { activation: "tanh" }],
        other: ["output", { loss: "binary_crossentropy" }],
      },
      ["fix.bypass"],
    ],
    [
      "floor_before_probabilities",
      "in > a > b > out, a > other",
      {
        a: ["dense", { units: 2, activation: "relu" }],
        b: ["activation", { activation: "softmax" }],
        out: ["output", { loss: "categorical_crossentropy" }],
      },
      [],
    ],
    [
      "loss_wants_probabilities",
      "in > a > out, a > other",
      { a: ["dense", { units: 2 }], out: ["output", { loss: "categorical_crossentropy" }] },
      [],
    ],
    [
      "loss_wants_other_probabilities",
      "in > a > out, a > other",
      {
        a: ["dense", { units: 2, activation: "softmax" }],
        out: ["output", { loss: "binary_crossentropy" }],
        other: ["output", { loss: "categorical_crossentropy" }],
      },
      ["fix.set_loss"],
    ],
    [
      "output_is_limited",
      "in > a > out, a > other",
      {
        a: ["dense", { units: 2, activation: "softmax" }],
        out: ["output", { loss: "hinge" }],
        other: ["output", { loss: "categorical_crossentropy" }],
      },
      [],
    ],
    [
      "one_unit_softmax",
      "in > a > out, a > other",
      { a: ["dense", { units: 1 }], out: ["output", { loss: "categorical_crossentropy" }] },
      [],
    ],
    ["target_input_size", "in > a > out, a > other", { a: ["dense", { units: 2 }], out: ["output", { target_input: "in" }] }, []],
    ["normalization_twice", "in > a > b > out, a > other", { a: ["batch_normalization"], b: ["layer_normalization"] }, ["fix.bypass"]],
    [
      "dense_after_flatten",
      "in > a > b > out, a > other",
      { in: ["input", { shape: [40, 40, 10] }], a: ["flatten"], b: ["dense", { units: 64, activation: "relu" }] },
      [],
    ],
  ];
  test.each(read)("%s", (code, wires, layers, left) => {
    const fixes = (all: string): string[] =>
      fixesOf(only(design(all, { in: IN, ...END, ...layers }), `design.${code}`)).map((fix) => fix.code);
    expect(fixes(wires)).toEqual(left);
    const [alone = ""] = wires.split(",");
    expect(fixes(alone).length).toBeGreaterThan(left.length);
  });

  test("keeps its sigmoid in a row of saturating layers, which ends where enough others are bent", () => {
    const sigmoid = ["dense", { units: 4, activation: "sigmoid" }] as const;
    const row = (more: string): DesignDocument =>
      design(`in > a > b > c > d > e > last > out${more}`, {
        in: IN,
        ...{ a: sigmoid, b: sigmoid, c: sigmoid, d: sigmoid, e: sigmoid },
        last: ["dense", { units: 1 }],
        out: ["output"],
        own: ["output", { loss: "binary_crossentropy" }],
      });
    const after = mended(row(", c > own"), "design.vanishing_gradients");
    expect(["a", "b", "c", "d", "e"].map((id) => config(after, id)?.["activation"])).toEqual([
      "relu",
      "relu",
      "sigmoid",
      "relu",
      "sigmoid",
    ]);
    expect(codes(after)).not.toContain("design.loss_wants_probabilities");
    const everywhere = ["a", "b", "c", "d"].map((id) => `, ${id} > own${id}`).join("");
    const owns = Object.fromEntries(["a", "b", "c", "d"].map((id) => [`own${id}`, ["output", { loss: "binary_crossentropy" }] as const]));
    const all = design(`in > a > b > c > d > e > last > out${everywhere}`, {
      in: IN,
      ...{ a: sigmoid, b: sigmoid, c: sigmoid, d: sigmoid, e: sigmoid },
      last: ["dense", { units: 1 }],
      out: ["output"],
      ...owns,
    });
    expect(fixesOf(only(all, "design.vanishing_gradients")).map(({ code }) => code)).not.toContain("fix.set_activations");
  });
});

test("a layer that is put in another's place feeds what it fed in the same order", () => {
  const layers: Layers = {
    in: ["input", { shape: [7] }],
    conv: ["conv_2d", { filters: 3 }],
    b: ["dense", { units: 2, activation: "relu" }],
    both: ["concatenate"],
    last: ["dense", { units: 1 }],
    out: ["output"],
  };
  const one = design("in > conv > both > last > out, in > b > both", layers);
  const fix = allProblems(one).find(({ error }) => error.code === "design.rank_expected")?.fix;
  expect(fix?.code).toBe("fix.replace");
  const after = mended(one, "design.rank_expected");
  const [, into] = after.graph.edges;
  expect(into).toMatchObject({ target: "both", target_port: ends(layers, "b", "both").target_port });
  expect(after.graph.edges.filter(({ target }) => target === "both").map(({ source }) => source)).toEqual([into?.source, "b"]);
  expect(after.graph.nodes.at(-1)).toMatchObject({ id: into?.source, type: "dense" });
});

test("a width is set on the layer that gives it, and not on one that is skipped on the way", () => {
  const one = design("in > a > gone > sum, in > b > sum", {
    in: IN,
    a: ["dense", { units: 4 }],
    gone: ["dense", { units: 9 }, { bypassed: true }],
    b: ["dense", { units: 5 }],
    sum: ["add"],
  });
  expect(mendedEachWay(one, "design.shapes_differ").map((after) => [config(after, "a"), config(after, "b")])).toEqual(
    expect.arrayContaining([
      [{ units: 4 }, { units: 4 }],
      [{ units: 5 }, { units: 5 }],
    ]),
  );
});
