/** Opens the backend that trains and predicts: WebAssembly with SIMD. There is no quiet second choice. */
import { createWasmBackend, type WasmBackend } from "../../core/kernels/wasm/backend.ts";
import type { SpawnHelper } from "../../core/kernels/wasm/threads/protocol.ts";
import type { WideVectors } from "../../core/kernels/wasm/wide-vectors.ts";

type Arithmetic = "fast" | "reproducible";

/** One thread: to predict, and to train where the machine has no core to spare. */
export function openBackend(arithmetic: Arithmetic): WasmBackend {
  return createWasmBackend({ arithmetic, threads: 1 });
}

export interface ThreadedBackend {
  readonly arithmetic: Arithmetic;
  readonly threads: number;
  /** Starts a helper thread. */
  readonly spawn: SpawnHelper;
  /** What findWideVectors found. */
  readonly wide: WideVectors | undefined;
}

/** Neither threads nor wide vectors change a bit of what is computed. */
export function openThreadedBackend({ arithmetic, threads, spawn, wide }: ThreadedBackend): WasmBackend {
  return createWasmBackend(threads === 1 ? { arithmetic, threads, wide } : { arithmetic, threads, spawn, wide });
}
