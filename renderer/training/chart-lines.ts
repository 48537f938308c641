/**
 * The lines of one chart: which curves of which runs, smoothed and thinned for drawing, and how far the axes reach. Pure: what
 * comes in are buffers (state/curve-buffer.ts), what goes out is drawn by MetricChart.tsx.
 */
import type { CurveView } from "../state/curve-buffer.ts";
import { type Domain, roundedDomain, valueDomain } from "./axes.ts";
import type { ChartSettings, XAxisKind } from "./chart-settings.ts";
import { downsample } from "./downsample.ts";
import { type CurvePart, curveName } from "./metrics.ts";
import { smooth } from "./smoothing.ts";

/** Points drawn of one line at most. */
export const MOST_POINTS = 500;

/** A run as a chart needs it. */
export interface ChartRun {
  readonly id: string;
  readonly name: string;
  /** 0 before it is known: the x axis then counts whole epochs. */
  readonly stepsPerEpoch: number;
  /** The losses of single steps are drawn for the run that is looked at, not for those beside it. */
  readonly withBatches: boolean;
  readonly curve: (name: string) => CurveView | undefined;
}

export interface ChartPoint {
  readonly x: number;
  /** Null is a gap. */
  readonly y: number | null;
}

export interface ChartLine {
  readonly key: string;
  readonly runId: string;
  readonly runName: string;
  readonly part: CurvePart;
  readonly points: readonly ChartPoint[];
  /** The line before smoothing; empty when nothing is smoothed. */
  readonly raw: readonly ChartPoint[];
}

export interface ChartModel {
  readonly lines: readonly ChartLine[];
  readonly x: Domain;
  readonly y: Domain;
}

export const PARTS: readonly CurvePart[] = ["batch", "training", "validation"];

/** @param mostPoints of a line; fewer for a narrow chart */
export function chartModel(metric: string, runs: readonly ChartRun[], settings: ChartSettings, mostPoints: number): ChartModel {
  const lines: ChartLine[] = [];
  for (const run of runs)
    for (const part of PARTS) {
      const view = part === "batch" && !run.withBatches ? undefined : run.curve(curveName(metric, part));
      if (view !== undefined && view.length > 0) lines.push(lineOf(run, part, view, settings, Math.min(MOST_POINTS, mostPoints)));
    }
  return { lines, ...domains(lines, settings) };
}

function lineOf(run: ChartRun, part: CurvePart, view: CurveView, settings: ChartSettings, most: number): ChartLine {
  const x = xValues(view, settings.xAxis, run.stepsPerEpoch);
  const { length } = view;
  const thinned = (y: Float64Array): readonly ChartPoint[] =>
    downsample({ x, y, length }, most).map((index) => ({ x: x[index] ?? 0, y: drawable(y[index] ?? Number.NaN, settings.log) }));
  const smoothed = settings.smoothing > 0;
  return {
    key: `${run.id} ${part}`,
    runId: run.id,
    runName: run.name,
    part,
    points: thinned(smoothed ? smooth(view.value, length, settings.smoothing) : view.value),
    raw: smoothed ? thinned(view.value) : [],
  };
}

function drawable(value: number, log: boolean): number | null {
  return Number.isFinite(value) && (!log || value > 0) ? value : null;
}

function xValues(view: CurveView, axis: XAxisKind, stepsPerEpoch: number): Float64Array {
  if (axis === "step") return view.step;
  if (axis === "time") return view.seconds;
  // In the middle of an epoch a step stands between two marks.
  return stepsPerEpoch > 0 ? view.step.slice(0, view.length).map((step) => step / stepsPerEpoch) : view.epoch;
}

function domains(lines: readonly ChartLine[], settings: ChartSettings): { readonly x: Domain; readonly y: Domain } {
  let last = 0;
  const values: number[] = [];
  for (const line of lines)
    for (const { x, y } of [...line.points, ...line.raw]) {
      if (x > last) last = x;
      if (y !== null) values.push(y);
    }
  const y = valueDomain(values, settings);
  // Rounded, because the axes are drawn again whenever they move.
  return { x: roundedDomain([0, last > 0 ? last : 1]), y: settings.log ? y : roundedDomain(y) };
}

/** The point of a line nearest to x among those that have a value; null for a line without any. */
export function nearestPoint(points: readonly ChartPoint[], x: number): ChartPoint | null {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.x ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  const after = firstWithValue(points, low, 1);
  const before = firstWithValue(points, low - 1, -1);
  if (after === null || before === null) return after ?? before;
  return x - before.x <= after.x - x ? before : after;
}

function firstWithValue(points: readonly ChartPoint[], from: number, direction: 1 | -1): ChartPoint | null {
  for (let index = from; index >= 0 && index < points.length; index += direction) {
    const point = points[index];
    if (point !== undefined && point.y !== null) return point;
  }
  return null;
}

/** The last value of a line; null when it has none. */
export function lastValue(points: readonly ChartPoint[]): number | null {
  return firstWithValue(points, points.length - 1, -1)?.y ?? null;
}
