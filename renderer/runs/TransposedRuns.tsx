/**
 * The run list turned: one column a run, or a group of runs that opens, one row what the list shows of it, so that a few runs with many figures can be read
 * side by side. Only the columns in view are drawn; left and right move the active run, as up and down do in the list.
 */
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useCallback, useEffect, useRef, useState } from "react";
import { renameGroup } from "../state/groups.ts";
import { showGroup, useView } from "../state/view.ts";
import { groupTitle } from "../sweeps/group-title.ts";
import { useSize } from "../training/use-size.ts";
import { IconButton } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { GroupCell } from "./GroupRow.tsx";
import { idOf, type ListRow, runIdsOf } from "./group-rows.ts";
import { RunMark } from "./RunMark.tsx";
import { NameInput, RunCell } from "./RunRow.tsx";
import { columnTitle, type RunTableProps, startsDescending } from "./RunTable.tsx";
import { archiveRuns, deleteRuns, renameRun } from "./run-acts.ts";
import { isArchived, sameColumn } from "./run-columns.ts";
import { chooseAll, useListRows } from "./use-list-rows.ts";

const HEAD_WIDTH = 190;
const RUN_WIDTH = 150;
const BEYOND = 3;

/** Stands for the columns that are not drawn. */
const spacer = (columns: number): CSSProperties => {
  const width = columns * RUN_WIDTH;
  return { width, minWidth: width, maxWidth: width, padding: 0 };
};

export function TransposedRuns({ runs, columns, words, options, sorting, onSort, active, onActivate, onOpen }: RunTableProps) {
  const t = useText();
  const language = useLanguage();
  const { ref: sizeRef, size } = useSize();
  const scroller = useRef<HTMLElement | null>(null);
  const [left, setLeft] = useState(0);
  const [renaming, setRenaming] = useState<string | null>(null);
  const chosen = useView((state) => state.comparedRuns);
  const { rows, toggle } = useListRows(runs, sorting);
  const ref = useCallback(
    (element: HTMLElement | null) => {
      scroller.current = element;
      return sizeRef(element);
    },
    [sizeRef],
  );
  const place = rows.findIndex((row) => idOf(row) === active);
  useEffect(() => {
    const element = scroller.current;
    if (element === null || place === -1) return;
    const from = place * RUN_WIDTH;
    const room = element.clientWidth - HEAD_WIDTH - RUN_WIDTH;
    if (from < element.scrollLeft) element.scrollLeft = from;
    else if (from > element.scrollLeft + room) element.scrollLeft = from - room;
  }, [place]);
  const room = Math.max(0, size.width - HEAD_WIDTH);
  // A filter may have left fewer runs than were scrolled past.
  const from = Math.min(left, Math.max(0, rows.length * RUN_WIDTH - room));
  const first = Math.max(0, Math.floor(from / RUN_WIDTH) - BEYOND);
  const last = Math.min(rows.length, Math.ceil((from + room) / RUN_WIDTH) + BEYOND);
  const seen = rows.slice(first, last);
  const page = Math.max(1, Math.floor((size.width - HEAD_WIDTH) / RUN_WIDTH) - 1);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const places: Readonly<Record<string, number>> = {
      ArrowRight: place + 1,
      ArrowLeft: place - 1,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: rows.length - 1,
    };
    const to = places[event.key];
    const row = rows[place];
    if (to !== undefined) {
      const next = rows[Math.min(rows.length - 1, Math.max(0, to))];
      if (next !== undefined) onActivate(idOf(next));
    } else if (row === undefined || !onColumnKey(row, event.key)) return;
    event.preventDefault();
  };
  /** @returns whether the key means something for a column */
  const onColumnKey = (row: ListRow, key: string): boolean => {
    const ids = runIdsOf(row);
    if (key === "F2") setRenaming(idOf(row));
    else if (key === " ") chooseAll(ids, !ids.every((id) => chosen.includes(id)));
    else if (row.kind === "group") {
      if (key === "Enter") showGroup(row.group.id);
      // Left and right move along the table: a group is opened by the keys across it.
      else if ((key === "ArrowDown" && !row.open) || (key === "ArrowUp" && row.open)) toggle(row.group.id);
      else return false;
    } else if (key === "Enter") onOpen(row.run.id);
    else if (key === "Delete" || key.toLowerCase() === "a") {
      const next = rows[place + 1] ?? rows[place - 1];
      if (next !== undefined) onActivate(idOf(next));
      if (key === "Delete") deleteRuns([row.run]);
      else archiveRuns([row.run], !isArchived(row.run));
    } else return false;
    return true;
  };
  const [before, after] = [spacer(first), spacer(rows.length - last)];
  return (
    <section
      className="run-table-scroll"
      ref={ref}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the active column while the list has the focus
      tabIndex={0}
      aria-label={t("runs.transposed_table")}
      onFocus={(event) => {
        if (event.target === event.currentTarget && place === -1 && rows[0] !== undefined) onActivate(idOf(rows[0]));
      }}
      onScroll={(event) => setLeft(event.currentTarget.scrollLeft)}
      onKeyDown={onKeyDown}
    >
      <table className="run-table turned" aria-colcount={rows.length + 1}>
        <thead>
          <tr>
            <th scope="col">{t("runs.property")}</th>
            {first > 0 && <td style={before} />}
            {seen.map((row, index) => (
              <ColumnHead
                key={idOf(row)}
                row={row}
                colIndex={first + index + 2}
                active={idOf(row) === active}
                chosen={runIdsOf(row).every((id) => chosen.includes(id))}
                renaming={idOf(row) === renaming}
                onRename={setRenaming}
                onToggle={toggle}
                onOpen={onOpen}
              />
            ))}
            {last < rows.length && <td style={after} />}
          </tr>
        </thead>
        <tbody>
          {columns
            .filter((column) => column.kind !== "plain" || column.name !== "name")
            .map((column) => {
              const sorted = sameColumn(sorting.column, column);
              const title = columnTitle(column, { t, language });
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
                  {seen.map((row) =>
                    row.kind === "group" ? (
                      <GroupCell key={row.group.id} group={row.group} runs={row.runs} column={column} options={options} />
                    ) : (
                      <RunCell key={row.run.id} run={row.run} column={column} options={options} project={words.project(row.run)} />
                    ),
                  )}
                  {last < rows.length && <td style={after} />}
                </tr>
              );
            })}
        </tbody>
      </table>
    </section>
  );
}

interface ColumnHeadProps {
  row: ListRow;
  colIndex: number;
  active: boolean;
  chosen: boolean;
  renaming: boolean;
  onRename: (id: string | null) => void;
  onToggle: (id: string) => void;
  onOpen: (id: string) => void;
}

/** A run, or a group of them with what opens it. */
function ColumnHead({ row, colIndex, active, chosen, renaming, onRename, onToggle, onOpen }: ColumnHeadProps) {
  const t = useText();
  const id = idOf(row);
  const name = row.kind === "group" ? groupTitle(row.group, t) : row.run.name;
  const open = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey) chooseAll(runIdsOf(row), !chosen);
    else if (row.kind === "group") showGroup(id);
    else onOpen(id);
  };
  const rename = (to: string): void => {
    if (row.kind === "run") renameRun(row.run, to);
    else if (to !== name) renameGroup(row.group, to);
  };
  return (
    <th
      scope="col"
      aria-colindex={colIndex}
      aria-current={active ? "true" : undefined}
      className={`${active ? "active" : ""}${row.kind === "group" ? " group-column" : ""}`}
    >
      <span className="run-name-cell">
        <input
          type="checkbox"
          aria-label={t("runs.choose", { name })}
          checked={chosen}
          onChange={() => chooseAll(runIdsOf(row), !chosen)}
        />
        {row.kind === "group" ? (
          <IconButton
            small
            icon={row.open ? "chevronDown" : "chevronRight"}
            label={t(row.open ? "groups.fold" : "groups.expand", { name })}
            aria-expanded={row.open}
            tabIndex={-1}
            onClick={() => onToggle(id)}
          />
        ) : (
          <RunMark runId={id} />
        )}
        {renaming ? (
          <NameInput name={name} onName={rename} onDone={() => onRename(null)} />
        ) : (
          <button type="button" className="link clip" title={name} onClick={open} onDoubleClick={() => onRename(id)}>
            {name}
          </button>
        )}
      </span>
    </th>
  );
}
