/**
 * Collects the loss of every step between two messages. When steps come faster than a chart can show, neighbours are
 * averaged so that a message carries a bounded number of points and nothing falls behind.
 */
import { STEP_LOSS } from "../../core/metrics/curve-names.ts";
import type { CurvePoint } from "../../core/protocol/methods.ts";

/** Points of the batch loss in one message. */
const POINTS_PER_MESSAGE = 16;

export class PointBuffer {
  private readonly losses: number[] = [];
  private readonly steps: number[] = [];
  private readonly others: CurvePoint[] = [];

  addStep(step: number, loss: number): void {
    this.steps.push(step);
    this.losses.push(loss);
  }

  add(...points: readonly CurvePoint[]): void {
    this.others.push(...points);
  }

  /** All that has come since the last call; batch losses averaged over equal stretches where there are many. */
  take(epoch: number, seconds: number): CurvePoint[] {
    const count = this.losses.length;
    const stretch = Math.max(1, Math.ceil(count / POINTS_PER_MESSAGE));
    const points: CurvePoint[] = [];
    for (let start = 0; start < count; start += stretch) {
      const part = this.losses.slice(start, start + stretch);
      const value = part.reduce((sum, loss) => sum + loss, 0) / part.length;
      points.push({
        name: STEP_LOSS,
        step: this.steps[Math.min(count, start + stretch) - 1] ?? 0,
        epoch,
        seconds,
        value: Number.isFinite(value) ? value : null,
      });
    }
    points.push(...this.others);
    this.losses.length = 0;
    this.steps.length = 0;
    this.others.length = 0;
    return points;
  }
}
