/**
 * How a run is led by hand: single batches or epochs taken out of a pause, and slow motion. It only says when to rest and
 * how long to wait; what is computed is the same to the bit.
 */

export type StepUnit = "batch" | "epoch";

export class Pacing {
  private batches = 0;
  private epoch = false;
  private stepsPerSecond: number | null = null;
  private lastStepMs = Number.NEGATIVE_INFINITY;

  /** One more batch, or on to the end of the epoch. */
  ask(unit: StepUnit): void {
    if (unit === "batch") this.batches += 1;
    else this.epoch = true;
  }

  /** What was asked for and not done yet is not wanted any more. */
  forget(): void {
    this.batches = 0;
    this.epoch = false;
  }

  /** @param stepsPerSecond null: as fast as it goes */
  set(stepsPerSecond: number | null): void {
    this.stepsPerSecond = stepsPerSecond;
  }

  /** What is still to be done before the run rests again. */
  get owes(): StepUnit | null {
    return this.epoch ? "epoch" : this.batches > 0 ? "batch" : null;
  }

  /** Milliseconds between two steps; 0 at full speed. */
  get intervalMs(): number {
    return this.stepsPerSecond === null ? 0 : 1000 / this.stepsPerSecond;
  }

  /** Whether every report is to be looked at, instead of as many as fit into a slice of time. */
  get isByHand(): boolean {
    return this.owes !== null || this.stepsPerSecond !== null;
  }

  /** Told what was done, and when. */
  done(kind: StepUnit, nowMs: number): void {
    if (kind === "epoch") this.epoch = false;
    else {
      this.batches = Math.max(0, this.batches - 1);
      this.lastStepMs = nowMs;
    }
  }

  /** How long to wait before the next step. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.lastStepMs + this.intervalMs - nowMs);
  }
}
