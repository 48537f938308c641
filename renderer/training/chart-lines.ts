/**
 * The lines of one chart: which curves of which runs, smoothed and thinned for drawing, and how far the axes reach. Pure: what
 * comes in are buffers (state/curve-buffer.ts), what goes out is drawn by MetricChart.tsx.
 */
import type { CurveView } from "../state/curve-buffer.ts";
import { firstFrom } from "../state/curve-stretches.ts";
import { type Domain, roundedDomain, valueDomain } from "./axes.ts";
import { type ChartRun, xValues } from "./chart-axis.ts";
import type { ChartSettings } from "./chart-settings.ts";
import { clockDomain } from "./clock-axis.ts";
import { downsample, MOST_POINTS } from "./downsample.ts";
import { type CurvePart, curveName, PARTS } from "./metrics.ts";
import { nearerView } from "./nearer-points.ts";
import { smooth } from "./smoothing.ts";

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
  /** How far x reaches when nothing is zoomed. */
  readonly whole: Domain;
}

/**
 * @param mostPoints of a line; fewer for a narrow chart
 * @param zoom       the stretch of x that is shown: the points are all spent on it; null: the whole
 */
export function chartModel(
  metric: string,
  runs: readonly ChartRun[],
  settings: ChartSettings,
  mostPoints: number,
  zoom: Domain | null = null,
): ChartModel {
  const lines: ChartLine[] = [];
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const run of runs)
    for (const part of PARTS) {
      const view = part === "batch" && !run.withBatches ? undefined : run.curve(curveName(metric, part));
      if (view === undefined || view.length === 0) continue;
      const x = xValues(view, settings.xAxis, run);
      first = Math.min(first, x[0] ?? first);
      last = Math.max(last, x[view.length - 1] ?? 0);
      lines.push(lineOf(run, part, view, settings, { x, zoom, most: Math.min(MOST_POINTS, mostPoints) }));
    }
  // Rounded, because the axes are drawn again whenever they move.
  const whole = settings.xAxis === "clock" && last > 0 ? clockDomain(first, last) : roundedDomain([0, last > 0 ? last : 1]);
  return { lines, x: zoom ?? whole, y: reachOf(lines, settings, zoom), whole };
}

interface Shown {
  readonly x: Float64Array;
  readonly zoom: Domain | null;
  readonly most: number;
}

/** As it was measured from as near as it was read; smoothed is the shape that the window holds, so that it is the same line in every zoom. */
function lineOf(run: ChartRun, part: CurvePart, view: CurveView, settings: ChartSettings, { x, zoom, most }: Shown): ChartLine {
  const near = nearerView(run, view, settings.xAxis, zoom);
  const measured =
    near === null
      ? drawnPoints(x, view.value, view.length, { zoom, most }, settings)
      : drawnPoints(xValues(near, settings.xAxis, run), near.value, near.length, { zoom, most }, settings);
  const smoothed = settings.smoothing > 0;
  return {
    key: `${run.id} ${part}`,
    runId: run.id,
    runName: run.name,
    part,
    points: smoothed
      ? drawnPoints(x, smooth(view.mean ?? view.value, view.length, settings.smoothing, view.count), view.length, { zoom, most }, settings)
      : measured,
    raw: smoothed ? measured : [],
  };
}

function drawnPoints(
  x: Float64Array,
  y: Float64Array,
  length: number,
  { zoom, most }: Pick<Shown, "zoom" | "most">,
  { log }: ChartSettings,
): readonly ChartPoint[] {
  const [start, end] = zoom === null ? [0, length] : stretchOf(x, length, zoom);
  return downsample({ x: x.subarray(start, end), y: y.subarray(start, end), length: end - start }, most).map((index) => ({
    x: x[start + index] ?? 0,
    y: drawable(y[start + index] ?? Number.NaN, log),
  }));
}

function drawable(value: number, log: boolean): number | null {
  return Number.isFinite(value) && (!log || value > 0) ? value : null;
}

/** The points within the zoom, and one more at either side: the line goes on to the edge. */
function stretchOf(x: Float64Array, length: number, [low, high]: Domain): readonly [start: number, end: number] {
  return [Math.max(0, firstFrom(x, length, low) - 1), Math.min(length, firstFrom(x, length, high) + 1)];
}

/** How far y reaches: of a zoom, the points that lie in it. */
function reachOf(lines: readonly ChartLine[], settings: ChartSettings, zoom: Domain | null): Domain {
  const values: number[] = [];
  for (const line of lines)
    for (const points of [line.points, line.raw])
      for (const { x, y } of points) if (y !== null && (zoom === null || (x >= zoom[0] && x <= zoom[1]))) values.push(y);
  const y = valueDomain(values, settings);
  return settings.log ? y : roundedDomain(y);
}

/** The place of the point nearest to `at`, of `length` ascending ones; 0 where there are none. */
export function nearestIndex(x: ArrayLike<number>, length: number, at: number): number {
  let [low, high] = [0, Math.max(0, length - 1)];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low > 0 && at - (x[low - 1] ?? 0) <= (x[low] ?? 0) - at ? low - 1 : low;
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
