/** Geometry of the chart of a range test: loss over rates on a logarithmic axis. Pure; drawing is in RangeTestDialog.tsx. */
import type { RangePoint } from "../../core/protocol/methods.ts";
import { linearTicks, logTicks, place, valueDomain } from "./axes.ts";

export const CHART = { width: 780, height: 300, left: 52, right: 12, top: 10, bottom: 26 } as const;

/** The axis ends this much above where the test began: a loss that diverged would press all else to the floor. */
const ROOM_ABOVE = 0.5;

export interface RangeChart {
  readonly x: (rate: number) => number;
  readonly y: (loss: number) => number;
  /** Paths of the losses of single steps and of the smoothed loss. */
  readonly raw: string;
  readonly smoothed: string;
  readonly rateTicks: readonly number[];
  readonly lossTicks: readonly number[];
}

export function rangeChart(points: readonly RangePoint[], { from, to }: { readonly from: number; readonly to: number }): RangeChart {
  const { width, height, left, right, top, bottom } = CHART;
  const first = points[0]?.smoothed ?? 1;
  const lowest = Math.min(first, ...points.map(({ loss }) => loss));
  const ceiling = first + ROOM_ABOVE * Math.max(first - lowest, Math.abs(first) * 0.2);
  const domain = valueDomain([lowest, first, ...points.map(({ smoothed }) => Math.min(smoothed, ceiling))], {
    log: false,
    ignoreOutliers: false,
  });
  const x = (rate: number): number => left + (width - left - right) * place(rate, [from, to], true);
  const y = (loss: number): number => {
    const share = Math.min(1, Math.max(0, place(loss, domain, false)));
    return height - bottom - (height - top - bottom) * share;
  };
  const path = (value: (point: RangePoint) => number): string =>
    points.map((point, i) => `${i === 0 ? "M" : "L"}${x(point.rate).toFixed(1)} ${y(value(point)).toFixed(1)}`).join("");
  return {
    x,
    y,
    raw: path(({ loss }) => loss),
    smoothed: path(({ smoothed }) => smoothed),
    rateTicks: logTicks([from, to], 7),
    lossTicks: linearTicks(domain, 4),
  };
}
