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

test("the value axis is marked at round numbers with as many decimals as each other", () => {
  const texts = (y: readonly number[]): string[] =>
    [...curveChart("Loss", [curve(y)], beyond).html.matchAll(/text-anchor="end">([^<]+)<\/text>/g)]
      .map(([, text]) => text ?? "")
      .slice(0, -1);
  expect(texts([0.1499, 0.9334, 1.717])).toEqual(["0.0", "0.5", "1.0", "1.5", "2.0"]);
  expect(texts([0.942, 0.95, 0.953])).toEqual(["0.940", "0.945", "0.950", "0.955"]);
  expect(texts([0.5, 0.5])).toEqual(["0.44", "0.46", "0.48", "0.50", "0.52", "0.54", "0.56"]);
});

test("each line of held-out rows ends with the mark of its run, so that colour is not the only cue", () => {
  const page = curveChart(
    "Loss",
    [curve(falling), { ...curve(falling), run: 8 }, { ...curve(falling), run: 1, validation: false }],
    beyond,
  );
  const ends = [...page.html.matchAll(/<path class="end (c\d)"[^>]* d="([^"]+)"/g)].map(([, colour, shape]) => ({ colour, shape }));
  // The ninth run has the colour of the first again, with another shape.
  expect(ends.map(({ colour }) => colour)).toEqual(["c1", "c1"]);
  expect(ends[0]?.shape).not.toBe(ends[1]?.shape);
});
