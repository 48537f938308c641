/** The backends that the engine's tests run on: the float64 oracle, and everything that trains in earnest. */
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { createReferenceBackend } from "../../core/kernels/reference/backend.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";

export const oracle: KernelBackend = createReferenceBackend("float64");

export const backends: readonly KernelBackend[] = [
  createReferenceBackend("float32"),
  createWasmBackend({ arithmetic: "fast", threads: 1 }),
  createWasmBackend({ arithmetic: "reproducible", threads: 1 }),
];

export const nameOf = ({ name, arithmetic, precision }: KernelBackend): string => `${name}, ${arithmetic}, ${precision}`;

/** float32 against PyTorch in float64 (architecture.md, "Tolerances"): a rounding of 6e-8, summed over few terms. */
export const FLOAT32_TOLERANCE = 1e-5;
/** float64 against PyTorch in float64, which takes the 1/6 of hardsigmoid's gradient in float32 even there. */
export const FLOAT64_TOLERANCE = 1e-7;

export const toleranceOf = ({ precision }: KernelBackend): number => (precision === "float64" ? FLOAT64_TOLERANCE : FLOAT32_TOLERANCE);

/** What golden values are compared with: every backend, the oracle too. */
export const everyBackend = [oracle, ...backends].map((backend) => ({ backend, name: nameOf(backend), tolerance: toleranceOf(backend) }));
