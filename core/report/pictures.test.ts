import { expect, test } from "vitest";
import { curveChart, type ReportCurve } from "./pictures.ts";

const curve = (y: readonly number[]): ReportCurve => ({ name: "loss", run: 0, validation: true, x: y.map((_, epoch) => epoch), y });
const falling = Array.from({ length: 40 }, (_, epoch) => 1 - epoch / 100);
const beyond = (least: string, most: string): string => `from ${least} to ${most}`;
/** Heights of the line's points, in the units of the drawing. */
const heights = (page: string): number[] => [...page.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));

test("a value far off does not leave the others flat, and is said", () => {
  const page = curveChart("Loss", [curve([900, ...falling])], beyond).html;
  const [first = 0, ...others] = heights(page);
  expect(first).toBe(Math.min(first, ...others));
  expect(Math.max(...others) - Math.min(...others)).toBeGreaterThan(100);
  expect(page).toContain("from 0.61 to 900");
});

test("lines without such values are drawn whole", () => {
  const page = curveChart("Loss", [curve(falling)], beyond).html;
  expect(page).not.toContain("from ");
  expect(new Set(heights(page)).size).toBe(40);
});

test("the fast fall of a first epoch is no value far off, and one far above does not cut the foot", () => {
  const learnt = [1.709, 0.34, 0.25, ...Array.from({ length: 36 }, (_, epoch) => 0.15 * Math.exp(-epoch / 12))];
  const whole = curveChart("Loss", [curve(learnt)], beyond).html;
  expect(whole).not.toContain("from ");
  expect(new Set(heights(whole)).size).toBeGreaterThan(25);
  const least = Math.min(...learnt);
  const [first = 0, ...others] = heights(curveChart("Loss", [curve([900, ...learnt])], beyond).html);
  expect(first).toBe(Math.min(...others));
  // Its lowest value alone lies at the foot.
  expect(others.indexOf(Math.max(...others))).toBe(learnt.indexOf(least));
});
