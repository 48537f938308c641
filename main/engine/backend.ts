/** Opens the backend that trains and predicts: WebAssembly with SIMD. There is no quiet second choice. */
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";

export function openBackend(o: { readonly arithmetic: "fast" | "reproducible"; readonly threads: number }): KernelBackend {
  return createWasmBackend({ arithmetic: o.arithmetic, threads: 1 });
}
