/** Opens the backend that trains and predicts: WebAssembly with SIMD. There is no quiet second choice. */
import { createWasmBackend, type WasmBackend } from "../../core/kernels/wasm/backend.ts";
import type { SpawnHelper } from "../../core/kernels/wasm/threads/protocol.ts";

/** One thread: to predict, and to train where the machine has no core to spare. */
export function openBackend(arithmetic: "fast" | "reproducible"): WasmBackend {
  return createWasmBackend({ arithmetic, threads: 1 });
}

/** Several threads give the same bits as one. @param spawn starts a helper thread */
export function openThreadedBackend(arithmetic: "fast" | "reproducible", threads: number, spawn: SpawnHelper): WasmBackend {
  return threads === 1 ? openBackend(arithmetic) : createWasmBackend({ arithmetic, threads, spawn });
}
