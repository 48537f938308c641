/** When signals of a run are looked at and sent: while somebody watches, as often as an eye can follow and training can bear. */
import type { LoopState } from "../../core/train/loop.ts";
import type { Network } from "../../core/train/network.ts";
import type { SignalProbe } from "../../core/train/signal-probe.ts";
import type { FromTrainer } from "./messages.ts";

/** Four looks a second are as many as an eye can follow. */
const INTERVAL_MS = 250;
/** The most that looking may take of the time: a large network is looked at less often. */
const SHARE = 0.04;

interface Surroundings {
  readonly nowMs: () => number;
  readonly post: (message: FromTrainer) => void;
}

export class SignalLooks {
  private readonly around: Surroundings;
  private readonly makeProbe: () => SignalProbe;
  /** Made when somebody first looks. */
  private probe: SignalProbe | null = null;
  private last = Number.NEGATIVE_INFINITY;
  private interval = INTERVAL_MS;

  constructor(around: Surroundings, makeProbe: () => SignalProbe) {
    this.around = around;
    this.makeProbe = makeProbe;
  }

  /** @param pauseMs between two steps, of a run that is led slowly: every step of it can be looked at */
  isDue(now: number, pauseMs: number): boolean {
    return now - this.last >= this.interval || pauseMs >= INTERVAL_MS;
  }

  send(network: Network, { step, epoch }: Pick<LoopState, "step" | "epoch">): void {
    this.probe ??= this.makeProbe();
    const begun = this.around.nowMs();
    this.around.post({ kind: "signals", signals: this.probe.look(network, step, epoch) });
    this.last = this.around.nowMs();
    this.interval = Math.max(INTERVAL_MS, (this.last - begun) / SHARE);
  }
}
