/** Arranging by itself: the chosen layers where they are, or all of them. A collapsed group is arranged as the one box that is seen. */
import type { Command } from "../../core/graph/command.ts";
import type { GroupDocument, NodeDocument } from "../../core/graph/document.ts";
import { endMerge, selectedNodes } from "../state/document.ts";
import { actWords } from "../ui/act-words.ts";
import { design, framesAround } from "./annotation-choice.ts";
import { currentFlow } from "./canvas-state.ts";
import { attempt, fitCanvas } from "./edits.ts";
import { enteredGroup, shownNodeIds } from "./entered-group.ts";
import { GROUP_PREFIX } from "./flow-model.ts";
import { type LayoutNode, layout, type Positions } from "./layout.ts";
import { NODE_HEIGHT, NODE_WIDTH, PORT_TOP } from "./node-measures.ts";

const ROW_HEIGHT = NODE_HEIGHT + 70;

/** How many layers of a chain go into a row, so that all of it is seen as large as can be. */
function rowLength(count: number): number {
  const box = document.querySelector(".react-flow")?.getBoundingClientRect();
  if (box === undefined || box.height === 0) return count;
  let best = { length: count, zoom: 0 };
  for (let length = count; length >= 2; length -= 1) {
    const zoom = Math.min(1, box.width / (length * (NODE_WIDTH + 76)), box.height / (Math.ceil(count / length) * ROW_HEIGHT));
    if (zoom > best.zoom * 1.02) best = { length, zoom };
  }
  return best.length;
}

/** Collapsed groups of which every layer is to be arranged. */
function closedGroups(part: readonly NodeDocument[]): readonly GroupDocument[] {
  if (enteredGroup() !== null) return [];
  const ids = new Set(part.map(({ id }) => id));
  return design().graph.groups.filter(({ collapsed, node_ids }) => collapsed && node_ids.length > 0 && node_ids.every((id) => ids.has(id)));
}

function sized(id: string): LayoutNode {
  const measured = currentFlow()?.getNode(id)?.measured;
  return { id, width: measured?.width ?? NODE_WIDTH, height: measured?.height ?? NODE_HEIGHT, anchor: PORT_TOP };
}

/** Layers of a closed group keep their places to one another: they go where its box goes. */
function membersPlaced(group: GroupDocument, part: readonly NodeDocument[], to: { readonly x: number; readonly y: number }): Positions {
  const ids = new Set(group.node_ids);
  const members = part.filter(({ id }) => ids.has(id));
  const left = members.reduce((least, { position }) => Math.min(least, position.x), Number.POSITIVE_INFINITY);
  const top = members.reduce((least, { position }) => Math.min(least, position.y), Number.POSITIVE_INFINITY);
  return Object.fromEntries(members.map(({ id, position }) => [id, { x: to.x + position.x - left, y: to.y + position.y - top }]));
}

export function arrange(): void {
  const { nodes, edges } = design().graph;
  const chosen = selectedNodes();
  const shown = new Set(shownNodeIds());
  const part = chosen.length > 1 ? chosen : nodes.filter(({ id }) => shown.has(id));
  const inPlace = part.length < nodes.length;
  if (part.length === 0) return;
  const groups = closedGroups(part);
  const boxOf = new Map(groups.flatMap(({ id, node_ids }) => node_ids.map((node) => [node, `${GROUP_PREFIX}${id}`] as const)));
  const drawn = (id: string): string => boxOf.get(id) ?? id;
  const units = [...new Set(part.map(({ id }) => drawn(id)))].map(sized);
  const wires = edges.map(({ source, target }) => ({ source: drawn(source), target: drawn(target) }));
  const placed = layout(units, wires, { foldAfter: rowLength(units.length) });
  const left = inPlace ? Math.min(...part.map((node) => node.position.x)) : 0;
  const top = inPlace ? Math.min(...part.map((node) => node.position.y)) : 0;
  const low = Math.min(...Object.values(placed).map((position) => position.y));
  const at = (id: string): { x: number; y: number } => ({ x: left + (placed[id]?.x ?? 0), y: top + (placed[id]?.y ?? 0) - low });
  const alone = part.filter(({ id }) => !boxOf.has(id)).map(({ id }) => [id, at(id)] as const);
  const positions: Positions = Object.assign(
    Object.fromEntries(alone),
    ...groups.map((group) => membersPlaced(group, part, at(`${GROUP_PREFIX}${group.id}`))),
  );
  endMerge();
  const frames = framesAround(positions);
  const move: Command = { type: "move", positions };
  if (attempt(() => (frames === null ? move : { type: "batch", commands: [move, frames] }), actWords("act.arrange")))
    requestAnimationFrame(() => void fitCanvas(false));
}
