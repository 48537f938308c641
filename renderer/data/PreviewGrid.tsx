/** The rows of the data as they are in the file. Pages are read when they come into sight; only cells in sight are drawn. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ColumnDocument, DataDocument } from "../../core/graph/document.ts";
import type { Dataset } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { formatCount } from "../ui/format.ts";
import { Failure } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { useLayout } from "./layout.ts";
import { PictureCanvas } from "./PictureCanvas.tsx";
import { spanOf, spanOfSizes, useScrollWindow } from "./use-window.ts";

const ROW_HEIGHT = 26;
/** Where a column holds pictures. */
const PICTURE_ROW_HEIGHT = 54;
const PICTURE_SIDE = 46;
/** Wide enough for the name, and for what columns of the type hold, within reason: long values are cut. */
function widthOf(name: string, column: ColumnDocument | undefined): number {
  const least = column?.type === "text" ? 200 : column?.type === "categorical" || column?.role !== "feature" ? 124 : 92;
  return Math.round(Math.min(240, Math.max(least, 26 + 7.4 * name.length)));
}
const NUMBER_WIDTH = 68;
/** Beyond this an element's height is more than browsers can draw. */
const MOST_ROWS = 500_000;
const ROWS_A_PAGE = 100;
/** Wide tables come in smaller pages, so that a page stays quick. */
const CELLS_A_PAGE = 100_000;
const SERIES = 8;

type Row = readonly (string | null)[];

function usePages(
  dataset: Dataset,
  first: number,
  end: number,
): { rowAt: (row: number) => Row | undefined; error: unknown; retry: () => void } {
  const size = Math.max(5, Math.min(ROWS_A_PAGE, Math.floor(CELLS_A_PAGE / dataset.column_count)));
  const pages = useRef(new Map<number, readonly Row[] | "asked">());
  const [, setRead] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const from = Math.floor(first / size);
  const to = Math.floor(Math.max(first, end - 1) / size);
  useEffect(() => {
    if (error !== null) return;
    for (let page = from; page <= to; page += 1) {
      if (pages.current.has(page) || page * size >= dataset.row_count) continue;
      pages.current.set(page, "asked");
      host()
        .call("datasets.preview", { id: dataset.id, offset: page * size, count: size })
        .then(({ rows }) => {
          pages.current.set(page, rows);
          setRead((count) => count + 1);
        })
        .catch((thrown: unknown) => {
          pages.current.delete(page);
          setError(thrown);
        });
    }
  }, [dataset, from, to, size, error]);
  const rowAt = useCallback(
    (row: number): Row | undefined => {
      const page = pages.current.get(Math.floor(row / size));
      return page === "asked" ? undefined : page?.[row % size];
    },
    [size],
  );
  return { rowAt, error, retry: () => setError(null) };
}

function endsOf(names: readonly string[], documents: ReadonlyMap<string, ColumnDocument>): readonly number[] {
  let end = 0;
  return names.map((name) => {
    end += widthOf(name, documents.get(name));
    return end;
  });
}

/** Draws the columns in the order of the file; `dataset` must not change: give a key. */
export function PreviewGrid({ dataset, names, data }: { dataset: Dataset; names: readonly string[]; data: DataDocument }) {
  const t = useText();
  const { ref, onScroll, top, left, height, width } = useScrollWindow<HTMLElement>();
  const rowCount = Math.min(dataset.row_count, MOST_ROWS);
  const rowHeight = data.columns.some(({ type }) => type === "picture") ? PICTURE_ROW_HEIGHT : ROW_HEIGHT;
  const rows = spanOf(top, height, rowHeight, rowCount);
  const documents = useMemo(() => new Map(data.columns.map((column) => [column.name, column])), [data.columns]);
  const ends = useMemo(() => endsOf(names, documents), [names, documents]);
  const total = ends.at(-1) ?? 0;
  const columns = spanOfSizes(left, width - NUMBER_WIDTH, ends);
  const { rowAt, error, retry } = usePages(dataset, rows.first, rows.end);
  const classes = useLayout((state) => state.layout?.classes);
  const places = useMemo(() => new Map((classes ?? []).map((name, place) => [name, place])), [classes]);
  const reading = rowCount > 0 && (rowAt(rows.first) === undefined || rowAt(rows.end - 1) === undefined);
  if (error !== null) return <Failure error={error} onRetry={retry} />;
  const shown = names.slice(columns.first, columns.end);
  const before = ends[columns.first - 1] ?? 0;
  const after = total - (ends[columns.end - 1] ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
    <section ref={ref} className="preview" onScroll={onScroll} tabIndex={0} aria-label={t("data.rows_label", { name: dataset.name })}>
      <table
        aria-label={t("data.rows_label", { name: dataset.name })}
        aria-rowcount={rowCount + 1}
        aria-colcount={names.length + 1}
        className="preview-table"
        style={{ width: NUMBER_WIDTH + total }}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="row-number" style={{ width: NUMBER_WIDTH }}>
              {t("data.row_number")}
            </th>
            {before > 0 && <td style={{ width: before }} />}
            {shown.map((name) => (
              <Heading key={name} name={name} column={documents.get(name)} />
            ))}
            {after > 0 && <td style={{ width: after }} />}
          </tr>
        </thead>
        <tbody>
          {rows.first > 0 && <tr className="space" style={{ height: rows.first * rowHeight }} />}
          {Array.from({ length: rows.end - rows.first }, (_, place) => {
            const row = rows.first + place;
            const cells = rowAt(row);
            return (
              <tr key={row} aria-rowindex={row + 2} style={{ height: rowHeight }}>
                <th scope="row" className="row-number number">
                  {formatCount(row + 1)}
                </th>
                {before > 0 && <td />}
                {shown.map((name, index) => (
                  <Cell
                    key={name}
                    value={cells?.[columns.first + index]}
                    column={documents.get(name)}
                    places={places}
                    dataset={dataset.id}
                  />
                ))}
                {after > 0 && <td />}
              </tr>
            );
          })}
          {rows.end < rowCount && <tr className="space" style={{ height: (rowCount - rows.end) * rowHeight }} />}
        </tbody>
      </table>
      {reading && (
        <p className="preview-reading" role="status">
          {t("data.rows_loading")}
        </p>
      )}
      {dataset.row_count > rowCount && <p className="muted">{t("data.rows_shown_first", { count: formatCount(rowCount) })}</p>}
    </section>
  );
}

function Heading({ name, column }: { name: string; column: ColumnDocument | undefined }) {
  const t = useText();
  const role = column === undefined || column.role === "feature" ? "" : ` · ${t(`data.role.${column.role}`)}`;
  return (
    <th
      scope="col"
      className={`${column?.role ?? ""} ${column?.type === "numeric" ? "right" : ""}`}
      style={{ width: widthOf(name, column) }}
      title={name}
    >
      <b className="clip">{name}</b>
      <span className="faint clip">{column === undefined ? "" : `${t(`data.type.${column.type}`)}${role}`}</span>
    </th>
  );
}

const USUAL_MISSING: readonly string[] = ["", "NA", "NaN", "NULL", "null"];

interface CellProps {
  /** Undefined while the page is read. */
  value: string | null | undefined;
  column: ColumnDocument | undefined;
  places: ReadonlyMap<string, number>;
  dataset: string;
}

function Cell({ value, column, places, dataset }: CellProps) {
  const t = useText();
  if (value === undefined) return <td />;
  const tokens = column?.missing_tokens ?? USUAL_MISSING;
  const trimmed = value?.trim() ?? "";
  if (trimmed === "" || tokens.includes(trimmed))
    return <td className="missing clip">{trimmed === "" ? t("data.cell_missing") : `${trimmed} · ${t("data.cell_missing")}`}</td>;
  if (column?.type === "picture" && /^\d+$/.test(trimmed))
    return (
      <td>
        <PictureCanvas
          dataset={dataset}
          picture={Number(trimmed)}
          side={PICTURE_SIDE}
          label={t("data.picture_named", { row: trimmed, label: column.name })}
        />
      </td>
    );
  const place = column?.role === "target" ? (places.get(trimmed) ?? places.get(String(Number(trimmed)))) : undefined;
  const look = [column?.type === "numeric" ? "number right" : "", column?.role === "ignored" ? "unused" : ""].join(" ");
  return (
    <td className={`clip ${look}`} title={trimmed}>
      {place !== undefined && (
        <i className="class-dot" style={{ background: `var(--series-${(place % SERIES) + 1})` }} aria-hidden="true" />
      )}
      {trimmed}
    </td>
  );
}
