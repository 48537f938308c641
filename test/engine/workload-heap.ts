/**
 * Run by workload-heap.test.ts in a process of its own with --expose-gc: 10,000 steps of a workload (in small batches, to be quick) through Network.trainStep, and how much
 * JavaScript memory they leave behind and go through. Argument: the name of the workload.
 */
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { stepperOf, workloadNamed } from "../bench/engine/networks.ts";

const STEPS = 10_000;
/** Compilers and caches settle in these. */
const WARM_UP = 1_000;

const collect = (globalThis as { gc?: () => void }).gc;
const name = process.argv[2] ?? "";
if (collect === undefined) throw new Error("usage: node --expose-gc workload-heap.ts WORKLOAD");
const { step } = stepperOf({ ...workloadNamed(name), batch: 4, batches: 4 }, createWasmBackend({ arithmetic: "fast", threads: 1 }));
const steps = (count: number): void => {
  for (let i = 0; i < count; i++) step();
};

steps(WARM_UP);
collect();
collect();
const before = process.memoryUsage().heapUsed;
steps(STEPS);
const full = process.memoryUsage().heapUsed;
collect();
collect();
const after = process.memoryUsage().heapUsed;
process.stdout.write(`${JSON.stringify({ steps: STEPS, kept: after - before, gone_through: full - before })}\n`);
