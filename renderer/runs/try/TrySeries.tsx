/** A run of a series tried out: the last window of the data to start from, its values changed as one likes, and what follows drawn. */

import { useEffect, useMemo, useState } from "react";
import type { Run } from "../../../core/protocol/methods.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { Button } from "../../ui/Button.tsx";
import { Field, Select } from "../../ui/Field.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { LongState } from "../../ui/LongState.tsx";
import { NumberInput } from "../../ui/NumberInput.tsx";
import { Failure } from "../../ui/States.tsx";
import { useText } from "../../ui/texts.ts";
import { columnNumber } from "../evaluation/slice-words.ts";
import { ForecastChart } from "./ForecastChart.tsx";
import type { Forecast, Window } from "./series-window.ts";
import { Effects, OutputAnswers } from "./TryAnswers.tsx";
import { type Changes, WindowValues } from "./WindowValues.tsx";
import "./forecast.css";

/** Asked anew a moment after the last change; the answer before stays until then. */
const WAIT_MS = 120;

export function TrySeries({ run }: { run: Run }) {
  const t = useText();
  const [end, setEnd] = useState<number | null>(null);
  const window = useAnswer("runs.window", { id: run.id, end }, run.id);
  if (window.value === null) return <LongState answer={window} what={t("forecast.working")} />;
  return <WindowForm run={run} window={window.value} onEnd={setEnd} />;
}

interface WindowFormProps {
  readonly run: Run;
  readonly window: Window;
  readonly onEnd: (end: number | null) => void;
}

function WindowForm({ run, window, onEnd }: WindowFormProps) {
  const t = useText();
  const { end, first, total, horizon, most_ahead: mostAhead, targets } = window;
  const [changes, setChanges] = useState<Changes>({});
  const [ahead, setAhead] = useState(Math.min(horizon, mostAhead));
  const [target, setTarget] = useState(0);
  const asked = useLater(changes);
  const found = useAnswer("runs.forecast", { id: run.id, end, changes: listed(asked), ahead, effects: true }, `${run.id} ${end}`);
  const move = (to: number | null): void => {
    setChanges({});
    onEnd(to === null ? null : Math.min(total - 1, Math.max(first, to)));
  };
  const count = Object.keys(changes).length;
  return (
    <div className="try">
      <div className="try-row">
        <WholeNumber label={t("forecast.end")} value={end + 1} least={first + 1} most={total} onChange={(row) => move(row - 1)} />
        <Button small disabled={end === first} onClick={() => move(end - window.length)}>
          {t("series.earlier")}
        </Button>
        <Button small disabled={end === total - 1} onClick={() => move(end + window.length)}>
          {t("series.later")}
        </Button>
        <Button small disabled={end === total - 1} onClick={() => move(null)}>
          {t("forecast.newest")}
        </Button>
        <WholeNumber label={t("forecast.ahead")} value={ahead} least={1} most={mostAhead} onChange={setAhead} />
      </div>
      {mostAhead === horizon && <p className="muted">{t("forecast.no_further", { horizon: formatCount(horizon) })}</p>}
      {targets.length > 1 && (
        <Field label={t("residuals.target")}>
          {(control) => (
            <Select
              {...control}
              value={String(target)}
              options={targets.map((label, place) => ({ value: String(place), label }))}
              onChange={(place) => setTarget(Number(place))}
            />
          )}
        </Field>
      )}
      {found.error !== null && <Failure error={found.error} onRetry={found.restart} />}
      {found.value !== null && <ForecastAnswer window={window} forecast={found.value} changes={asked} target={target} />}
      <section aria-label={t("forecast.values")}>
        <div className="forecast-head">
          <h3>{t("forecast.values")}</h3>
          {count > 0 && <span className="muted">{t("forecast.changed", { count: formatCount(count) })}</span>}
          {count > 0 && (
            <Button small onClick={() => setChanges({})}>
              {t("forecast.reset")}
            </Button>
          )}
        </div>
        <WindowValues window={window} changes={changes} onChange={setChanges} />
      </section>
      <p className="muted">{t("forecast.help", { horizon: formatCount(horizon) })}</p>
    </div>
  );
}

interface WholeNumberProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

function WholeNumber({ label, value, least, most, onChange }: WholeNumberProps) {
  const t = useText();
  const [wrong, setWrong] = useState<string | null>(null);
  const bounds = t("forecast.bounds", { least: formatCount(least), most: formatCount(most) });
  return (
    <Field label={label} wrong={wrong}>
      {(control) => (
        <NumberInput
          control={control}
          value={value}
          check={(number) => (number !== null && Number.isInteger(number) && number >= least && number <= most ? null : bounds)}
          onWrong={setWrong}
          onChange={(number) => {
            if (number !== null) onChange(number);
          }}
          step={() => 1}
          notANumber={bounds}
        />
      )}
    </Field>
  );
}

function useLater(changes: Changes): Changes {
  const [later, setLater] = useState(changes);
  useEffect(() => {
    const timer = setTimeout(() => setLater(changes), WAIT_MS);
    return () => clearTimeout(timer);
  }, [changes]);
  return later;
}

const listed = (changes: Changes): { back: number; column: string; value: string | null }[] =>
  Object.values(changes).map((one) => ({ ...one }));

interface ForecastAnswerProps {
  readonly window: Window;
  readonly forecast: Forecast;
  readonly changes: Changes;
  readonly target: number;
}

/** The next answer in words, all of them drawn where they are numbers, and what the one that the whole window is for hangs on. */
function ForecastAnswer({ window, forecast: { rows, effects }, changes, target }: ForecastAnswerProps) {
  const t = useText();
  const drawn = useMemo(() => rows.some(({ answers }) => typeof answers?.[0]?.predicted[target] === "number"), [rows, target]);
  const [next] = rows;
  return (
    <section className="try-answer" aria-label={t("try.answer")} aria-live="polite">
      {next?.answers == null ? (
        <p>{t("forecast.unknown")}</p>
      ) : (
        <>
          <p className="muted">{columnNumber(next.x, window.dates)}</p>
          <OutputAnswers outputs={next.answers} />
        </>
      )}
      {drawn && <ForecastChart window={window} rows={rows} changes={changes} target={target} />}
      {!drawn && rows.length > 1 && (
        <ol className="forecast-list">
          {rows.slice(1).map(({ x, answers }) => (
            <li key={x}>
              {columnNumber(x, window.dates)}:{" "}
              {answers?.[0]?.predicted.map((one) => (typeof one === "number" ? formatFigure(one) : one)).join(", ") ?? "–"}
            </li>
          ))}
        </ol>
      )}
      {effects.steps.length > 1 && (
        <Effects
          title={t("forecast.steps")}
          help={t("forecast.effects_text")}
          effects={effects.steps.map(({ from, to, effect }) => ({
            label: t(from === to ? "forecast.step_one" : "forecast.step", { from: formatCount(from), to: formatCount(to) }),
            effect,
          }))}
        />
      )}
      {effects.columns.length > 0 && (
        <Effects
          title={t("forecast.columns")}
          help={t("forecast.effects_text")}
          effects={effects.columns.map(({ column, effect }) => ({ label: column, effect }))}
        />
      )}
    </section>
  );
}
