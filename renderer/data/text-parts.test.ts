import { expect, test } from "vitest";
import { lengthBins, partsOf } from "./text-parts.ts";

test("tokens and what lies between give the text again, and the same word has the same colour", () => {
  const parts = partsOf("win a prize, win now!", ["win", "prize", "win", "now"]);
  expect(parts.map(({ text }) => text).join("")).toBe("win a prize, win now!");
  expect(parts.filter(({ token }) => token !== null).map(({ text }) => text)).toEqual(["win", "prize", "win", "now"]);
  const colourOf = (place: number): number | undefined => parts.find(({ token }) => token === place)?.colour;
  expect(colourOf(0)).toBeGreaterThanOrEqual(0);
  expect([colourOf(2), colourOf(1) === colourOf(0)]).toEqual([colourOf(0), false]);
  expect(partsOf("Ab c", [..."Abc"]).map(({ text }) => text)).toEqual(["A", "b", " ", "c"]);
  expect(partsOf("", [])).toEqual([]);
});

test("lengths are counted in bins that cover them all", () => {
  expect(lengthBins([0, 1, 2, 9], 5)).toEqual([
    { from: 0, to: 1, count: 2 },
    { from: 2, to: 3, count: 1 },
    { from: 4, to: 5, count: 0 },
    { from: 6, to: 7, count: 0 },
    { from: 8, to: 9, count: 1 },
  ]);
  expect(lengthBins([], 5)).toEqual([{ from: 0, to: 0, count: 0 }]);
});
