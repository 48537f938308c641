/**
 * The run list as a table. Only the rows in view are drawn, so that a thousand runs scroll as smoothly as ten. One row is the
 * active one: arrow keys move it, and the panel beside the table shows it.
 */
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useRef, useState } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import { toggleCompared } from "../compare/compared.ts";
import { setComparedRuns, useView } from "../state/view.ts";
import { figureTitle } from "../training/chart-words.ts";
import { useSize } from "../training/use-size.ts";
import { Icon } from "../ui/Icon.tsx";
import { type Translate, useText } from "../ui/texts.ts";
import { RunRow } from "./RunRow.tsx";
import { deleteRuns } from "./run-acts.ts";
import { type Column, type RunWords, type Sorting, sameColumn } from "./run-columns.ts";

const ROW_HEIGHT = 30;
const HEAD_HEIGHT = 30;
/** Rows drawn beyond each end of what is in view. */
const BEYOND = 8;

interface RunTableProps {
  runs: readonly Run[];
  columns: readonly Column[];
  words: RunWords;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
  active: string | null;
  onActivate: (id: string) => void;
  onOpen: (id: string) => void;
}

export function columnTitle(column: Column, t: Translate): string {
  return column.kind === "figure" ? figureTitle(column.name, t) : t(`runs.column.${column.name}`);
}

export function RunTable(props: RunTableProps) {
  const { runs, columns, words, active, onActivate, onOpen } = props;
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
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - BEYOND);
  const last = Math.min(runs.length, Math.ceil((top + size.height) / ROW_HEIGHT) + BEYOND);
  const place = runs.findIndex((run) => run.id === active);

  useEffect(() => {
    const element = scroller.current;
    if (element === null || place === -1) return;
    const above = place * ROW_HEIGHT;
    if (above < element.scrollTop) element.scrollTop = above;
    const room = element.clientHeight - HEAD_HEIGHT - ROW_HEIGHT;
    if (above > element.scrollTop + room) element.scrollTop = above - room;
  }, [place]);

  const move = (to: number, extend: boolean): void => {
    const run = runs[Math.min(runs.length - 1, Math.max(0, to))];
    if (run === undefined) return;
    onActivate(run.id);
    if (!extend) return;
    const wanted = [...runs.slice(place, place + 1), run].map(({ id }) => id);
    setComparedRuns([...new Set([...chosen, ...wanted])]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const run = runs[place];
    const page = Math.max(1, Math.floor(size.height / ROW_HEIGHT) - 1);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = new Map([
      ["ArrowDown", place + 1],
      ["ArrowUp", place - 1],
      ["PageDown", place + page],
      ["PageUp", place - page],
      ["Home", 0],
      ["End", runs.length - 1],
    ]).get(event.key);
    if (to !== undefined) move(to, event.shiftKey);
    else if (run === undefined || !onRowKey(run, event.key)) return;
    event.preventDefault();
  };
  /** @returns whether the key means something for a row */
  const onRowKey = (run: Run, key: string): boolean => {
    if (key === " ") toggleCompared(run.id);
    else if (key === "Enter") onOpen(run.id);
    else if (key === "F2") setRenaming(run.id);
    else if (key === "Delete") {
      const next = runs[place + 1] ?? runs[place - 1];
      if (next !== undefined) onActivate(next.id);
      deleteRuns([run]);
    } else return false;
    return true;
  };
  const clickRow = useRef<(run: Run, event: MouseEvent) => void>(() => undefined);
  // The same function for every drawing, so that rows need not be drawn again.
  const onRowClick = useCallback((run: Run, event: MouseEvent) => clickRow.current(run, event), []);
  clickRow.current = (run, event) => {
    if (event.ctrlKey || event.metaKey) toggleCompared(run.id);
    else if (event.shiftKey && place !== -1) {
      const to = runs.indexOf(run);
      const range = runs.slice(Math.min(place, to), Math.max(place, to) + 1).map(({ id }) => id);
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
        const [top] = runs;
        if (event.target === event.currentTarget && place === -1 && top !== undefined) onActivate(top.id);
      }}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <table className="run-table" aria-rowcount={runs.length + 1}>
        <Head {...props} chosen={chosen} />
        <tbody>
          {first > 0 && <tr style={{ height: first * ROW_HEIGHT }} />}
          {runs.slice(first, last).map((run, index) => (
            <RunRow
              key={run.id}
              run={run}
              rowIndex={first + index + 2}
              columns={columns}
              project={words.project(run)}
              chosen={chosen.includes(run.id)}
              active={run.id === active}
              renaming={run.id === renaming}
              onRename={setRenaming}
              onClick={onRowClick}
            />
          ))}
          {last < runs.length && <tr style={{ height: (runs.length - last) * ROW_HEIGHT }} />}
        </tbody>
      </table>
    </section>
  );
}

function Head({ runs, columns, sorting, onSort, chosen }: RunTableProps & { chosen: readonly string[] }) {
  const t = useText();
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
          const title = columnTitle(column, t);
          return (
            <th
              key={`${column.kind} ${column.name}`}
              scope="col"
              className={column.kind === "figure" ? "col-figure" : `col-${column.name}`}
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
function startsDescending(column: Column): boolean {
  return column.kind === "plain" && column.name === "created";
}
