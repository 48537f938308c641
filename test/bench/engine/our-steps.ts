/**
 * Our side of the workloads as a process beside the other libraries', one network a process: `our-steps.ts W1 [--narrow]`. So it is in
 * the app, where every run trains in a thread of its own whose JavaScript V8 has compiled for that run alone. Says what was found at
 * the opening in a line of JSON, then answers as a peer does (test/bench/peer.ts).
 */
import { createInterface } from "node:readline";
import type { WasmBackend } from "../../../core/kernels/wasm/backend.ts";
import { median } from "../measurement.ts";
import { makeStepper } from "./networks.ts";
import { OUR_THREADS, openOurs } from "./our-backend.ts";
import { trainedSteps } from "./public-steps.ts";

export interface OurOpening {
  /** Building, planning, writing and compiling the programs of full batch and evaluation, once, after another network. */
  readonly compileMs: number;
  /** The same for two threads, which have a function each: after it, so that JavaScript is warm. */
  readonly compileSharedMs: number;
  readonly vectorBits: number;
}

const WARM_STEPS = 20;
const WARM_MS = 3000;

/** The network people play with is timed as `train` runs it, with its reports and figures; the others step by step. */
const BY_TRAIN = new Set(["W7"]);

function warm(step: () => number): void {
  const start = performance.now();
  for (let i = 0; i < WARM_STEPS && performance.now() - start < WARM_MS; i++) step();
}

function stepMs(step: () => number, seconds: number): number {
  const times: number[] = [];
  const start = performance.now();
  while (performance.now() - start < seconds * 1000 || times.length < 3) {
    const before = performance.now();
    step();
    times.push(performance.now() - before);
  }
  return median(times);
}

const name = process.argv[2] ?? "";
makeStepper("W7", openOurs(1)).step();
const backends: Readonly<Record<number, WasmBackend>> = { 1: openOurs(1), [OUR_THREADS]: openOurs(OUR_THREADS) };
const openedWith = (threads: number): WasmBackend => {
  const backend = backends[threads];
  if (backend === undefined) throw new Error(`ours was opened with 1 and ${OUR_THREADS} threads, not ${threads}`);
  return backend;
};
const first = makeStepper(name, openedWith(1));
const second = makeStepper(name, openedWith(OUR_THREADS));
for (const { step } of [first, second]) warm(step);
const opening: OurOpening = {
  compileMs: first.compileMs,
  compileSharedMs: second.compileMs,
  vectorBits: openedWith(1).vectorBits ?? 128,
};
console.log(JSON.stringify(opening));

for await (const line of createInterface({ input: process.stdin })) {
  const [, seconds, threads] = line.split(" ").map(Number);
  if (seconds === undefined || threads === undefined) throw new Error(`expected NAME SECONDS THREADS, received ${line}`);
  const backend = openedWith(threads);
  const { step } = threads === 1 ? first : second;
  console.log(BY_TRAIN.has(name) ? trainedSteps(name, backend, seconds) : stepMs(step, seconds));
}
for (const backend of Object.values(backends)) backend.close();
