/**
 * The run list as a table. Only the rows in view are drawn, so that a thousand runs scroll as smoothly as ten. One row is the
 * active one: arrow keys move it, and the panel beside the table shows it.
 */
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useRef, useState } from "react";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import type { Words } from "../compare/compare-words.ts";
import { toggleCompared } from "../compare/compared.ts";
import { setComparedRuns, showGroup, useView } from "../state/view.ts";
import { figureTitle } from "../training/chart-words.ts";
import { useSize } from "../training/use-size.ts";
import { Icon } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { GroupRow } from "./GroupRow.tsx";
import { idOf, type ListRow, runIdsOf } from "./group-rows.ts";
import type { OptionsOfRuns } from "./options/known-options.ts";
import { optionTitle } from "./options/option-columns.ts";
import { RunRow } from "./RunRow.tsx";
import { archiveRuns, deleteRuns } from "./run-acts.ts";
import { type Column, isArchived, type RunWords, type Sorting, sameColumn } from "./run-columns.ts";
import { chooseAll, useListRows } from "./use-list-rows.ts";

const ROW_HEIGHT = 30;
const HEAD_HEIGHT = 30;
/** Rows drawn beyond each end of what is in view. */
const BEYOND = 8;
/** Rows that are scrolled before others are drawn: fewer than are drawn beyond. */
const STEP = 4 * ROW_HEIGHT;

export interface RunTableProps {
  runs: readonly ListedRun[];
  columns: readonly Column[];
  words: RunWords;
  options: OptionsOfRuns;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
  active: string | null;
  onActivate: (id: string) => void;
  onOpen: (id: string) => void;
}

export function columnTitle(column: Column, words: Words): string {
  if (column.kind === "option") return optionTitle(column.option, words);
  return column.kind === "figure" ? figureTitle(column.name, words.t) : words.t(`runs.column.${column.name}`);
}

export function RunTable(props: RunTableProps) {
  const { runs, columns, words, options, active, onActivate, onOpen } = props;
  const t = useText();
  const { ref: sizeRef, size } = useSize();
  const scroller = useRef<HTMLElement | null>(null);
  const [top, setTop] = useState(0);
  const [renaming, setRenaming] = useState<string | null>(null);
  const chosen = useView((state) => state.comparedRuns);
  const ref = useCallback(
    (element: HTMLElement | null) => {
      scroller.current = element;
      return sizeRef(element);
    },
    [sizeRef],
  );
  const { rows, toggle } = useListRows(runs, props.sorting);
  // A list that a filter has made shorter than it was scrolled is seen from its end; the browser then scrolls there itself.
  const from = Math.min(top, Math.max(0, rows.length * ROW_HEIGHT - size.height));
  const first = Math.max(0, Math.floor(from / ROW_HEIGHT) - BEYOND);
  const last = Math.min(rows.length, Math.ceil((from + size.height) / ROW_HEIGHT) + BEYOND);
  const place = rows.findIndex((row) => idOf(row) === active);

  useEffect(() => {
    const element = scroller.current;
    if (element === null || place === -1) return;
    const above = place * ROW_HEIGHT;
    if (above < element.scrollTop) element.scrollTop = above;
    const room = element.clientHeight - HEAD_HEIGHT - ROW_HEIGHT;
    if (above > element.scrollTop + room) element.scrollTop = above - room;
  }, [place]);

  const move = (to: number, extend: boolean): void => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, to))];
    if (row === undefined) return;
    onActivate(idOf(row));
    if (!extend) return;
    const wanted = [...rows.slice(place, place + 1), row].flatMap(runIdsOf);
    setComparedRuns([...new Set([...chosen, ...wanted])]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const row = rows[place];
    const page = Math.max(1, Math.floor(size.height / ROW_HEIGHT) - 1);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = new Map([
      ["ArrowDown", place + 1],
      ["ArrowUp", place - 1],
      ["PageDown", place + page],
      ["PageUp", place - page],
      ["Home", 0],
      ["End", rows.length - 1],
    ]).get(event.key);
    if (to !== undefined) move(to, event.shiftKey);
    else if (row === undefined || !(row.kind === "run" ? onRowKey(row.run, event.key) : onGroupKey(row, event.key))) return;
    event.preventDefault();
  };
  const onGroupKey = ({ group, runs: members, open }: ListRow & { kind: "group" }, key: string): boolean => {
    if (key === "Enter") showGroup(group.id);
    else if (key === "F2") setRenaming(group.id);
    else if ((key === "ArrowRight" && !open) || (key === "ArrowLeft" && open)) toggle(group.id);
    else if (key === " ")
      chooseAll(
        members.map(({ id }) => id),
        !members.every(({ id }) => chosen.includes(id)),
      );
    else return false;
    return true;
  };
  /** @returns whether the key means something for a row */
  const onRowKey = (run: ListedRun, key: string): boolean => {
    if (key === " ") toggleCompared(run.id);
    else if (key === "Enter") onOpen(run.id);
    else if (key === "F2") setRenaming(run.id);
    else if (key === "Delete") {
      const next = rows[place + 1] ?? rows[place - 1];
      if (next !== undefined) onActivate(idOf(next));
      deleteRuns([run]);
    } else if (key === "a" || key === "A") {
      const next = rows[place + 1] ?? rows[place - 1];
      if (next !== undefined && !isArchived(run)) onActivate(idOf(next));
      archiveRuns([run], !isArchived(run));
    } else return false;
    return true;
  };
  const clickRow = useRef<(run: ListedRun, event: MouseEvent) => void>(() => undefined);
  // The same function for every drawing, so that rows need not be drawn again.
  const onRowClick = useCallback((run: ListedRun, event: MouseEvent) => clickRow.current(run, event), []);
  clickRow.current = (run, event) => {
    if (event.ctrlKey || event.metaKey) toggleCompared(run.id);
    else if (event.shiftKey && place !== -1) {
      const to = rows.findIndex((row) => idOf(row) === run.id);
      const range = rows.slice(Math.min(place, to), Math.max(place, to) + 1).flatMap(runIdsOf);
      setComparedRuns([...chosen, ...range.filter((id) => !chosen.includes(id))]);
    } else onOpen(run.id);
  };
  return (
    <section
      className="run-table-scroll"
      ref={ref}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the active row while the list has the focus
      tabIndex={0}
      aria-label={t("runs.table")}
      onFocus={(event) => {
        const [top] = rows;
        if (event.target === event.currentTarget && place === -1 && top !== undefined) onActivate(idOf(top));
      }}
      onScroll={({ currentTarget: { scrollTop } }) => setTop(scrollTop - (scrollTop % STEP))}
      onKeyDown={onKeyDown}
    >
      <table className="run-table" aria-rowcount={rows.length + 1}>
        <Head {...props} chosen={chosen} />
        <tbody>
          {first > 0 && <tr style={{ height: first * ROW_HEIGHT }} />}
          {rows
            .slice(first, last)
            .map((row, index) =>
              row.kind === "group" ? (
                <GroupRow
                  key={row.group.id}
                  group={row.group}
                  runs={row.runs}
                  open={row.open}
                  rowIndex={first + index + 2}
                  columns={columns}
                  options={options}
                  chosen={row.runs.every(({ id }) => chosen.includes(id))}
                  active={row.group.id === active}
                  renaming={row.group.id === renaming}
                  onRename={setRenaming}
                  onChoose={chooseAll}
                  onToggle={toggle}
                  onOpen={showGroup}
                />
              ) : (
                <RunRow
                  key={row.run.id}
                  run={row.run}
                  inGroup={row.inGroup}
                  rowIndex={first + index + 2}
                  columns={columns}
                  options={options}
                  project={words.project(row.run)}
                  chosen={chosen.includes(row.run.id)}
                  active={row.run.id === active}
                  renaming={row.run.id === renaming}
                  onRename={setRenaming}
                  onClick={onRowClick}
                />
              ),
            )}
          {last < rows.length && <tr style={{ height: (rows.length - last) * ROW_HEIGHT }} />}
        </tbody>
      </table>
    </section>
  );
}

function Head({ runs, columns, sorting, onSort, chosen }: RunTableProps & { chosen: readonly string[] }) {
  const t = useText();
  const language = useLanguage();
  const all = runs.length > 0 && runs.every((run) => chosen.includes(run.id));
  const chooseAll = (): void => {
    const shown = new Set(runs.map((run) => run.id));
    const others = chosen.filter((id) => !shown.has(id));
    setComparedRuns(all ? others : [...others, ...shown]);
  };
  return (
    <thead>
      <tr>
        <th className="col-choose">
          <input type="checkbox" aria-label={t("runs.choose_all")} checked={all} onChange={chooseAll} />
        </th>
        {columns.map((column) => {
          const sorted = sameColumn(sorting.column, column);
          const title = columnTitle(column, { t, language });
          return (
            <th
              key={`${column.kind} ${column.name}`}
              scope="col"
              className={column.kind === "plain" ? `col-${column.name}` : `col-${column.kind}`}
              aria-sort={sorted ? (sorting.descending ? "descending" : "ascending") : "none"}
            >
              <button
                type="button"
                title={t("runs.sort", { column: title })}
                onClick={() => onSort({ column, descending: sorted ? !sorting.descending : startsDescending(column) })}
              >
                <span className="clip">{title}</span>
                {sorted && <Icon name="chevronDown" size={12} className={sorting.descending ? "" : "upward"} />}
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** Newest first is what a click on the date means. */
export function startsDescending(column: Column): boolean {
  return column.kind === "plain" && column.name === "created";
}
