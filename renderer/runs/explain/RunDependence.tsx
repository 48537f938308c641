/** What a model makes of the values of one column: the mean of all rows and curves of some of their own; of words bars. */
import { useState } from "react";
import type { MethodOutput, Run } from "../../../core/protocol/methods.ts";
import { useLongAnswer } from "../../state/use-long-answer.ts";
import { axisMarks } from "../../training/date-axis.ts";
import { Field, Select } from "../../ui/Field.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { LongState } from "../../ui/LongState.tsx";
import { useText } from "../../ui/texts.ts";
import { BOTTOM, clipped, HEIGHT, LEFT, Plot, RIGHT, scale, WIDTH } from "../Plot.tsx";

type Dependence = MethodOutput<"runs.dependence">;

export type ImportancePart = "training" | "validation" | "test";

interface RunDependenceProps {
  readonly run: Run;
  readonly part: ImportancePart;
  readonly nodeId: string | null;
  readonly column: string;
}

export function RunDependence({ run, part, nodeId, column }: RunDependenceProps) {
  const t = useText();
  const [target, setTarget] = useState<number | null>(null);
  const [labels, setLabels] = useState<readonly string[]>([]);
  const answer = useLongAnswer("runs.dependence", {
    id: run.id,
    part,
    node_id: nodeId,
    column,
    target,
  });
  const { value } = answer;
  if (value !== null && value.labels.length !== labels.length) setLabels(value.labels);
  return (
    <section className="dependence" aria-label={t("dependence.title", { column })}>
      <h3>{t("dependence.title", { column })}</h3>
      {labels.length > 1 && (
        <div className="field-pair">
          <Field label={t("dependence.of")}>
            {(control) => (
              <Select
                {...control}
                value={String(target ?? value?.target ?? 0)}
                options={labels.map((label, place) => ({ value: String(place), label }))}
                onChange={(place) => setTarget(Number(place))}
              />
            )}
          </Field>
        </div>
      )}
      <LongState answer={answer} what={t("dependence.working")} />
      {value !== null && (
        <>
          <DependenceChart found={value} />
          <p className="muted">{t(typeof value.values[0] === "string" ? "dependence.words_help" : "dependence.help")}</p>
        </>
      )}
    </section>
  );
}

const known = (values: readonly (number | null)[]): number[] => values.flatMap((value) => (value === null ? [] : [value]));

function DependenceChart({ found }: { found: Dependence }) {
  const t = useText();
  const { column, labels, target, probabilities, rows, values, average, individual, dates, deciles } = found;
  const words = values.every((value) => typeof value === "string") ? values.map(String) : null;
  const numbers = words === null ? values.map(Number) : [];
  const x = scale(words === null ? numbers : [-0.5, words.length - 0.5], LEFT, WIDTH - RIGHT, words === null ? 0.02 : 0);
  const all = [...known(average), ...individual.flatMap(({ predicted }) => known(predicted))];
  const y = scale(words === null ? all : [...all, ...(probabilities ? [0] : [])], HEIGHT - BOTTOM, TOP_ROOM, 0.05);
  const placeOf = (k: number): number => x.at(words === null ? (numbers[k] as number) : k);
  const most = Math.max(4, Math.floor(48 / Math.max(1, words?.length ?? 1)));
  const marks =
    words === null
      ? axisMarks([x.low, x.high], dates)
      : words.slice(0, MOST_NAMED).map((word, value) => ({ value, text: clipped(word, most) }));
  const up = t(probabilities ? "dependence.share" : "dependence.predicted", { label: labels[target] ?? "" });
  return (
    <Plot
      title={t("dependence.chart", { rows: formatCount(rows), shown: formatCount(individual.length) })}
      across={column}
      up={clipped(up, 30)}
      y={y}
      marks={marks.map(({ value, text }) => ({ x: x.at(value), text }))}
    >
      {words === null &&
        [...new Set(deciles)].map((value) => <DecileMark key={value} x={x.at(value)} low={x.at(x.low)} high={x.at(x.high)} />)}
      {words === null ? (
        <>
          {individual.map(({ row, predicted }) => (
            <polyline key={row} className="dependence-row" points={pointsOf(predicted, placeOf, y.at)}>
              <title>{t("dependence.row", { row: formatCount(row + 1) })}</title>
            </polyline>
          ))}
          <polyline className="dependence-mean" points={pointsOf(average, placeOf, y.at)} />
        </>
      ) : (
        words.map((word, k) => (
          <WordBar
            key={word}
            title={`${word}: ${formatFigure(average[k] ?? null)}`}
            x={placeOf(k)}
            width={((WIDTH - RIGHT - LEFT) / words.length) * 0.6}
            from={y.at(Math.max(y.low, Math.min(0, y.high)))}
            to={y.at(average[k] ?? 0)}
            dots={individual.flatMap(({ row, predicted }) => (predicted[k] == null ? [] : [{ row, y: y.at(predicted[k]) }]))}
          />
        ))
      )}
    </Plot>
  );
}

const TOP_ROOM = 8;
const MOST_NAMED = 12;

const pointsOf = (values: readonly (number | null)[], x: (k: number) => number, y: (value: number) => number): string =>
  values.flatMap((value, k) => (value === null ? [] : [`${x(k).toFixed(1)},${y(value).toFixed(1)}`])).join(" ");

/** A tenth of the rows lies between two of them. */
function DecileMark({ x, low, high }: { x: number; low: number; high: number }) {
  if (x < low || x > high) return null;
  return <line className="decile" x1={x} x2={x} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM - 5} />;
}

interface WordBarProps {
  readonly title: string;
  readonly x: number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
  readonly dots: readonly { readonly row: number; readonly y: number }[];
}

function WordBar({ title, x, width, from, to, dots }: WordBarProps) {
  return (
    <g>
      <title>{title}</title>
      <rect className="residual-bar" x={x - width / 2} width={width} y={Math.min(from, to)} height={Math.max(1, Math.abs(to - from))} />
      {dots.map((dot) => (
        <circle key={dot.row} className="dependence-dot" cx={x} cy={dot.y} r={2} />
      ))}
    </g>
  );
}
