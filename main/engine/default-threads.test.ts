import { expect, it } from "vitest";
import { defaultThreads } from "./default-threads.ts";

it("takes every core up to four, and leaves one to a window", () => {
  expect([1, 2, 3, 4, 16].map((cores) => defaultThreads(false, cores))).toEqual([1, 2, 3, 4, 4]);
  expect([1, 2, 3, 4, 16].map((cores) => defaultThreads(true, cores))).toEqual([1, 1, 2, 3, 4]);
});
