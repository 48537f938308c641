import { expect, test } from "vitest";
import { bytesSetting, numberSetting } from "./number-settings.ts";

test("a number setting holds within its bounds, and what is no number counts as not set", () => {
  expect(numberSetting({}, "runs_at_once")).toBe(1);
  expect(numberSetting({ runs_at_once: 3.9 }, "runs_at_once")).toBe(3);
  expect(numberSetting({ runs_at_once: 100 }, "runs_at_once")).toBe(16);
  expect(numberSetting({ runs_at_once: -2 }, "runs_at_once")).toBe(1);
  for (const wrong of ["4", null, Number.NaN, Number.POSITIVE_INFINITY])
    expect(numberSetting({ runs_at_once: wrong }, "runs_at_once")).toBe(1);
});

test("zero stays zero where it says none", () => {
  expect(numberSetting({ snapshot_count: 0 }, "snapshot_count")).toBe(0);
  expect(bytesSetting({ data_memory_mb: 0 }, "data_memory_mb")).toBe(0);
});

test("megabytes are given in bytes", () => {
  expect(bytesSetting({ memory_limit_mb: 3 }, "memory_limit_mb")).toBe(3 * 2 ** 20);
});
