/** Axes and grid of a chart, by recharts. Drawn again only when an axis moves or the chart's size changes. */
import { memo } from "react";
import { CartesianGrid, LineChart, XAxis, YAxis } from "recharts";
import { type Domain, linearTicks, logTicks, valueTicks, wholeTicks } from "./axes.ts";
import type { ChartSettings, XAxisKind } from "./chart-settings.ts";
import { formatXMark, markFormat, secondsFormat } from "./chart-words.ts";
import { clockTicks, formatClockMark } from "./clock-axis.ts";
import { PLOT } from "./line-look.ts";

/** Pixels between two marks, about. */
const ROW_PIXELS = 28;
const COLUMN_PIXELS = 90;
const CLOCK_ROOM = 20;
const TICK = { fontSize: 11, fill: "var(--ink3)" };
const NO_DATA: { x: number; y: number }[] = [];

interface ChartFrameProps {
  x0: number;
  x1: number;
  y0: number;
  y1: number;
  settings: ChartSettings;
  width: number;
  height: number;
}

export const ChartFrame = memo(function ChartFrame({ x0, x1, y0, y1, settings, width, height }: ChartFrameProps) {
  const rows = Math.max(2, Math.floor(height / ROW_PIXELS));
  const columns = Math.max(2, Math.floor(width / COLUMN_PIXELS));
  const { xAxis, log } = settings;
  const xMarks = xTicks([x0, x1], xAxis, columns, width);
  const yMarks = log ? logTicks([y0, y1], rows) : valueTicks([y0, y1], rows);
  return (
    <LineChart data={NO_DATA} width={width} height={height} margin={PLOT.margin} accessibilityLayer={false}>
      <CartesianGrid stroke="var(--line)" vertical={false} syncWithTicks />
      <XAxis
        dataKey="x"
        type="number"
        domain={[x0, x1]}
        allowDataOverflow
        height={PLOT.axisHeight}
        ticks={[...xMarks]}
        tickFormatter={xFormat(xAxis, xMarks, [x0, x1], columns)}
        tick={TICK}
        tickLine={false}
        axisLine={{ stroke: "var(--line)" }}
        interval={0}
      />
      <YAxis
        type="number"
        scale={log ? "log" : "linear"}
        domain={[y0, y1]}
        allowDataOverflow
        width={PLOT.axisWidth}
        ticks={[...yMarks]}
        tickFormatter={markFormat(yMarks)}
        tick={TICK}
        tickLine={false}
        axisLine={false}
        interval={0}
      />
    </LineChart>
  );
});

function xFormat(axis: XAxisKind, marks: readonly number[], domain: Domain, columns: number): (value: number) => string {
  if (axis === "clock") return (value) => formatClockMark(value, domain, columns);
  return axis === "time" ? secondsFormat(marks) : (value) => formatXMark(value, axis);
}

function xTicks(domain: Domain, axis: XAxisKind, count: number, width: number): readonly number[] {
  // A time is long: at the right edge it would be cut off.
  const most = domain[1] - (CLOCK_ROOM * (domain[1] - domain[0])) / Math.max(1, width);
  if (axis === "clock") return clockTicks(domain, count).filter((tick) => tick <= most);
  return axis === "time" ? linearTicks(domain, count) : wholeTicks(domain, count);
}
