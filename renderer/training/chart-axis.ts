/** Where the points of a run's curves stand along the axis of a chart, and which of them a stretch of that axis shows. */
import { CLOCK_CURVE, clockTimes, trainedUntil } from "../../core/protocol/run-clock.ts";
import type { CurveView } from "../state/curve-buffer.ts";
import type { StretchRange } from "../state/curve-stretches.ts";
import type { Domain } from "./axes.ts";
import type { XAxisKind } from "./chart-settings.ts";

/** A run as a chart needs it. */
export interface ChartRun {
  readonly id: string;
  readonly name: string;
  /** 0 before it is known: the x axis then counts whole epochs. */
  readonly stepsPerEpoch: number;
  /** Seconds since 1970. Runs of before marks of the clock were kept are drawn from here on, as if they had never been paused. */
  readonly startedAt: number;
  /** What the last batches gave is drawn for the run that is looked at, not for those beside it. */
  readonly withBatches: boolean;
  readonly curve: (name: string) => CurveView | undefined;
}
/** Where the points of a curve stand along the axis; only the first `length` count. */
export function xValues(view: CurveView, axis: XAxisKind, { stepsPerEpoch, startedAt, curve }: ChartRun): Float64Array {
  if (axis === "step") return view.step;
  if (axis === "time") return view.seconds;
  if (axis === "clock") return clockTimes(view.seconds, view.length, marksOf(curve, startedAt));
  // In the middle of an epoch a step stands between two marks.
  return stepsPerEpoch > 0 ? view.step.slice(0, view.length).map((step) => step / stepsPerEpoch) : view.epoch;
}

/** What the axis of a chart shows, in the units in which the curves of a run are kept. */
export function keptRange({ stepsPerEpoch, startedAt, curve }: ChartRun, axis: XAxisKind, [from, to]: Domain): StretchRange {
  if (axis === "step") return { axis: "step", from, to };
  if (axis === "time") return { axis: "seconds", from, to };
  if (axis === "epoch")
    return stepsPerEpoch > 0 ? { axis: "step", from: from * stepsPerEpoch, to: to * stepsPerEpoch } : { axis: "epoch", from, to };
  const marks = marksOf(curve, startedAt);
  return { axis: "seconds", from: trainedUntil(from, marks), to: trainedUntil(to, marks) };
}

/** A run without marks is drawn from its start on. */
function marksOf(curve: ChartRun["curve"], startedAt: number) {
  return curve(CLOCK_CURVE) ?? { seconds: [0], value: [startedAt], length: 1 };
}
