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
    for (const id of ["l", "d", "u", "e"]) expect(field(series, id), id).toBeNull();
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
