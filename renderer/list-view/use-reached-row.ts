/** Which row of the list has the focus, or had it last; it stays on a row after keys, and after a layer was added, deleted or renamed. */
import { useCallback, useLayoutEffect, useRef, useState } from "react";
import { useCanvas } from "../canvas/canvas-state.ts";
import { select, useDocument } from "../state/document.ts";
import { focusIsFree } from "../ui/screen-focus.ts";
import { type ListRow, membersOf } from "./list-rows.ts";

/** As list-view.css has it, the head too. */
export const ROW_HEIGHT = 32;

interface Reached {
  /** The row on which the focus is, or was last. */
  readonly reached: string;
  readonly reach: (id: string) => void;
  readonly goTo: (row: ListRow, extend: boolean) => void;
}

/** Whether what the row stands for is chosen, and nothing else. */
function isAllOf(row: ListRow, selection: ReadonlySet<string>): boolean {
  const members = membersOf(row);
  return members.length === selection.size && members.every((id) => selection.has(id));
}

/** Layers of an open group that are chosen one after the other are not yet the group. */
const isFollowed = (row: ListRow, selection: ReadonlySet<string>): boolean =>
  (row.kind !== "group" || row.group.collapsed) && isAllOf(row, selection);

/**
 * Keeps the focus on a row: after keys, after a layer was added or deleted, after its name was changed.
 * @param place the group whose inside is listed, null: the whole design; its first row is reached on the way in, its own on the way out
 */
export function useReachedRow(
  rows: readonly ListRow[],
  selection: ReadonlySet<string>,
  scroll: { readonly current: HTMLElement | null },
  place: string | null,
): Reached {
  const [reached, setReached] = useState(() => rows.find((row) => membersOf(row).some((id) => selection.has(id)))?.id ?? rows[0]?.id ?? "");
  /** A row that is to have the focus as soon as it is drawn. */
  const wanted = useRef<string | null>(null);
  const lastIndex = useRef(0);
  const lastPlace = useRef(place);
  const lastSelection = useRef(selection);
  const index = rows.findIndex(({ id }) => id === reached);
  const renaming = useCanvas((state) => state.renaming);
  const wasRenaming = useRef(renaming);

  const show = useCallback(
    (at: number): void => {
      const box = scroll.current;
      if (box === null || at < 0) return;
      const from = at * ROW_HEIGHT;
      if (from < box.scrollTop) box.scrollTop = from;
      // The head stays at the top, over the first row's height.
      else if (from + 2 * ROW_HEIGHT > box.scrollTop + box.clientHeight) box.scrollTop = from + 2 * ROW_HEIGHT - box.clientHeight;
    },
    [scroll],
  );
  const focusFree = (): boolean => focusIsFree() || scroll.current?.contains(document.activeElement) === true;

  // Only now: while this is drawn first, the canvas that it comes after still has the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row that is reached first
  useLayoutEffect(() => {
    if (focusIsFree()) wanted.current = reached;
  }, []);

  // An act chose another layer (it was added, found, pasted), or the row is gone: the focus goes along.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was chosen and which rows there are decide; the row reached follows
  useLayoutEffect(() => {
    if (index >= 0) lastIndex.current = index;
    const here = rows[index];
    const left = lastPlace.current;
    const moved = left !== place;
    // Of what is left when a row is chosen off nothing was chosen anew.
    const isNew = here === undefined || moved || [...selection].some((id) => !lastSelection.current.has(id));
    lastSelection.current = selection;
    const stays = !isNew || (here !== undefined && isAllOf(here, selection));
    const followed = stays ? -1 : rows.findIndex((row) => isFollowed(row, selection));
    lastPlace.current = place;
    const instead = (): number => {
      const at = moved ? rows.findIndex((row) => row.kind === "group" && row.group.id === left) : lastIndex.current;
      return Math.max(0, Math.min(at, rows.length - 1));
    };
    const next = followed >= 0 ? followed : index < 0 ? instead() : -1;
    const row = rows[next];
    if (row === undefined) {
      // The way out went with the crumbs: the focus goes back to where it was.
      if (moved && focusFree()) wanted.current = reached;
      // It never left a row that is inside too: that is chosen as one that it comes to is.
      const kept = rows[index];
      if (moved && kept !== undefined && selection.size === 0) select(membersOf(kept));
      return;
    }
    // A layer that was chosen inside is hidden in the group again: acts go by what is chosen, so the group is.
    if (moved && row.kind === "group") select(membersOf(row));
    if (focusFree()) wanted.current = row.id;
    setReached(row.id);
    show(next);
  }, [selection, rows]);

  useLayoutEffect(() => {
    if (wasRenaming.current !== null && renaming === null && focusIsFree()) wanted.current = reached;
    wasRenaming.current = renaming;
    if (wanted.current === null) return;
    const row = scroll.current?.querySelector<HTMLElement>(`[data-layer-row="${CSS.escape(wanted.current)}"]`);
    if (row == null) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  const reach = useCallback(
    (id: string): void => {
      setReached(id);
      // Acts go by what is chosen: a row that has the focus while nothing is chosen is what they mean.
      const row = rows.find((one) => one.id === id);
      if (row !== undefined && useDocument.getState().selection.size === 0) select(membersOf(row));
    },
    [rows],
  );
  const goTo = useCallback(
    (row: ListRow, extend: boolean): void => {
      select(extend ? [...useDocument.getState().selection, ...membersOf(row)] : membersOf(row));
      wanted.current = row.id;
      setReached(row.id);
      show(rows.indexOf(row));
    },
    [rows, show],
  );
  return { reached, reach, goTo };
}
