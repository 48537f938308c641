/**
 * Figures of how a training goes beside its loss: learning rate, norm of the gradient before clipping, samples a second, and the metrics of the
 * last batches. They are told at some steps and at the ends of epochs, but no more than a few times a second and no more of a run than a chart
 * can show, so that neither short steps nor long runs fill the library.
 */
import { BETWEEN } from "../../core/metrics/curve-names.ts";
import type { CurvePoint } from "../../core/protocol/methods.ts";
import type { BatchWindow } from "../../core/train/batch-window.ts";
import type { CheckReport, EpochReport, LoopState } from "../../core/train/loop.ts";
import type { Network } from "../../core/train/network.ts";

const INTERVAL_MS = 250;
/** Of the time, adding up the gradients of a large network takes at most so much. */
const SHARE = 0.01;
/** Steps of a run of which figures are told. */
export const MOST_STEPS = 2000;

export interface CourseNow {
  readonly seconds: number;
  readonly learningRate: number;
  /** Null before it is known. */
  readonly samplesPerSecond: number | null;
}

interface Followed {
  readonly network: Pick<Network, "gradientNorm" | "measureNext" | "stepsPerEpoch">;
  readonly window: Pick<BatchWindow, "take" | "beginEpoch" | "isBegun" | "isEpochDone">;
  readonly state: Pick<LoopState, "step" | "epoch">;
}

export class CourseFigures {
  private readonly nowMs: () => number;
  private readonly run: Followed;
  /** So many steps lie between two that are told of. */
  private readonly stride: number;
  private nextStep: number;
  private nextEnd = Number.NEGATIVE_INFINITY;
  /** The last step that was told of. */
  private told: number;
  /** The gradients of the step that is taken now are measured. */
  private asked = false;

  constructor(nowMs: () => number, run: Followed, epochs: number) {
    this.nowMs = nowMs;
    this.run = run;
    this.told = run.state.step;
    // The first few rows say nothing yet.
    this.nextStep = nowMs() + INTERVAL_MS;
    this.stride = Math.max(1, Math.ceil((run.network.stepsPerEpoch * epochs) / MOST_STEPS));
  }

  /** Asked after every step: whether there is something to tell of it. */
  isDue(now: number): boolean {
    const { network, window, state } = this.run;
    if (this.asked) return true;
    if (window.isEpochDone) return window.isBegun;
    if (state.step - this.told < this.stride || now < this.nextStep) return false;
    this.asked = true;
    network.measureNext();
    return false;
  }

  /** Told of a step that is due. */
  atStep(now: CourseNow): CurvePoint[] {
    const { step, epoch } = this.run.state;
    const points: CurvePoint[] = [];
    if (this.asked) {
      this.asked = false;
      const begun = this.nowMs();
      points.push(...this.course(step, epoch, now));
      this.nextStep = this.restUntil(begun);
    }
    return [...points, ...this.batches(now.seconds)];
  }

  /** Metrics of the batches since the last point. Asked before a checkpoint is kept too: a run that goes on from it then lacks none. */
  batches(seconds: number): CurvePoint[] {
    const { network, window } = this.run;
    // Where points would lie further apart than epochs, those of the epochs say all.
    return network.stepsPerEpoch > this.stride ? this.between(window.take(), seconds) : [];
  }

  /** Figures of the validation rows in the middle of an epoch. */
  check({ figures }: CheckReport, seconds: number): CurvePoint[] {
    return this.between(figures, seconds);
  }

  /** Reads what the last step left and changes nothing. @returns nothing where the last ones are too near */
  endEpoch({ step, epoch, last }: EpochReport, now: CourseNow): CurvePoint[] {
    this.run.window.beginEpoch();
    const begun = this.nowMs();
    if ((begun < this.nextEnd && !last) || this.told === step) return [];
    const points = this.course(step, epoch, now);
    this.nextEnd = this.restUntil(begun);
    this.nextStep = Math.max(this.nextStep, this.nextEnd);
    return points;
  }

  private course(step: number, epoch: number, { seconds, learningRate, samplesPerSecond }: CourseNow): CurvePoint[] {
    this.told = step;
    const norm = this.run.network.gradientNorm();
    const point = (name: string, value: number): CurvePoint => ({ name, step, epoch, seconds, value: finite(value) });
    return [
      // A run that was resumed after the last step of its epoch took none that could be told of.
      ...(norm === null ? [] : [point("learning_rate", learningRate), point("gradient_norm", norm)]),
      ...(samplesPerSecond === null ? [] : [point("samples_per_second", samplesPerSecond)]),
    ];
  }

  /** The names of what lies between the ends of epochs begin alike, so that those of epochs stay what they are. */
  private between(figures: Readonly<Record<string, number>>, seconds: number): CurvePoint[] {
    const { step, epoch } = this.run.state;
    return Object.entries(figures).map(([name, value]) => ({ name: `${BETWEEN}${name}`, step, epoch, seconds, value: finite(value) }));
  }

  private restUntil(begun: number): number {
    const ended = this.nowMs();
    return ended + Math.max(INTERVAL_MS, (ended - begun) / SHARE);
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
