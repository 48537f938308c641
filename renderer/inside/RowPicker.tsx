/** Which row of the data is looked at: by number, the one before or after, another at random, or found in a list that can be searched. */
import { useEffect, useState } from "react";
import type { DataDocument } from "../../core/graph/document.ts";
import { useAnswer } from "../state/use-answer.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { Failure } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";

/** Rows of the list at once, and how soon a search is asked for. */
const PAGE = 50;
const WAIT_MS = 200;

interface RowPickerProps {
  readonly datasetId: string;
  readonly columns: DataDocument["columns"];
  readonly rowCount: number;
  readonly row: number;
  readonly onChange: (row: number) => void;
}

export function RowPicker({ datasetId, columns, rowCount, row, onChange }: RowPickerProps) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const go = (to: number): void => onChange(Math.max(0, Math.min(rowCount - 1, to)));
  return (
    <div className="row-picker">
      <Field label={t("try.row")} note={t("inside.of_rows", { count: formatCount(rowCount) })}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="number"
            min={1}
            max={rowCount}
            value={row + 1}
            onChange={(event) => go((Math.trunc(Number(event.currentTarget.value)) || 1) - 1)}
          />
        )}
      </Field>
      <div className="inside-row">
        <Button small onClick={() => go((row + Math.max(1, Math.floor(rowCount * 0.618))) % rowCount)}>
          {t("try.random")}
        </Button>
        <IconButton
          small
          icon="search"
          label={t(open ? "inside.list_hide" : "inside.list_show")}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
      </div>
      {open && <RowList datasetId={datasetId} columns={columns} row={row} onChange={onChange} />}
    </div>
  );
}

function RowList({ datasetId, columns, row, onChange }: Omit<RowPickerProps, "rowCount">) {
  const t = useText();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const [offset, setOffset] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked(text.trim());
      setOffset(0);
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { value, error } = useAnswer("tables.view", {
    id: datasetId,
    columns,
    filter: null,
    search: asked === "" ? null : asked,
    sort: null,
    offset,
    count: PAGE,
  });
  return (
    <div className="row-list">
      <Field label={t("inside.search_rows")}>
        {(control) => (
          <input {...control} className="input" type="search" value={text} onChange={(event) => setText(event.currentTarget.value)} />
        )}
      </Field>
      {error !== null && <Failure error={error} />}
      {value !== null && value.total === 0 && <p className="muted">{t("inside.no_rows")}</p>}
      {value !== null && value.total > 0 && (
        <>
          <ul aria-label={t("inside.rows")}>
            {value.rows.map((cells, place) => {
              const number = value.numbers[place] ?? 0;
              return (
                <li key={number}>
                  <button type="button" aria-pressed={number === row} onClick={() => onChange(number)}>
                    <b className="number">{formatCount(number + 1)}</b>
                    <span className="clip">
                      {cells
                        .filter((cell) => cell !== null && cell !== "")
                        .slice(0, 8)
                        .join(" · ")}
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
          {value.total > PAGE && (
            <div className="inside-row">
              <Button small disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
                {t("inside.rows_before")}
              </Button>
              <Button small disabled={offset + PAGE >= value.total} onClick={() => setOffset(offset + PAGE)}>
                {t("inside.rows_after")}
              </Button>
            </div>
          )}
        </>
      )}
    </div>
  );
}
