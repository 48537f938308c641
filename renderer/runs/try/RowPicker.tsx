/** Which row of the data is tried or looked into: by number, the one before or after, another at random, or found in a list that can be searched. */
import { useEffect, useRef, useState } from "react";
import type { DataDocument } from "../../../core/graph/document.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { formatCount } from "../../ui/format.ts";
import { Failure } from "../../ui/States.tsx";
import { useText } from "../../ui/texts.ts";
import { cellText } from "../evaluation/RowCells.tsx";
import "./row-picker.css";

/** Rows of the list at once, and how soon a search is asked for. */
const PAGE = 50;
const WAIT_MS = 200;

interface RowPickerProps {
  readonly datasetId: string;
  /** As the design reads them; undefined while it is asked for: the list waits. */
  readonly columns: DataDocument["columns"] | undefined;
  readonly rowCount: number;
  readonly row: number;
  readonly onChange: (row: number) => void;
  /** Given where what stands below is the row no more, but was changed by hand. */
  readonly putBack?: (() => void) | undefined;
}

export function RowPicker({ datasetId, columns, rowCount, row, onChange, putBack }: RowPickerProps) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const go = (to: number): void => onChange(Math.max(0, Math.min(rowCount - 1, to)));
  return (
    <div className="row-picker">
      <Field label={t("try.row")} note={t(putBack === undefined ? "inside.of_rows" : "try.changed", { count: formatCount(rowCount) })}>
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
      <div className="row-picker-acts">
        <Button small onClick={() => go((row + Math.max(1, Math.floor(rowCount * 0.618))) % rowCount)}>
          {t("try.random")}
        </Button>
        {putBack !== undefined && (
          <Button small onClick={putBack}>
            {t("try.put_back")}
          </Button>
        )}
        <IconButton
          small
          icon="search"
          label={t(open ? "inside.list_hide" : "inside.list_show")}
          aria-expanded={open}
          disabled={columns === undefined}
          onClick={() => setOpen(!open)}
        />
      </div>
      {open && columns !== undefined && <RowList datasetId={datasetId} columns={columns} row={row} onChange={onChange} />}
    </div>
  );
}

interface RowListProps extends Omit<RowPickerProps, "rowCount" | "putBack"> {
  readonly columns: DataDocument["columns"];
}

function RowList({ datasetId, columns, row, onChange }: RowListProps) {
  const t = useText();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const [offset, setOffset] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked(text.trim());
      setOffset(0);
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { value, error, restart } = useAnswer("tables.view", {
    id: datasetId,
    columns,
    filter: null,
    search: asked === "" ? null : asked,
    sort: null,
    offset,
    count: PAGE,
  });
  // In a low panel it opens below what is in sight.
  const known = value !== null;
  useEffect(() => {
    if (known) list.current?.scrollIntoView({ block: "nearest" });
  }, [known]);
  return (
    <div ref={list} className="row-list">
      <Field label={t("inside.search_rows")}>
        {(control) => (
          <input {...control} className="input" type="search" value={text} onChange={(event) => setText(event.currentTarget.value)} />
        )}
      </Field>
      {error !== null && <Failure error={error} onRetry={restart} />}
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
                        .flatMap((cell) => (cell === null || cell === "" ? [] : [cellText(cell)]))
                        .slice(0, 8)
                        .join(" · ")}
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
          {value.total > PAGE && (
            <div className="row-picker-acts">
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
