import { expect, test } from "vitest";
import { toRgba } from "./picture-store.ts";

test("grey becomes three equal colours, colour stays, and nothing is transparent", () => {
  expect([...toRgba(Uint8Array.of(7, 200), 1)]).toEqual([7, 7, 7, 255, 200, 200, 200, 255]);
  expect([...toRgba(Uint8Array.of(1, 2, 3), 3)]).toEqual([1, 2, 3, 255]);
});
