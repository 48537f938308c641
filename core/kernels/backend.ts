/**
 * KernelBackend: what runs a planned program. Two implementations: reference/ (plain loops, float64 or float32, the
 * oracle) and wasm/ (SIMD kernels generated for the shapes of the plan). Both must give, op by op, the same numbers
 * within rounding; the conformance suite in test/kernels holds them to it.
 */
import type { Plan } from "../ir/plan.ts";

/** The one block of memory in which all tensors of a plan lie. Offsets in a plan count elements of it. */
export interface Arena {
  readonly elements: Float32Array | Float64Array;
}

export interface RunContext {
  /** Optimizer step, from 0: selects the random numbers of dropout and the bias correction of Adam. */
  readonly step: number;
  /** Elements by which the batch (Program.brought) lies behind its place in the plan; 0 where it is left out. */
  readonly broughtShift?: number;
}

/** One compiled program of a plan. */
export interface Executable {
  /** Whether a run may be given a `broughtShift`. */
  readonly takesShift: boolean;
  /**
   * Runs instructions [from, to) in order; all of them when left out.
   * @param goesOn the rest follows at once: what a run has to clear up behind it is left to the last
   */
  run(context: RunContext, from?: number, to?: number, goesOn?: boolean): void;
}

export interface KernelBackend {
  readonly name: "reference" | "wasm";
  /** float64 for checks, float32 to run. */
  readonly precision: "float32" | "float64";
  /** Whether products are fused into sums (fast) or rounded first (reproducible, the same bits on every machine). */
  readonly arithmetic: "fast" | "reproducible";
  readonly threads: number;
  /** Width of the vectors that it computes with; null for plain loops. */
  readonly vectorBits: 128 | 256 | null;
  /** Bytes that `allocate` takes, known without taking them: the tensors, and what the backend needs beside them. */
  bytesFor(elementCount: number): number;
  /**
   * @param shared with threads of the caller's own, where the backend can; its own threads see it anyway
   * @throws AppError engine.out_of_memory
   */
  allocate(elementCount: number, shared?: boolean): Arena;
  /** Compiles program `index` of the plan over the arena. */
  compile(plan: Plan, index: number, arena: Arena): Executable;
}
