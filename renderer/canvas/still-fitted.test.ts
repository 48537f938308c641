import { describe, expect, test } from "vitest";
import { isStillFitted } from "./still-fitted.ts";

describe("a fitted view", () => {
  const view = { x: 24, y: 60.5, zoom: 0.7 };

  test("is still fitted until it is panned or zoomed", () => {
    expect(isStillFitted({ ...view }, view)).toBe(true);
    expect(isStillFitted({ ...view, x: 25 }, view)).toBe(false);
    expect(isStillFitted({ ...view, y: 59 }, view)).toBe(false);
    expect(isStillFitted({ ...view, zoom: 0.71 }, view)).toBe(false);
  });

  test("was not fitted before anything was", () => {
    expect(isStillFitted(view, null)).toBe(false);
  });
});
