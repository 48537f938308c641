/** Charts of some runs side by side, one a metric; they grow while a run trains. */
import { useEffect, useMemo } from "react";
import { COURSE_CURVES } from "../../core/metrics/curve-names.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { assignLooks } from "../runs/run-colours.ts";
import { curvesOf, curvesRead, useCurveSet } from "../state/runs.ts";
import { LongState } from "../ui/LongState.tsx";
import { useText } from "../ui/texts.ts";
import { CursorTable } from "./CursorTable.tsx";
import type { ChartRun } from "./chart-axis.ts";
import { chartFacts, chartRun } from "./chart-run.ts";
import { setZoom, useChartSettings } from "./chart-settings.ts";
import { MetricChart } from "./MetricChart.tsx";
import { metricsOfCurves } from "./metrics.ts";
import { useNearerPoints } from "./use-nearer-points.ts";
import "./training.css";

interface ChartGridProps {
  /** The run looked at first; then those beside it. */
  runs: readonly Run[];
  /** Height of a chart in pixels; without it the charts fill the place they stand in. */
  height?: number;
  /** Shown instead of charts while there are no points. */
  empty: string;
}

export function ChartGrid({ runs, height, empty }: ChartGridProps) {
  const t = useText();
  const ids = runs.map((run) => run.id).join(" ");
  const grown = useCurveSet(useMemo(() => ids.split(" ").filter((id) => id !== ""), [ids]));
  const facts = chartFacts(runs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `facts` is what of `runs` counts
  const chartRuns = useMemo<readonly ChartRun[]>(() => runs.map((run, index) => chartRun(run, index === 0)), [facts]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    assignLooks(runs);
  }, [facts]);
  const first = runs[0]?.id;
  // Another run is another length: what was zoomed into is not there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another first run
  useEffect(() => () => setZoom(null), [first]);
  const withCourse = useChartSettings((state) => state.course);
  const withValues = useChartSettings((state) => state.values);
  const names = runs.flatMap(
    (run) =>
      curvesOf(run.id)
        ?.views()
        .map((view) => view.name) ?? [],
  );
  const course = withCourse ? COURSE_CURVES.filter((name) => names.includes(name)) : [];
  const metrics = [...metricsOfCurves(names), ...course].join(" ");
  const version = `${grown} ${useNearerPoints(chartRuns, metrics, grown)}`;
  const read = curvesRead(runs.map(({ id }) => id));
  if (metrics === "" && read.value === null) return <LongState answer={read} what={t("common.loading")} />;
  if (metrics === "") return <p className="chart-empty muted">{empty}</p>;
  const grid = (
    <section className={height === undefined ? "chart-grid filling" : "chart-grid"} aria-label={t("charts.title")}>
      {metrics.split(" ").map((metric) => (
        <MetricChart key={metric} metric={metric} runs={chartRuns} version={version} {...(height === undefined ? {} : { height })} />
      ))}
    </section>
  );
  if (!withValues) return grid;
  return (
    <div className={height === undefined ? "charts-and-values filling" : "charts-and-values"}>
      {grid}
      <CursorTable metrics={metrics.split(" ")} runs={chartRuns} version={version} />
    </div>
  );
}
