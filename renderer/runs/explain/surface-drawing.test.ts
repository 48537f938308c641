// @vitest-environment node

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { designSchema } from "../../../core/graph/document.ts";
import { type Colour, colourOf, hasSurface, scaleOf, shapeOf } from "./surface-drawing.ts";

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
const surface = (values: readonly (number | null)[]) => ({
  x_axis: { name: "a", own_units: true },
  y_axis: { name: "b", own_units: true },
  x: [0, 1],
  y: [0, 1],
  values: [...values],
  points: [{ x: 0, y: 0, label: 7, validation: false }],
});

describe("the picture of two features", () => {
  test("rows that stand alone have one; nodes of a graph and windows of a series have none, though they have two features", () => {
    const dataOf = (template: string) =>
      designSchema.parse(JSON.parse(readFileSync(new URL(`../../../resources/templates/${template}.json`, import.meta.url), "utf8"))).data;
    const [alone, nodes] = [dataOf("xor"), dataOf("communities")];
    expect([alone?.feature_count, nodes?.feature_count]).toEqual([2, 2]);
    expect([hasSurface(alone, false), hasSurface(nodes, true), hasSurface(dataOf("digits"), true)]).toEqual([true, false, false]);
    expect(alone === null ? [] : [true, false].map((unknown) => hasSurface({ ...alone, feature_count: null }, unknown))).toEqual([
      true,
      false,
    ]);
  });

  test("a probability is drawn from orange at 0 over the middle to blue at 1", () => {
    const scale = scaleOf(surface([0.2, 0.8]), 2, true);
    expect(colourOf(0, scale, colours, 1)).toEqual(orange);
    expect(colourOf(0.5, scale, colours, 1)).toEqual(white);
    expect(colourOf(1, scale, colours, 1)).toEqual(blue);
  });

  test("numbers are drawn over their whole range, rows of the data included", () => {
    expect(scaleOf(surface([-1, null, 3]), null, false)).toEqual({ kind: "range", low: -1, high: 7 });
  });

  test("each of several classes has a colour and a shape of its own", () => {
    const scale = scaleOf(surface([0, 1, 2]), 3, false);
    expect([0, 1, 2].map((label) => colourOf(label, scale, colours, 1))).toEqual(colours.classes);
    expect(new Set([0, 1, 2].map((label) => shapeOf(label, scale))).size).toBe(3);
  });

  test("the two classes differ in shape too", () => {
    const scale = scaleOf(surface([]), 2, true);
    expect(shapeOf(0, scale)).not.toBe(shapeOf(1, scale));
  });
});
