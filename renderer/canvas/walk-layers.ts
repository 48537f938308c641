/**
 * From layer to layer in the order of computing, by key: of a large design only what is in view is drawn, so that Tab does not come to the
 * others. The view follows, and the focus with it.
 */
import { type ListRow, listRows, membersOf } from "../list-view/list-rows.ts";
import { select, useDocument } from "../state/document.ts";
import { showPlaces } from "./edits.ts";
import { enteredGroup } from "./entered-group.ts";
import { drawnPlaces } from "./group-boxes.ts";
import { insideOf } from "./group-inside.ts";

/** A layer that comes into view is drawn some frames later. */
const FRAMES = 60;

/** @param by 1 to what is computed next, −1 back */
export function walkLayers(by: 1 | -1): void {
  const { design, selection } = useDocument.getState();
  if (design === null) return;
  const group = enteredGroup();
  const rows = listRows(group === null ? design : insideOf(design, group)).filter(isBox);
  const chosen = rows.flatMap((row, index) => (membersOf(row).every((id) => selection.has(id)) ? [index] : []));
  const focused = document.activeElement?.closest<HTMLElement>(".react-flow__node")?.dataset["id"];
  const at = chosen.length > 0 ? (by === 1 ? Math.max(...chosen) : Math.min(...chosen)) : rows.findIndex(({ id }) => id === focused);
  const from = at < 0 && by === -1 ? rows.length : at;
  const next = rows[Math.max(0, Math.min(rows.length - 1, from + by))];
  if (next === undefined) return;
  const members = membersOf(next);
  select(members);
  const node = design.graph.nodes.find(({ id }) => id === members[0]);
  if (node !== undefined) showPlaces([drawnPlaces(design)(node)]);
  focusDrawn(next.id, FRAMES);
}

/** What is drawn as one: a layer, or a collapsed group. */
const isBox = (row: ListRow): boolean => row.kind === "layer" || (row.kind === "group" && row.group.collapsed);

function focusDrawn(id: string, frames: number): void {
  const drawn = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  if (drawn !== null) drawn.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => focusDrawn(id, frames - 1));
}
