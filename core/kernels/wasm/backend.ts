/**
 * The WebAssembly backend: runs planned programs with SIMD kernels that are generated for the shapes of the plan. It
 * computes what the reference backend computes, within rounding; test/kernels holds it to that, op by op.
 */

import type { Plan } from "../../ir/plan.ts";
import type { Arena, KernelBackend } from "../backend.ts";
import { arenaBytes, WasmArena } from "./arena.ts";
import { WasmExecutable } from "./executable.ts";
import { requireFeatures } from "./features.ts";
import type { SpawnHelper } from "./threads/protocol.ts";
import { ThreadTeam } from "./threads/team.ts";
import type { WideVectors } from "./wide-vectors.ts";

export type WasmBackendOptions = {
  /** `fast` fuses products into sums; `reproducible` rounds each, for the same bits on every machine. */
  readonly arithmetic: "fast" | "reproducible";
  /** Absent where vectors stay 128 bits wide. The bits do not depend on it. */
  readonly wide?: WideVectors | undefined;
} & (
  | { readonly threads: 1 }
  /** Threads in all, and how to start them. The bits do not depend on their number. */
  | { readonly threads: number; readonly spawn: SpawnHelper; readonly worthSharing?: number }
);

export interface WasmBackend extends KernelBackend {
  readonly name: "wasm";
  compile(plan: Plan, index: number, arena: Arena): WasmExecutable;
  /** Ends the helper threads. */
  close(): void;
}

/** In numbers touched, of which a core takes some 5,000 in a microsecond: two barriers cost about one. */
const WORTH_SHARING = 20_000;

/** @throws AppError engine.simd_missing where WebAssembly lacks what the arithmetic or the threads need */
export function createWasmBackend(options: WasmBackendOptions): WasmBackend {
  const { arithmetic, threads, wide } = options;
  requireFeatures(arithmetic, threads);
  const worthSharing = "worthSharing" in options ? (options.worthSharing ?? WORTH_SHARING) : WORTH_SHARING;
  const team = threads > 1 && "spawn" in options ? new ThreadTeam(threads, options.spawn) : undefined;
  return {
    name: "wasm",
    precision: "float32",
    arithmetic,
    threads,
    vectorBits: wide === undefined ? 128 : 256,
    bytesFor: (elementCount) => arenaBytes(elementCount, threads),
    allocate: (elementCount, shared = false) => new WasmArena(elementCount, threads, shared),
    compile(plan, index, arena) {
      if (!(arena instanceof WasmArena)) throw new Error("a wasm program runs over an arena that the wasm backend allocated");
      return new WasmExecutable(plan, index, arena, { fused: arithmetic === "fast", wide, team, worthSharing });
    },
    close: () => team?.close(),
  };
}
