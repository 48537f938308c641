/** The fitted curve of a series: what was observed, what the run said of it one window ahead in each part, and below what is left over. */
import { useState } from "react";
import type { MethodOutput, Run } from "../../../core/protocol/methods.ts";
import { useLongAnswer } from "../../state/use-long-answer.ts";
import { axisMarks } from "../../training/date-axis.ts";
import { Button } from "../../ui/Button.tsx";
import { Field, Select } from "../../ui/Field.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { LongState } from "../../ui/LongState.tsx";
import { type TextKey, useText } from "../../ui/texts.ts";
import { columnNumber } from "../evaluation/slice-words.ts";
import { BOTTOM, clipped, HEIGHT, LEFT, Plot, RIGHT, scale, TOP } from "../Plot.tsx";
import "./importance.css";

type Series = MethodOutput<"runs.series">;
type Point = Series["points"][number];

const MOST_POINTS = 500;
const CHART_WIDTH = 430;
/** What of the series is looked at: all of it, a part, or so many rows that can be moved along. */
const STRETCHES = ["whole", "training", "validation", "test", "50", "200", "1000"] as const;
type Stretch = (typeof STRETCHES)[number];

export function RunSeries({ run }: { run: Run }) {
  const t = useText();
  const [target, setTarget] = useState(0);
  const [stretch, setStretch] = useState<Stretch>("whole");
  const [range, setRange] = useState<{ readonly from: number; readonly to: number | null }>({ from: 0, to: null });
  const answer = useLongAnswer("runs.series", { id: run.id, node_id: null, target, ...range, most: MOST_POINTS }, 0, run.id);
  const [cursor, setCursor] = useState(0);
  const { value } = answer;
  // Where a question fails, what it can be asked is still known from the answer before: another choice asks another one.
  const [known, setKnown] = useState<Series | null>(null);
  if (value !== null && value !== known) setKnown(value);
  const offers = value ?? known;
  if (offers === null) return <LongState answer={answer} what={t("series.working")} />;
  const { total, parts, labels } = offers;
  const rows = Number(stretch);
  const choose = (next: Stretch): void => {
    const part = parts.find((one) => one.part === next);
    setStretch(next);
    if (next === "whole") setRange({ from: 0, to: null });
    else if (part !== undefined) setRange({ from: part.from, to: part.to + 1 });
    else setRange({ from: Math.max(0, total - Number(next)), to: total });
  };
  const move = (by: number): void => {
    const from = Math.min(Math.max(0, range.from + by), Math.max(0, total - rows));
    setRange({ from, to: Math.min(total, from + rows) });
  };
  const offered = STRETCHES.filter((one) => one === "whole" || parts.some(({ part }) => part === one) || Number(one) < total);
  return (
    <div className="run-evaluation run-series">
      <div className="field-pair">
        <Field label={t("series.show")}>
          {(control) => (
            <Select
              {...control}
              value={stretch}
              options={offered.map((one) => ({ value: one, label: t(...stretchWords(one)) }))}
              onChange={choose}
            />
          )}
        </Field>
        {labels.length > 1 && (
          <Field label={t("residuals.target")}>
            {(control) => (
              <Select
                {...control}
                value={String(target)}
                options={labels.map((label, place) => ({ value: String(place), label }))}
                onChange={(place) => setTarget(Number(place))}
              />
            )}
          </Field>
        )}
      </div>
      {Number.isFinite(rows) && (
        <div className="series-moves">
          <Button small disabled={range.from === 0} onClick={() => move(-Math.ceil(rows / 2))}>
            {t("series.earlier")}
          </Button>
          <Button small disabled={range.to === total} onClick={() => move(Math.ceil(rows / 2))}>
            {t("series.later")}
          </Button>
        </div>
      )}
      <LongState answer={answer} what={t("series.working")} over />
      {value !== null && <SeriesCharts found={value} label={labels[target] ?? ""} chosen={cursor} onChoose={setCursor} />}
      {value !== null && <PartTable found={value} />}
      <p className="muted">{t("series.help", { horizon: formatCount(offers.horizon) })}</p>
    </div>
  );
}

/** A row before the first whole window has no prediction. */
const figure = (value: number | null): string => (value === null ? "–" : formatFigure(value));

function stretchWords(stretch: Stretch): [TextKey, Record<string, string>] {
  if (stretch === "whole") return ["series.whole", {}];
  if (stretch === "training" || stretch === "validation" || stretch === "test") return [`charts.part.${stretch}`, {}];
  return ["series.rows", { count: formatCount(Number(stretch)) }];
}

interface SeriesChartsProps {
  readonly found: Series;
  readonly label: string;
  /** Place of the point that is read out. */
  readonly chosen: number;
  readonly onChoose: (place: number) => void;
}

function SeriesCharts({ found, label, chosen, onChoose }: SeriesChartsProps) {
  const t = useText();
  const { points, dates, time, parts } = found;
  if (points.length === 0) return <p className="muted">{t("series.none")}</p>;
  const x = scale(
    points.map((point) => point.x),
    LEFT,
    CHART_WIDTH - RIGHT,
    0.01,
  );
  const marks = axisMarks([x.low, x.high], dates).map(({ value, text }) => ({ x: x.at(value), text }));
  const values = points.flatMap(({ observed, predicted }) => [observed, predicted].filter((value) => value !== null));
  const left = points.map(residualOf);
  const y = scale(values.length === 0 ? [0] : values, HEIGHT - BOTTOM, TOP, 0.04);
  const residualY = scale([0, ...left.filter((value) => value !== null)], HEIGHT - BOTTOM, TOP, 0.04);
  const at = Math.min(chosen, points.length - 1);
  const point = points[at] as Point;
  const across = time ?? t("series.place");
  const cursor = <line className="series-cursor" x1={x.at(point.x)} x2={x.at(point.x)} y1={TOP} y2={HEIGHT - BOTTOM} />;
  return (
    <>
      <Plot
        title={t("series.title", { label, count: formatCount(points.length) })}
        across={across}
        up={clipped(label, 24)}
        y={y}
        marks={marks}
        width={CHART_WIDTH}
      >
        <path className="series-observed" d={pathOf(points, (one) => one.observed, x.at, y.at)} />
        {parts.map(({ part }) => (
          <path
            key={part}
            className={`series-predicted is-${part}`}
            d={pathOf(points, (one) => (one.part === part ? one.predicted : null), x.at, y.at)}
          />
        ))}
        {cursor}
      </Plot>
      <ul className="series-legend">
        <li className="is-observed">{t("series.observed")}</li>
        {parts.map(({ part }) => (
          <li key={part} className={`is-${part}`}>
            {t("series.predicted", { part: t(`charts.part.${part}`) })}
          </li>
        ))}
      </ul>
      <Plot title={t("series.residuals")} across={across} up={t("residuals.residual")} y={residualY} marks={marks} width={CHART_WIDTH}>
        <line className="chance" x1={LEFT} x2={CHART_WIDTH - RIGHT} y1={residualY.at(0)} y2={residualY.at(0)} />
        {parts.map(({ part }) => (
          <path
            key={part}
            className={`series-predicted is-${part}`}
            d={pathOf(points, (one) => (one.part === part ? residualOf(one) : null), x.at, residualY.at)}
          />
        ))}
        {cursor}
      </Plot>
      <input
        className="series-slider"
        type="range"
        min={0}
        max={points.length - 1}
        value={at}
        aria-label={t("series.cursor")}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
      />
      <p className="number">
        {t("series.point", {
          at: columnNumber(point.x, dates),
          observed: figure(point.observed),
          predicted: figure(point.predicted),
          residual: figure(residualOf(point)),
        })}
      </p>
    </>
  );
}

const residualOf = ({ observed, predicted }: Point): number | null =>
  observed === null || predicted === null ? null : observed - predicted;

/** A line through the points that have a value; where one is missing it breaks off. */
function pathOf(
  points: readonly Point[],
  pick: (point: Point) => number | null,
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  let drawing = false;
  return points
    .map((point) => {
      const value = pick(point);
      const step = value === null ? "" : `${drawing ? "L" : "M"}${x(point.x).toFixed(1)} ${y(value).toFixed(1)}`;
      drawing = value !== null;
      return step;
    })
    .join("");
}

function PartTable({ found: { parts } }: { found: Series }) {
  const t = useText();
  return (
    <table className="weight-table">
      <thead>
        <tr>
          <th scope="col">{t("evaluation.rows")}</th>
          <th scope="col">{t("slices.rows")}</th>
          <th scope="col">{t("slices.error")}</th>
          <th scope="col">{t("series.naive")}</th>
        </tr>
      </thead>
      <tbody>
        {parts.map(({ part, rows, error, naive }) => (
          <tr key={part}>
            <th scope="row">{t(`charts.part.${part}`)}</th>
            <td>{formatCount(rows)}</td>
            <td>{error === null ? "–" : formatFigure(error)}</td>
            <td>{naive === null ? "–" : formatFigure(naive)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
