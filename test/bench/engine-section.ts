/**
 * The engine: milliseconds a training step of the networks of engine/networks.ts, and seconds an epoch of the hotel job by the
 * command line. PyTorch takes its turn in every round where NEUROLOOM_PYTHON names a Python that has it.
 */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { REPOSITORY, runNode } from "../run/command.ts";
import { makeStepper, workloads } from "./engine/networks.ts";
import { temporaryHome } from "./loopback-app.ts";
import { type Measurement, measured, median, type Options, type Section } from "./measurement.ts";
import { NO_TORCH, openTorch, type Torch } from "./torch.ts";

const SECONDS_A_TURN = 1;
const WARM_STEPS = 20;
const HOTEL = join(REPOSITORY, "../shared/data/hotel/hotel.csv.gz");
/** 89,542 rows to train on in batches of 512: what PyTorch's step of the same network (W2) is multiplied by. */
const HOTEL_STEPS = 175;
const HOTEL_EPOCHS = 4;

export const engineSection: Section = {
  name: "engine",
  title: "Engine",
  about:
    "Steps: one thread on both sides, in turns, the networks of test/bench/engine/networks.ts: W1 784-128-64-10 batch 64, W2 the hotel network (batch normalization, dropout) batch 512, W2d0 the same without dropout, W7 2-8-8-1 batch 10, W8 1024-2048-2048-1000 batch 256. Epoch: `neuroloom train` on the 119,390 rows of the hotel file, validation and metrics included, import and preparation not; PyTorch's is 175 of its steps, without validation.",
  measure: async (options) => {
    const missing: string[] = [];
    using torch = await openTorch(1);
    if (torch === null) missing.push(NO_TORCH);
    const measurements = await steps(options, torch);
    if (existsSync(HOTEL)) measurements.push(...(await hotelEpochs(options, torch)));
    else missing.push("the hotel epoch: shared/data/hotel/hotel.csv.gz is not beside the repository.");
    return { measurements, missing };
  },
};

async function steps({ rounds, say }: Options, torch: Torch | null): Promise<Measurement[]> {
  const runs = Object.keys(workloads).map((name) => {
    const { step } = makeStepper(name, createWasmBackend({ arithmetic: "fast", threads: 1 }));
    for (let i = 0; i < WARM_STEPS; i++) step();
    return { name, step, ours: [] as number[], theirs: [] as number[] };
  });
  for (let round = 1; round <= rounds; round++) {
    say(`engine: round ${round} of ${rounds}`);
    for (const { name, step, ours, theirs } of runs) {
      ours.push(stepMs(step));
      if (torch !== null) theirs.push(await torch.stepMs(name, SECONDS_A_TURN));
    }
  }
  return runs.flatMap(({ name, ours, theirs }) => [
    measured(`step ${name}`, "ms", ours),
    ...(torch === null ? [] : [measured(`step ${name}, PyTorch ${torch.version}`, "ms", theirs)]),
  ]);
}

function stepMs(step: () => number): number {
  const times: number[] = [];
  const start = performance.now();
  while (performance.now() - start < SECONDS_A_TURN * 1000 || times.length < 3) {
    const before = performance.now();
    step();
    times.push(performance.now() - before);
  }
  return median(times);
}

/** With every core, as it is used; and beside PyTorch on one thread each, since threads that wait for busy cores tell nothing. */
async function hotelEpochs({ rounds, say }: Options, torch: Torch | null): Promise<Measurement[]> {
  const cores = availableParallelism();
  const [all, one, theirs]: [number[], number[], number[]] = [[], [], []];
  for (let round = 1; round <= rounds; round++) {
    say(`engine: hotel, round ${round} of ${rounds}`);
    all.push(await hotelEpochSeconds(round, cores));
    if (cores > 1) one.push(await hotelEpochSeconds(round, 1));
    if (torch !== null) theirs.push(((await torch.stepMs("W2", 2)) * HOTEL_STEPS) / 1000);
  }
  return [
    measured(`hotel epoch, ${cores} threads`, "s", all, "at most 3 s"),
    ...(cores > 1 ? [measured("hotel epoch, 1 thread", "s", one)] : []),
    ...(torch === null ? [] : [measured(`hotel epoch, PyTorch ${torch.version}, 1 thread`, "s", theirs)]),
  ];
}

/** Mean of the epochs after the first, in which WebAssembly is still being compiled. */
async function hotelEpochSeconds(seed: number, threads: number): Promise<number> {
  using home = temporaryHome();
  const args = ["--data", HOTEL, "--epochs", String(HOTEL_EPOCHS), "--seed", String(seed), "--threads", String(threads), "--json"];
  const { status, output } = await runNode(["main/cli/main.ts", "train", "resources/templates/hotel-cancellations.json", ...args], {
    environment: { NEUROLOOM_HOME: home.path },
  });
  const ends = output
    .split("\n")
    .filter((line) => line.startsWith('{"event":"epoch"'))
    .map((line) => (JSON.parse(line) as { seconds: number }).seconds);
  const [first, last] = [ends[0], ends.at(-1)];
  if (status !== 0 || first === undefined || last === undefined || ends.length < 2) throw new Error(`the hotel job failed: ${output}`);
  return (last - first) / (ends.length - 1);
}
