/** Pixels to numbers, worked out by hand. */
import { expect, it } from "vitest";
import type { TensorColumn } from "../step.ts";
import implementation from "./implementation.ts";

const pictures = (shape: [number, number, number], ...pixels: number[]) => ({
  kind: "picture" as const,
  name: "p",
  shape,
  pixels: Uint8Array.from(pixels),
});

const run = (config: Record<string, unknown>, column: ReturnType<typeof pictures>): TensorColumn =>
  implementation.apply([column], implementation.fit([column], config), config)[0]?.[0] as TensorColumn;

it("keeps rows, columns and channels in their order", () => {
  const made = run({ scale: "none", colour: "keep" }, pictures([1, 2, 3], 1, 2, 3, 4, 5, 6));
  expect([made.shape, [...made.values]]).toEqual([
    [1, 2, 3],
    [1, 2, 3, 4, 5, 6],
  ]);
});

it("scales to 0 to 1 and to -1 to 1", () => {
  const column = pictures([1, 3, 1], 0, 51, 255);
  expect([...run({ scale: "zero_one", colour: "keep" }, column).values]).toEqual([0, Math.fround(0.2), 1]);
  expect([...run({ scale: "minus_one_one", colour: "keep" }, column).values]).toEqual([-1, Math.fround(-0.6), 1]);
});

it("makes grey of colour by the eye's weights, and leaves grey as it is", () => {
  const made = run({ scale: "none", colour: "grey" }, pictures([1, 2, 3], 255, 0, 0, 10, 20, 30));
  expect([made.shape, [...made.values]]).toEqual([
    [1, 2, 1],
    [76, 18],
  ]);
  expect([...run({ scale: "none", colour: "grey" }, pictures([1, 1, 1], 7)).values]).toEqual([7]);
});
