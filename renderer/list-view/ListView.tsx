// biome-ignore-all lint/a11y/useSemanticElements: a table has neither levels nor rows that open
// biome-ignore-all lint/a11y/useFocusableInteractive: rows have the focus, heads are read with them
/**
 * The design as a tree of rows in the order of computing: the same document, the same acts and the same undo as on the canvas, made for
 * screen readers and for work by keys alone. The keys of rows are here, those of acts in canvas/use-canvas-keys.ts.
 */
import { type KeyboardEvent, useCallback, useEffect, useMemo } from "react";
import type { DesignDocument, GroupDocument } from "../../core/graph/document.ts";
import type { Problem } from "../../core/graph/problem.ts";
import { Breadcrumbs } from "../canvas/Breadcrumbs.tsx";
import { CanvasSearch, Refusal } from "../canvas/CanvasSearch.tsx";
import { setPointer, useCanvas } from "../canvas/canvas-state.ts";
import { enteredGroup, useEnteredGroup } from "../canvas/entered-group.ts";
import { toggleCollapse } from "../canvas/group-edits.ts";
import { insideOf } from "../canvas/group-inside.ts";
import { openAddSearch, toggleListView, useCanvasKeys } from "../canvas/use-canvas-keys.ts";
import { spanOf, useScrollWindow } from "../data/use-window.ts";
import { select, useDocument } from "../state/document.ts";
import { useKeyWords } from "../state/keys.ts";
import { Button } from "../ui/Button.tsx";
import { PointerMenu } from "../ui/Menu.tsx";
import { Empty } from "../ui/States.tsx";
import { type TextKey, useText } from "../ui/texts.ts";
import { useAnnouncement } from "./announcements.ts";
import { ListRowView } from "./ListRowView.tsx";
import { type ListRow, linksOf, listRows, membersOf, problemsByEnd, rowFrom } from "./list-rows.ts";
import { openInInspector, rowEntries } from "./row-acts.ts";
import { rowDrag } from "./row-drag.ts";
import { ROW_HEIGHT, useReachedRow } from "./use-reached-row.ts";
import "./list-view.css";

const COLUMNS = ["name", "type", "inputs", "outputs", "shape", "parameters", "problems", "acts"] as const;
const NO_PROBLEMS: readonly Problem[] = [];
const NO_LINKS = { inputs: [], outputs: [], firstOutput: null };

export function ListView() {
  const t = useText();
  const design = useDocument((state) => state.design);
  const said = useAnnouncement();
  const rename = useKeyWords("rename");
  const add = useKeyWords("add");
  useCanvasKeys();
  // Searches that a key asks for open beside the row, not where the pointer last was on a canvas that is gone.
  useEffect(() => setPointer(null), []);
  const isEmpty = design === null || design.graph.nodes.length + (design.graph.annotations?.length ?? 0) === 0;
  return (
    <section className="list-view" aria-label={t("list.title")}>
      <div className="list-bar">
        <Button small act="add" icon="add" onClick={() => openAddSearch()}>
          {t("list.add")}
        </Button>
        <p className="list-how clip">{t("list.how", { rename })}</p>
        <Button small act="listView" onClick={toggleListView}>
          {t("list.canvas")}
        </Button>
      </div>
      {isEmpty ? (
        <Empty
          icon="add"
          title={t("list.empty_title")}
          actions={
            <Button look="primary" onClick={() => openAddSearch()}>
              {t("list.add")}
            </Button>
          }
        >
          {t("list.empty_text", { keys: add })}
        </Empty>
      ) : (
        <>
          <Breadcrumbs />
          <Rows />
        </>
      )}
      <p className="list-said" role="status">
        {said}
      </p>
      <CanvasSearch />
      <Refusal />
    </section>
  );
}

function Rows() {
  const t = useText();
  const design = useDocument((state) => state.design);
  const facts = useDocument((state) => state.facts);
  const selection = useDocument((state) => state.selection);
  const group = useEnteredGroup();
  const elsewhere = useCanvas((state) => state.elsewhere);
  const rows = useMemo(() => rowsOf(design, group, elsewhere), [design, group, elsewhere]);
  const problems = useDocument((state) => state.problems);
  const wrong = useMemo(() => (design === null ? null : problemsByEnd(design.graph, problems)), [design, problems]);
  const links = useMemo(() => (design === null ? () => NO_LINKS : linksOf(design)), [design]);
  const { ref, onScroll, top, height } = useScrollWindow();
  const { reached, reach, goTo } = useReachedRow(rows, selection, ref, group?.id ?? null);
  const { first, end } = spanOf(top, height, ROW_HEIGHT, rows.length);
  const current = rows.find(({ id }) => id === reached);
  const inSight = rows.slice(first, end);
  const tabStop = inSight.some(({ id }) => id === reached) ? reached : (inSight[0]?.id ?? "");

  const onPoint = useCallback(
    (id: string, held: { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean }): void => {
      const shown = rowsOf(useDocument.getState().design, enteredGroup(), useCanvas.getState().elsewhere);
      const row = shown.find((one) => one.id === id);
      if (row === undefined) return;
      const before = useDocument.getState().selection;
      if (held.shiftKey) select([...before, ...membersOf(row)]);
      else if (held.ctrlKey || held.metaKey) toggle(row, before);
      else select(membersOf(row));
      reach(id);
    },
    [reach],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const own = event.target instanceof HTMLElement && event.target.dataset["layerRow"] !== undefined;
    if (!own || current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!onRowKey(event, current, rows, Math.floor(height / ROW_HEIGHT) - 1, goTo)) return;
    event.preventDefault();
  };
  return (
    <PointerMenu entries={() => (current === undefined ? [] : rowEntries(current, t))}>
      <div ref={ref} className="list-scroll" onScroll={onScroll}>
        <div
          role="treegrid"
          tabIndex={-1}
          aria-label={group === null ? t("list.title") : t("list.title_inside", { name: group.name })}
          aria-rowcount={rows.length + 1}
          aria-multiselectable="true"
          onKeyDown={onKeyDown}
          {...rowDrag}
        >
          <div role="row" className="list-row list-head" aria-rowindex={1}>
            {COLUMNS.map((column) => (
              <span key={column} role="columnheader" className={column === "parameters" ? "right" : ""}>
                {column === "acts" ? <span className="visually-hidden">{t("list.acts")}</span> : t(`list.${column}` as TextKey)}
              </span>
            ))}
          </div>
          <div style={{ height: first * ROW_HEIGHT }} />
          {inSight.map((row, place) => (
            <ListRowView
              key={row.id}
              row={row}
              index={first + place}
              links={links(membersOf(row))}
              connections={membersOf(row).map((id) => wrong?.get(id) ?? NO_PROBLEMS)}
              facts={membersOf(row).map((id) => facts.get(id))}
              selected={membersOf(row).every((id) => selection.has(id))}
              reached={row.id === tabStop}
              onPoint={onPoint}
              onReach={reach}
            />
          ))}
          <div style={{ height: (rows.length - end) * ROW_HEIGHT }} />
        </div>
      </div>
    </PointerMenu>
  );
}

/** Of the whole design, or of the group that was entered with the notes that lie where it is. */
function rowsOf(design: DesignDocument | null, group: GroupDocument | null, elsewhere: ReadonlySet<string>): readonly ListRow[] {
  if (design === null) return [];
  return listRows(group === null ? design : insideOf(design, group, elsewhere));
}

function toggle(row: ListRow, selection: ReadonlySet<string>): void {
  const members = membersOf(row);
  const all = members.every((id) => selection.has(id));
  select(all ? [...selection].filter((id) => !members.includes(id)) : [...selection, ...members]);
}

/** @returns whether the key was one of rows */
function onRowKey(
  event: KeyboardEvent,
  row: ListRow,
  rows: readonly ListRow[],
  page: number,
  goTo: (row: ListRow, extend: boolean) => void,
): boolean {
  const { selection } = useDocument.getState();
  const opens = row.kind === "group" && event.key === (row.group.collapsed ? "ArrowRight" : "ArrowLeft");
  if (row.kind === "group" && (opens || event.key === "Enter")) toggleCollapse(row.group.id);
  else if (row.kind === "note" && event.key === "Enter") {
    select([row.id]);
    useCanvas.setState({ renaming: row.id });
  } else if (event.key === "Enter") {
    if (row.kind === "layer" && !selection.has(row.node.id)) select([row.node.id]);
    openInInspector();
  } else if (event.key === " ") toggle(row, selection);
  else {
    const next = rows.find(({ id }) => id === rowFrom(rows, row.id, event.key, page));
    if (next === undefined) return event.key === "ArrowLeft" || event.key === "ArrowRight";
    goTo(next, event.shiftKey && event.key !== "ArrowLeft" && event.key !== "ArrowRight");
  }
  return true;
}
