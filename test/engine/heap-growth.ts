/**
 * Run by heap.test.ts in a process of its own with --expose-gc: 10,000 steps of a network through Network.trainStep, and how much
 * JavaScript memory they leave behind and go through. Argument: the place of a backend in backends.ts, for a small network with
 * batches of two sizes, or the name of a workload of test/bench/engine/networks.ts.
 */
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { stepperOf, workloadNamed, workloadNames } from "../bench/engine/networks.ts";
import { backends } from "./backends.ts";
import { moonsRun } from "./moons-run.ts";

const STEPS = 10_000;
/** Compilers and caches settle in these. */
const WARM_UP = 1_000;
/** Of a workload's rows in a step, so many: JavaScript does the same for each step however many rows its kernels go through. */
const ROWS_A_STEP = 4;

const collect = (globalThis as { gc?: () => void }).gc;
const [argument = ""] = process.argv.slice(2);

/** One training step after the other: every batch size in turn, the short one at the end of an epoch too. */
function stepOf(): () => void {
  if (workloadNames().includes(argument))
    return stepperOf({ ...workloadNamed(argument), batch: ROWS_A_STEP }, createWasmBackend({ arithmetic: "fast", threads: 1 })).step;
  const backend = backends[Number(argument)];
  if (backend === undefined) throw new Error("usage: node --expose-gc heap-growth.ts BACKEND|WORKLOAD");
  const { design, network } = moonsRun(backend);
  const { training } = design.prepared;
  const order = network.shuffledOrder(training.rowCount, 1);
  const { batchSize } = network;
  let [from, step] = [0, 0];
  return () => {
    network.trainStep(training, order, from, step++, 0.001, null);
    from = from + batchSize >= training.rowCount ? 0 : from + batchSize;
  };
}

if (collect === undefined) throw new Error("usage: node --expose-gc heap-growth.ts BACKEND|WORKLOAD");
const step = stepOf();
function steps(count: number): void {
  for (let i = 0; i < count; i++) step();
}

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
