/** The columns of the data as a table, one row each: what they hold, what they are used for. Only the rows in sight are drawn. */
import { type KeyboardEvent, useCallback, useLayoutEffect, useMemo, useRef } from "react";
import type { ColumnDocument } from "../../core/graph/document.ts";
import type { ColumnProfile } from "../../core/protocol/methods.ts";
import { useText } from "../ui/texts.ts";
import { ColumnRow } from "./ColumnRow.tsx";
import { NO_CORRELATION, useCorrelations } from "./correlations.ts";
import type { Preparation } from "./preparation.ts";
import { spanOf, useScrollWindow } from "./use-window.ts";

const ROW_HEIGHT = 34;
const WHOLE_UP_TO = 200;

interface ColumnTableProps {
  /** Those that the search leaves, in the order of the design. */
  columns: readonly ColumnDocument[];
  profiles: ReadonlyMap<string, ColumnProfile>;
  preparations: ReadonlyMap<string, Preparation>;
  leaks: ReadonlySet<string>;
  /** Why the column named cannot be prepared, in words. */
  trouble: { readonly column: string; readonly words: string } | null;
  rowCount: number;
  /** All of the design, with which the target is told. */
  allColumns: readonly ColumnDocument[];
  datasetId: string;
  chosen: ReadonlySet<string>;
  onChoose: (names: ReadonlySet<string>, open: boolean) => void;
}

export function ColumnTable({
  columns,
  profiles,
  preparations,
  leaks,
  trouble,
  rowCount,
  allColumns,
  datasetId,
  chosen,
  onChoose,
}: ColumnTableProps) {
  const t = useText();
  const { ref, onScroll, top, height } = useScrollWindow();
  // A table of ordinary size is drawn whole: the browser's own search then finds every name.
  const whole = columns.length <= WHOLE_UP_TO;
  const { first, end } = whole ? { first: 0, end: columns.length } : spanOf(top, height, ROW_HEIGHT, columns.length);
  const inSight = useMemo(() => columns.slice(first, end).map(({ name }) => name), [columns, first, end]);
  /** With the target, by column; null where there is no target. */
  const correlations = useCorrelations(datasetId, allColumns, inSight);
  /** Where a range with Shift starts. */
  const anchor = useRef<string | null>(null);
  const chosenShown = useMemo(() => columns.filter(({ name }) => chosen.has(name)).length, [columns, chosen]);

  // Rows are drawn again only when they change themselves, so what they call must stay the same.
  const latest = useRef({ columns, chosen, onChoose });
  useLayoutEffect(() => {
    latest.current = { columns, chosen, onChoose };
  });
  const toggle = useCallback((name: string, range: boolean): void => {
    const now = latest.current;
    const next = new Set(now.chosen);
    const from = now.columns.findIndex((column) => column.name === anchor.current);
    const to = now.columns.findIndex((column) => column.name === name);
    if (range && from >= 0) for (const column of now.columns.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(column.name);
    else if (next.has(name)) next.delete(name);
    else next.add(name);
    anchor.current = name;
    now.onChoose(next, false);
  }, []);
  const open = useCallback((name: string): void => {
    anchor.current = name;
    latest.current.onChoose(new Set([name]), true);
  }, []);
  const toggleAll = (): void => {
    const next = new Set(chosen);
    const all = chosenShown === columns.length;
    for (const { name } of columns) {
      if (all) next.delete(name);
      else next.add(name);
    }
    onChoose(next, false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const from = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-open]") : null;
    if (by === undefined || from === null) return;
    const row = Number(from.dataset["open"]) + by;
    ref.current?.querySelector<HTMLElement>(`[data-open="${row}"]`)?.focus();
    event.preventDefault();
  };
  return (
    <div ref={ref} className="column-scroll" onScroll={onScroll}>
      <table className="column-table" aria-label={t("data.tab_columns")} aria-rowcount={columns.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th className="of-check">
              <input
                type="checkbox"
                aria-label={t("data.choose_shown")}
                checked={columns.length > 0 && chosenShown === columns.length}
                ref={(box) => {
                  if (box !== null) box.indeterminate = chosenShown > 0 && chosenShown < columns.length;
                }}
                onChange={toggleAll}
              />
            </th>
            <Heading kind="of-name" text={t("data.column")} />
            <Heading kind="of-type" text={t("data.type")} />
            <Heading kind="of-role" text={t("data.role")} />
            <Heading kind="of-missing right" text={t("data.missing")} />
            <Heading kind="of-distinct right" text={t("data.distinct")} />
            <Heading kind="of-figures" text={t("data.figures")} />
            <Heading kind="of-histogram" text={t("data.distribution")} />
            {correlations !== null && <Heading kind="of-correlation" text={t("data.correlation")} />}
            <Heading kind="of-prepared" text={t("data.preparation")} />
            <Heading kind="of-notes" text={t("data.notes")} />
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          <Space rows={first} />
          {columns.slice(first, end).map((column, place) => (
            <ColumnRow
              key={column.name}
              index={first + place}
              column={column}
              profile={profiles.get(column.name)}
              preparation={preparations.get(column.name)}
              leaks={leaks.has(column.name)}
              trouble={trouble?.column === column.name ? trouble.words : null}
              rowCount={rowCount}
              correlation={correlations === null ? null : (correlations.get(column.name) ?? NO_CORRELATION)}
              chosen={chosen.has(column.name)}
              onToggle={toggle}
              onOpen={open}
            />
          ))}
          <Space rows={columns.length - end} />
        </tbody>
      </table>
      {columns.length === 0 && <p className="column-none muted">{t("data.none_found")}</p>}
    </div>
  );
}

/** The place of rows that are out of sight. */
function Space({ rows }: { rows: number }) {
  return rows <= 0 ? null : <tr className="space" style={{ height: rows * ROW_HEIGHT }} />;
}

function Heading({ text, kind }: { text: string; kind: string }) {
  return (
    <th className={`clip ${kind}`} scope="col" title={text}>
      {text}
    </th>
  );
}
