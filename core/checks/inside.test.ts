/** Checks of layers inside a network: normalization, dropout, windows, depth, sequences. */
import { describe, expect, test } from "vitest";
import { data, design } from "../../test/graph/designs.ts";
import { allProblems, codes, config, mended, only } from "../../test/graph/problems.ts";
import type { DesignDocument } from "../graph/document.ts";
import { examine } from "./examine.ts";

type Layers = Parameters<typeof design>[1];
const IN = ["input", { shape: [4] }] as const;
const END: Layers = { last: ["dense", { units: 1 }], out: ["output"] };

describe("normalization and dropout", () => {
  test("the bias before batch normalization is switched off", () => {
    const one = (wires: string, more: Layers = {}) =>
      design(wires, { in: IN, a: ["dense"], n: ["batch_normalization"], f: ["activation"], ...END, ...more });
    const after = mended(one("in > a > n > f > last > out"), "design.bias_before_normalization");
    expect(config(after, "a")).toEqual({ use_bias: false });
    expect(allProblems(after)).toEqual([]);
    const bent = one("in > a > n > last > out", { a: ["dense", { activation: "relu" }] });
    expect(codes(bent)).not.toContain("design.bias_before_normalization");
    expect(
      codes(one("in > a > n > f > last > out, a > f2 > last2 > out2", { f2: ["activation"], last2: ["dense"], out2: ["output"] })),
    ).not.toContain("design.bias_before_normalization");
    const shared = one("in > a > n > f > last > out, in > b > g > last2 > out2", {
      b: ["dense", {}, { shared_with: "a" }],
      g: ["activation"],
      last2: ["dense", { units: 1 }],
      out2: ["output"],
    });
    expect(codes(shared)).not.toContain("design.bias_before_normalization");
  });

  const dropping = (rate: number, second?: number): DesignDocument =>
    design(second === undefined ? "in > d > last > out" : "in > d > e > last > out", {
      in: IN,
      d: ["dropout", { rate }],
      ...(second === undefined ? {} : { e: ["dropout", { rate: second }] }),
      ...END,
    });

  test("a very high rate is brought down", () => {
    expect(only(dropping(0.9), "design.high_dropout").error.params).toEqual({ name: "d", percent: 90 });
    expect(config(mended(dropping(0.9), "design.high_dropout"), "d")).toEqual({ rate: 0.5 });
    expect(allProblems(dropping(0.7))).toEqual([]);
  });

  test("the second of two dropouts, or of two normalizations, is skipped", () => {
    expect(only(dropping(0.5, 0.5), "design.dropout_twice").error.params).toMatchObject({ percent: 75 });
    expect(allProblems(mended(dropping(0.5, 0.5), "design.dropout_twice"))).toEqual([]);
    const twice = design("in > n > m > last > out", { in: IN, n: ["batch_normalization"], m: ["layer_normalization"], ...END });
    expect(only(twice, "design.normalization_twice").nodeId).toBe("m");
    expect(allProblems(mended(twice, "design.normalization_twice"))).toEqual([]);
  });

  const deep = (count: number, more: Layers, wires: (ids: readonly string[]) => string): DesignDocument => {
    const ids = Array.from({ length: count }, (_, index) => `h${index}`);
    const hidden = Object.fromEntries(ids.map((id) => [id, ["dense", { units: 4, activation: "relu" }] as const]));
    return design(wires(ids), { in: IN, ...hidden, ...more, ...END });
  };

  test("more than twenty layers in a row want normalization or a way around", () => {
    const plain = (count: number) => deep(count, {}, (ids) => `in > ${ids.join(" > ")} > last > out`);
    expect(only(plain(20), "design.deep_without_shortcuts")).toMatchObject({ nodeId: "last", error: { params: { count: 21 } } });
    expect(allProblems(plain(19))).toEqual([]);
    const normalized = deep(
      30,
      { n: ["layer_normalization"] },
      (ids) => `in > ${[...ids.slice(0, 15), "n", ...ids.slice(15)].join(" > ")} > last > out`,
    );
    expect(allProblems(normalized)).toEqual([]);
    const around = deep(
      30,
      { sum: ["add"] },
      (ids) => `in > ${[...ids.slice(0, 15), "sum", ...ids.slice(15)].join(" > ")} > last > out, in > sum`,
    );
    expect(allProblems(around)).toEqual([]);
  });
});

describe("windows", () => {
  const picture = (wires: string, layers: Layers, size = 32): DesignDocument =>
    design(wires, {
      in: ["input", { shape: [size, size, 3] }],
      ...layers,
      mean: ["global_average_pooling_2d"],
      flat: ["flatten"],
      ...END,
    });
  const trimmed = (one: DesignDocument): DesignDocument => {
    const used = new Set(one.graph.edges.flatMap(({ source, target }) => [source, target]));
    return { ...one, graph: { ...one.graph, nodes: one.graph.nodes.filter(({ id }) => used.has(id)) } };
  };

  test("two convolutions get an activation between them", () => {
    const one = trimmed(picture("in > a > b > flat > last > out", { a: ["conv_2d"], b: ["conv_2d", { activation: "relu" }] }, 8));
    const after = mended(one, "design.convolution_after_convolution");
    expect(config(after, "a")).toEqual({ activation: "relu" });
    expect(allProblems(after)).toEqual([]);
    const separable = { a: ["depthwise_conv_2d"], b: ["conv_2d", { kernel_size: [1, 1], activation: "relu" }] } as const;
    const separated = trimmed(picture("in > a > b > flat > last > out", separable, 8));
    expect(allProblems(separated)).toEqual([]);
  });

  test("a window that does not fit any more gets padding", () => {
    const one = trimmed(picture("in > p > flat > last > out", { p: ["max_pooling_2d", { pool_size: [9, 9] }] }, 8));
    const after = mended(one, "design.window_too_large");
    expect(config(after, "p")).toEqual({ pool_size: [9, 9], padding: "same" });
    expect(examine(after).ok).toBe(true);
  });

  test("strides beyond the window are shortened, those of a window of one are meant", () => {
    const strided = (kernel_size: readonly number[], strides: readonly number[], dilation_rate = [1, 1]) =>
      trimmed(picture("in > a > flat > last > out", { a: ["conv_2d", { kernel_size, strides, dilation_rate, activation: "relu" }] }, 9));
    const after = mended(strided([2, 2], [3, 2]), "design.stride_skips_positions");
    expect(config(after, "a")).toMatchObject({ strides: [2, 2] });
    for (const sound of [strided([1, 1], [2, 2]), strided([3, 3], [3, 3])]) expect(allProblems(sound)).toEqual([]);
    const steps = (strides: number) =>
      design("in > p > flat > last > out", {
        in: ["input", { shape: [12, 2] }],
        p: ["max_pooling_1d", { pool_size: 2, strides }],
        flat: ["flatten"],
        ...END,
      });
    expect(config(mended(steps(3), "design.stride_skips_positions"), "p")).toEqual({ pool_size: 2, strides: 2 });
    expect(allProblems(steps(2))).toEqual([]);
  });

  test("a mean over values that saw little of the picture is doubted", () => {
    const conv = ["conv_2d", { activation: "relu", padding: "same" }] as const;
    const pool = ["max_pooling_2d"] as const;
    const shallow = trimmed(picture("in > a > mean > last > out", { a: conv }));
    expect(only(shallow, "design.small_receptive_field")).toMatchObject({
      nodeId: "mean",
      error: { params: { field: "3 × 3", picture: "32 × 32" } },
    });
    // 3, with the pool 4, with the second 8, with its pool 10, with the third 18 of 32.
    const deeper = { a: conv, p: pool, b: conv, q: pool, c: conv } as const;
    expect(allProblems(trimmed(picture("in > a > p > b > q > c > mean > last > out", deeper)))).toEqual([]);
    expect(allProblems(trimmed(picture("in > a > p > b > q > c > mean > last > out", deeper, 36)))).toEqual([]);
    const larger = trimmed(picture("in > a > p > b > q > c > mean > last > out", deeper, 40));
    expect(only(larger, "design.small_receptive_field").error.params).toMatchObject({ field: "18 × 18" });
  });

  test("a flattened picture before most of the weights becomes a mean", () => {
    const layers = { a: ["conv_2d", { activation: "relu", padding: "same" }], h: ["dense", { units: 64, activation: "relu" }] } as const;
    const one = trimmed(picture("in > a > flat > h > last > out", layers));
    expect(only(one, "design.dense_after_flatten")).toMatchObject({ nodeId: "h", error: { params: { flat: "flat", percent: 100 } } });
    const after = mended(one, "design.dense_after_flatten");
    expect(examine(after)).toMatchObject({ ok: true, totals: { parameters: 3 * 9 * 32 + 32 + 32 * 64 + 64 + 64 + 1 } });
    expect(allProblems(trimmed(picture("in > a > flat > h > last > out", layers, 8)))).toEqual([]);
  });
});

describe("sequences", () => {
  const words: Layers = { in: ["input", { shape: [6] }], e: ["embedding", { input_dim: 50, output_dim: 8 }], ...END };

  test("a second walk needs every step of the first", () => {
    const one = design("in > e > a > b > last > out", { ...words, a: ["lstm"], b: ["gru"] });
    expect(only(one, "design.sequence_needed")).toMatchObject({ severity: "error", nodeId: "b" });
    expect(codes(one)).not.toContain("design.rank_expected");
    const after = mended(one, "design.sequence_needed");
    expect(config(after, "a")).toEqual({ return_sequences: true });
    expect(allProblems(after)).toEqual([]);
    const dense = design("in > e > f > b > last > out", { ...words, f: ["flatten"], b: ["gru"] });
    expect(codes(dense)).toContain("design.rank_expected");
    expect(codes(dense)).not.toContain("design.sequence_needed");
  });

  test("a sequence of one step is doubted", () => {
    const steps = (count: number) => design("in > a > last > out", { in: ["input", { shape: [count, 3] }], a: ["lstm"], ...END });
    expect(only(steps(1), "design.sequence_of_one").error.params).toEqual({ name: "a", features: 3 });
    expect(allProblems(steps(2))).toEqual([]);
  });

  test("an activation without an upper end inside a walk goes back to the usual one", () => {
    const cell = (activation: string) =>
      design("in > a > last > out", { in: ["input", { shape: [5, 3] }], a: ["simple_rnn", { activation }], ...END });
    expect(config(mended(cell("relu"), "design.unbounded_cell"), "a")).toEqual({ activation: "tanh" });
    for (const sound of ["tanh", "sigmoid"]) expect(allProblems(cell(sound))).toEqual([]);
    for (const ending of ["relu6", "softmax"]) expect(codes(cell(ending)), ending).not.toContain("design.unbounded_cell");
  });

  test("attention over words is told where they stand", () => {
    const attending = (wires: string, more: Layers = {}): DesignDocument => {
      const one = design(wires, { ...words, at: ["multi_head_attention"], mean: ["global_average_pooling_1d"], ...more });
      const source = one.graph.edges.find(({ target }) => target === "at")?.source ?? "";
      const edge = { id: "value", source, source_port: "output", target: "at", target_port: "value" };
      return { ...one, graph: { ...one.graph, edges: [...one.graph.edges, edge] } };
    };
    const one = attending("in > e > at > mean > last > out");
    expect(only(one, "design.attention_without_places").nodeId).toBe("at");
    const after = mended(one, "design.attention_without_places");
    expect(examine(after).ok).toBe(true);
    expect(allProblems(after)).toEqual([]);
    expect(after.graph.nodes.at(-1)?.type).toBe("positional_encoding");
    expect(allProblems(attending("in > e > p > at > mean > last > out", { p: ["positional_encoding"] }))).toEqual([]);
    expect(allProblems(attending("in > e > p > at > mean > last > out", { p: ["lstm", { return_sequences: true }] }))).toEqual([]);
    // Regions of a picture have no order.
    const regions = attending("in > at > mean > last > out", { in: ["input", { shape: [6, 8] }] });
    const { nodes } = regions.graph;
    expect(codes({ ...regions, graph: { ...regions.graph, nodes: nodes.filter(({ id }) => id !== "e") } })).toEqual([]);
  });

  test("word vectors of another width than the layer makes are no beginning for it", () => {
    const vectors = { hash: "0".repeat(64), name: "glove.txt", width: 3, words: 7 };
    const one = design("in > e > f > last > out", {
      ...words,
      in: ["input", { shape: [6] }],
      e: ["embedding", { input_dim: 9, output_dim: 2 }],
      f: ["flatten"],
    });
    const nodes = one.graph.nodes.map((node) => (node.id === "e" ? { ...node, vectors } : node));
    const after = mended({ ...one, graph: { ...one.graph, nodes } }, "design.vectors_width");
    expect(config(after, "e")).toEqual({ input_dim: 9, output_dim: 3 });
    expect(allProblems(after)).toEqual([]);
  });

  test("indices need a vector each and must not be scaled", () => {
    const text = (steps: readonly object[], input_dim = 50) =>
      design(
        "in > e > f > last > out",
        { ...words, in: ["input", { shape: [6] }], e: ["embedding", { input_dim, output_dim: 2 }], f: ["flatten"] },
        { data: data(6, null, ["y"], { steps: steps as never }) },
      );
    const tokens = (vocabulary?: number) => ({
      type: "token_sequence",
      columns: ["a"],
      ...(vocabulary === undefined ? {} : { vocabulary }),
    });
    const after = mended(text([tokens(80)]), "design.small_vocabulary");
    expect(config(after, "e")).toEqual({ input_dim: 80, output_dim: 2 });
    expect(allProblems(after)).toEqual([]);
    expect(only(text([tokens()]), "design.small_vocabulary").error.params).toMatchObject({ count: 10_000 });
    for (const sound of [text([tokens(50)]), text([{ ...tokens(80), columns: ["y"] }]), text([{ type: "later", columns: ["a"] }])])
      expect(allProblems(sound)).toEqual([]);
    const scaled = mended(text([{ type: "standardise", columns: ["a", "y"] }]), "design.scaled_indices");
    expect(scaled.data?.steps).toEqual([{ type: "standardise", columns: ["y"] }]);
    expect(mended(text([{ type: "min_max", columns: ["b"] }]), "design.scaled_indices").data?.steps).toEqual([]);
  });
});

describe("an input whose shape the data do not fill", () => {
  const CODE = "design.input_shape_mismatch";

  test("takes the new length of the window of a series", () => {
    const window = { columns: ["y", "a"], length: 56, horizon: 1, order_by: null };
    const split = { method: "time" as const, validation_fraction: 0.2, seed: null };
    const one = design(
      "in > flat > last > out",
      { in: ["input", { shape: [16, 2] }], flat: ["flatten"], ...END },
      { data: data(1, null, ["y"], { window, split, feature_count: 112 }) },
    );
    const after = mended(one, CODE);
    expect(config(after, "in")).toEqual({ shape: [56, 2] });
    expect(examine(after).ok).toBe(true);
  });

  test("takes the pixels that are the same everywhere, prepared as the others are", () => {
    const pixels = Array.from({ length: 16 }, (_, place) => `p_${Math.floor(place / 4)}_${place % 4}`);
    const constant = pixels.slice(0, 3);
    const columns = [
      ...pixels.map((name) => ({
        name,
        type: "numeric" as const,
        role: constant.includes(name) ? ("ignored" as const) : ("feature" as const),
      })),
      { name: "y", type: "numeric" as const, role: "target" as const },
    ];
    const steps = [{ type: "standardise", columns: pixels.slice(3) }];
    const one = design(
      "in > c > flat > last > out",
      { in: ["input", { shape: [4, 4, 1] }], c: ["conv_2d", { activation: "relu", padding: "same" }], flat: ["flatten"], ...END },
      { data: { ...data(1, null, ["y"]), columns, steps, feature_count: 13 } },
    );
    const after = mended(one, CODE);
    expect(after.data?.columns.filter(({ role }) => role === "feature").map(({ name }) => name)).toEqual(pixels);
    expect(after.data?.steps[0]?.columns.toSorted()).toEqual(pixels.toSorted());
    expect(examine(after).ok).toBe(true);
  });

  test("takes the number of features where it is a row of numbers, and is left alone where nothing is known to fit", () => {
    const row = design("in > last > out", { in: ["input", { shape: [4] }], ...END }, { data: data(7, null) });
    expect(config(mended(row, CODE), "in")).toEqual({ shape: [7] });
    const picture = design(
      "in > flat > last > out",
      { in: ["input", { shape: [4, 4, 1] }], flat: ["flatten"], ...END },
      { data: data(7, null) },
    );
    expect(only(picture, CODE).fix).toBeUndefined();
  });
});
