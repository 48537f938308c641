/**
 * Our side of the workloads as processes beside the other libraries', one for each network and number of threads: `our-steps.ts W1 2
 * [--narrow]`. So it is in the app, where every run trains in a thread of its own whose JavaScript V8 has compiled for that run alone.
 * Answers as a peer does (test/bench/peer.ts).
 */
import { createInterface } from "node:readline";
import { makeStepper } from "./networks.ts";
import { openOurs } from "./our-backend.ts";
import { trainedSteps } from "./public-steps.ts";
import { stepMs } from "./step-time.ts";

const WARM_STEPS = 20;
const WARM_MS = 3000;

/** The network people play with is timed as `train` runs it, with its reports and figures; the others step by step. */
const BY_TRAIN = new Set(["W7"]);

function warm(step: () => number): void {
  const start = performance.now();
  for (let i = 0; i < WARM_STEPS && performance.now() - start < WARM_MS; i++) step();
}

const [name = "", threads = ""] = process.argv.slice(2);
const backend = openOurs(Number(threads));
console.log(backend.vectorBits ?? 128);
const timed = BY_TRAIN.has(name) ? (seconds: number) => trainedSteps(name, backend, seconds) : stepByStep();
for await (const line of createInterface({ input: process.stdin })) {
  const seconds = Number(line.split(" ")[1]);
  if (!(seconds > 0)) throw new Error(`expected NAME SECONDS THREADS, received ${line}`);
  console.log(timed(seconds));
}
backend.close();

function stepByStep(): (seconds: number) => number {
  const { step } = makeStepper(name, backend);
  warm(step);
  return (seconds) => stepMs(step, seconds);
}
