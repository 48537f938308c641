/**
 * The lines of a chart, one path each. Not recharts' own lines: those make several objects a point and cost 40 to 80 ms an update
 * for two charts of 500 points, which a canvas that is moved while a run trains would feel; a path costs less than one.
 */
import { memo, useId } from "react";
import { lookOf, useRunPlaces } from "../runs/run-colours.ts";
import type { ChartModel } from "./chart-lines.ts";
import type { ChartSettings } from "./chart-settings.ts";
import { lineLook } from "./line-look.ts";
import { linePath, plotGeometry } from "./plot-geometry.ts";

interface ChartLinesProps {
  model: ChartModel;
  settings: ChartSettings;
  width: number;
  height: number;
}

const RAW_OPACITY = 0.22;

export const ChartLines = memo(function ChartLines({ model, settings, width, height }: ChartLinesProps) {
  const id = useId();
  const places = useRunPlaces();
  const geometry = plotGeometry(model, settings, width, height);
  const { left, right, top, bottom } = geometry;
  const colour = (runId: string): string => lookOf(places.get(runId) ?? 0).colour;
  return (
    <svg className="plot-lines" width={width} height={height} aria-hidden="true">
      <clipPath id={id}>
        <rect x={left} y={top - 1} width={Math.max(0, right - left + 2)} height={Math.max(0, bottom - top + 2)} />
      </clipPath>
      <g clipPath={`url(#${id})`} fill="none" strokeLinejoin="round" strokeLinecap="round">
        {model.lines.map(
          (line) =>
            line.raw.length > 0 && (
              <path
                key={`${line.key} raw`}
                d={linePath(line.raw, geometry)}
                stroke={colour(line.runId)}
                strokeWidth={1}
                strokeOpacity={RAW_OPACITY}
              />
            ),
        )}
        {model.lines.map((line) => (
          <path
            key={line.key}
            data-part={line.part}
            d={linePath(line.points, geometry)}
            stroke={colour(line.runId)}
            {...lineLook(line.part)}
          />
        ))}
      </g>
    </svg>
  );
});
