/**
 * The value of every curve where the cursor of the charts stands, or its newest one: a row a run. As it was measured, whatever the
 * smoothing, and of every point that is held, not only of those that are drawn; of a zoomed stretch, of those that the library holds.
 */
import { useMemo } from "react";
import { RunMark } from "../runs/RunMark.tsx";
import type { CurveView } from "../state/curve-buffer.ts";
import { formatFigure } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";
import { type ChartRun, xValues } from "./chart-axis.ts";
import { nearestIndex } from "./chart-lines.ts";
import { useChartSettings, useCursor, useZoom } from "./chart-settings.ts";
import { formatX, metricTitle } from "./chart-words.ts";
import { type CurvePart, curveName, PARTS } from "./metrics.ts";
import { nearerView } from "./nearer-points.ts";

interface CursorTableProps {
  readonly metrics: readonly string[];
  readonly runs: readonly ChartRun[];
  /** Changes whenever a curve grew. */
  readonly version: string;
}

interface Column {
  readonly metric: string;
  readonly part: CurvePart;
}

/** A curve with the places of its points along the axis. */
interface Placed {
  readonly newest: number;
  readonly view: CurveView;
  readonly x: Float64Array;
}

export function CursorTable({ metrics, runs, version }: CursorTableProps) {
  const t = useText();
  const axis = useChartSettings((state) => state.xAxis);
  const x = useCursor((state) => state.x);
  const zoom = useZoom((state) => state.range);
  const names = metrics.join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that the buffers behind `runs` grew
  const { columns, rows } = useMemo(() => {
    const all = names.split(" ").flatMap((metric) => PARTS.toReversed().map((part): Column => ({ metric, part })));
    const found = runs.map((run) => ({
      run,
      curves: all.map(({ metric, part }): Placed | null => {
        const view = part === "batch" && !run.withBatches ? undefined : run.curve(curveName(metric, part));
        if (view === undefined || view.length === 0) return null;
        const near = nearerView(run, view, axis, zoom) ?? view;
        return { newest: view.value[view.length - 1] ?? Number.NaN, view: near, x: xValues(near, axis, run) };
      }),
    }));
    const there = all.map((_, place) => found.some(({ curves }) => curves[place] !== null));
    return {
      columns: all.filter((_, place) => there[place]),
      rows: found.map(({ run, curves }) => ({ run, curves: curves.filter((_, place) => there[place]) })),
    };
  }, [names, runs, axis, zoom, version]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keys
    <section className="cursor-table" tabIndex={0} aria-label={t("charts.values_table")}>
      <table>
        <thead>
          <tr>
            <th scope="col" className="number">
              {x === null ? t("charts.newest") : t("charts.point_at", { axis: t(`charts.axis.${axis}`), x: formatX(x, axis) })}
            </th>
            {columns.map(({ metric, part }) => (
              <th key={curveName(metric, part)} scope="col">
                {metricTitle(metric, t)}
                <span className="faint"> {t(`charts.part.${part}`)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ run, curves }) => (
            <tr key={run.id}>
              <th scope="row">
                <RunMark runId={run.id} size={11} /> {run.name}
              </th>
              {curves.map((curve, place) => (
                <td key={columns[place] === undefined ? place : curveName(columns[place].metric, columns[place].part)} className="number">
                  {curve === null ? "–" : valueAt(curve, x)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function valueAt({ newest, view, x }: Placed, at: number | null): string {
  return formatFigure(at === null ? newest : (view.value[nearestIndex(x, view.length, at)] ?? null));
}
