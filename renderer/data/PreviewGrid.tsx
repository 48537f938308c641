/** The rows of the data as they are in the file, in the order asked for. Only cells in sight are drawn; a heading sorts by its column. */
import { useEffect, useMemo } from "react";
import type { ColumnDocument, DataDocument } from "../../core/graph/document.ts";
import { choicesOf } from "../../core/graph/row-choices.ts";
import type { Dataset } from "../../core/protocol/methods.ts";
import { LongState } from "../ui/LongState.tsx";
import { useText } from "../ui/texts.ts";
import { GridRow } from "./GridRow.tsx";
import { useLayout } from "./layout.ts";
import type { SeenRow } from "./row-pages.ts";
import type { Rows, RowsAsked } from "./use-rows.ts";
import { type Span, spanOf, spanOfSizes, useScrollWindow } from "./use-window.ts";

const ROW_HEIGHT = 26;
/** Where a column holds pictures. */
const PICTURE_ROW_HEIGHT = 54;
/** Wide enough for the name, and for what columns of the type hold, within reason: long values are cut. */
function widthOf(name: string, column: ColumnDocument | undefined): number {
  const least = column?.type === "text" ? 200 : column?.type === "categorical" || column?.role !== "feature" ? 124 : 92;
  return Math.round(Math.min(240, Math.max(least, 26 + 7.4 * name.length)));
}
const NUMBER_WIDTH = 68;
/** An element that is much higher than this, browsers cannot draw: beyond it a row of the scroll bar is more than one of the table. */
const MOST_HEIGHT = 12_000_000;

/** Longer lines of text are hard to read. */
const WIDEST_TEXT = 720;

/** Texts take the room that is left over. @param room for all columns together */
function widthsOf(names: readonly string[], documents: ReadonlyMap<string, ColumnDocument>, room: number): readonly number[] {
  const widths = names.map((name) => widthOf(name, documents.get(name)));
  const isText = (name: string): boolean => documents.get(name)?.type === "text";
  const texts = names.filter(isText).length;
  const left = room - widths.reduce((sum, width) => sum + width, 0);
  if (left <= 0 || texts === 0) return widths;
  return widths.map((width, place) => (isText(names[place] ?? "") ? Math.min(WIDEST_TEXT, width + Math.floor(left / texts)) : width));
}

function endsOf(widths: readonly number[]): readonly number[] {
  let end = 0;
  return widths.map((width) => {
    end += width;
    return end;
  });
}

interface PreviewGridProps {
  dataset: Dataset;
  names: readonly string[];
  data: DataDocument;
  rows: Rows;
  sort: RowsAsked["sort"];
  onSort: (column: string) => void;
  /** The number of a row was chosen. */
  onRow: (row: SeenRow) => void;
}

/** Draws the columns in the order of the file; `dataset` must not change: give a key. */
export function PreviewGrid({ dataset, names, data, rows: seen, sort, onSort, onRow }: PreviewGridProps) {
  const t = useText();
  const { ref, onScroll, top, left, height, width } = useScrollWindow<HTMLElement>();
  const { rowAt, need } = seen;
  const rowCount = seen.total ?? 0;
  const rowHeight = data.columns.some(({ type }) => type === "picture") ? PICTURE_ROW_HEIGHT : ROW_HEIGHT;
  const { rows, before: spaceBefore, after: spaceAfter } = rowsInSight(top, height, rowHeight, rowCount);
  const documents = useMemo(() => new Map(data.columns.map((column) => [column.name, column])), [data.columns]);
  const widths = useMemo(() => widthsOf(names, documents, width - NUMBER_WIDTH), [names, documents, width]);
  const ends = useMemo(() => endsOf(widths), [widths]);
  const total = ends.at(-1) ?? 0;
  const columns = spanOfSizes(left, width - NUMBER_WIDTH, ends);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question (`rowAt`) needs its rows anew
  useEffect(() => need(rows.first, Math.max(rows.end, 1)), [need, rowAt, rows.first, rows.end]);
  const classes = useLayout((state) => state.layout?.classes);
  const places = useMemo(() => new Map((classes ?? []).map((name, place) => [name, place])), [classes]);
  const choices = useMemo(() => {
    const { excluded, relabelled } = choicesOf(data, dataset.fingerprint);
    return { excluded: new Set(excluded), labels: new Map(relabelled.map(({ row, column, value }) => [`${row} ${column}`, value])) };
  }, [data, dataset.fingerprint]);
  const reading = rowCount > 0 && (rowAt(rows.first) === undefined || rowAt(rows.end - 1) === undefined);
  // What a row is drawn from stays the same while it is in sight: scrolling draws those that come into it, and no other.
  const shown = useMemo(() => names.slice(columns.first, columns.end), [names, columns.first, columns.end]);
  const look = useMemo(() => ({ dataset: dataset.id, documents, places, choices }), [dataset.id, documents, places, choices]);
  const before = ends[columns.first - 1] ?? 0;
  const after = total - (ends[columns.end - 1] ?? 0);
  return (
    <section
      ref={ref}
      className={seen.areOfBefore ? "preview of-before" : "preview"}
      onScroll={onScroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
      tabIndex={0}
      aria-label={t("data.rows_label", { name: dataset.name })}
    >
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
            {shown.map((name, place) => (
              <Heading
                key={name}
                name={name}
                width={widths[columns.first + place] ?? 0}
                column={documents.get(name)}
                sorted={sort?.column === name ? (sort.descending ? "descending" : "ascending") : "none"}
                onSort={onSort}
              />
            ))}
            {after > 0 && <td style={{ width: after }} />}
          </tr>
        </thead>
        <tbody>
          {spaceBefore > 0 && <tr className="space" style={{ height: spaceBefore }} />}
          {Array.from({ length: rows.end - rows.first }, (_, place) => {
            const row = rows.first + place;
            return (
              <GridRow
                key={row}
                row={row}
                seen={rowAt(row)}
                height={rowHeight}
                shown={shown}
                first={columns.first}
                spaceLeft={before > 0}
                spaceRight={after > 0}
                look={look}
                onRow={onRow}
              />
            );
          })}
          {spaceAfter > 0 && <tr className="space" style={{ height: spaceAfter }} />}
        </tbody>
      </table>
      {reading && !seen.areOfBefore && (
        <div className="preview-reading">
          <LongState small answer={{ ...seen.reading, value: null, error: null }} what={t("data.rows_loading")} />
        </div>
      )}
      {seen.total === 0 && <p className="column-none muted">{t("data.rows_none")}</p>}
    </section>
  );
}

/** Which rows are in sight, and the heights above and below them; a table that is too high is squeezed along the scroll bar only. */
export function rowsInSight(
  top: number,
  height: number,
  rowHeight: number,
  rowCount: number,
): { readonly rows: Span; readonly before: number; readonly after: number } {
  const whole = rowCount * rowHeight;
  const drawn = Math.min(whole, MOST_HEIGHT);
  const offset = whole === drawn ? top : (Math.min(top, drawn - height) * (whole - height)) / (drawn - height);
  const rows = spanOf(offset, height, rowHeight, rowCount);
  const before = Math.max(0, top - (offset - rows.first * rowHeight));
  return { rows, before, after: Math.max(0, drawn - before - (rows.end - rows.first) * rowHeight) };
}

interface HeadingProps {
  name: string;
  width: number;
  column: ColumnDocument | undefined;
  sorted: "ascending" | "descending" | "none";
  onSort: (column: string) => void;
}

function Heading({ name, width, column, sorted, onSort }: HeadingProps) {
  const t = useText();
  const role = column === undefined || column.role === "feature" ? "" : ` · ${t(`data.role.${column.role}`)}`;
  return (
    <th scope="col" className={`${column?.role ?? ""} ${column?.type === "numeric" ? "right" : ""}`} style={{ width }} aria-sort={sorted}>
      <button type="button" className="sort-by clip" title={t("data.sort_by", { column: name })} onClick={() => onSort(name)}>
        <b>{name}</b>
        {sorted !== "none" && <span aria-hidden="true">{sorted === "ascending" ? " ↑" : " ↓"}</span>}
      </button>
      <span className="faint clip">{column === undefined ? "" : `${t(`data.type.${column.type}`)}${role}`}</span>
    </th>
  );
}
