import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readDesign } from "../../../core/graph/migrate.ts";
import { coefficientsOf, figuresOf, layersWithWeights } from "./coefficients.ts";

const template = (name: string) => readDesign(readFileSync(new URL(`../../../resources/templates/${name}.json`, import.meta.url), "utf8"));
const weights = (units: number) => ({
  parameters: [
    { name: "kernel", shape: [2, units], values: Array.from({ length: 2 * units }, (_, index) => index) },
    { name: "bias", shape: [units], values: Array.from({ length: units }, () => 9) },
  ],
  features: ["x1", "x2"],
  classes: ["a", "b", "c"].slice(0, Math.max(2, units)),
});

function read(name: string, units: number) {
  const design = template(name);
  const [layer] = layersWithWeights(design);
  return layer === undefined ? null : coefficientsOf(design, layer, weights(units));
}

describe("coefficients", () => {
  test("a logistic regression has one a feature, an intercept and odds", () => {
    expect(read("logistic-regression", 1)).toEqual({
      units: [""],
      rows: [
        { feature: "x1", values: [0] },
        { feature: "x2", values: [1] },
      ],
      intercepts: [9],
      odds: true,
    });
  });

  test("a linear regression has coefficients and no odds", () => {
    expect(read("linear-regression", 1)?.odds).toBe(false);
  });

  test("a softmax regression has a column a class and no odds", () => {
    const found = read("softmax-regression", 3);
    expect(found?.units).toEqual(["a", "b", "c"]);
    expect(found?.rows[1]?.values).toEqual([3, 4, 5]);
    expect(found?.odds).toBe(false);
  });

  test("one against the rest has odds of every class", () => {
    expect(read("one-vs-all", 3)?.odds).toBe(true);
  });

  test("a network of several layers has none", () => {
    expect(read("digits", 1)).toBeNull();
  });

  test("the figures of a tensor leave out values that were not numbers", () => {
    expect(figuresOf([1, null, 3])).toEqual({ count: 2, min: 1, max: 3, mean: 2, deviation: 1 });
  });
});
