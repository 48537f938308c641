/** Where values lie inside a chart, in pixels; shared by what draws the lines and what lies over them. */
import { place } from "./axes.ts";
import type { ChartModel, ChartPoint } from "./chart-lines.ts";
import type { ChartSettings } from "./chart-settings.ts";
import { PLOT } from "./line-look.ts";

export interface PlotGeometry {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xOf: (x: number) => number;
  readonly yOf: (y: number) => number;
  /** The x of a pixel, kept inside the axis. */
  readonly valueAt: (pixel: number) => number;
}

export function plotGeometry(model: Pick<ChartModel, "x" | "y">, settings: ChartSettings, width: number, height: number): PlotGeometry {
  const left = PLOT.axisWidth + PLOT.margin.left;
  const right = width - PLOT.margin.right;
  const { top } = PLOT.margin;
  const bottom = height - PLOT.axisHeight - PLOT.margin.bottom;
  const [low, high] = model.x;
  return {
    left,
    right,
    top,
    bottom,
    xOf: (x) => left + place(x, model.x, false) * (right - left),
    yOf: (y) => bottom - place(y, model.y, settings.log) * (bottom - top),
    valueAt: (pixel) => Math.min(high, Math.max(low, low + ((pixel - left) / (right - left)) * (high - low))),
  };
}

/** The `d` of a line: a gap where a value is missing, a dot where a point stands alone. */
export function linePath(points: readonly ChartPoint[], { xOf, yOf }: PlotGeometry): string {
  let path = "";
  let drawing = false;
  points.forEach((point, index) => {
    if (point.y === null) {
      drawing = false;
      return;
    }
    const at = `${xOf(point.x).toFixed(1)} ${yOf(point.y).toFixed(1)}`;
    path += `${drawing ? "L" : "M"}${at}`;
    // Nothing before it and nothing after it: a round cap makes a dot of no length.
    if (!drawing && (points[index + 1]?.y ?? null) === null) path += "h0";
    drawing = true;
  });
  return path;
}
