/** The order of rows and what the loop does around early stopping; that runs repeat to the bit is told in test/engine. */
import { describe, expect, it } from "vitest";
import { oracle } from "../../test/engine/backends.ts";
import { bitsOf, loopOf, moonsRun } from "../../test/engine/moons-run.ts";
import { type EpochReport, freshState, type LoopState } from "./loop.ts";

/** A learning rate at which the loss jumps up and down, so that the best epoch is not the last. */
const JUMPING = { optimizer: { type: "sgd", learning_rate: 2 }, epochs: 30 };

interface Ended {
  readonly reports: readonly EpochReport[];
  readonly state: LoopState;
  /** Weights and moving statistics after each epoch, and those that the run ends with. */
  readonly bits: readonly string[];
  readonly end: string;
}

function train(stopping: Readonly<Record<string, unknown>>): Ended {
  const run = moonsRun(oracle, { ...JUMPING, early_stopping: stopping });
  const state = freshState();
  const reports: EpochReport[] = [];
  const bits: string[] = [];
  for (const report of loopOf(run, state)) {
    if (report.kind !== "epoch") continue;
    reports.push(report);
    bits.push(bitsOf(run).slice(0, 2).join());
  }
  return { reports, state, bits, end: bitsOf(run).slice(0, 2).join() };
}

describe("the order of rows", () => {
  const orderOf = (seed: number, epoch: number): string => moonsRun(oracle, { seed }).network.shuffledOrder(20, epoch).join();

  it("is another one for another seed and in another epoch, and the same again for the same", () => {
    const orders = [orderOf(1, 1), orderOf(2, 1), orderOf(1, 2), orderOf(2, 2)];
    expect(new Set(orders).size).toBe(4);
    expect([orderOf(1, 1), orderOf(2, 1), orderOf(1, 2), orderOf(2, 2)]).toEqual(orders);
  });
});

describe("early stopping in the loop", () => {
  const patience = 4;
  const kept = train({ enabled: true, patience, min_delta: 0, restore_best_weights: false });
  const best = kept.state.stopping.bestEpoch;

  it("ends the run `patience` epochs after the best one, before the epochs are over", () => {
    expect(kept.reports).toHaveLength(best + patience);
    expect(kept.reports.length).toBeLessThan(JUMPING.epochs);
    expect(kept.reports.map(({ last }) => last)).toEqual(kept.reports.map((_, i) => i === kept.reports.length - 1));
  });

  it("puts the weights and moving statistics of the best epoch back, and only then", () => {
    const restored = train({ enabled: true, patience, min_delta: 0, restore_best_weights: true });
    // After the report of the last epoch too: what is kept of that epoch is its own.
    expect(restored.bits).toEqual(kept.bits);
    expect(restored.end).toBe(kept.bits[best - 1]);
    expect(restored.end).not.toBe(kept.end);
  });

  it("keeps the last weights where nobody asked for the best", () => {
    expect(kept.state.bestParameters).toBeNull();
    expect(kept.bits.at(-1)).not.toBe(kept.bits[best - 1]);
  });

  it("tells the figures of the best epoch apart from those of the last", () => {
    expect(kept.state.bestReport?.epoch).toBe(best);
    expect(kept.state.latestReport?.epoch).toBe(best + patience);
    expect(kept.state.bestReport?.valLoss).toBe(Math.min(...kept.reports.map(({ valLoss }) => valLoss ?? Number.NaN)));
  });
});
