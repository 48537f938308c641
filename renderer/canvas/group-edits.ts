/** Acts on groups: made, joined, dissolved, left by layers, collapsed and opened. */
import type { Command } from "../../core/graph/command.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import type { DesignDocument, GroupDocument } from "../../core/graph/document.ts";
import { changeGroupCommand, groupCommand, groupToJoin, takeOutCommand, ungroupCommand, wholeGroup } from "../../core/graph/groups.ts";
import { select, selectedNodes, useDocument } from "../state/document.ts";
import { keyWordsNow } from "../state/keys.ts";
import { toast, toastWanted } from "../state/toasts.ts";
import { actWords } from "../ui/act-words.ts";
import { textNow } from "../ui/texts.ts";
import { design, withFrames } from "./annotation-choice.ts";
import { attempt, newId } from "./edits.ts";
import { enteredGroup } from "./entered-group.ts";
import { freeShift } from "./free-place.ts";
import { boxAround, placesBeside, unitsAround } from "./group-boxes.ts";
import { putAt } from "./snap.ts";

/** Groups do not nest, and from inside none is drawn. @returns whether it was said */
function sayInside(): boolean {
  const inside = enteredGroup();
  if (inside === null) return false;
  const words = { name: inside.name, keys: keyWordsNow("takeOut"), leave: keyWordsNow("leaveGroup") };
  toastWanted((t) => t("canvas.no_groups_inside", words));
  return true;
}

/** Groups the chosen layers, with one whole group among them into that; when they are a group already, dissolves it. */
export function toggleGroup(): void {
  const ids = new Set(selectedNodes().map((node) => node.id));
  if (ids.size === 0 || sayInside()) return;
  const { groups } = design().graph;
  const [existing, joined] = [wholeGroup(groups, ids), groupToJoin(groups, ids)];
  const name = `${textNow()("canvas.group_name")} ${groups.length + 1}`;
  const label =
    joined === undefined
      ? actWords("act.group", { count: ids.size })
      : actWords("act.join_group", { count: ids.size - joined.node_ids.length, name: joined.name });
  if (existing !== undefined) attempt(() => ungroupCommand(design(), existing.id), actWords("act.ungroup"));
  else attempt(() => groupCommand(design(), ids, name, newId), label);
}

/** Of what is chosen, the layers that are in a group. */
function grouped({ graph }: DesignDocument): readonly string[] {
  const members = new Set(graph.groups.flatMap(({ node_ids }) => node_ids));
  return selectedNodes().flatMap(({ id }) => (members.has(id) ? [id] : []));
}

/** Whether chosen layers can be taken out of a group that goes on without them. */
export function canTakeOut(): boolean {
  const { design: open } = useDocument.getState();
  if (open === null) return false;
  const ids = new Set(grouped(open));
  return open.graph.groups.some(({ node_ids }) => node_ids.some((id) => ids.has(id)) && !node_ids.every((id) => ids.has(id)));
}

/** Takes the chosen layers out of their groups; where they would lie in a frame or over others they go beside it. */
export function takeOut(): void {
  const ids = grouped(design());
  if (ids.length === 0) {
    toastWanted((t) => t("canvas.take_out_none"));
    return;
  }
  const inside = enteredGroup();
  if (!attempt(() => besideOthers(takeOutCommand(design(), ids), new Set(ids)), actWords("act.take_out", { count: ids.length }))) return;
  if (inside === null || enteredGroup() === null) return;
  // They are not seen from inside any more.
  select([]);
  toast((t) => t("canvas.taken_out", { count: ids.length, name: inside.name }));
}

function besideOthers(command: Command, ids: ReadonlySet<string>): Command {
  const next = applyCommand(design(), command).design;
  const box = boxAround(next, ids);
  const { dx, dy } = box === null ? { dx: 0, dy: 0 } : freeShift(box, unitsAround(next, ids, []));
  if (dx === 0 && dy === 0) return command;
  const moved = next.graph.nodes.filter(({ id }) => ids.has(id));
  const from = moved[0]?.position ?? { x: 0, y: 0 };
  const to = putAt({ x: from.x + dx, y: from.y + dy });
  const positions = Object.fromEntries(moved.map(({ id, position: { x, y } }) => [id, { x: x + to.x - from.x, y: y + to.y - from.y }]));
  return { type: "batch", commands: [command, { type: "move", positions }] };
}

/** Collapses or opens the groups that hold a chosen layer; what stands around them makes room, or closes the gap. */
export function toggleCollapse(groupId?: string): void {
  const chosen = useDocument.getState().selection;
  const groups = design().graph.groups.filter((group) =>
    groupId === undefined ? group.node_ids.some((id) => chosen.has(id)) : group.id === groupId,
  );
  if (groups.length === 0 || sayInside()) return;
  const collapsed = groups.some((group) => !group.collapsed);
  attempt(() => withFrames(design(), collapseCommand(groups, collapsed)), actWords("act.collapse"));
}

function collapseCommand(groups: readonly GroupDocument[], collapsed: boolean): Command {
  const commands: Command[] = [];
  let current = design();
  const also = (command: Command): void => {
    commands.push(command);
    current = applyCommand(current, command).design;
  };
  for (const group of groups.filter((one) => one.collapsed !== collapsed)) {
    const positions = placesBeside(current, group, collapsed);
    also(changeGroupCommand(current, group.id, { collapsed }));
    if (Object.keys(positions).length > 0) also({ type: "move", positions });
  }
  const [only] = commands;
  return commands.length === 1 && only !== undefined ? only : { type: "batch", commands };
}
