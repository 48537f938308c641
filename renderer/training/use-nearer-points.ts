/** Charts that are zoomed read their stretch of long curves from the library. */
import { useEffect, useRef } from "react";
import { useStretches, wantStretches } from "../state/curve-stretches.ts";
import type { ChartRun } from "./chart-axis.ts";
import { useChartSettings, useZoom } from "./chart-settings.ts";
import { lackingStretches } from "./nearer-points.ts";

/** Reads what the charts of some metrics (parted by blanks) of some runs lack. @returns another number whenever something was read */
export function useNearerPoints(runs: readonly ChartRun[], metrics: string, grown: string): number {
  const zoom = useZoom((state) => state.range);
  const axis = useChartSettings((state) => state.xAxis);
  const read = useStretches((state) => state.version);
  const asker = useRef({}).current;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `grown` and `read` say that curves behind `runs` did
  useEffect(() => {
    wantStretches(asker, lackingStretches(runs, metrics.split(" "), axis, zoom, Date.now()));
  }, [asker, runs, metrics, axis, zoom, grown, read]);
  useEffect(() => () => wantStretches(asker, []), [asker]);
  return read;
}
