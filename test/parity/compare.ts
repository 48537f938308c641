/** One design on both sides: the losses of every engine of ours against PyTorch's in float64, and what to make of a difference. */
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { createReferenceBackend } from "../../core/kernels/reference/backend.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { type ParityDesign, runOfDesign } from "./design.ts";
import type { PythonTrainer } from "./python.ts";
import { trainHere } from "./run.ts";
import { NotSaid } from "./translation.ts";

/** Of losses, in their own units up to 1 and relative to them above. */
export const TOLERANCE = 1e-4;
/** Float64 on both sides has nothing to round: what is further apart is another formula. */
export const FLOAT64_TOLERANCE = 1e-6;

export const engines: Readonly<Record<string, KernelBackend>> = {
  "reference float64": createReferenceBackend("float64"),
  "wasm reproducible": createWasmBackend({ arithmetic: "reproducible", threads: 1 }),
  "wasm fast": createWasmBackend({ arithmetic: "fast", threads: 1 }),
};

export type Verdict = "equal" | "drift" | "different" | "refused" | "not finite" | "not said";

export interface Comparison {
  readonly verdict: Verdict;
  /** By engine, and PyTorch's own float32. */
  readonly differences: Readonly<Record<string, number>>;
  readonly reason: string;
  readonly expected: readonly number[];
}

export function differenceOf(losses: readonly number[], expected: readonly number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs((losses[i] ?? Number.NaN) - value) / Math.max(1, Math.abs(value))));
}

const messageOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
const nothing = (verdict: Verdict, reason: string): Comparison => ({ verdict, reason, differences: {}, expected: [] });

export async function compare(design: ParityDesign, python: PythonTrainer): Promise<Comparison> {
  const run = (() => {
    try {
      return runOfDesign(design);
    } catch (error) {
      return nothing("refused", messageOf(error));
    }
  })();
  if ("verdict" in run) return run;
  let theirs: { readonly float64: readonly number[]; readonly float32: readonly number[] };
  try {
    theirs = await python.train(run, false);
  } catch (error) {
    return error instanceof NotSaid ? nothing("not said", error.message) : nothing("different", `PyTorch: ${messageOf(error)}`);
  }
  const expected = theirs.float64;
  if (!expected.every(Number.isFinite)) return { ...nothing("not finite", "PyTorch's losses are not finite"), expected };
  const differences: Record<string, number> = { "PyTorch float32": differenceOf(theirs.float32, expected) };
  for (const [name, backend] of Object.entries(engines)) {
    try {
      differences[name] = differenceOf(trainHere(run, backend).losses, expected);
    } catch (error) {
      return { verdict: "different", differences, reason: `${name}: ${messageOf(error)}`, expected };
    }
  }
  const { "reference float64": exact = Number.NaN } = differences;
  const worst = Math.max(...Object.values(differences).map((value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value)));
  if (!(exact <= FLOAT64_TOLERANCE))
    return { verdict: "different", differences, reason: `float64 is ${exact.toExponential(1)} away`, expected };
  // Equal in float64, apart in float32: rounding that a kink or a division by a small number made large.
  return { verdict: worst <= TOLERANCE ? "equal" : "drift", differences, reason: "", expected };
}
