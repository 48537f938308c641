import { describe, expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { axisNames } from "./axis-names.ts";
import type { DesignDocument } from "./document.ts";
import { propagate } from "./propagate.ts";

/** Axes on the edge that leaves a layer. */
function behind(one: DesignDocument): Record<string, string> {
  const names = axisNames(one, propagate(one));
  return Object.fromEntries(one.graph.edges.map(({ id, source }) => [source, (names.get(id) ?? ["?"]).map(String).join(" ")]));
}

describe("the axes on edges", () => {
  test("of a picture, through convolution, flattening and dense", () => {
    const one = design("in > c > p > f > d > out", {
      in: ["input", { shape: [8, 8, 1] }],
      c: ["conv_2d", { filters: 4 }],
      p: ["max_pooling_2d"],
      f: ["flatten"],
      d: ["dense", { units: 3 }],
      out: ["output"],
    });
    const picture = "height width channels";
    expect(behind(one)).toEqual({ in: picture, c: picture, p: picture, f: "features", d: "features" });
  });

  test("of a series and of words", () => {
    const series = design("in > c > l > d > out", {
      in: ["input", { shape: [12, 3] }],
      c: ["conv_1d", { filters: 4 }],
      l: ["lstm", { units: 5 }],
      d: ["dense", { units: 1 }],
      out: ["output"],
    });
    expect(behind(series)).toEqual({ in: "time features", c: "time channels", l: "features", d: "features" });
    const words = design("in > e > d > g > out", {
      in: ["input", { shape: [6] }],
      e: ["embedding", { input_dim: 9, output_dim: 4 }],
      d: ["dense", { units: 2 }],
      g: ["global_average_pooling_1d"],
      out: ["output"],
    });
    expect(behind(words)).toEqual({ in: "time", e: "time features", d: "time features", g: "features" });
  });

  test("go along where axes change places, and are not made up", () => {
    const one = design("in > t > n > d > s > g > out", {
      in: ["input", { shape: [6, 6] }],
      t: ["permute", { dims: [2, 1] }],
      n: ["dropout"],
      d: ["dense", { units: 6 }],
      s: ["dense", { units: 2 }, { bypassed: true }],
      g: ["flatten"],
      out: ["output"],
    });
    const turned = "features time";
    expect(behind(one)).toEqual({
      in: "time features",
      t: turned,
      n: turned,
      d: "features features",
      s: "features features",
      g: "features",
    });
    const four = design("in > d > out", { in: ["input", { shape: [2, 3, 4, 5] }], d: ["dropout"], out: ["output"] });
    expect(behind(four)).toEqual({ in: "null null null null", d: "null null null null" });
    const cut = design("in > d, e > out", { in: ["input", { shape: [2] }], d: ["dense"], e: ["dense"], out: ["output"] });
    expect(behind(cut)).toEqual({ in: "features", e: "?" });
  });
});
