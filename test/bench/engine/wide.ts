/** What the benchmarks tell the backend of wide vectors: this machine's finding, or nothing with NEUROLOOM_VECTOR_BITS=128 or --narrow. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WideVectors } from "../../../core/kernels/wasm/wide-vectors.ts";
import { findWideVectors } from "../../../main/engine/wide-vectors.ts";

export const narrow = process.env["NEUROLOOM_VECTOR_BITS"] === "128" || process.argv.includes("--narrow");

/** To be asked before any code is compiled: V8's flag holds for what comes after. */
export const wide: WideVectors | undefined = narrow ? undefined : findWideVectors(join(tmpdir(), "neuroloom-bench-wide-vectors.json"));
