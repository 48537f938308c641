/** What it costs to look on while a network trains: how long a look takes, and how much longer a step takes while somebody looks. */
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { SignalProbe } from "../../core/train/signal-probe.ts";
import { SignalLooks } from "../../main/engine/signal-looks.ts";
import { type Opened, openWorkload, stepperOf, workloadNamed } from "./engine/networks.ts";
import { type Measured, type Measurement, measured, median, type Section, timed } from "./measurement.ts";

const WORKLOADS = ["W1", "W2", "W3", "W4", "W5", "W6"];
const LOOKS_A_SECOND = 4;
const LOOKS_A_ROUND = 9;
const WARM_STEPS = 20;
const SECONDS_A_TURN = 2;
/** Turns with and without a look follow each other, so that both meet the same machine. */
const TURNS_A_ROUND = 3;
const GOAL = "goal: at most 0.05";

export const signalsSection: Section = {
  name: "signals",
  title: "Signals",
  about: `Time of one look (2 to 32 rows forwards and backwards, figures of every layer; median of ${LOOKS_A_ROUND} a round), one thread, as the share of a second that ${LOOKS_A_SECOND} looks take; the trainer looks less often where this would be above 0.04. Below it how much longer a step of a training takes on whom somebody looks, told as the trainer tells it: the mean processor time of a step over ${SECONDS_A_TURN} s with looks over that of ${SECONDS_A_TURN} s without, less 1, in turns, the median of ${TURNS_A_ROUND} pairs a round. While nobody looks nothing is made and nothing runs.`,
  measure: async ({ rounds, say, workloads = WORKLOADS }): Promise<Measured> => {
    const measurements: Measurement[] = [];
    for (const name of workloads) {
      say(`signals: ${name}`);
      measurements.push(...(await signalsOf(name, rounds)));
    }
    return { measurements, missing: [] };
  },
};

async function signalsOf(name: string, rounds: number): Promise<Measurement[]> {
  const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });
  const workload = workloadNamed(name);
  const opened = openWorkload(workload, backend);
  const makeProbe = (): SignalProbe =>
    new SignalProbe({ spec: opened.network.spec, training: opened.training, encodings: { y: workload.encoding }, backend }, opened.data);
  const probe = makeProbe();
  const { step, network } = stepperOf(workload, backend);
  for (let i = 0; i < WARM_STEPS; i += 1) step();
  // What is told to a window is copied on its way there.
  const looks = new SignalLooks({ nowMs: () => performance.now(), post: (message) => void structuredClone(message) }, makeProbe);
  looks.send(network, { step: 0, epoch: 1 });
  const [shares, slower]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    shares.push((median(await lookTimes(probe, opened)) * LOOKS_A_SECOND) / 1000);
    slower.push(median(Array.from({ length: TURNS_A_ROUND }, () => meanStep(step, () => looksOn(looks, network)) / meanStep(step) - 1)));
  }
  backend.close?.();
  return [
    measured(`${name}, ${LOOKS_A_SECOND} looks, share of the time`, "", shares, GOAL),
    measured(`${name}, a step takes longer by`, "", slower, GOAL),
  ];
}

async function lookTimes(probe: SignalProbe, { network }: Opened): Promise<number[]> {
  const times: number[] = [];
  for (let look = 0; look < LOOKS_A_ROUND; look += 1) times.push(await timed(() => probe.look(network, 0, 1)));
  return times;
}

function looksOn(looks: SignalLooks, network: Opened["network"]): void {
  if (looks.isDue(performance.now(), 0)) looks.send(network, { step: 0, epoch: 1 });
}

/** Microseconds of the processor: what others do on the machine meanwhile is not counted. */
function meanStep(step: () => unknown, between: () => void = () => undefined): number {
  const begun = performance.now();
  const before = process.cpuUsage();
  let steps = 0;
  for (; performance.now() - begun < SECONDS_A_TURN * 1000; steps += 1) {
    step();
    between();
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / steps;
}
