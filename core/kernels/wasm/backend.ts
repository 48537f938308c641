/**
 * The WebAssembly backend: runs planned programs with SIMD kernels that are generated for the shapes of the plan. It
 * computes what the reference backend computes, within rounding; test/kernels holds it to that, op by op.
 */

import type { Plan } from "../../ir/plan.ts";
import type { Arena, KernelBackend } from "../backend.ts";
import { WasmArena } from "./arena.ts";
import { WasmExecutable } from "./executable.ts";
import { requireFeatures } from "./features.ts";

export interface WasmBackendOptions {
  /** `fast` fuses products into sums; `reproducible` rounds each, for the same bits on every machine. */
  readonly arithmetic: "fast" | "reproducible";
  readonly threads: 1;
}

export interface WasmBackend extends KernelBackend {
  readonly name: "wasm";
  compile(plan: Plan, index: number, arena: Arena): WasmExecutable;
}

/** @throws AppError engine.simd_missing where WebAssembly lacks what the arithmetic needs */
export function createWasmBackend({ arithmetic, threads }: WasmBackendOptions): WasmBackend {
  requireFeatures(arithmetic, threads);
  return {
    name: "wasm",
    precision: "float32",
    arithmetic,
    threads,
    allocate: (elementCount) => new WasmArena(elementCount, threads),
    compile(plan, index, arena) {
      if (!(arena instanceof WasmArena)) throw new Error("a wasm program runs over an arena that the wasm backend allocated");
      return new WasmExecutable(plan, index, arena, arithmetic === "fast");
    },
  };
}
