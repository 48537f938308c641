/** Times a step of the workloads here, in PyTorch, in TensorFlow.js and in brain.js, each a process: everyone takes a turn in every round. */
import { fileURLToPath } from "node:url";
import { openPeer, type Peer } from "../peer.ts";
import { workloadNamed } from "./networks.ts";
import { OUR_THREADS } from "./our-backend.ts";
import type { OurOpening } from "./our-opening.ts";
import type { Workload } from "./workload.ts";

export const CONTENDERS = ["ours", "ours_1t", "torch_2t", "torch_1t", "tfjs_wasm", "brainjs"] as const;
export type Contender = (typeof CONTENDERS)[number];

export interface WorkloadTimes {
  readonly name: string;
  readonly workload: Workload;
  /** Median milliseconds a step in each round; empty where a contender is absent. */
  readonly rounds: Readonly<Record<Contender, readonly number[]>>;
  readonly opening: OurOpening;
  /** Of our vectors. */
  readonly vectorBits: number;
}

export interface Peers {
  readonly torch: Peer | null;
  readonly tfjs: Peer | null;
  readonly brainjs: Peer | null;
}

type Turn = (seconds: number) => Promise<number | null>;

const programPath = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** @param narrow without V8's revectorizer */
export async function timeWorkloads(
  names: readonly string[],
  { rounds, seconds, narrow }: { readonly rounds: number; readonly seconds: number; readonly narrow: boolean },
  peers: Peers,
  say: (line: string) => void,
): Promise<WorkloadTimes[]> {
  const found: WorkloadTimes[] = [];
  // One workload after the other: what another one leaves in the caches and in memory is not its own.
  for (const name of names) {
    const flags = narrow ? ["--narrow"] : [];
    const { version: said, [Symbol.dispose]: close } = await openPeer(process.execPath, [programPath("our-opening.ts"), name, ...flags]);
    close();
    const opening = JSON.parse(said) as OurOpening;
    const openSteps = (threads: number) => openPeer(process.execPath, [programPath("our-steps.ts"), name, String(threads), ...flags]);
    using ours = await openSteps(OUR_THREADS);
    using oursAlone = await openSteps(1);
    const turn =
      (which: Peer | null, threads: number): Turn =>
      async (s) =>
        which === null ? null : which.stepMs(name, s, threads);
    const turns: Readonly<Record<Contender, Turn>> = {
      ours: turn(ours, OUR_THREADS),
      torch_2t: turn(peers.torch, 2),
      ours_1t: turn(oursAlone, 1),
      torch_1t: turn(peers.torch, 1),
      tfjs_wasm: turn(peers.tfjs, 1),
      brainjs: turn(peers.brainjs, 1),
    };
    const taken = Object.fromEntries(CONTENDERS.map((contender) => [contender, [] as number[]])) as Record<Contender, number[]>;
    for (let round = 1; round <= rounds; round++) {
      say(`engine: ${name}, round ${round} of ${rounds}`);
      for (const contender of Object.keys(turns) as Contender[]) {
        const ms = await turns[contender](seconds);
        if (ms !== null) taken[contender].push(ms);
      }
    }
    found.push({ name, workload: workloadNamed(name), rounds: taken, opening, vectorBits: Number(ours.version) });
  }
  return found;
}
