/**
 * Figures of the last training batches, between two points of a chart: what their sums have grown by since the point before. The loop keeps sums
 * of the epoch anyway, so nothing is added up twice and nothing is done at the steps between.
 */
import { needsFullSums } from "../metrics/curves.ts";
import type { Tally } from "../metrics/metric.ts";
import { tallySince } from "../metrics/tally.ts";
import { askedOf, metricName, type OutputInfo, ownLosses, runningFigures } from "./evaluate.ts";
import type { LoopOptions, LoopState } from "./loop.ts";

interface Sums {
  readonly rows: number;
  readonly losses: readonly number[];
  readonly tallies: readonly (readonly number[])[];
}

export class BatchWindow {
  private readonly outputs: readonly OutputInfo[];
  private readonly asked: readonly Pick<Tally, "task" | "full">[];
  private readonly state: LoopState;
  private readonly rows: number;
  /** As they were at the last point. */
  private before: Sums;

  constructor({ network, data, outputs, state }: Pick<LoopOptions, "network" | "data" | "outputs" | "state">) {
    const masks = network.lastMasks(Math.min(network.batchSize, data.training.rowCount));
    this.outputs = outputs;
    this.asked = outputs.map((output) => {
      const { task } = askedOf(output, masks[output.layer.id] !== undefined);
      return { task, full: needsFullSums(task) };
    });
    this.state = state;
    this.rows = data.training.rowCount;
    this.before = this.sumsNow();
  }

  /** Whether the epoch has a point already: its last batches are then to have one too. */
  get isBegun(): boolean {
    return this.before.rows > 0;
  }

  /** All batches of the epoch that is going on have been taken. */
  get isEpochDone(): boolean {
    return this.state.position >= this.rows;
  }

  /** Those before belong to the epoch that ended. */
  beginEpoch(): void {
    this.before = { rows: 0, losses: [], tallies: [] };
  }

  /** Figures by name, as an epoch has them; none where no batch has come since, and of a whole epoch, which says them itself. */
  take(): Readonly<Record<string, number>> {
    const { before } = this;
    const now = this.sumsNow();
    const rows = now.rows - before.rows;
    if (rows <= 0 || (before.rows === 0 && this.isEpochDone)) return {};
    this.before = now;
    const figures: Record<string, number> = {};
    this.outputs.forEach((output, i) => {
      const [asked, sums = []] = [this.asked[i], now.tallies[i]];
      if (asked === undefined || sums.length === 0) return;
      const earlier = before.tallies[i] ?? [];
      const tally = { ...asked, sums: [...sums] };
      // Sums of an older version's metrics are none of these.
      const since = earlier.length === sums.length ? tallySince(tally, earlier) : tally;
      for (const [name, value] of Object.entries(runningFigures(since)))
        if (Number.isFinite(value)) figures[metricName(this.outputs, output, name)] = value;
    });
    const losses = Object.fromEntries(
      this.outputs.map(({ layer }, i) => [layer.id, ((now.losses[i] ?? Number.NaN) - (before.losses[i] ?? 0)) / rows]),
    );
    return { ...figures, ...ownLosses(this.outputs, losses, "") };
  }

  private sumsNow(): Sums {
    const { lossRows, outputLossSums, accumulators } = this.state;
    return { rows: lossRows, losses: [...outputLossSums], tallies: accumulators.map((sums) => [...sums]) };
  }
}
