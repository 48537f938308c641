/** Points of a zoomed chart from the library: which stretch of a run's curves the axis shows, what is lacking of it, and what was read. */
import type { CurveView } from "../state/curve-buffer.ts";
import { isLacking, type StretchRange, stretchOf, type WantedStretch } from "../state/curve-stretches.ts";
import type { Domain } from "./axes.ts";
import { type ChartRun, keptRange } from "./chart-axis.ts";
import type { XAxisKind } from "./chart-settings.ts";
import { MOST_POINTS } from "./downsample.ts";
import { curveName, PARTS } from "./metrics.ts";

/**
 * The points of a curve that a zoomed chart draws: those that were read from the library of its stretch, and behind them those that have
 * come since; null where what the window holds is the nearest look.
 */
export function nearerView(run: ChartRun, held: CurveView, axis: XAxisKind, zoom: Domain | null): CurveView | null {
  if (zoom === null || !held.thinned) return null;
  const range = keptRange(run, axis, zoom);
  const near = stretchOf(run.id, held.name, range);
  return near === null ? null : continued(near, held, range);
}

/** Points that a run made after its stretch was read. */
function continued(near: CurveView, held: CurveView, range: StretchRange): CurveView {
  const last = near.step[near.length - 1] ?? 0;
  const reached = near[range.axis][near.length - 1] ?? 0;
  if (reached > range.to || (held.step[held.length - 1] ?? 0) <= last) return near;
  let first = held.length;
  while (first > 0 && (held.step[first - 1] ?? 0) > last) first -= 1;
  const joined = (column: "step" | "epoch" | "seconds" | "value"): Float64Array => {
    const all = new Float64Array(near.length + held.length - first);
    all.set(near[column].subarray(0, near.length));
    all.set(held[column].subarray(first, held.length), near.length);
    return all;
  };
  return {
    name: near.name,
    length: near.length + held.length - first,
    thinned: near.thinned || held.thinned,
    step: joined("step"),
    epoch: joined("epoch"),
    seconds: joined("seconds"),
    value: joined("value"),
  };
}

/**
 * @param metrics that charts show
 * @returns what to read so that every chart of these runs can be drawn from nearby
 */
export function lackingStretches(
  runs: readonly ChartRun[],
  metrics: readonly string[],
  axis: XAxisKind,
  zoom: Domain | null,
  now: number,
): readonly WantedStretch[] {
  if (zoom === null) return [];
  return runs.flatMap((run): WantedStretch[] => {
    const range = keptRange(run, axis, zoom);
    const names = metrics.flatMap((metric) =>
      PARTS.filter((part) => part !== "batch" || run.withBatches)
        .map((part) => run.curve(curveName(metric, part)))
        .filter((held) => held !== undefined && isLacking(run.id, held, range, MOST_POINTS, now))
        .map((held) => held?.name ?? ""),
    );
    return names.length === 0 ? [] : [{ ...range, runId: run.id, names }];
  });
}
