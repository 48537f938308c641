/** What it costs to look on while a network trains: a look takes so long, and the canvas asks for four a second. */

import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { SignalProbe } from "../../core/train/signal-probe.ts";
import { openWorkload, workloadNamed } from "./engine/networks.ts";
import { type Measured, measured, median, type Section, timed } from "./measurement.ts";

const WORKLOADS = ["W1", "W2", "W3", "W4", "W5", "W6"];
const LOOKS_A_SECOND = 4;
const LOOKS_A_ROUND = 9;

export const signalsSection: Section = {
  name: "signals",
  title: "Signals",
  about: `Time of one look (2 to 32 rows forwards and backwards, figures of every layer; median of ${LOOKS_A_ROUND} a round), one thread, as the share of a second that ${LOOKS_A_SECOND} looks take; the trainer looks less often where this would be above 0.04. While nobody looks nothing is made and nothing runs.`,
  measure: async ({ rounds, say }): Promise<Measured> => {
    const measurements = [];
    for (const name of WORKLOADS) {
      say(`signals: ${name}`);
      const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });
      const workload = workloadNamed(name);
      const { network, training, data } = openWorkload(workload, backend);
      const probe = new SignalProbe({ spec: network.spec, training, encodings: { y: workload.encoding }, backend }, data);
      const shares: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const looks: number[] = [];
        for (let look = 0; look < LOOKS_A_ROUND; look += 1) looks.push(await timed(() => probe.look(network, 0, 1)));
        shares.push((median(looks) * LOOKS_A_SECOND) / 1000);
      }
      measurements.push(measured(`${name}, share of the time`, "", shares, "goal: at most 0.05"));
      backend.close?.();
    }
    return { measurements, missing: [] };
  },
};
