/** Arranging by itself: the chosen layers where they are, or all of them. A collapsed group is arranged as the one box that is seen. */

import type { Command } from "../../core/graph/command.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import { isDown } from "../../core/graph/direction.ts";
import type { GroupDocument, NodeDocument } from "../../core/graph/document.ts";
import { GROUP_PREFIX } from "../../core/graph/drawn-boxes.ts";
import { collapsedPlace } from "../../core/graph/groups.ts";
import type { LayoutNode, Positions } from "../../core/layout/layout-types.ts";
import { NODE_HEIGHT, NODE_WIDTH, PORT_TOP } from "../../core/layout/node-measures.ts";
import { rowLength } from "../../core/layout/row-length.ts";
import { endMerge, selectedNodes, useDocument } from "../state/document.ts";
import { actWords } from "../ui/act-words.ts";
import { glideTime } from "../ui/motion.ts";
import { design, framesAround } from "./annotation-choice.ts";
import { currentFlow, useCanvas } from "./canvas-state.ts";
import { attempt, fitCanvas } from "./edits.ts";
import { shownNodeIds } from "./entered-group.ts";
import { foldedGroups } from "./group-boxes.ts";
import type { LayoutTask } from "./layout.worker.ts";
import { laidOut } from "./layout-thread.ts";

const ROW_HEIGHT = NODE_HEIGHT + 70;

/** From the top down a column is as long as can be read: half as large as life. */
const SMALLEST_IN_COLUMN = 0.5;

const COLUMN_WIDTH = NODE_WIDTH + 76;
const CELL = { width: COLUMN_WIDTH, height: ROW_HEIGHT } as const;

/** Columns of about the same length; of so many layers that they could not be read all at once, a drawing that is seen whole as large as can be. */
function columnLength(count: number): number {
  const { width = 0, height = 0 } = document.querySelector(".react-flow")?.getBoundingClientRect() ?? {};
  const readable = Math.max(4, Math.floor(height / (SMALLEST_IN_COLUMN * ROW_HEIGHT)));
  const seenAtOnce = width === 0 || Math.ceil(count / readable) * COLUMN_WIDTH * SMALLEST_IN_COLUMN <= width;
  const most = seenAtOnce ? readable : Math.max(readable, Math.ceil(Math.sqrt((count * COLUMN_WIDTH * height) / (ROW_HEIGHT * width))));
  return Math.ceil(count / Math.ceil(count / most));
}

/** Layers glide to their new places, so that the eye can follow them; their connections come back when they are there. */
function glide(count: number): void {
  const place = document.querySelector(".react-flow");
  if (place === null || count > MOST_GLIDING || glideTime() === 0) return;
  place.classList.add("gliding");
  setTimeout(() => place.classList.remove("gliding"), glideTime());
}

/** More would not keep up with the frames. */
const MOST_GLIDING = 200;

/** Collapsed groups of which every layer is to be arranged. */
function closedGroups(part: readonly NodeDocument[]): readonly GroupDocument[] {
  const ids = new Set(part.map(({ id }) => id));
  return foldedGroups(design()).filter(({ node_ids }) => node_ids.every((id) => ids.has(id)));
}

function sized(id: string): LayoutNode {
  const measured = currentFlow()?.getNode(id)?.measured;
  const height = measured?.height ?? NODE_HEIGHT;
  return { id, width: measured?.width ?? NODE_WIDTH, height, anchor: PORT_TOP };
}

type Placed = Pick<NodeDocument, "id" | "position">;

/** Layers of a closed group keep their places to one another: they go where its box goes. */
function membersPlaced(members: readonly Placed[], to: NodeDocument["position"], down: boolean): Positions {
  const from = collapsedPlace(members, down) ?? to;
  return Object.fromEntries(members.map(({ id, position }) => [id, { x: to.x + position.x - from.x, y: to.y + position.y - from.y }]));
}

export const arrange = (): void => void arrangeAll(false);

/** From the top down. */
export const arrangeDown = (): void => void arrangeAll(true);

/** The act that is under way; another one takes its place. */
let running: AbortController | null = null;
/** Only what takes longer is said to be under way. */
const SAID_AFTER_MS = 300;

/** Gives up the act that is under way: nothing moves. */
export function stopArranging(): void {
  running?.abort();
}

/** It is given up with its project too: a copy of it, which has layers of the same ids, is not moved. */
async function arrangeAll(down: boolean): Promise<void> {
  const { project } = useDocument.getState();
  stopArranging();
  const own = new AbortController();
  running = own;
  const said = setTimeout(() => useCanvas.setState({ arranging: true }), SAID_AFTER_MS);
  const unsubscribe = useDocument.subscribe((state) => {
    if (state.project?.id !== project?.id) own.abort();
  });
  try {
    await arrangeShown(down, own.signal);
  } finally {
    unsubscribe();
    clearTimeout(said);
    if (running === own) {
      running = null;
      useCanvas.setState({ arranging: false });
    }
  }
}

async function arrangeShown(down: boolean, signal: AbortSignal): Promise<void> {
  const { nodes, edges } = design().graph;
  const chosen = selectedNodes();
  const shown = new Set(shownNodeIds());
  // One layer or one collapsed group has nothing to be arranged with.
  const isOne = chosen.length < 2 || closedGroups(chosen).some(({ node_ids }) => node_ids.length === chosen.length);
  const part = isOne ? nodes.filter(({ id }) => shown.has(id)) : chosen;
  if (part.length === 0) return;
  const groups = closedGroups(part);
  const boxOf = new Map(groups.flatMap(({ id, node_ids }) => node_ids.map((node) => [node, `${GROUP_PREFIX}${id}`] as const)));
  const drawn = (id: string): string => boxOf.get(id) ?? id;
  const units = [...new Set(part.map(({ id }) => drawn(id)))].map(sized);
  const wires = edges.map(({ source, target }) => ({ source: drawn(source), target: drawn(target) }));
  const box = document.querySelector(".react-flow")?.getBoundingClientRect();
  const view = box === undefined || box.height === 0 ? null : { width: box.width, height: box.height };
  const inRow = view === null ? units.length : rowLength(units.length, view, CELL);
  const foldAfter = down ? columnLength(units.length) : inRow;
  const placed = await laidOutHere(
    { nodes: units, edges: wires, options: { down, foldAfter, ...(view === null ? {} : { view }) } },
    signal,
  );
  if (placed === null) return;
  const turns = part.length === nodes.length && isDown(design().graph) !== down;
  const inside = turns ? await turnedInside(groups, down, signal) : {};
  if (inside === null || signal.aborted) return;
  const places = [
    ...part.filter(({ id }) => !boxOf.has(id)).map(({ position }) => position),
    ...groups.flatMap((group) => collapsedPlace(membersOf(group, part, {}), isDown(design().graph)) ?? []),
  ];
  const left = part.length < nodes.length ? Math.min(...places.map(({ x }) => x)) : 0;
  const top = part.length < nodes.length ? Math.min(...places.map(({ y }) => y)) : 0;
  const low = Math.min(...Object.values(placed).map((position) => position.y));
  const west = Math.min(...Object.values(placed).map((position) => position.x));
  const at = (id: string): { x: number; y: number } => ({ x: left + (placed[id]?.x ?? 0) - west, y: top + (placed[id]?.y ?? 0) - low });
  const alone = part.filter(({ id }) => !boxOf.has(id)).map(({ id }) => [id, at(id)] as const);
  const all: Positions = Object.assign(
    Object.fromEntries(alone),
    ...groups.map((group) =>
      membersPlaced(membersOf(group, part, inside), at(`${GROUP_PREFIX}${group.id}`), turns ? down : isDown(design().graph)),
    ),
  );
  move(all, down, turns);
}

function membersOf({ node_ids }: GroupDocument, part: readonly NodeDocument[], places: Positions): readonly Placed[] {
  const ids = new Set(node_ids);
  return part.filter(({ id }) => ids.has(id)).map(({ id, position }) => ({ id, position: places[id] ?? position }));
}

/** The layers of closed groups among themselves, when the drawing comes to run another way. Null as of `laidOutHere`. */
async function turnedInside(groups: readonly GroupDocument[], down: boolean, signal: AbortSignal): Promise<Positions | null> {
  const places: Positions[] = [];
  for (const { node_ids } of groups) {
    const task = { nodes: node_ids.map(sized), edges: design().graph.edges, options: { down } };
    const placed = await laidOutHere(task, signal);
    if (placed === null) return null;
    places.push(placed);
  }
  return Object.assign({}, ...places);
}

/** Null when it was given up, or failed and was said to. */
async function laidOutHere(task: LayoutTask, signal: AbortSignal): Promise<Positions | null> {
  try {
    return await laidOut(task, signal);
  } catch (error) {
    attempt(() => {
      throw error;
    }, actWords("act.arrange"));
    return null;
  }
}

/** One act; layers that went away meanwhile are left out. @param turns whether the drawing comes to run another way, with its ports */
function move(all: Positions, down: boolean, turns: boolean): void {
  const there = new Set(design().graph.nodes.map(({ id }) => id));
  const positions = Object.fromEntries(Object.entries(all).filter(([id]) => there.has(id)));
  if (Object.keys(positions).length === 0) return;
  endMerge();
  glide(Object.keys(positions).length);
  const turn: Command = { type: "set_direction", direction: down ? "down" : null };
  const moves: readonly Command[] = [{ type: "move", positions }, ...(turns ? [turn] : [])];
  const frames = framesAround(positions, applyCommand(design(), { type: "batch", commands: moves }).design);
  const commands = [...moves, ...(frames === null ? [] : [frames])];
  const words = actWords(down ? "act.arrange_down" : "act.arrange");
  if (attempt(() => ({ type: "batch", commands }), words)) whenPlaced(positions, () => void fitCanvas(false, glideTime()));
}

/** Frames after which the view is fitted to what is drawn then. */
const MOST_FRAMES = 60;

/** Calls back when the canvas has the layers at their new places: of a thousand that is some frames later, and the view would be fitted to the old ones. */
function whenPlaced(positions: Positions, act: () => void, frames = MOST_FRAMES): void {
  requestAnimationFrame(() => {
    const flow = currentFlow();
    const drawn = Object.entries(positions).find(([id]) => flow?.getNode(id) !== undefined);
    const at = drawn === undefined ? undefined : flow?.getNode(drawn[0])?.position;
    const there = drawn === undefined || (at?.x === drawn[1].x && at.y === drawn[1].y);
    if (there || frames === 0) act();
    else whenPlaced(positions, act, frames - 1);
  });
}
