import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { designSchema } from "../../../core/graph/document.ts";
import { type Colour, colourOf, domainOf, type Surface, scaleOf, shapeOf, truthOf, whyNoSurface } from "./surface-drawing.ts";

const blue: Colour = [0, 0, 255];
const orange: Colour = [255, 128, 0];
const white: Colour = [255, 255, 255];
const colours = {
  positive: blue,
  negative: orange,
  middle: white,
  ink: [0, 0, 0] as Colour,
  classes: [blue, orange, [0, 255, 0] as Colour],
};
const number = { kind: "number", words: null } as const;
const surface = (kind: Surface["kind"], values: readonly (number | null)[], more: Partial<Surface> = {}): Surface => ({
  node_id: "out",
  outputs: [{ node_id: "out", name: "out" }],
  choice: "none",
  labels: ["a", "b", "c"],
  target: null,
  kind,
  threshold: null,
  columns: [],
  x_axis: { name: "a", ...number },
  y_axis: { name: "b", ...number },
  x: [0, 1],
  y: [0, 1],
  values: [...values],
  shares: null,
  points: [{ row: 0, x: 0, y: 0, label: 7, validation: false }],
  held: { row: null, rows: 1, values: [] },
  ...more,
});

describe("the picture of two columns", () => {
  test("rows that stand alone have one; nodes of a graph, windows of a series, texts and pictures have none, and it is said why", () => {
    const dataOf = (template: string) =>
      designSchema.parse(JSON.parse(readFileSync(new URL(`../../../resources/templates/${template}.json`, import.meta.url), "utf8"))).data;
    expect(["xor", "softmax-regression", "digits", "house-prices"].map((name) => whyNoSurface(dataOf(name)))).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(["mnist-dense", "picture-questions", "sum-of-sigmoids"].map((name) => whyNoSurface(dataOf(name)))).toEqual([
      "columns",
      "columns",
      "columns",
    ]);
    expect([whyNoSurface(dataOf("communities")), whyNoSurface(null)]).toEqual(["graph", "columns"]);
    const alone = dataOf("xor");
    const window = { length: 3, horizon: 1, stride: 1, order_by: null, columns: [], group_by: null };
    expect(alone === null ? "" : whyNoSurface({ ...alone, window: window as never })).toBe("series");
  });

  test("a probability is drawn from orange at 0 over the middle to blue at 1, and turns at the threshold that was chosen", () => {
    const scale = scaleOf(surface("share", [0.2, 0.8]));
    expect(colourOf(0, scale, colours, 1)).toEqual(orange);
    expect(colourOf(0.5, scale, colours, 1)).toEqual(white);
    expect(colourOf(1, scale, colours, 1)).toEqual(blue);
    const low = scaleOf(surface("share", [0.2, 0.8], { threshold: 0.2 }));
    expect([0, 0.2, 1].map((value) => colourOf(value, low, colours, 1))).toEqual([orange, white, blue]);
  });

  test("numbers are drawn over their whole range, rows of the data included", () => {
    expect(scaleOf(surface("number", [-1, null, 3]))).toEqual({ kind: "range", low: -1, middle: 3, high: 7 });
  });

  test("a score is drawn as far on either side of its bound as it goes, a row at the end that its class has", () => {
    const score = surface("score", [-1, 3], { threshold: 0 });
    const scale = scaleOf(score);
    expect(scale).toEqual({ kind: "range", low: -3, middle: 0, high: 3 });
    expect([0, 1].map((label) => colourOf(truthOf(label, score, scale), scale, colours, 1))).toEqual([orange, blue]);
  });

  test("each of several classes has a colour and a shape of its own", () => {
    const regions = surface("classes", [0, 1, 2]);
    const scale = scaleOf(regions);
    expect([0, 1, 2].map((label) => colourOf(label, scale, colours, 1))).toEqual(colours.classes);
    expect(new Set([0, 1, 2].map((label) => shapeOf(label, scale, regions))).size).toBe(3);
  });

  test("the two classes differ in shape too, whatever threshold was chosen", () => {
    const shares = surface("share", [], { threshold: 0.005 });
    const scale = scaleOf(shares);
    expect(shapeOf(0, scale, shares)).not.toBe(shapeOf(1, scale, shares));
  });

  test("every word has a place as wide as any other", () => {
    expect(domainOf({ name: "k", kind: "words", words: ["a", "b", "c"] }, [0, 1, 2])).toEqual([-0.5, 2.5]);
    expect(domainOf({ name: "a", ...number }, [2, 3, 5])).toEqual([2, 5]);
  });
});
