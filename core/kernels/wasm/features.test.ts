import { describe, expect, it } from "vitest";
import { AppError } from "../../errors.ts";
import { detectFeatures, requireFeatures } from "./features.ts";

const all = { simd: true, relaxedSimd: true, sharedMemory: true };

function missing(check: () => void): unknown {
  try {
    check();
  } catch (error) {
    return error instanceof AppError ? [error.code, error.params["missing"]] : error;
  }
  return "nothing";
}

describe("what WebAssembly must have", () => {
  it("is all there in the Node that runs the tests", () => {
    expect(detectFeatures()).toEqual(all);
  });

  it("is named when it is not there", () => {
    expect(missing(() => requireFeatures("fast", 1, { ...all, simd: false, relaxedSimd: false }))).toEqual([
      "engine.simd_missing",
      "SIMD (128 bits), relaxed SIMD",
    ]);
    expect(missing(() => requireFeatures("reproducible", 2, { ...all, sharedMemory: false }))).toEqual([
      "engine.simd_missing",
      "shared memory",
    ]);
  });

  it("does not ask for relaxed SIMD where every product is rounded", () => {
    expect(missing(() => requireFeatures("reproducible", 1, { ...all, relaxedSimd: false }))).toBe("nothing");
  });
});
