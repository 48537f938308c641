/** The engine as the benchmarks run it: fast arithmetic, with the wide vectors this machine has. */
import { createWasmBackend, type WasmBackend } from "../../../core/kernels/wasm/backend.ts";
import { spawnHelper } from "../../kernels/spawn-helper.ts";
import { wide } from "./wide.ts";

export const OUR_THREADS = 2;

export const openOurs = (threads: number): WasmBackend =>
  createWasmBackend(threads === 1 ? { arithmetic: "fast", threads, wide } : { arithmetic: "fast", threads, spawn: spawnHelper, wide });
