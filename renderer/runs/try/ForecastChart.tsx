/** What was observed up to the window's end, the window as it is asked about, what is predicted after it, and what was observed there. */
import { axisMarks } from "../../training/date-axis.ts";
import { useText } from "../../ui/texts.ts";
import { BOTTOM, clipped, HEIGHT, LEFT, Plot, RIGHT, scale, TOP } from "../Plot.tsx";
import type { Forecast, Window } from "./series-window.ts";
import { type Changes, changeKey } from "./WindowValues.tsx";

const CHART_WIDTH = 400;
/** So many times as many rows before as are predicted, and at least so many. */
const BEFORE = 4;
const FEWEST_BEFORE = 40;

interface Point {
  readonly x: number;
  readonly y: number;
}

interface ForecastChartProps {
  readonly window: Window;
  readonly rows: Forecast["rows"];
  readonly changes: Changes;
  readonly target: number;
}

export function ForecastChart({ window, rows, changes, target }: ForecastChartProps) {
  const t = useText();
  const { dates, time, targets, around, length } = window;
  const label = targets[target] ?? "";
  const before = around
    .filter(({ known }) => known)
    .slice(-Math.max(FEWEST_BEFORE, BEFORE * rows.length, Math.min(length, 3 * FEWEST_BEFORE)));
  const observed = pointsOf(before, target);
  const after = pointsOf(around.filter(({ known }) => !known).slice(0, rows.length), target);
  const asked = askedPoints(window, changes, label);
  const predicted = rows.flatMap(({ x, fed, answers }) => {
    const y = answers?.[0]?.predicted[target];
    return typeof y === "number" && Number.isFinite(y) ? [{ x, y, fed }] : [];
  });
  const all = [...observed, ...after, ...asked, ...predicted];
  const x = scale(
    all.map((point) => point.x),
    LEFT,
    CHART_WIDTH - RIGHT,
    0.02,
  );
  const y = scale(
    all.map((point) => point.y),
    HEIGHT - BOTTOM,
    TOP,
    0.06,
  );
  const marks = axisMarks([x.low, x.high], dates).map(({ value, text }) => ({ x: x.at(value), text }));
  const line = (points: readonly Point[]): string =>
    points.map((point, k) => `${k === 0 ? "M" : "L"}${x.at(point.x).toFixed(1)} ${y.at(point.y).toFixed(1)}`).join("");
  const last = asked.at(-1) ?? observed.at(-1);
  const firstFed = predicted.findIndex(({ fed }) => fed);
  const direct = firstFed < 0 ? predicted : predicted.slice(0, firstFed);
  return (
    <>
      <Plot
        title={t("forecast.title", { label })}
        across={time ?? t("series.place")}
        up={clipped(label, 24)}
        y={y}
        marks={marks}
        width={CHART_WIDTH}
      >
        <path className="series-observed" d={line(observed)} />
        <path className="forecast-window" d={line(asked)} />
        <path className="forecast-after" d={line(after)} />
        <path className="forecast-predicted" d={line(last === undefined ? direct : [last, ...direct])} />
        {firstFed >= 0 && <path className="forecast-predicted is-fed" d={line(predicted.slice(Math.max(0, firstFed - 1)))} />}
        {predicted.length <= 60 &&
          predicted.map((point) => <circle key={point.x} className="forecast-point" cx={x.at(point.x)} cy={y.at(point.y)} r={2.5} />)}
      </Plot>
      <ul className="forecast-legend">
        <li className="is-observed">{t("forecast.observed")}</li>
        {asked.length > 0 && <li className="is-window">{t("forecast.window")}</li>}
        <li className="is-predicted">{t("forecast.predicted")}</li>
        {firstFed >= 0 && <li className="is-fed">{t("forecast.fed")}</li>}
        {after.length > 0 && <li className="is-after">{t("forecast.after")}</li>}
      </ul>
    </>
  );
}

const pointsOf = (rows: Window["around"], target: number): Point[] =>
  rows.flatMap(({ x, observed }) => {
    const y = observed[target];
    return y == null ? [] : [{ x, y }];
  });

/** Only where what is predicted is among what is read. */
function askedPoints({ rows, columns }: Window, changes: Changes, label: string): Point[] {
  const place = columns.indexOf(label);
  if (place < 0) return [];
  return rows.flatMap(({ x, cells }, k) => {
    const changed = changes[changeKey(rows.length - 1 - k, label)];
    const text = changed === undefined ? cells[place] : changed.value;
    const y = Number(text);
    return text == null || !Number.isFinite(y) ? [] : [{ x, y }];
  });
}
