/** Residuals of predicted numbers: against the prediction or any column, with bands of as many rows each, and as a histogram. */
import { useState } from "react";
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { MethodOutput, Run } from "../../../core/protocol/methods.ts";
import { useLongAnswer } from "../../state/use-long-answer.ts";
import { linearTicks } from "../../training/axes.ts";
import { markFormat } from "../../training/chart-words.ts";
import { axisMarks } from "../../training/date-axis.ts";
import { Field, Select } from "../../ui/Field.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { LongState } from "../../ui/LongState.tsx";
import { useText } from "../../ui/texts.ts";
import { BOTTOM, clipped, HEIGHT, LEFT, Plot, RIGHT, scale, TOP, WIDTH } from "../Plot.tsx";
import type { AskedRows, EvaluatedOutput } from "./evaluated.ts";
import { columnsToSlice } from "./RunSlices.tsx";
import { columnNumber } from "./slice-words.ts";

type Residuals = MethodOutput<"runs.residuals">;

interface RunResidualsProps {
  readonly run: Run;
  readonly design: DesignDocument;
  readonly output: EvaluatedOutput;
  readonly of: AskedRows;
}

export function RunResiduals({ run, design, output, of }: RunResidualsProps) {
  const t = useText();
  const [against, setAgainst] = useState("");
  const [target, setTarget] = useState(0);
  const answer = useLongAnswer("runs.residuals", {
    id: run.id,
    ...of,
    node_id: output.node_id,
    target,
    against: against === "" ? null : against,
  });
  const { value } = answer;
  const title = against === "" ? t("residuals.prediction") : against;
  return (
    <section className="residuals" aria-label={t("residuals.title")}>
      <h3>{t("residuals.title")}</h3>
      <div className="field-pair">
        <Field label={t("residuals.against")}>
          {(control) => (
            <Select
              {...control}
              value={against}
              options={[
                { value: "", label: t("residuals.prediction") },
                ...columnsToSlice(design).map((name) => ({ value: name, label: name })),
              ]}
              onChange={setAgainst}
            />
          )}
        </Field>
        {output.labels.length > 1 && (
          <Field label={t("residuals.target")}>
            {(control) => (
              <Select
                {...control}
                value={String(target)}
                options={output.labels.map((label, place) => ({ value: String(place), label }))}
                onChange={(place) => setTarget(Number(place))}
              />
            )}
          </Field>
        )}
      </div>
      <LongState answer={answer} what={t("residuals.working")} />
      {value !== null && (
        <>
          <Summary found={value} />
          <div className="evaluation-curves">
            <Scatter found={value} against={title} />
            <Histogram found={value} />
          </div>
          <p className="muted">{t("residuals.help")}</p>
        </>
      )}
    </section>
  );
}

function Summary({ found: { summary } }: { found: Residuals }) {
  const t = useText();
  const [least = null, low = null, , high = null, most = null] = summary.quantiles;
  const params = { least, low, high, most, mean: summary.mean, deviation: summary.deviation };
  const words = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value === null ? "–" : formatFigure(value)]));
  return <p>{t("residuals.summary", words)}</p>;
}

function Scatter({ found, against }: { found: Residuals; against: string }) {
  const t = useText();
  const { points, bands, words, dates, summary } = found;
  if (points.length === 0) return null;
  const xs = [...points.map(({ x }) => x), ...bands.flatMap(({ from, to }) => [from, to])];
  const spread = bands.flatMap(({ mean, deviation }) => [mean - (deviation ?? 0), mean + (deviation ?? 0)]);
  const x = scale(words === null ? xs : [-0.5, words.length - 0.5], LEFT, WIDTH - RIGHT, words === null ? 0.03 : 0);
  const y = scale([0, ...points.map(({ residual }) => residual), ...spread], HEIGHT - BOTTOM, TOP, 0.04);
  const title = t("residuals.scatter", { against, count: formatCount(points.length), total: formatCount(summary.rows) });
  const name = (value: number): string => (words === null ? columnNumber(value, dates) : (words[Math.round(value)] ?? ""));
  const marks =
    words === null ? axisMarks([x.low, x.high], dates) : words.slice(0, 6).map((word, value) => ({ value, text: clipped(word) }));
  return (
    <Plot
      title={title}
      across={against}
      up={t("residuals.residual")}
      y={y}
      marks={marks.map(({ value, text }) => ({ x: x.at(value), text }))}
    >
      {points.map((point) => (
        <circle
          key={`${point.row} ${point.x} ${point.residual}`}
          className="residual-point"
          cx={x.at(point.x)}
          cy={y.at(point.residual)}
          r={2}
        />
      ))}
      {bands.map(({ from, to, rows, mean, deviation }) => {
        const [left, right] = words === null ? [x.at(from), x.at(to)] : [x.at(from - 0.35), x.at(to + 0.35)];
        return (
          <g key={`${from} ${to}`} className="residual-band">
            <title>{t("residuals.band", { from: name(from), to: name(to), mean: formatFigure(mean), rows: formatCount(rows) })}</title>
            <rect
              x={left}
              width={Math.max(1, right - left)}
              y={y.at(mean + (deviation ?? 0))}
              height={Math.max(1, y.at(mean - (deviation ?? 0)) - y.at(mean + (deviation ?? 0)))}
            />
            <line x1={left} x2={right} y1={y.at(mean)} y2={y.at(mean)} />
          </g>
        );
      })}
      <line className="chance" x1={LEFT} x2={WIDTH - RIGHT} y1={y.at(0)} y2={y.at(0)} />
    </Plot>
  );
}

function Histogram({ found: { summary } }: { found: Residuals }) {
  const t = useText();
  const { histogram } = summary;
  const x = scale(
    histogram.flatMap(({ from, to }) => [from, to]),
    LEFT,
    WIDTH - RIGHT,
    0,
  );
  const ticks = linearTicks([x.low, x.high], 5);
  const written = markFormat(ticks);
  const most = Math.max(...histogram.map(({ rows }) => rows));
  const y = { at: (rows: number) => HEIGHT - BOTTOM - (rows / most) * (HEIGHT - BOTTOM - TOP), low: 0, high: most };
  return (
    <Plot
      title={t("residuals.histogram")}
      across={t("residuals.residual")}
      up={t("residuals.rows")}
      y={y}
      marks={ticks.map((mark) => ({ x: x.at(mark), text: written(mark) }))}
    >
      {histogram.map(({ from, to, rows }) => (
        <rect
          key={from}
          className="residual-bar"
          x={x.at(from) + 0.5}
          width={Math.max(1, x.at(to) - x.at(from) - 1)}
          y={y.at(rows)}
          height={HEIGHT - BOTTOM - y.at(rows)}
        >
          <title>{t("residuals.bar", { from: formatFigure(from), to: formatFigure(to), rows: formatCount(rows) })}</title>
        </rect>
      ))}
    </Plot>
  );
}
