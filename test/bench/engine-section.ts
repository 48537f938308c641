/**
 * The engine: milliseconds a training step of the workloads of engine/networks.ts beside PyTorch, TensorFlow.js and brain.js, with what
 * was asked of it; and seconds an epoch of the hotel job by the command line beside PyTorch's.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY, runNode } from "../run/command.ts";
import { missingLayers, workloadNamed, workloads } from "./engine/networks.ts";
import { OUR_THREADS } from "./engine/our-backend.ts";
import { narrow } from "./engine/wide.ts";
import { type Peers, timeWorkloads, type WorkloadTimes } from "./engine/workload-times.ts";
import { HOTEL_GOAL } from "./engine-goals.ts";
import { compileTable, memoryTable, recordOf, timesTable } from "./engine-tables.ts";
import { openJavaScriptPeers } from "./javascript-peers.ts";
import { temporaryHome } from "./loopback-app.ts";
import { type Measurement, measured, median, type Options, type Section } from "./measurement.ts";
import type { Peer } from "./peer.ts";
import { NO_TORCH, openTorch } from "./torch.ts";

const SECONDS_A_TURN = 0.7;
const HOTEL = join(REPOSITORY, "../shared/data/hotel/hotel.csv.gz");
/** 89,542 rows to train on in batches of 512: what PyTorch's step of the same network (W2) is multiplied by. */
const HOTEL_STEPS = 175;
const HOTEL_EPOCHS = 4;

const ABOUT =
  "A training step (forward, backward, update; dropout where the workload has it) of the networks of test/bench/engine/networks.ts: medians of the rounds in milliseconds; in every round each contender takes its turn, in a process of its own. Ours in fast arithmetic with 2 threads and with 1; PyTorch as its users write the same network (test/bench/engine/torch_steps.py)";

export const engineSection: Section = {
  name: "engine",
  title: "Engine",
  about: `${ABOUT}; TensorFlow.js on its WebAssembly backend, and brain.js, one thread each. W7 is timed through \`openTraining\` of core/index.ts with its reports and figures.`,
  measure: async (options) => {
    const { say } = options;
    const { names, missing } = askedWorkloads(options);
    using torch = await openTorch();
    if (torch === null) missing.push(NO_TORCH);
    const { tfjs, brainjs, missing: noPeers } = await openJavaScriptPeers(say);
    using _tfjs = tfjs;
    using _brainjs = brainjs;
    missing.push(...noPeers);
    const measuredTimes = await timesOf(names, options, { torch, tfjs, brainjs });
    for (const [what, peer] of [
      ["TensorFlow.js", tfjs],
      ["brain.js", brainjs],
    ] as const)
      for (const [name, why] of peer?.refusals ?? []) missing.push(`${name} in ${what}: ${why}.`);
    const { found, times, workloads } = measuredTimes;
    return {
      measurements: options.workloads === undefined ? await hotelEpochs(options, torch, missing) : [],
      missing,
      tables: [times, compileTable(found), memoryTable(names)],
      workloads,
    };
  },
};

/** `--narrow`: as on a machine where V8 does not join vectors. Only PyTorch takes part: nothing is asked beside the others. */
export const narrowEngineSection: Section = {
  name: "engine",
  title: "Engine without the revectorizer",
  about: `${ABOUT}. V8's revectorizer is left off (\`npm run bench -- --narrow\`): vectors are 128 bits wide, as in a browser that lacks it.`,
  measure: async (options) => {
    const { names, missing } = askedWorkloads(options);
    using torch = await openTorch();
    if (torch === null) missing.push(NO_TORCH);
    const { times, workloads } = await timesOf(names, options, { torch, tfjs: null, brainjs: null });
    return { measurements: [], missing, tables: [times], workloads };
  },
};

function askedWorkloads({ workloads: asked = Object.keys(workloads) }: Options): { names: string[]; missing: string[] } {
  const missing = asked.flatMap((name) => {
    const layers = missingLayers(workloadNamed(name));
    return layers.length === 0 ? [] : [`${name}: no layer ${layers.join(", ")} yet.`];
  });
  return { names: asked.filter((name) => missingLayers(workloadNamed(name)).length === 0), missing };
}

async function timesOf(names: readonly string[], { rounds, say }: Options, peers: Peers) {
  const found = await timeWorkloads(names, { rounds, seconds: SECONDS_A_TURN, narrow }, peers, say);
  const vectorBits = found[0]?.vectorBits ?? 128;
  const { torch, tfjs, brainjs } = peers;
  const versions = { torch: torch?.version ?? null, tfjs: tfjs?.version ?? null, brainjs: brainjs?.version ?? null };
  return {
    found,
    times: timesTable(found, vectorBits, versions),
    workloads: Object.fromEntries(found.map((one: WorkloadTimes) => [one.name, recordOf(one, vectorBits)])),
  };
}

async function hotelEpochs({ rounds, say }: Options, torch: Peer | null, missing: string[]): Promise<Measurement[]> {
  if (!existsSync(HOTEL)) {
    missing.push("the hotel epoch: shared/data/hotel/hotel.csv.gz is not beside the repository.");
    return [];
  }
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 1; round <= rounds; round++) {
    say(`engine: hotel, round ${round} of ${rounds}`);
    ours.push(await hotelEpochSeconds(round, OUR_THREADS));
    const step = torch === null ? null : await torch.stepMs("W2", 2, 2);
    if (step !== null) theirs.push((step * HOTEL_STEPS) / 1000);
  }
  if (theirs.length === 0) return [measured("hotel epoch, 2 threads", "s", ours)];
  const ratio = median(ours) / median(theirs);
  const goal = `at most ${HOTEL_GOAL.toFixed(1)} of PyTorch's: ${ratio.toFixed(2)}, ${ratio <= HOTEL_GOAL ? "met" : "NOT met"}`;
  return [
    measured("hotel epoch with its validation, 2 threads", "s", ours, goal),
    measured("hotel epoch, PyTorch, 2 threads: 175 steps of W2, no validation", "s", theirs),
  ];
}

/** Mean of the epochs after the first, in which WebAssembly is still being compiled. */
async function hotelEpochSeconds(seed: number, threads: number): Promise<number> {
  using home = temporaryHome();
  const args = ["--data", HOTEL, "--epochs", String(HOTEL_EPOCHS), "--seed", String(seed), "--threads", String(threads), "--json"];
  const { status, output, stdout } = await runNode(["main/cli/main.ts", "train", "resources/templates/hotel-cancellations.json", ...args], {
    environment: { NEUROLOOM_HOME: home.path },
  });
  const ends = stdout
    .split("\n")
    .filter((line) => line.startsWith('{"event":"epoch"'))
    .map((line) => (JSON.parse(line) as { seconds: number }).seconds);
  const [first, last] = [ends[0], ends.at(-1)];
  if (status !== 0 || first === undefined || last === undefined || ends.length < 2) throw new Error(`the hotel job failed: ${output}`);
  return (last - first) / (ends.length - 1);
}
