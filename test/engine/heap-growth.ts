/**
 * Run by heap.test.ts in a process of its own with --expose-gc: 10,000 steps of a small network through Network.trainStep,
 * and how much JavaScript memory they leave behind and go through. Argument: the place of the backend in backends.ts.
 */
import { backends } from "./backends.ts";
import { moonsRun } from "./moons-run.ts";

const STEPS = 10_000;
/** Compilers and caches settle in these. */
const WARM_UP = 3_000;

const collect = (globalThis as { gc?: () => void }).gc;
const backend = backends[Number(process.argv[2])];
if (collect === undefined || backend === undefined) throw new Error("usage: node --expose-gc heap-growth.ts BACKEND");

const { design, network } = moonsRun(backend);
const { training } = design.prepared;
const order = network.shuffledOrder(training.rowCount, 1);
const { batchSize } = network;

/** Every batch size in turn, the short one at the end of an epoch too. */
function steps(count: number): void {
  let from = 0;
  for (let step = 0; step < count; step++) {
    network.trainStep(training, order, from, step, 0.001, null);
    from = from + batchSize >= training.rowCount ? 0 : from + batchSize;
  }
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
