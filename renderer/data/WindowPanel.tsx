/** Learn from earlier rows: which columns, how many rows back, how far ahead, in which order; and the series with its split. */
import { useEffect, useState } from "react";
import { errorData } from "../../core/errors.ts";
import type { DataDocument, WindowDocument } from "../../core/graph/document.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { errorText } from "../ui/error-text.ts";
import { Field, Select, SwitchField } from "../ui/Field.tsx";
import { formatCount, formatFigure } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { NumberInput } from "../ui/NumberInput.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { setWindow, toggleWindow } from "./acts.ts";
import { seriesColumns, timeColumns } from "./window.ts";

interface WindowPanelProps {
  data: DataDocument;
  datasetId: string;
  rowCount: number;
}

/** Nothing where no column is a number. */
export function WindowPanel({ data, datasetId, rowCount }: WindowPanelProps) {
  const t = useText();
  const { window } = data;
  if (window === undefined && seriesColumns(data).length === 0) return null;
  return (
    <section className="panel-section" aria-label={t("data.window")}>
      <SwitchField label={t("data.window")} help={t("data.window_help")} checked={window !== undefined} onChange={toggleWindow} />
      {window !== undefined && (
        <>
          <WindowFields data={data} window={window} rowCount={rowCount} />
          <SeriesPlot data={data} window={window} datasetId={datasetId} />
        </>
      )}
    </section>
  );
}

function WindowFields({ data, window, rowCount }: { data: DataDocument; window: WindowDocument; rowCount: number }) {
  const t = useText();
  const times = timeColumns(data);
  return (
    <>
      <div className="field-pair">
        <RowsField label={t("data.window_length")} value={window.length} most={rowCount} onChange={(length) => setWindow({ length })} />
        <RowsField label={t("data.window_horizon")} value={window.horizon} most={rowCount} onChange={(horizon) => setWindow({ horizon })} />
      </div>
      <fieldset className="window-columns">
        <legend>{t("data.window_columns")}</legend>
        {seriesColumns(data).map(({ name }) => {
          const checked = window.columns.includes(name);
          return (
            <label key={name}>
              <input
                type="checkbox"
                checked={checked}
                disabled={checked && window.columns.length === 1}
                onChange={() =>
                  setWindow({ columns: checked ? window.columns.filter((other) => other !== name) : [...window.columns, name] })
                }
              />
              <span className="clip">{name}</span>
            </label>
          );
        })}
      </fieldset>
      <Field label={t("data.window_order")}>
        {(control) => (
          <Select
            {...control}
            value={window.order_by ?? ""}
            options={[{ value: "", label: t("data.window_as_file") }, ...times.map(({ name }) => ({ value: name, label: name }))]}
            onChange={(name) => setWindow({ order_by: name === "" ? null : name })}
          />
        )}
      </Field>
    </>
  );
}

interface RowsFieldProps {
  label: string;
  value: number;
  most: number;
  onChange: (value: number) => void;
}

function RowsField({ label, value, most, onChange }: RowsFieldProps) {
  const t = useText();
  const [wrong, setWrong] = useState<string | null>(null);
  const bad = t("data.window_rows_wrong", { most: formatCount(most) });
  return (
    <Field label={label} wrong={wrong}>
      {(control) => (
        <NumberInput
          control={control}
          value={value}
          check={(rows) => (rows !== null && Number.isInteger(rows) && rows >= 1 && rows <= most ? null : bad)}
          onWrong={setWrong}
          onChange={(rows) => {
            if (rows !== null) onChange(rows);
          }}
          step={() => 1}
          notANumber={bad}
        />
      )}
    </Field>
  );
}

type Series = MethodOutput<"datasets.series">;
const POINTS = 520;
const WIDTH = 260;
const HEIGHT = 90;

function SeriesPlot({ data, window, datasetId }: { data: DataDocument; window: WindowDocument; datasetId: string }) {
  const t = useText();
  const language = useLanguage();
  const [series, setSeries] = useState<Series | null>(null);
  const [error, setError] = useState<unknown>(null);
  const column = data.columns.find(({ name, role }) => role === "target" && window.columns.includes(name))?.name ?? window.columns[0] ?? "";
  const order = JSON.stringify(data.columns.find(({ name }) => name === window.order_by) ?? null);
  useEffect(() => {
    let current = true;
    setError(null);
    host()
      .call("datasets.series", { id: datasetId, column, order_by: JSON.parse(order), points: POINTS })
      .then((found) => current && setSeries(found))
      .catch((thrown: unknown) => current && setError(thrown));
    return () => {
      current = false;
    };
  }, [datasetId, column, order]);
  if (error !== null) return <p className="panel-note bad">{errorText(errorData(error), language)}</p>;
  if (series === null) return null;
  const held = data.split.method === "time" ? data.split.validation_fraction : 0;
  const day = (time: number | null): string => (time === null ? "" : new Date(time).toISOString().slice(0, 10));
  return (
    <>
      <Curve
        series={series}
        held={held}
        label={t("data.series_label", { column, rows: formatCount(series.rows), held: Math.round(100 * held) })}
      />
      <div className="series-ends faint number">
        <span>{day(series.from)}</span>
        <span>{day(series.to)}</span>
      </div>
      {(series.gaps > 0 || series.repeated > 0 || series.missing > 0) && (
        <div className="notice warn-notice">
          <Icon name="warning" size={14} />
          <p>
            {series.gaps > 0 &&
              `${t("data.series_gaps", { count: formatCount(series.gaps), days: formatFigure((series.usual_step ?? 0) / 86_400_000, 3) })} `}
            {series.repeated > 0 && `${t("data.series_repeated", { count: formatCount(series.repeated) })} `}
            {series.missing > 0 && t("data.series_missing", { count: formatCount(series.missing), column })}
          </p>
        </div>
      )}
    </>
  );
}

function Curve({ series, held, label }: { series: Series; held: number; label: string }) {
  const numbers = series.values.filter((value) => value !== null);
  const low = numbers.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = numbers.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const range = high > low ? high - low : 1;
  let drawing = false;
  const path = series.values
    .map((value, place) => {
      const moves = !drawing;
      drawing = value !== null;
      if (value === null) return "";
      const x = (place / Math.max(1, series.values.length - 1)) * WIDTH;
      return `${moves ? "M" : "L"}${x.toFixed(2)} ${(HEIGHT - 4 - ((value - low) / range) * (HEIGHT - 8)).toFixed(2)}`;
    })
    .join("");
  const edge = WIDTH * (1 - held);
  return (
    <svg className="series-plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {held > 0 && <rect className="held-out" x={edge} y={0} width={WIDTH - edge} height={HEIGHT} />}
      {held > 0 && <line x1={edge} x2={edge} y1={0} y2={HEIGHT} />}
      <path d={path} />
    </svg>
  );
}
