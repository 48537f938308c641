/** One small chart a run of the same metric, all on the same axes, so that many curves can be told apart. The cursor is that of all charts. */
import { memo, useMemo } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import { RunMark } from "../runs/RunMark.tsx";
import { useCurveSet } from "../state/runs.ts";
import { ChartCursor } from "../training/ChartCursor.tsx";
import { ChartFrame } from "../training/ChartFrame.tsx";
import { ChartLines } from "../training/ChartLines.tsx";
import { type ChartModel, chartModel } from "../training/chart-lines.ts";
import { chartRun } from "../training/chart-run.ts";
import { type ChartSettings, useChartSettings, useZoom } from "../training/chart-settings.ts";
import { useNearerPoints } from "../training/use-nearer-points.ts";
import { useSize } from "../training/use-size.ts";
import { useText } from "../ui/texts.ts";

/** As many as a page is looked through; more are a table's work. */
export const MOST_SMALL = 60;
/** More points than pixels cannot be seen. */
const POINTS = 160;

export function SmallMultiples({ runs, metric, active, onOpen }: SmallMultiplesProps) {
  const t = useText();
  const shown = useMemo(() => runs.slice(0, MOST_SMALL), [runs]);
  const version = useCurveSet(useMemo(() => shown.map(({ id }) => id), [shown]));
  const settings = useChartSettings();
  const zoom = useZoom((state) => state.range);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that the curves grew
  const chartRuns = useMemo(() => shown.map((run) => chartRun(run, false)), [shown, version]);
  const read = useNearerPoints(chartRuns, metric, String(version));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` says that points of the stretch came from the library
  const model = useMemo(() => chartModel(metric, chartRuns, settings, POINTS, zoom), [chartRuns, read, settings, metric, zoom]);
  return (
    <>
      <div className="small-charts">
        {shown.map((run) => (
          <SmallChart key={run.id} run={run} model={model} settings={settings} active={run.id === active} onOpen={onOpen} />
        ))}
      </div>
      {runs.length > MOST_SMALL && <p className="faint">{t("explore.first_only", { shown: MOST_SMALL, count: runs.length })}</p>}
    </>
  );
}

interface SmallMultiplesProps {
  runs: readonly Run[];
  metric: string;
  active: string | null;
  onOpen: (id: string) => void;
}

interface SmallChartProps extends Pick<SmallMultiplesProps, "onOpen"> {
  run: Run;
  model: ChartModel;
  settings: ChartSettings;
  active: boolean;
}

const SmallChart = memo(function SmallChart({ run, model, settings, active, onOpen }: SmallChartProps) {
  const { ref, size } = useSize();
  const own = useMemo(() => ({ ...model, lines: model.lines.filter(({ runId }) => runId === run.id) }), [model, run.id]);
  return (
    <figure className={active ? "small-chart active" : "small-chart"}>
      <figcaption>
        <RunMark runId={run.id} />
        <button type="button" className="link clip" onClick={() => onOpen(run.id)}>
          {run.name}
        </button>
      </figcaption>
      <div className="plot" ref={ref}>
        {size.width > 0 && size.height > 0 && (
          <>
            <ChartFrame
              x0={own.x[0]}
              x1={own.x[1]}
              y0={own.y[0]}
              y1={own.y[1]}
              settings={settings}
              width={size.width}
              height={size.height}
            />
            <ChartLines model={own} settings={settings} width={size.width} height={size.height} />
            <ChartCursor title={run.name} model={own} settings={settings} width={size.width} height={size.height} />
          </>
        )}
      </div>
    </figure>
  );
});
