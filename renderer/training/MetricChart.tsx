/**
 * One metric over steps, epochs or time: training and validation of every run shown. recharts draws the lines and axes; the
 * cursor and the marks lie over them (ChartCursor.tsx), so that moving the pointer draws no line again.
 */
import { memo, useMemo } from "react";
import { CartesianGrid, Line, LineChart, XAxis, YAxis } from "recharts";
import { useRunPlaces } from "../runs/run-colours.ts";
import { formatFigure } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";
import { linearTicks, logTicks, wholeTicks } from "./axes.ts";
import { ChartCursor } from "./ChartCursor.tsx";
import { type ChartModel, type ChartRun, chartModel } from "./chart-lines.ts";
import { type ChartSettings, useChartSettings } from "./chart-settings.ts";
import { formatX, metricTitle } from "./chart-words.ts";
import { lineLook, PLOT } from "./line-look.ts";
import { useSize } from "./use-size.ts";

interface MetricChartProps {
  metric: string;
  runs: readonly ChartRun[];
  /** Changes whenever a curve grew: the buffers themselves stay the same objects. */
  version: string;
  /** Taller or shorter than the place it stands in, in pixels. */
  height?: number;
}

/** A point every two pixels is as fine as a line can be seen. */
const PIXELS_PER_POINT = 1.2;

export const MetricChart = memo(function MetricChart({ metric, runs, version, height }: MetricChartProps) {
  const t = useText();
  const settings = useChartSettings();
  const { ref, size } = useSize();
  const mostPoints = Math.ceil(size.width / PIXELS_PER_POINT);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that the buffers behind `runs` grew
  const model = useMemo(() => chartModel(metric, runs, settings, mostPoints), [metric, runs, version, settings, mostPoints]);
  const title = metricTitle(metric, t);
  return (
    <figure className="metric-chart" style={height === undefined ? {} : { height }}>
      <figcaption>
        <b>{title}</b>
        <LineKey model={model} />
      </figcaption>
      <div className="plot" ref={ref}>
        {size.width > 0 && size.height > 0 && (
          <>
            <Lines model={model} settings={settings} width={size.width} height={size.height} />
            <ChartCursor title={title} model={model} settings={settings} width={size.width} height={size.height} />
          </>
        )}
      </div>
    </figure>
  );
});

/** Which stroke means which rows; only those that are drawn. */
function LineKey({ model }: { model: ChartModel }) {
  const t = useText();
  const parts = (["validation", "training", "batch"] as const).filter((part) => model.lines.some((line) => line.part === part));
  return (
    <span className="line-key">
      {parts.map((part) => (
        <span key={part}>
          <svg width="20" height="8" aria-hidden="true">
            <line x1="0" x2="20" y1="4" y2="4" stroke="currentColor" {...lineLook(part)} />
          </svg>
          {t(`charts.part.${part}`)}
        </span>
      ))}
    </span>
  );
}

const TICK = { fontSize: 11, fill: "var(--ink3)" };

const Lines = memo(function Lines({
  model,
  settings,
  width,
  height,
}: {
  model: ChartModel;
  settings: ChartSettings;
  width: number;
  height: number;
}) {
  const places = useRunPlaces();
  const { lines, x, y } = model;
  const rows = Math.max(2, Math.floor(height / 28));
  const columns = Math.max(2, Math.floor(width / 90));
  const colour = (runId: string): string => `var(--series-${((places.get(runId) ?? 0) % 8) + 1})`;
  const shared = { type: "linear", dataKey: "y", dot: false, activeDot: false, isAnimationActive: false, connectNulls: false } as const;
  return (
    <LineChart width={width} height={height} margin={PLOT.margin} accessibilityLayer={false}>
      <CartesianGrid stroke="var(--line)" vertical={false} />
      <XAxis
        dataKey="x"
        type="number"
        domain={[...x]}
        allowDataOverflow
        height={PLOT.axisHeight}
        ticks={[...(settings.xAxis === "time" ? linearTicks(x, columns) : wholeTicks(x, columns))]}
        tickFormatter={(value: number) => formatX(value, settings.xAxis)}
        tick={TICK}
        tickLine={false}
        axisLine={{ stroke: "var(--line)" }}
        interval={0}
      />
      <YAxis
        type="number"
        scale={settings.log ? "log" : "linear"}
        domain={[...y]}
        allowDataOverflow
        width={PLOT.axisWidth}
        ticks={[...(settings.log ? logTicks(y, rows) : linearTicks(y, rows))]}
        tickFormatter={(value: number) => formatFigure(value)}
        tick={TICK}
        tickLine={false}
        axisLine={false}
        interval={0}
      />
      {lines.map((line) =>
        line.raw.length === 0 ? null : (
          <Line key={`${line.key} raw`} {...shared} data={[...line.raw]} stroke={colour(line.runId)} strokeWidth={1} strokeOpacity={0.22} />
        ),
      )}
      {lines.map((line) => (
        <Line key={line.key} {...shared} data={[...line.points]} stroke={colour(line.runId)} {...lineLook(line.part)} />
      ))}
    </LineChart>
  );
});
