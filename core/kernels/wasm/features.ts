/** What the engine's modules need of WebAssembly, found out by validating a module of a few bytes for each. */
import { AppError } from "../../errors.ts";

const HEAD = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** A module with one function () → v128 of the given body, and a memory where the body uses one. */
function moduleWith(body: readonly number[], sharedMemory = false): Uint8Array<ArrayBuffer> {
  const memory = sharedMemory ? [5, 4, 1, 3, 1, 1] : [];
  return new Uint8Array([
    ...HEAD,
    1,
    5,
    1,
    0x60,
    0,
    1,
    0x7b,
    3,
    2,
    1,
    0,
    ...memory,
    10,
    body.length + 4,
    1,
    body.length + 2,
    0,
    ...body,
    0x0b,
  ]);
}

const ZERO = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];

export interface Features {
  readonly simd: boolean;
  /** Fused multiply–add: Node 21, Chromium 114, Firefox 145. */
  readonly relaxedSimd: boolean;
  readonly sharedMemory: boolean;
}

export function detectFeatures(): Features {
  return {
    simd: WebAssembly.validate(moduleWith(ZERO)),
    relaxedSimd: WebAssembly.validate(moduleWith([...ZERO, ...ZERO, ...ZERO, 0xfd, 0x85, 0x02])),
    sharedMemory: WebAssembly.validate(moduleWith(ZERO, true)),
  };
}

/**
 * @param features what this machine has; given by tests
 * @throws AppError engine.simd_missing, naming what is needed and not there
 */
export function requireFeatures(arithmetic: "fast" | "reproducible", threads: number, features: Features = detectFeatures()): void {
  const missing: string[] = [];
  if (!features.simd) missing.push("SIMD (128 bits)");
  if (arithmetic === "fast" && !features.relaxedSimd) missing.push("relaxed SIMD");
  if (threads > 1 && !features.sharedMemory) missing.push("shared memory");
  if (missing.length > 0) throw new AppError("engine.simd_missing", { missing: missing.join(", ") });
}
