/** Shapes that do not fit and loops: each fix makes the mistake go, and one undo brings the same bytes back. Over shapes drawn at random, too. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { codes, config, mendedEachWay, only } from "../../test/graph/problems.ts";
import { applyCommand } from "../graph/commands.ts";
import type { DesignDocument } from "../graph/document.ts";
import { fixesOf } from "../graph/problem.ts";
import { paramsInWords } from "../graph/problem-words.ts";
import { sizeOf } from "../ir/tensor.ts";
import { layerDefinition, layerTypes } from "../layers/registry.ts";
import { bridge } from "./bridge.ts";
import { examine } from "./examine.ts";

type Layers = Parameters<typeof design>[1];
const RANK = "design.rank_expected";
const DIFFER = "design.shapes_differ";

const typesIn = (one: DesignDocument): string[] => one.graph.nodes.map(({ type }) => type);
const fixCodes = (one: DesignDocument, code: string): string[] => fixesOf(only(one, code)).map((fix) => fix.code);
const fixShapes = (one: DesignDocument, code: string): unknown[] => fixesOf(only(one, code)).map(({ params }) => params["shape"]);
const chain = (shape: readonly number[], layers: Layers): DesignDocument =>
  design(`in > ${Object.keys(layers).join(" > ")}`, { in: ["input", { shape }], ...layers });
const merged = (type: string, first: readonly number[], second: readonly number[]): DesignDocument =>
  design("a > sum, b > sum", { a: ["input", { shape: first }], b: ["input", { shape: second }], sum: [type] });

describe("a layer that gets another number of axes", () => {
  test("a row of pixels becomes a picture where it is a square, grey or coloured", () => {
    const grey = chain([784], { conv: ["conv_2d"] });
    expect(fixCodes(grey, RANK)).toEqual(["fix.insert_shaped", "fix.replace", "fix.bypass"]);
    const [picture, dense] = mendedEachWay(grey, RANK);
    expect(picture?.graph.nodes.at(-1)).toMatchObject({ type: "reshape", config: { target_shape: [28, 28, 1] } });
    expect(dense?.graph.nodes.at(-1)).toMatchObject({ type: "dense", config: { units: 32, activation: "linear" } });
    expect(fixShapes(chain([3072], { conv: ["conv_2d"] }), RANK)[0]).toBe("[32, 32, 3]");
  });

  test("columns that stand in no order are no picture: another layer, or without", () => {
    expect(fixCodes(chain([7], { conv: ["conv_2d"] }), RANK)).toEqual(["fix.replace", "fix.bypass"]);
    expect(fixCodes(chain([7], { pool: ["max_pooling_2d"] }), RANK)).toEqual(["fix.bypass"]);
  });

  test("a picture that was flattened before is not", () => {
    const flat = chain([8, 8, 3], { flat: ["flatten"], conv: ["conv_2d"] });
    const [after] = mendedEachWay(flat, RANK);
    expect(after?.graph.nodes.find(({ id }) => id === "flat")?.bypassed).toBe(true);
    expect(examine(after as DesignDocument).nodes.get("conv")?.outputs).toEqual([[6, 6, 32]]);
  });

  test("a walk along steps reads a picture place by place or row by row, and a row number by number", () => {
    expect(fixShapes(chain([8, 6, 3], { lstm: ["lstm"] }), RANK)).toEqual(["[48, 3]", "[8, 18]", undefined]);
    expect(fixShapes(chain([28, 28, 1], { lstm: ["lstm"] }), RANK)[0]).toBe("[28, 28]");
    expect(fixShapes(chain([5], { lstm: ["lstm"] }), RANK)[0]).toBe("[5, 1]");
    expect(fixShapes(chain([28, 28], { conv: ["conv_2d"] }), RANK)[0]).toBe("[28, 28, 1]");
  });

  test("what weighs itself gets one layer before all its inputs", () => {
    const own = design("in > a", { in: ["input", { shape: [6] }], a: ["attention"] });
    const first = own.graph.edges[0];
    if (first === undefined) throw new Error("no edge");
    const twice = { ...own, graph: { ...own.graph, edges: [first, { ...first, id: "e2", target_port: "value" }] } };
    const [after] = mendedEachWay(twice, RANK);
    expect(typesIn(after as DesignDocument).filter((type) => type === "reshape")).toHaveLength(1);
    expect(codes(after as DesignDocument)).not.toContain("design.not_connected");
  });

  test("of a layer that could give every step that is said instead", () => {
    const two = chain([5, 2], { a: ["lstm"], b: ["lstm"] });
    expect(codes(two)).toContain("design.sequence_needed");
    expect(codes(two)).not.toContain(RANK);
  });

  test("each layer that wants so many axes has a way, whatever arrives", () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 });
    const types = layerTypes.filter((type) => layerDefinition(type)?.ports.inputs.filter(({ optional }) => optional !== true).length === 1);
    fc.assert(
      fc.property(fc.constantFrom(...types), shapes, (type, shape) => {
        const one = chain(shape, { x: [type] });
        if (codes(one).includes(RANK)) expect(mendedEachWay(one, RANK).length).toBeGreaterThan(0);
      }),
      { numRuns: 600 },
    );
  });
});

describe("a dense layer on a picture", () => {
  test("every value counts, or the mean of each channel", () => {
    const grid = design("in > a > out", { in: ["input", { shape: [4, 4, 3] }], a: ["dense"], out: ["output"] });
    const [flat, mean] = mendedEachWay(grid, "design.dense_on_grid");
    expect([typesIn(flat as DesignDocument).at(-1), typesIn(mean as DesignDocument).at(-1)]).toEqual([
      "flatten",
      "global_average_pooling_2d",
    ]);
  });
});

describe("inputs that do not go together", () => {
  test("widths of two branches are set, either way, before a layer is put in", () => {
    const two = design("in > a > sum, in > b > sum", {
      in: ["input", { shape: [3] }],
      a: ["dense", { units: 4 }],
      b: ["dense", { units: 5 }],
      sum: ["add"],
    });
    expect(fixCodes(two, DIFFER)).toEqual(["fix.set_units", "fix.set_units", "fix.match_input"]);
    const [first, second] = mendedEachWay(two, DIFFER);
    expect([config(first as DesignDocument, "b"), config(second as DesignDocument, "a")]).toEqual([{ units: 4 }, { units: 5 }]);
  });

  test("a shortcut is projected, coarser too, as in residual networks", () => {
    const block = design("in > c > d > sum, in > sum", {
      in: ["input", { shape: [32, 32, 16] }],
      c: ["conv_2d", { filters: 32, padding: "same", strides: [2, 2] }],
      d: ["conv_2d", { filters: 32, padding: "same" }],
      sum: ["add"],
    });
    const fix = only(block, DIFFER).fix;
    expect(fix?.params).toEqual({ from: "in", layer_type: "conv_2d", shape: "[16, 16, 32]" });
    const [after] = mendedEachWay(block, DIFFER);
    expect(after?.graph.nodes.at(-1)?.config).toEqual({ filters: 32, kernel_size: [2, 2], strides: [2, 2], padding: "same" });
    expect(examine(after as DesignDocument).nodes.get("sum")?.outputs).toEqual([[16, 16, 32]]);
    expect(codes(after as DesignDocument)).not.toContain("design.stride_skips_positions");
  });

  test("a weight for each channel is spread over the picture, and of a cut picture the ends are cut off", () => {
    const weights = merged("multiply", [8, 8, 4], [4]);
    expect(fixesOf(only(weights, DIFFER)).map(({ params }) => params["layer_type"])).toContain("reshape + up_sampling_2d");
    expect(only(merged("concatenate", [8, 8, 4], [6, 6, 2]), DIFFER).fix?.params["layer_type"]).toMatch(/^(cropping|zero_padding)_2d$/);
  });

  test("another axis is said where that is all", () => {
    const joined = merged("concatenate", [5, 2], [3, 2]);
    expect(fixCodes(joined, DIFFER)[0]).toBe("fix.set_option");
    const [after] = mendedEachWay(joined, DIFFER);
    expect(config(after as DesignDocument, "sum")).toEqual({ axis: 1 });
  });

  test("where several are odd all are brought along", () => {
    const three = design("a > sum, b > sum, c > sum", {
      a: ["input", { shape: [4] }],
      b: ["input", { shape: [5] }],
      c: ["input", { shape: [6] }],
      sum: ["add"],
    });
    for (const after of mendedEachWay(three, DIFFER)) expect(examine(after).nodes.get("sum")?.outputs).toHaveLength(1);
  });

  test("shapes of up to three axes are brought together wherever they meet", () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 });
    const types = ["add", "multiply", "subtract", "maximum", "concatenate"];
    fc.assert(
      fc.property(fc.constantFrom(...types), shapes, shapes, (type, first, second) => {
        const one = merged(type, first, second);
        if (codes(one).includes(DIFFER)) expect(mendedEachWay(one, DIFFER).length).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
  });

  test("where no layer leads from one to the other the first goes on as it is", () => {
    const deep = merged("add", [2, 3, 4, 5], [5, 4, 3, 3]);
    expect(fixCodes(deep, DIFFER)).toEqual(["fix.bypass"]);
    mendedEachWay(deep, DIFFER);
  });

  test("a bridge comes to the shape that it is asked for", () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(shapes, shapes, (from, to) => {
        const steps = bridge(layerDefinition, from, to);
        expect(steps?.at(-1)?.shape ?? from).toEqual(to);
      }),
    );
  });
});

describe("numbers that do not fill a shape", () => {
  test("an axis more for the channels, one axis left open, or all in one", () => {
    const values = (shape: readonly number[], target: readonly number[]): unknown[] =>
      fixesOf(only(chain(shape, { r: ["reshape", { target_shape: target }] }), "design.reshape_size")).map(({ params }) => params["value"]);
    expect(values([2352], [28, 28])).toEqual(["[28, 28, -1]", "[-1, 28]", "[28, -1]"]);
    expect(values([12], [-1, 5])).toEqual(["[-1, 4]", "[-1]"]);
    expect(values([10], [3, 4])).toEqual(["[2, -1]", "[-1]"]);
  });

  test("whatever the numbers and the shape", () => {
    const axes = fc.array(fc.oneof(fc.constant(-1), fc.integer({ min: 1, max: 50 })), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 3 }), axes, (shape, target) => {
        const one = chain(shape, { r: ["reshape", { target_shape: target }] });
        if (!codes(one).includes("design.reshape_size")) return;
        for (const after of mendedEachWay(one, "design.reshape_size"))
          expect(sizeOf(examine(after).nodes.get("r")?.outputs?.[0] ?? [])).toBe(sizeOf(shape));
      }),
    );
  });
});

describe("a loop", () => {
  const opened = (one: DesignDocument): DesignDocument => {
    const { problems, nodes } = examine(one);
    const fix = problems.find(({ error }) => error.code === "design.cycle")?.fix;
    if (fix === undefined) throw new Error("no fix");
    for (const node of nodes.values())
      for (const problem of node.problems) if (problem.error.code === "design.cycle") expect(problem.fix).toEqual(fix);
    const { design: after, inverse } = applyCommand(one, { type: "batch", commands: fix.commands });
    expect(codes(after)).not.toContain("design.cycle");
    expect(JSON.stringify(applyCommand(after, inverse).design)).toBe(JSON.stringify(one));
    return after;
  };

  test("the connection that leads back is named and taken out", () => {
    const looped = design("c > a, in > a > b > c > out", {
      in: ["input", { shape: [3] }],
      a: ["add"],
      b: ["dense"],
      c: ["dense"],
      out: ["output"],
    });
    expect(examine(looped).problems.find(({ error }) => error.code === "design.cycle")?.fix).toMatchObject({
      code: "fix.disconnect_ends",
      params: { from: "c", to: "a" },
    });
    expect(opened(looped).graph.edges.some(({ source, target }) => source === "c" && target === "a")).toBe(false);
  });

  test("of many loops each is opened, and what is no part of one stays", () => {
    const ends = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
    const layers = Object.fromEntries(Array.from({ length: 10 }, (_, place) => [`n${place}`, ["add"] as const]));
    fc.assert(
      fc.property(fc.array(ends, { minLength: 2, maxLength: 25 }), (pairs) => {
        const one = design(pairs.map(([from, to]) => `n${from} > n${to}`).join(","), layers);
        if (!codes(one).includes("design.cycle")) return;
        const after = opened(one);
        const order = examine(one).order;
        for (const edge of one.graph.edges) if (order.includes(edge.target)) expect(after.graph.edges).toContainEqual(edge);
      }),
    );
  });
});

describe("other shapes that do not fit", () => {
  const recurrent = (state: number): DesignDocument => {
    const one = design("in > r, s > r", { in: ["input", { shape: [5, 2] }], s: ["input", { shape: [state] }], r: ["gru", { units: 4 }] });
    const edges = one.graph.edges.map((edge) => (edge.source === "s" ? { ...edge, target_port: "initial_state" } : edge));
    return { ...one, graph: { ...one.graph, edges } };
  };
  const attention = (query: readonly number[], value: readonly number[], port: string, more: readonly number[]): DesignDocument => {
    const layers: Layers = {
      q: ["input", { shape: query }],
      v: ["input", { shape: value }],
      m: ["input", { shape: more }],
      a: ["attention"],
    };
    const one = design("q > a, v > a, m > a", layers);
    const ports = ["query", "value", port];
    const edges = one.graph.edges.map((edge, index) => ({ ...edge, target_port: ports[index] ?? "" }));
    return { ...one, graph: { ...one.graph, edges } };
  };
  const cases: readonly [code: string, of: DesignDocument, fixes: readonly string[]][] = [
    ["design.dot_axes_differ", merged("dot", [4], [5]), ["fix.match_input", "fix.match_input"]],
    ["design.attention_widths_differ", attention([3, 4], [3, 5], "key", [3, 5]), ["fix.match_input", "fix.match_inputs"]],
    ["design.attention_lengths_differ", attention([3, 4], [3, 4], "key", [2, 4]), ["fix.disconnect_ends"]],
    ["design.attention_mask_differs", attention([3, 4], [3, 4], "mask", [2]), ["fix.disconnect_ends"]],
    ["design.recurrent_port", recurrent(7), ["fix.match_input", "fix.disconnect_ends"]],
    ["design.too_few_inputs", chain([4], { sum: ["add"] }), ["fix.bypass"]],
    ["design.axis_out_of_range", chain([4], { s: ["slice", { axis: 3, size: 2 }] }), ["fix.set_option"]],
    ["design.not_a_permutation", chain([4, 2, 3], { p: ["permute", { dims: [2, 1] }] }), ["fix.set_option"]],
    ["design.not_a_permutation", chain([4, 2], { p: ["permute", { dims: [3, 1, 2] }] }), ["fix.set_option"]],
    ["design.nothing_left", chain([2, 2], { c: ["cropping_1d", { left: 3, right: 0 }] }), ["fix.bypass"]],
    [
      "design.stride_with_dilation",
      chain([9, 9, 1], { c: ["conv_2d", { strides: [2, 2], dilation_rate: [2, 2] }] }),
      ["fix.set_option", "fix.set_option"],
    ],
    [
      "design.stride_with_dilation",
      chain([9, 2], { c: ["conv_1d", { strides: 2, dilation_rate: 2 }] }),
      ["fix.set_option", "fix.set_option"],
    ],
    ["design.sequence_too_long", chain([9, 2], { p: ["positional_encoding", { max_length: 4, encoding: "learned" }] }), ["fix.set_option"]],
    ["design.groups_do_not_divide", chain([9, 9, 6], { c: ["conv_2d", { filters: 8, groups: 4 }] }), ["fix.set_option"]],
    ["design.groups_do_not_divide", chain([6], { n: ["group_normalization"] }), ["fix.set_option"]],
    ["design.gate_activation", chain([9, 2], { c: ["gru", { activation: "softmax" }] }), ["fix.reset_option"]],
    ["design.output_padding_too_large", chain([4, 4, 1], { c: ["conv_2d_transpose", { output_padding: 3 }] }), ["fix.reset_option"]],
    ["design.slice_out_of_range", chain([4], { s: ["slice", { start: 2, size: 5 }] }), ["fix.set_option"]],
    ["design.slice_out_of_range", chain([4], { s: ["slice", { start: 7 }] }), ["fix.set_option"]],
  ];
  test.each(cases)("%s", (code, of, fixes) => {
    expect(fixCodes(of, code)).toEqual(fixes);
    mendedEachWay(of, code);
  });
});

test("a row of layers is named in words, in both languages", () => {
  expect(paramsInWords({ layer_type: "reshape + dense" }, "en")).toEqual({ layer_type: "Reshape + Dense" });
  expect(paramsInWords({ layer_type: "reshape + dense" }, "zh")["layer_type"]).toMatch(/ \+ /);
});
