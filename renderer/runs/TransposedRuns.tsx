/**
 * The run list turned: one column a run, one row what the list shows of it, so that a few runs with many figures can be read
 * side by side. Only the columns in view are drawn; left and right move the active run, as up and down do in the list.
 */
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useCallback, useEffect, useRef, useState } from "react";
import { toggleCompared } from "../compare/compared.ts";
import { useView } from "../state/view.ts";
import { useSize } from "../training/use-size.ts";
import { Icon } from "../ui/Icon.tsx";
import { useText } from "../ui/texts.ts";
import { RunMark } from "./RunMark.tsx";
import { RunCell } from "./RunRow.tsx";
import { columnTitle, type RunTableProps, startsDescending } from "./RunTable.tsx";
import { archiveRuns, deleteRuns } from "./run-acts.ts";
import { isArchived, sameColumn } from "./run-columns.ts";

const HEAD_WIDTH = 190;
const RUN_WIDTH = 150;
const BEYOND = 3;

/** Stands for the columns that are not drawn. */
const spacer = (columns: number): CSSProperties => {
  const width = columns * RUN_WIDTH;
  return { width, minWidth: width, maxWidth: width, padding: 0 };
};

export function TransposedRuns({ runs, columns, words, sorting, onSort, active, onActivate, onOpen }: RunTableProps) {
  const t = useText();
  const { ref: sizeRef, size } = useSize();
  const scroller = useRef<HTMLElement | null>(null);
  const [left, setLeft] = useState(0);
  const chosen = useView((state) => state.comparedRuns);
  const ref = useCallback(
    (element: HTMLElement | null) => {
      scroller.current = element;
      return sizeRef(element);
    },
    [sizeRef],
  );
  const place = runs.findIndex(({ id }) => id === active);
  useEffect(() => {
    const element = scroller.current;
    if (element === null || place === -1) return;
    const from = place * RUN_WIDTH;
    const room = element.clientWidth - HEAD_WIDTH - RUN_WIDTH;
    if (from < element.scrollLeft) element.scrollLeft = from;
    else if (from > element.scrollLeft + room) element.scrollLeft = from - room;
  }, [place]);
  const first = Math.max(0, Math.floor(left / RUN_WIDTH) - BEYOND);
  const last = Math.min(runs.length, Math.ceil((left + size.width - HEAD_WIDTH) / RUN_WIDTH) + BEYOND);
  const seen = runs.slice(first, last);
  const page = Math.max(1, Math.floor((size.width - HEAD_WIDTH) / RUN_WIDTH) - 1);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const places: Readonly<Record<string, number>> = {
      ArrowRight: place + 1,
      ArrowLeft: place - 1,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: runs.length - 1,
    };
    const to = places[event.key];
    const run = runs[place];
    if (to !== undefined) {
      const next = runs[Math.min(runs.length - 1, Math.max(0, to))];
      if (next !== undefined) onActivate(next.id);
    } else if (run === undefined) return;
    else if (event.key === " ") toggleCompared(run.id);
    else if (event.key === "Enter") onOpen(run.id);
    else if (event.key === "Delete" || event.key.toLowerCase() === "a") {
      const next = runs[place + 1] ?? runs[place - 1];
      if (next !== undefined) onActivate(next.id);
      if (event.key === "Delete") deleteRuns([run]);
      else archiveRuns([run], !isArchived(run));
    } else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent, id: string): void => {
    if (event.ctrlKey || event.metaKey) toggleCompared(id);
    else onOpen(id);
  };
  const [before, after] = [spacer(first), spacer(runs.length - last)];
  return (
    <section
      className="run-table-scroll"
      ref={ref}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the active column while the list has the focus
      tabIndex={0}
      aria-label={t("runs.transposed_table")}
      onFocus={(event) => {
        if (event.target === event.currentTarget && place === -1 && runs[0] !== undefined) onActivate(runs[0].id);
      }}
      onScroll={(event) => setLeft(event.currentTarget.scrollLeft)}
      onKeyDown={onKeyDown}
    >
      <table className="run-table turned" aria-colcount={runs.length + 1}>
        <thead>
          <tr>
            <th scope="col">{t("runs.property")}</th>
            {first > 0 && <td style={before} />}
            {seen.map((run, index) => (
              <th
                key={run.id}
                scope="col"
                aria-colindex={first + index + 2}
                aria-current={run.id === active ? "true" : undefined}
                className={run.id === active ? "active" : ""}
              >
                <span className="run-name-cell">
                  <input
                    type="checkbox"
                    aria-label={t("runs.choose", { name: run.name })}
                    checked={chosen.includes(run.id)}
                    onChange={() => toggleCompared(run.id)}
                  />
                  <RunMark runId={run.id} />
                  <button type="button" className="link clip" title={run.name} onClick={(event) => onClick(event, run.id)}>
                    {run.name}
                  </button>
                </span>
              </th>
            ))}
            {last < runs.length && <td style={after} />}
          </tr>
        </thead>
        <tbody>
          {columns
            .filter((column) => column.kind === "figure" || column.name !== "name")
            .map((column) => {
              const sorted = sameColumn(sorting.column, column);
              const title = columnTitle(column, t);
              return (
                <tr key={`${column.kind} ${column.name}`}>
                  <th scope="row">
                    <button
                      type="button"
                      title={t("runs.sort", { column: title })}
                      aria-pressed={sorted}
                      onClick={() => onSort({ column, descending: sorted ? !sorting.descending : startsDescending(column) })}
                    >
                      <span className="clip">{title}</span>
                      {sorted && <Icon name="chevronDown" size={12} className={sorting.descending ? "" : "upward"} />}
                    </button>
                  </th>
                  {first > 0 && <td style={before} />}
                  {seen.map((run) => (
                    <RunCell key={run.id} run={run} column={column} project={words.project(run)} />
                  ))}
                  {last < runs.length && <td style={after} />}
                </tr>
              );
            })}
        </tbody>
      </table>
    </section>
  );
}
