/** Groups and the layers outside of them as the boxes in which they are drawn: for arranging, and for the room that an opened group takes. */
import { isDown } from "../../core/graph/direction.ts";
import type { DesignDocument, GroupDocument, NodeDocument } from "../../core/graph/document.ts";
import {
  closedBox as closedBoxOf,
  type DrawnBox,
  drawnBoxes as drawnBoxesOf,
  foldedGroups as foldedGroupsOf,
  GROUP_PREFIX,
} from "../../core/graph/drawn-boxes.ts";
import { NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";
import { currentFlow } from "./canvas-state.ts";
import { enteredGroup } from "./entered-group.ts";
import { FRAME } from "./flow-elements.ts";
import { type Box, roomFor, roomForDown, type Unit } from "./make-room.ts";

type Positions = Record<string, { readonly x: number; readonly y: number }>;

function sizeOf(id: string): { readonly width: number; readonly height: number } {
  const measured = currentFlow()?.getNode(id)?.measured;
  return { width: measured?.width ?? NODE_WIDTH, height: measured?.height ?? NODE_HEIGHT };
}

/** Around layers; null where there are none. */
export function boxAround({ graph }: DesignDocument, ids: ReadonlySet<string>): Box | null {
  let box: { left: number; top: number; right: number; bottom: number } | null = null;
  for (const { id, position } of graph.nodes) {
    if (!ids.has(id)) continue;
    const { width, height } = sizeOf(id);
    const [right, bottom] = [position.x + width, position.y + height];
    box =
      box === null
        ? { left: position.x, top: position.y, right, bottom }
        : {
            left: Math.min(box.left, position.x),
            top: Math.min(box.top, position.y),
            right: Math.max(box.right, right),
            bottom: Math.max(box.bottom, bottom),
          };
  }
  return box === null ? null : { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top };
}

/** The one box of a collapsed group. */
const closedBox = (design: DesignDocument, group: GroupDocument): DrawnBox | null => closedBoxOf(design, group, sizeOf);

/** The groups that are drawn as one box. */
export const foldedGroups = (design: DesignDocument): readonly GroupDocument[] => foldedGroupsOf(design, enteredGroup()?.id ?? null);

/** Layers, and collapsed groups as one; inside a group its layers alone. */
export const drawnBoxes = (design: DesignDocument): readonly DrawnBox[] => drawnBoxesOf(design, enteredGroup()?.id ?? null, sizeOf);

/** Those of them that are chosen. */
export function chosenBoxes(design: DesignDocument, selection: ReadonlySet<string>): readonly DrawnBox[] {
  return drawnBoxes(design).filter(({ ids }) => ids.some((id) => selection.has(id)));
}

/** The frame of an open group. */
function openedBox(design: DesignDocument, group: GroupDocument): Box | null {
  const inner = boxAround(design, new Set(group.node_ids));
  if (inner === null) return null;
  const { x, y, width, height } = inner;
  return { x: x - FRAME.side, y: y - FRAME.top, width: width + 2 * FRAME.side, height: height + FRAME.top + FRAME.bottom };
}

/** Layers as they are drawn, each by itself. */
export const boxesOf = (nodes: readonly NodeDocument[]): readonly Unit[] =>
  nodes.map(({ id, position }) => ({ ids: [id], ...position, ...sizeOf(id) }));

/** Everything that is drawn beside a group: layers, and other groups as one. */
const unitsBeside = (design: DesignDocument, group: GroupDocument): readonly Unit[] =>
  unitsAround(design, new Set(group.node_ids), group.node_ids);

/**
 * Everything that is drawn beside some layers: other layers, and groups as one.
 * @param without the layers that are left out
 * @param within layers whose groups are open to what happens: the others in these groups stand for themselves
 */
export function unitsAround(design: DesignDocument, without: ReadonlySet<string>, within: readonly string[]): readonly Unit[] {
  const { nodes, groups } = design.graph;
  const asOne = groups.filter(({ node_ids }) => node_ids.length > 0 && !node_ids.some((id) => within.includes(id)));
  const apart = new Set([...without, ...asOne.flatMap(({ node_ids }) => node_ids)]);
  const hidden = collapsedWith(design, without);
  const layers = boxesOf(nodes.filter(({ id }) => !apart.has(id) && !hidden.has(id)));
  const boxes = asOne.flatMap((one): Unit[] => {
    const box = one.collapsed ? closedBox(design, one) : openedBox(design, one);
    return box === null ? [] : [{ ids: one.node_ids, ...box }];
  });
  return [...layers, ...boxes];
}

/** What is drawn where we are: everything, or the layers of the group that is entered. */
export const shownBoxes = (design: DesignDocument): readonly Box[] =>
  enteredGroup() === null ? unitsAround(design, new Set(), []) : drawnBoxes(design);

/** Where layers are drawn: those of a collapsed group where it stands. */
export function drawnPlaces(design: DesignDocument): (node: NodeDocument) => NodeDocument["position"] {
  const places = new Map<string, NodeDocument["position"]>();
  for (const group of foldedGroups(design)) {
    const box = closedBox(design, group);
    if (box !== null) for (const id of box.ids) places.set(id, { x: box.x, y: box.y });
  }
  return ({ id, position }) => places.get(id) ?? position;
}

/** What is drawn for layers: they themselves, or once the box of the collapsed group that they are in. */
export function drawnFor(design: DesignDocument, ids: readonly string[]): readonly string[] {
  const boxes = new Map<string, string>();
  for (const { id: group, node_ids } of foldedGroups(design)) for (const id of node_ids) boxes.set(id, `${GROUP_PREFIX}${group}`);
  return [...new Set(ids.map((id) => boxes.get(id) ?? id))];
}

/** The layers of collapsed groups that some layers are in: drawn with them as one box. */
function collapsedWith(design: DesignDocument, ids: ReadonlySet<string>): ReadonlySet<string> {
  const groups = foldedGroups(design).filter(({ node_ids }) => node_ids.some((id) => ids.has(id)));
  return new Set(groups.flatMap(({ node_ids }) => node_ids));
}

/** The box that a layer is drawn in: its own, or that of the collapsed group it is in. */
export function boxOfLayer(design: DesignDocument, id: string): Box | null {
  const group = foldedGroups(design).find(({ node_ids }) => node_ids.includes(id));
  return group === undefined ? boxAround(design, new Set([id])) : closedBox(design, group);
}

/** Where the others go when a group opens or collapses; empty where they stay. */
export function placesBeside(design: DesignDocument, group: GroupDocument, collapsed: boolean): Positions {
  const [closed, opened] = [closedBox(design, group), openedBox(design, group)];
  if (closed === null || opened === null) return {};
  // A collapsed group that has not been drawn yet is as large as a layer.
  const box = group.collapsed ? closed : { ...closed, width: NODE_WIDTH, height: NODE_HEIGHT };
  const room = isDown(design.graph) ? roomForDown : roomFor;
  const shifts = room(collapsed ? "close" : "open", box, opened, unitsBeside(design, group));
  const moved = design.graph.nodes.flatMap(({ id, position }) => {
    const shift = shifts.get(id);
    return shift === undefined ? [] : [[id, { x: position.x + shift.dx, y: position.y + shift.dy }] as const];
  });
  return Object.fromEntries(moved);
}
