/** Times a step of the workloads here, in PyTorch, in TensorFlow.js and in brain.js: everyone takes a turn in every round. */

import { createWasmBackend, type WasmBackend } from "../../../core/kernels/wasm/backend.ts";
import { spawnHelper } from "../../kernels/spawn-helper.ts";
import { median } from "../measurement.ts";
import type { Peer } from "../peer.ts";
import { makeStepper, type Workload, workloadNamed } from "./networks.ts";
import { trainedSteps } from "./public-steps.ts";
import { wide } from "./wide.ts";

export const CONTENDERS = ["ours", "ours_1t", "torch_2t", "torch_1t", "tfjs_wasm", "brainjs"] as const;
export type Contender = (typeof CONTENDERS)[number];

export interface WorkloadTimes {
  readonly name: string;
  readonly workload: Workload;
  /** Median milliseconds a step in each round; empty where a contender is absent. */
  readonly rounds: Readonly<Record<Contender, readonly number[]>>;
  /** Building, planning, writing and compiling the programs of full batch and evaluation, once, after another network. */
  readonly compileMs: number;
  /** The same for two threads, which have a function each: after it, so that JavaScript is warm. */
  readonly compileSharedMs: number;
}

export interface Peers {
  readonly torch: Peer | null;
  readonly tfjs: Peer | null;
  readonly brainjs: Peer | null;
}

const WARM_STEPS = 20;
const WARM_MS = 3000;
export const OUR_THREADS = 2;

/** The network people play with is timed as `train` runs it, with its reports and figures; the others step by step. */
const BY_TRAIN = new Set(["W7"]);

export const openOurs = (threads: number): WasmBackend =>
  createWasmBackend(threads === 1 ? { arithmetic: "fast", threads, wide } : { arithmetic: "fast", threads, spawn: spawnHelper, wide });

type Turn = (seconds: number) => Promise<number | null>;

export async function timeWorkloads(
  names: readonly string[],
  rounds: number,
  seconds: number,
  peers: Peers,
  say: (line: string) => void,
): Promise<WorkloadTimes[]> {
  const found: WorkloadTimes[] = [];
  makeStepper("W7", openOurs(1)).step();
  // One workload after the other: what another one leaves in the caches and in memory is not its own.
  for (const name of names) {
    const [two, one] = [openOurs(OUR_THREADS), openOurs(1)];
    const first = makeStepper(name, one);
    const { compileMs } = first;
    const second = makeStepper(name, two);
    for (const { step } of [first, second]) warm(step);
    const byTrain = BY_TRAIN.has(name);
    const ours =
      (step: () => number, backend: WasmBackend): Turn =>
      async (s) =>
        byTrain ? trainedSteps(name, backend, s) : stepMs(step, s);
    const peer =
      (which: Peer | null, threads: number): Turn =>
      async (s) =>
        which === null ? null : which.stepMs(name, s, threads);
    const turns: Readonly<Record<Contender, Turn>> = {
      ours: ours(second.step, two),
      torch_2t: peer(peers.torch, 2),
      ours_1t: ours(first.step, one),
      torch_1t: peer(peers.torch, 1),
      tfjs_wasm: peer(peers.tfjs, 1),
      brainjs: peer(peers.brainjs, 1),
    };
    const taken = Object.fromEntries(CONTENDERS.map((contender) => [contender, [] as number[]])) as Record<Contender, number[]>;
    for (let round = 1; round <= rounds; round++) {
      say(`engine: ${name}, round ${round} of ${rounds}`);
      for (const contender of Object.keys(turns) as Contender[]) {
        const ms = await turns[contender](seconds);
        if (ms !== null) taken[contender].push(ms);
      }
    }
    two.close();
    found.push({ name, workload: workloadNamed(name), rounds: taken, compileMs, compileSharedMs: second.compileMs });
  }
  return found;
}

function warm(step: () => number): void {
  const start = performance.now();
  for (let i = 0; i < WARM_STEPS && performance.now() - start < WARM_MS; i++) step();
}

export function stepMs(step: () => number, seconds: number): number {
  const times: number[] = [];
  const start = performance.now();
  while (performance.now() - start < seconds * 1000 || times.length < 3) {
    const before = performance.now();
    step();
    times.push(performance.now() - before);
  }
  return median(times);
}
