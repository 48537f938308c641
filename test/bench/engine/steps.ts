/**
 * Milliseconds a training step, beside PyTorch where NEUROLOOM_PYTHON names a Python that has it: `node
 * test/bench/engine/steps.ts [--only W1,W2] [--rounds 5] [--seconds 1] [--threads 1] [--torch-threads 1] [--arithmetic fast]`. Both take
 * turns in every round; the medians of the rounds and their spread are shown. Under 25 % is no difference on a shared machine.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createWasmBackend, type WasmBackend } from "../../../core/kernels/wasm/backend.ts";
import { spawnHelper } from "../../kernels/spawn-helper.ts";
import { makeStepper, workloads } from "./networks.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: Object.keys(workloads).join() },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "1" },
    "torch-threads": { type: "string", default: "1" },
    arithmetic: { type: "string", default: "fast" },
    threads: { type: "string", default: "1" },
  },
});
const seconds = Number(values.seconds);
const WARM_STEPS = 20;

interface Torch {
  readonly version: string;
  measure(name: string): Promise<number>;
  close(): void;
}

async function openTorch(python: string): Promise<Torch> {
  const script = fileURLToPath(new URL("./torch_steps.py", import.meta.url));
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(python, [script, values["torch-threads"]], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error("PyTorch ended early");
    return value;
  };
  return {
    version: await answer(),
    measure: (name) => {
      child.stdin.write(`${name} ${seconds}\n`);
      return answer().then(Number);
    },
    close: () => child.stdin.end(),
  };
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

function measureOurs(step: () => number): number {
  const times: number[] = [];
  const start = performance.now();
  while (performance.now() - start < seconds * 1000 || times.length < 3) {
    const before = performance.now();
    step();
    times.push(performance.now() - before);
  }
  return median(times);
}

const python = process.env["NEUROLOOM_PYTHON"];
const torch = python === undefined ? undefined : await openTorch(python);
const arithmetic = values.arithmetic === "reproducible" ? "reproducible" : "fast";
const threads = Number(values.threads);
const openBackend = (): WasmBackend =>
  createWasmBackend(threads === 1 ? { arithmetic, threads: 1 } : { arithmetic, threads, spawn: spawnHelper });
const runs = values.only.split(",").map((name) => {
  const start = performance.now();
  const { step, network } = makeStepper(name, openBackend());
  const made = performance.now() - start;
  for (let i = 0; i < WARM_STEPS; i++) step();
  return { name, step, network, made, ours: [] as number[], theirs: [] as number[] };
});
for (let round = 0; round < Number(values.rounds); round++)
  for (const run of runs) {
    run.ours.push(measureOurs(run.step));
    if (torch !== undefined) run.theirs.push(await torch.measure(run.name));
  }
torch?.close();

const show = (times: readonly number[]): string =>
  `${median(times).toFixed(3).padStart(9)} ms  (${Math.min(...times).toFixed(3)} to ${Math.max(...times).toFixed(3)})`;
console.log(
  torch === undefined ? "PyTorch: NEUROLOOM_PYTHON is not set" : `PyTorch ${torch.version}, ${values["torch-threads"]} thread(s)`,
);
for (const { name, ours, theirs, made } of runs)
  console.log(
    `${name.padEnd(5)} ours ${show(ours)}${theirs.length === 0 ? "" : `  torch ${show(theirs)}  ratio ${(median(ours) / median(theirs)).toFixed(2)}`}  made in ${made.toFixed(0)} ms`,
  );
