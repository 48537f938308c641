/**
 * Room for a layer that goes into a connection: where it would lie over others it stands behind the layer that feeds it, and what
 * stood there moves on, as for a group that opens. Where there is room it stays where it was dropped. Inside a group only its layers are
 * drawn, so only they stand in the way.
 */
import type { Command } from "../../core/graph/command.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import { isDown } from "../../core/graph/direction.ts";
import type { DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import { withFrames } from "./annotation-choice.ts";
import { enteredGroup } from "./entered-group.ts";
import { boxesOf, boxOfLayer, unitsAround } from "./group-boxes.ts";
import { type Box, GAP, roomFor, roomForDown } from "./make-room.ts";

type Positions = Record<string, NodeDocument["position"]>;

/** What lies nearer than this to another layer lies over it, in units of the canvas. */
const CLEAR = 8;

/**
 * @param command that leads connections through layers
 * @param inserted the layers that it leads them through, @defaultValue those that it adds
 * @returns the command, with the moves that make room; itself where there is room
 * @throws AppError what the command throws
 */
export function withRoom(design: DesignDocument, command: Command, inserted?: readonly string[]): Command {
  const before = new Set(design.graph.nodes.map(({ id }) => id));
  let after = applyCommand(design, command).design;
  const ids = inserted ?? after.graph.nodes.map(({ id }) => id).filter((id) => !before.has(id));
  const inside = drawnInside(after, ids);
  const positions: Positions = {};
  for (const id of ids) {
    const places = placesAround(after, id, inside);
    Object.assign(positions, places);
    after = applyCommand(after, { type: "move", positions: places }).design;
  }
  if (Object.keys(positions).length === 0) return command;
  return withFrames(design, { type: "batch", commands: [command, { type: "move", positions }] });
}

/** What is drawn in the group that is entered, where the layers are joined to some of it; null: they stand outside. */
function drawnInside({ graph }: DesignDocument, ids: readonly string[]): ReadonlySet<string> | null {
  const [added, members] = [new Set(ids), new Set(enteredGroup()?.node_ids)];
  const isJoined = graph.edges.some(
    ({ source, target }) => (added.has(source) && members.has(target)) || (members.has(source) && added.has(target)),
  );
  return isJoined ? new Set([...members, ...ids]) : null;
}

/** New places of the layer and of what stands in its way; none where it lies over nothing, or between no two layers. */
function placesAround(design: DesignDocument, id: string, inside: ReadonlySet<string> | null): Positions {
  const { nodes, edges } = design.graph;
  const node = nodes.find((one) => one.id === id);
  const source = edges.find(({ target }) => target === id)?.source;
  const target = edges.find((edge) => edge.source === id)?.target;
  if (node === undefined || source === undefined || target === undefined) return {};
  const down = isDown(design.graph);
  const atGate = inside !== null && !inside.has(source);
  const feeding = atGate ? inFrontOf(boxOfLayer(design, target), down) : boxOfLayer(design, source);
  const own = boxOfLayer(design, id);
  const others =
    inside === null
      ? unitsAround(design, new Set([id, source]), [id, source, target])
      : boxesOf(nodes.filter((one) => inside.has(one.id) && one.id !== id && one.id !== source));
  if (feeding === null || own === null || ![...(atGate ? [] : [feeding]), ...others].some((box) => lieOver(box, own))) return {};
  const position = down
    ? { x: feeding.x, y: Math.round(feeding.y + feeding.height + GAP.y) }
    : { x: Math.round(feeding.x + feeding.width + GAP.x), y: feeding.y };
  const both: Box = down
    ? { ...feeding, height: position.y + own.height - feeding.y }
    : { ...feeding, width: position.x + own.width - feeding.x };
  const shifts = (down ? roomForDown : roomFor)("open", feeding, both, others);
  const moved = nodes.flatMap((one): [string, NodeDocument["position"]][] => {
    const shift = shifts.get(one.id);
    return shift === undefined ? [] : [[one.id, { x: one.position.x + shift.dx, y: one.position.y + shift.dy }]];
  });
  return { ...Object.fromEntries(moved), [id]: position };
}

/** A gate stands where its layers let it: what goes in behind one takes the place of the layer that it feeds. */
function inFrontOf(box: Box | null, down: boolean): Box | null {
  if (box === null) return null;
  return down ? { ...box, y: box.y - GAP.y, height: 0 } : { ...box, x: box.x - GAP.x, width: 0 };
}

const lieOver = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width + CLEAR && b.x < a.x + a.width + CLEAR && a.y < b.y + b.height + CLEAR && b.y < a.y + a.height + CLEAR;
