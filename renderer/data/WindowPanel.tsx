/** Learn from earlier rows: which columns, how many rows back, how far ahead, in which order; and the series with its split. */
import type { DataDocument, WindowDocument } from "../../core/graph/document.ts";
import { Field, Select, SwitchField } from "../ui/Field.tsx";
import { useText } from "../ui/texts.ts";
import { setGapFill, setWindow, toggleWindow } from "./acts.ts";
import { GapFields } from "./GapFields.tsx";
import { RowsField } from "./RowsField.tsx";
import { SeriesPlot } from "./SeriesPlot.tsx";
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
      <GapFields fill={window.fill ?? null} rowCount={rowCount} onChange={setGapFill} />
    </>
  );
}
