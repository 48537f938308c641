import { expect, it } from "vitest";
import { formatSeconds } from "./format.ts";

it.each([
  [0.314, "0.31 s"],
  [9.96, "10.0 s"],
  [59.4, "59 s"],
  [59.6, "1 min 0 s"],
  [119.6, "2 min 0 s"],
  [3599.7, "1 h 0 min"],
  [3720, "1 h 2 min"],
])("%d seconds are written as %s", (seconds, written) => {
  expect(formatSeconds(seconds)).toBe(written);
});
