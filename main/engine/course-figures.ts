/**
 * Figures of how a training goes beside its loss and metrics: learning rate, norm of the gradient before clipping, samples a second; at the ends of
 * epochs, but no more than a few times a second, so that a run of thousands of short epochs keeps no more than anybody can see.
 */
import type { CurvePoint } from "../../core/protocol/methods.ts";
import type { EpochReport } from "../../core/train/loop.ts";
import type { Network } from "../../core/train/network.ts";

const INTERVAL_MS = 250;
/** Of the time, adding up the gradients of a large network takes at most so much. */
const SHARE = 0.01;

export interface CourseNow {
  readonly seconds: number;
  readonly learningRate: number;
  /** Null before it is known. */
  readonly samplesPerSecond: number | null;
}

export class CourseFigures {
  private readonly nowMs: () => number;
  private next = Number.NEGATIVE_INFINITY;

  constructor(nowMs: () => number) {
    this.nowMs = nowMs;
  }

  /** Reads what the last step left and changes nothing. @returns nothing where the last ones are too near */
  endEpoch(network: Pick<Network, "gradientNorm">, { epoch, step, last }: EpochReport, now: CourseNow): CurvePoint[] {
    const begun = this.nowMs();
    if (begun < this.next && !last) return [];
    const norm = network.gradientNorm();
    const ended = this.nowMs();
    this.next = ended + Math.max(INTERVAL_MS, (ended - begun) / SHARE);
    const point = (name: string, value: number): CurvePoint => ({
      name,
      step,
      epoch,
      seconds: now.seconds,
      value: Number.isFinite(value) ? value : null,
    });
    return [
      // A run that was resumed after the last step of its epoch took none that could be told of.
      ...(norm === null ? [] : [point("learning_rate", now.learningRate), point("gradient_norm", norm)]),
      ...(now.samplesPerSecond === null ? [] : [point("samples_per_second", now.samplesPerSecond)]),
    ];
  }
}
