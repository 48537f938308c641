/** A series drawn over time: what is held out, what is put into its gaps, and what is odd about its dates. */
import { type ReactNode, useEffect, useState } from "react";
import { errorData } from "../../core/errors.ts";
import type { DataDocument, WindowDocument } from "../../core/graph/document.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { momentWords } from "../../core/schema/times-of-day.ts";
import { host } from "../state/host.ts";
import { errorText } from "../ui/error-text.ts";
import { formatCount, formatFigure } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import "./data.css";
import "./kinds.css";

type Series = MethodOutput<"datasets.series">;
/** Means of neighbouring rows that are drawn. */
const POINTS = 520;
const WIDE_POINTS = 2000;
/** What the picture is drawn in; it is stretched to its place. */
const WIDTH = 260;
const HEIGHT = 90;

interface SeriesPlotProps {
  data: DataDocument;
  window: WindowDocument;
  datasetId: string;
  /** The target where nothing is said. */
  column?: string;
  /** With more points, and with the least and the greatest of them beside it. */
  wide?: boolean;
  /** Below it, where there are gaps: how they are filled. */
  gapFields?: ReactNode;
  /** Another column of the window has gaps: `gapFields` are shown whatever this one has. */
  gapsElsewhere?: boolean;
}

export function SeriesPlot({ data, window, datasetId, column: named, wide = false, gapFields, gapsElsewhere = false }: SeriesPlotProps) {
  const t = useText();
  const language = useLanguage();
  const [series, setSeries] = useState<Series | null>(null);
  const [error, setError] = useState<unknown>(null);
  const target = data.columns.find(({ name, role }) => role === "target" && window.columns.includes(name))?.name;
  const column = named ?? target ?? window.columns[0] ?? "";
  const held = data.split.method === "time" ? data.split.validation_fraction + (data.split.test_fraction ?? 0) : 0;
  const asked = JSON.stringify({
    column: data.columns.find(({ name }) => name === column) ?? { name: column, type: "numeric", role: "feature" },
    order_by: data.columns.find(({ name }) => name === window.order_by) ?? null,
    ...(window.fill === undefined ? {} : { fill: window.fill }),
    split: data.split,
  });
  useEffect(() => {
    let current = true;
    setError(null);
    host()
      .call("datasets.series", { id: datasetId, ...JSON.parse(asked), points: wide ? WIDE_POINTS : POINTS })
      .then((found) => current && setSeries(found))
      .catch((thrown: unknown) => current && setError(thrown));
    return () => {
      current = false;
    };
  }, [datasetId, asked, wide]);
  if (error !== null) return <p className="panel-note bad">{errorText(errorData(error), language)}</p>;
  if (series === null) return null;
  const filling = window.fill !== undefined;
  const day = (time: number | null): string => (time === null ? "" : momentWords(time));
  return (
    <>
      <Curve
        series={series}
        wide={wide}
        label={t("data.series_label", { column, rows: formatCount(series.rows), held: Math.round(100 * held) })}
      />
      <div className="series-ends faint number">
        <span>{day(series.from)}</span>
        {held > 0 && <span>{t("data.series_held", { held: Math.round(100 * held) })}</span>}
        <span>{day(series.to)}</span>
      </div>
      {filling && (series.added > 0 || series.missing > 0) && (
        <p className="panel-note series-filled">
          {t("data.series_filled", { rows: formatCount(series.added), count: formatCount(series.missing), column })}
        </p>
      )}
      {((series.gaps > 0 && !filling) || series.repeated > 0 || series.undated > 0 || (series.missing > 0 && !filling)) && (
        <div className="notice warn-notice">
          <Icon name="warning" size={14} />
          <p>
            {series.gaps > 0 &&
              !filling &&
              `${t("data.series_gaps", { count: formatCount(series.gaps), days: formatFigure((series.usual_step ?? 0) / 86_400_000, 3) })} `}
            {series.repeated > 0 && `${t("data.series_repeated", { count: formatCount(series.repeated) })} `}
            {series.undated > 0 && `${t("data.series_undated", { count: formatCount(series.undated) })} `}
            {series.missing > 0 && !filling && t("data.series_missing", { count: formatCount(series.missing), column })}
          </p>
        </div>
      )}
      {(series.gaps > 0 || series.missing > 0 || gapsElsewhere) && gapFields}
    </>
  );
}

function Curve({ series, wide, label }: { series: Series; wide: boolean; label: string }) {
  const both = series.values.map((value, place) => value ?? series.filled[place] ?? null);
  const numbers = [...series.values, ...series.filled].filter((value) => value !== null);
  const low = numbers.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = numbers.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const range = high > low ? high - low : 1;
  const at = (place: number, value: number): string => {
    const x = (place / Math.max(1, series.values.length - 1)) * WIDTH;
    return `${x.toFixed(2)} ${(HEIGHT - 6 - ((value - low) / range) * (HEIGHT - 10)).toFixed(2)}`;
  };
  const edge = WIDTH * series.held_from;
  const isFilled = (place: number): boolean => (series.filled[place] ?? null) !== null;
  const picture = (
    <svg className="series-plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {edge < WIDTH && <rect className="held-out" x={edge} y={0} width={WIDTH - edge} height={HEIGHT} />}
      {edge < WIDTH && <line x1={edge} x2={edge} y1={0} y2={HEIGHT} />}
      <path className="filled" d={pathOf(both, at, (place) => isFilled(place) || isFilled(place + 1))} />
      <path d={pathOf(series.values, at, () => true)} />
      {series.filled.map((value, place) =>
        value === null ? null : (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a place is what it is
            key={place}
            className="filled-mark"
            x={(place / Math.max(1, series.values.length - 1)) * WIDTH - 0.6}
            y={HEIGHT - 3}
            width={1.2}
            height={3}
          />
        ),
      )}
    </svg>
  );
  if (!wide) return picture;
  return (
    <div className="series-wide">
      <span className="series-range faint number">
        <span>{formatFigure(high)}</span>
        <span>{formatFigure(low)}</span>
      </span>
      {picture}
    </div>
  );
}

/** Lines between neighbours that both have a value. @param draws whether the line from a place to the next is drawn */
function pathOf(
  values: readonly (number | null)[],
  at: (place: number, value: number) => string,
  draws: (place: number) => boolean,
): string {
  let pen = -1;
  return values
    .map((value, place) => {
      const next = values[place + 1] ?? null;
      if (value === null || next === null || !draws(place)) return "";
      const move = pen === place ? "" : `M${at(place, value)}`;
      pen = place + 1;
      return `${move}L${at(place + 1, next)}`;
    })
    .join("");
}
