import { describe, expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import type { DesignDocument } from "../graph/document.ts";
import { propagate } from "../graph/propagate.ts";
import { receptiveField } from "./receptive-field.ts";

const field = (one: DesignDocument, id: string) => receptiveField(one, propagate(one), id);
const IN = ["input", { shape: [32, 32, 3] }] as const;

describe("the receptive field", () => {
  test("grows with windows, strides and dilations", () => {
    const one = design("in > z > a > p > b > n > c > s > g > out", {
      in: IN,
      z: ["zero_padding_2d"],
      a: ["conv_2d", { kernel_size: [3, 5] }],
      p: ["max_pooling_2d"],
      b: ["conv_2d", { padding: "same" }],
      n: ["batch_normalization"],
      c: ["conv_2d", { dilation_rate: [2, 2], padding: "same" }],
      s: ["conv_2d", {}, { bypassed: true }],
      g: ["global_average_pooling_2d"],
      out: ["output"],
    });
    expect(field(one, "in")?.size).toEqual([1, 1]);
    expect(field(one, "a")).toEqual({ size: [3, 5], step: [1, 1], input: [32, 32] });
    // 3 + (2 − 1) · 1, then two further steps of 2, then four of 2.
    expect(field(one, "p")).toEqual({ size: [4, 6], step: [2, 2], input: [32, 32] });
    expect(field(one, "n")?.size).toEqual([8, 10]);
    expect(field(one, "c")?.size).toEqual([16, 18]);
    expect(field(one, "s")).toEqual(field(one, "c"));
    expect(field(one, "g")).toBeNull();
  });

  test("goes on through what makes a picture larger, and what spreads every position over a window", () => {
    const one = design("in > p > t > b > u > c, in > same > d", {
      in: IN,
      p: ["max_pooling_2d"],
      t: ["conv_2d_transpose", { kernel_size: [4, 4], strides: [2, 2] }],
      b: ["conv_2d", { padding: "same" }],
      u: ["up_sampling_2d"],
      c: ["conv_2d", { padding: "same" }],
      same: ["conv_2d_transpose", { kernel_size: [3, 3], padding: "same" }],
      d: ["conv_2d", { padding: "same" }],
    });
    expect(field(one, "p")).toEqual({ size: [2, 2], step: [2, 2], input: [32, 32] });
    // Two windows of four, two apart, meet in every new position.
    expect(field(one, "t")).toEqual({ size: [4, 4], step: [1, 1], input: [32, 32] });
    expect(field(one, "b")?.size).toEqual([6, 6]);
    expect(field(one, "u")).toEqual({ size: [6, 6], step: [0.5, 0.5], input: [32, 32] });
    expect(field(one, "c")?.size).toEqual([7, 7]);
    // Transposed and without strides it looks at as many positions as a convolution.
    expect(field(one, "same")?.size).toEqual([3, 3]);
    expect(field(one, "d")?.size).toEqual([5, 5]);
  });

  test("begins at an embedding, and where flat values are laid out as a picture; what computed with all of them has none", () => {
    const words = design("in > e > drop > c > p > d", {
      in: ["input", { shape: [40] }],
      e: ["embedding", { input_dim: 100, output_dim: 8 }],
      drop: ["dropout"],
      c: ["conv_1d", { kernel_size: 5 }],
      p: ["max_pooling_1d"],
      d: ["conv_1d", { kernel_size: 3 }],
    });
    expect(field(words, "c")).toEqual({ size: [5], step: [1], input: [40] });
    expect(field(words, "d")?.size).toEqual([10]);
    expect(field(words, "in")).toBeNull();
    const laidOut = (before: readonly [string, object?]) =>
      field(
        design("in > first > r > c", {
          in: ["input", { shape: [64] }],
          first: before as never,
          r: ["reshape", { target_shape: [8, 8, 1] }],
          c: ["conv_2d"],
        }),
        "c",
      );
    expect(laidOut(["batch_normalization"])).toEqual({ size: [3, 3], step: [1, 1], input: [8, 8] });
    expect(laidOut(["dense", { units: 64 }])).toBeNull();
  });

  test("a product of two sequences sees all their steps", () => {
    const one = design("in > a > d, in > b > d, d > c", {
      in: ["input", { shape: [20, 4] }],
      a: ["conv_1d", { kernel_size: 3, padding: "same" }],
      b: ["conv_1d", { kernel_size: 3, padding: "same" }],
      d: ["dot", { first_axis: 2, second_axis: 2 }],
      c: ["conv_1d", { kernel_size: 3 }],
    });
    expect(field(one, "a")?.size).toEqual([3]);
    expect(field(one, "d")).toBeNull();
    expect(field(one, "c")).toBeNull();
  });

  test("is the widest of ways that meet, and is not made up elsewhere", () => {
    const one = design("in > a > add > b > out, in > add, in > w > cat, in > cat", {
      in: IN,
      a: ["conv_2d", { filters: 3, padding: "same" }],
      add: ["add"],
      b: ["conv_2d"],
      w: ["max_pooling_2d"],
      cat: ["concatenate"],
      out: ["output"],
    });
    expect(field(one, "add")?.size).toEqual([3, 3]);
    expect(field(one, "b")?.size).toEqual([5, 5]);
    expect(field(one, "cat")).toBeNull();
    const series = design("in > c > l > d, in > u > e", {
      in: ["input", { shape: [20, 2] }],
      c: ["conv_1d", { kernel_size: 7, strides: 2 }],
      l: ["lstm", { return_sequences: true }],
      d: ["conv_1d"],
      u: ["up_sampling_1d"],
      e: ["conv_1d"],
    });
    expect(field(series, "c")).toEqual({ size: [7], step: [2], input: [20] });
    for (const id of ["l", "d"]) expect(field(series, id), id).toBeNull();
    expect(field(series, "u")).toEqual({ size: [1], step: [0.5], input: [20] });
    expect(field(series, "e")?.size).toEqual([2]);
  });

  test("behind a merge that is skipped is that of its first input alone, in the order of its ports", () => {
    const skipped = design("in > add, in > a > add, add > b, s > cat, in > s, in > cat, cat > c", {
      in: IN,
      a: ["conv_2d", { filters: 3, padding: "same" }],
      add: ["add", {}, { bypassed: true }],
      b: ["conv_2d"],
      s: ["max_pooling_2d"],
      cat: ["concatenate", {}, { bypassed: true }],
      c: ["conv_2d"],
    });
    expect(field(skipped, "b")).toEqual({ size: [3, 3], step: [1, 1], input: [32, 32] });
    // Ways of other steps do not matter where they end.
    expect(field(skipped, "c")).toEqual({ size: [6, 6], step: [2, 2], input: [32, 32] });
    const words = design("in > v > at, in > at, at > d", {
      in: ["input", { shape: [20, 4] }],
      v: ["conv_1d", { filters: 4, kernel_size: 5, padding: "same" }],
      at: ["attention", {}, { bypassed: true }],
      d: ["conv_1d", { kernel_size: 3 }],
    });
    const [first, second, third, last] = words.graph.edges;
    if (first === undefined || second === undefined || third === undefined || last === undefined) throw new Error("four edges");
    const wired = [first, { ...second, target_port: "value" }, { ...third, target_port: "query" }, last];
    expect(field({ ...words, graph: { ...words.graph, edges: wired } }, "d")?.size).toEqual([3]);
  });

  test("of ten thousand layers is found without going as deep", () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `l${index}`);
    const long = design(`in > ${ids.join(" > ")} > c`, {
      in: ["input", { shape: [9, 1] }],
      ...Object.fromEntries(ids.map((id) => [id, ["dropout"] as const])),
      c: ["conv_1d", { kernel_size: 3 }],
    });
    expect(field(long, "c")?.size).toEqual([3]);
  });
});
