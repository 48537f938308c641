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
    const cut = design("in > d, e > out", { in: ["input", { shape: [2] }], d: ["dense"], e: ["dense"], out: ["output"] });
    expect(behind(cut)).toEqual({ in: "features", e: "?" });
  });

  test("are named for more than three: places at which layers do the same, and features", () => {
    const four = design("in > d > n > out", {
      in: ["input", { shape: [2, 3, 4, 5] }],
      d: ["dense", { units: 6 }],
      n: ["dropout"],
      out: ["output"],
    });
    const places = "position position position features";
    expect(behind(four)).toEqual({ in: places, d: places, n: places });
    const words = design("in > e > f > out", {
      in: ["input", { shape: [3, 6] }],
      e: ["embedding", { input_dim: 9, output_dim: 4 }],
      f: ["flatten"],
      out: ["output"],
    });
    expect(behind(words)).toEqual({ in: "position time", e: "position time features", f: "features" });
  });

  test("of heads cut out of features, changed with time, multiplied step by step", () => {
    const one = design("in > r > p > d, r2 > p2 > d > out, in > r2", {
      in: ["input", { shape: [12, 64] }],
      r: ["reshape", { target_shape: [12, 8, 8] }],
      p: ["permute", { dims: [2, 1, 3] }],
      r2: ["reshape", { target_shape: [12, 4, 4, 4] }],
      p2: ["permute", { dims: [2, 1, 3, 4] }],
      d: ["concatenate"],
      out: ["output"],
    });
    const names = behind(one);
    expect(names["r"]).toBe("time groups features");
    expect(names["p"]).toBe("groups time features");
    expect(names["r2"]).toBe("time groups groups features");
    expect(names["p2"]).toBe("groups time groups features");
  });

  test("of steps compared with steps", () => {
    const one = design("in > a > d > out, in > b > d", {
      in: ["input", { shape: [12, 6] }],
      a: ["dense", { units: 4 }],
      b: ["dense", { units: 4 }],
      d: ["dot", { first_axis: 2, second_axis: 2 }],
      out: ["output"],
    });
    expect(behind(one)["d"]).toBe("time time");
  });

  test("are what the layers behind take them for", () => {
    const picture = design("in > r > c > g > out", {
      in: ["input", { shape: [8, 8] }],
      r: ["reshape", { target_shape: [8, 8, 1] }],
      c: ["conv_2d", { filters: 4, padding: "same" }],
      g: ["reshape", { target_shape: [64, 4] }],
      out: ["output"],
    });
    const channels = "height width channels";
    expect(behind(picture)).toEqual({ in: "height width", r: channels, c: channels, g: "position channels" });
    const pictures = design("in > r > out", {
      in: ["input", { shape: [5, 48] }],
      r: ["reshape", { target_shape: [5, 4, 4, 3] }],
      out: ["output"],
    });
    expect(behind(pictures)["r"]).toBe("time groups groups features");
  });

  test("of a graph are its nodes, by what the layer reads", () => {
    const one = design("in > n > g > out, links > g", {
      in: ["input", { shape: [5, 3] }],
      n: ["dropout"],
      links: ["input", { shape: [9, 3] }],
      g: ["graph_convolution", { units: 4 }],
      out: ["output"],
    });
    const edges = one.graph.edges.map((edge) => (edge.source === "links" ? { ...edge, target_port: "graph" } : edge));
    const names = behind({ ...one, graph: { ...one.graph, edges } });
    expect([names["in"], names["n"], names["g"]]).toEqual(Array(3).fill("nodes features"));
  });
});
