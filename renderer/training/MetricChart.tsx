/**
 * One metric over steps, epochs or time: training and validation of every run shown. Three layers, so that each is drawn only
 * when it changes: axes and grid (ChartFrame.tsx), the lines (ChartLines.tsx), the cursor and the marks (ChartCursor.tsx).
 */
import { memo, useMemo } from "react";
import { formatFigure } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";
import { ChartCursor } from "./ChartCursor.tsx";
import { ChartFrame } from "./ChartFrame.tsx";
import { ChartLines } from "./ChartLines.tsx";
import type { ChartRun } from "./chart-axis.ts";
import { type ChartModel, chartModel } from "./chart-lines.ts";
import { useChartSettings, useZoom } from "./chart-settings.ts";
import { metricTitle } from "./chart-words.ts";
import { lineLook } from "./line-look.ts";
import type { CurvePart } from "./metrics.ts";
import { useSize } from "./use-size.ts";

interface MetricChartProps {
  metric: string;
  runs: readonly ChartRun[];
  /** Changes whenever a curve grew: the buffers themselves stay the same objects. */
  version: string;
  /** Taller or shorter than the place it stands in, in pixels. */
  height?: number;
}

/** More points than pixels cannot be seen. */
const PIXELS_PER_POINT = 1.2;
/** A chart that has room for the figures of both parts beside their names, in pixels. */
const WIDE = 460;

export const MetricChart = memo(function MetricChart({ metric, runs, version, height }: MetricChartProps) {
  const t = useText();
  const settings = useChartSettings();
  const zoom = useZoom((state) => state.range);
  const { ref, size } = useSize();
  const mostPoints = Math.ceil(size.width / PIXELS_PER_POINT);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that the buffers behind `runs` grew
  const model = useMemo(() => chartModel(metric, runs, settings, mostPoints, zoom), [metric, runs, version, settings, mostPoints, zoom]);
  const title = metricTitle(metric, t);
  return (
    <figure className="metric-chart" style={height === undefined ? {} : { height }}>
      <figcaption>
        <b title={title}>{title}</b>
        <LineKey model={model} wide={size.width >= WIDE} />
      </figcaption>
      <div className="plot" ref={ref}>
        {size.width > 0 && size.height > 0 && (
          <>
            <ChartFrame
              x0={model.x[0]}
              x1={model.x[1]}
              y0={model.y[0]}
              y1={model.y[1]}
              settings={settings}
              width={size.width}
              height={size.height}
            />
            <ChartLines model={model} settings={settings} width={size.width} height={size.height} />
            <ChartCursor title={title} model={model} settings={settings} width={size.width} height={size.height} />
          </>
        )}
      </div>
    </figure>
  );
});

/** Which stroke means which rows; only those that are drawn. Of a run that is alone on the chart also the newest figure. */
function LineKey({ model, wide }: { model: ChartModel; wide: boolean }) {
  const t = useText();
  const parts = (["validation", "training", "check", "batch"] as const).filter((part) => model.lines.some((line) => line.part === part));
  const alone = new Set(model.lines.map(({ runId }) => runId)).size === 1;
  return (
    <span className="line-key">
      {parts.map((part) => (
        <span key={part}>
          <svg width="20" height="8" aria-hidden="true">
            <line x1="0" x2="20" y1="4" y2="4" stroke="currentColor" {...lineLook(part)} />
          </svg>
          {t(`charts.part.${part}`)}
          {alone && (part === "validation" || part === "training") && (wide || part === parts[0]) && (
            <b className="number">{newestFigure(model, part)}</b>
          )}
        </span>
      ))}
    </span>
  );
}

/** As it was measured, whatever the smoothing; nothing where the newest is no number. */
function newestFigure({ lines }: ChartModel, part: CurvePart): string {
  const line = lines.find((one) => one.part === part);
  const y = (line?.raw.length === 0 ? line.points : line?.raw)?.at(-1)?.y ?? null;
  return y === null ? "" : formatFigure(y);
}
