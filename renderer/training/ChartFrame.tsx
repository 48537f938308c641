/** Axes and grid of a chart, by recharts. Drawn again only when an axis moves or the chart's size changes. */
import { memo } from "react";
import { CartesianGrid, LineChart, XAxis, YAxis } from "recharts";
import { linearTicks, logTicks, wholeTicks } from "./axes.ts";
import type { ChartSettings } from "./chart-settings.ts";
import { formatMark, formatX } from "./chart-words.ts";
import { PLOT } from "./line-look.ts";

/** Pixels between two marks, about. */
const ROW_PIXELS = 28;
const COLUMN_PIXELS = 90;
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
  return (
    <LineChart data={NO_DATA} width={width} height={height} margin={PLOT.margin} accessibilityLayer={false}>
      <CartesianGrid stroke="var(--line)" vertical={false} syncWithTicks />
      <XAxis
        dataKey="x"
        type="number"
        domain={[x0, x1]}
        allowDataOverflow
        height={PLOT.axisHeight}
        ticks={[...(xAxis === "time" ? linearTicks([x0, x1], columns) : wholeTicks([x0, x1], columns))]}
        tickFormatter={(value: number) => formatX(value, xAxis)}
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
        ticks={[...(log ? logTicks([y0, y1], rows) : linearTicks([y0, y1], rows))]}
        tickFormatter={formatMark}
        tick={TICK}
        tickLine={false}
        axisLine={false}
        interval={0}
      />
    </LineChart>
  );
});
