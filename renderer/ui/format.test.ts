import { expect, it } from "vitest";
import { columnFormat, formatSeconds } from "./format.ts";

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

it.each([
  [
    [0.44, -0.522, 0.0263],
    ["0.440", "-0.522", "0.026"],
  ],
  [
    [9.52e-5, 0.00145, 0],
    ["0.00010", "0.00145", "0.00000"],
  ],
  [
    [12.5, 3],
    ["12.5", "3.0"],
  ],
  [
    [1234, -7.2],
    ["1,234", "-7"],
  ],
  [
    [-0.0001, 5],
    ["0.00", "5.00"],
  ],
  [
    [1e-9, 2e-9],
    ["1.00e-9", "2.00e-9"],
  ],
])("the figures of a column have the same decimals: %j are %j", (values, written) => {
  expect(values.map(columnFormat(values))).toEqual(written);
});
