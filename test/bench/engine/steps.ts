/**
 * Milliseconds a training step, beside PyTorch where there is a Python that has it: `node
 * test/bench/engine/steps.ts [--only W1,W2] [--rounds 5] [--seconds 1] [--threads 1] [--torch-threads 1] [--arithmetic fast]`. Both take
 * turns in every round (NEUROLOOM_VECTOR_BITS=128 leaves V8's revectorizer off); the medians of the rounds and their spread are shown. Under 25 % is no difference on a shared machine.
 */
import { parseArgs } from "node:util";
import { createWasmBackend, type WasmBackend } from "../../../core/kernels/wasm/backend.ts";
import { spawnHelper } from "../../kernels/spawn-helper.ts";
import { NO_TORCH, openTorch } from "../torch.ts";
import { makeStepper, workloadNames } from "./networks.ts";
import { stepMs } from "./step-time.ts";
import { wide } from "./wide.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: workloadNames().join() },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "1" },
    "torch-threads": { type: "string", default: "1" },
    arithmetic: { type: "string", default: "fast" },
    threads: { type: "string", default: "1" },
  },
});
const seconds = Number(values.seconds);
const WARM_STEPS = 20;

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

const torch = await openTorch();
const torchThreads = Number(values["torch-threads"]);
const arithmetic = values.arithmetic === "reproducible" ? "reproducible" : "fast";
const threads = Number(values.threads);
const openBackend = (): WasmBackend =>
  createWasmBackend(threads === 1 ? { arithmetic, threads: 1, wide } : { arithmetic, threads, spawn: spawnHelper, wide });
const runs = values.only.split(",").map((name) => {
  const start = performance.now();
  const { step, network } = makeStepper(name, openBackend());
  const made = performance.now() - start;
  for (let i = 0; i < WARM_STEPS; i++) step();
  return { name, step, network, made, ours: [] as number[], theirs: [] as number[] };
});
for (let round = 0; round < Number(values.rounds); round++)
  for (const run of runs) {
    run.ours.push(stepMs(run.step, seconds));
    const theirs = torch === null ? null : await torch.stepMs(run.name, seconds, torchThreads);
    if (theirs !== null) run.theirs.push(theirs);
  }
torch?.[Symbol.dispose]();

const show = (times: readonly number[]): string =>
  `${median(times).toFixed(3).padStart(9)} ms  (${Math.min(...times).toFixed(3)} to ${Math.max(...times).toFixed(3)})`;
console.log(torch === null ? NO_TORCH : `PyTorch ${torch.version}, ${values["torch-threads"]} thread(s)`);
for (const { name, ours, theirs, made } of runs)
  console.log(
    `${name.padEnd(5)} ours ${show(ours)}${theirs.length === 0 ? "" : `  torch ${show(theirs)}  ratio ${(median(ours) / median(theirs)).toFixed(2)}`}  made in ${made.toFixed(0)} ms`,
  );
