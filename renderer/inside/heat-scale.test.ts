import { expect, test } from "vitest";
import { boundedScale } from "./heat-scale.ts";

test("a scale with bounds ends at them, and where a value lies outside it is the values' own", () => {
  expect(boundedScale(0, 1, [0.1, 0.4])).toEqual({ kind: "signed", low: 0, high: 1 });
  expect(boundedScale(-1, 1, [-0.2, 0.4])).toEqual({ kind: "signed", low: -1, high: 1 });
  expect(boundedScale(0, 1, [0.1, 3])).toEqual({ kind: "signed", low: 0, high: 3 });
  expect(boundedScale(0, 1, [-0.5, 0.5])).toEqual({ kind: "signed", low: -0.5, high: 0.5 });
});
