/**
 * Room for a layer that goes into a connection: where it would lie over others it stands behind the layer that feeds it, and what
 * stood there moves on, as for a group that opens. Where there is room it stays where it was dropped.
 */
import type { Command } from "../../core/graph/command.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import { isDown } from "../../core/graph/direction.ts";
import type { DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import { boxOfLayer, unitsAround } from "./group-boxes.ts";
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
  const positions: Positions = {};
  for (const id of ids) {
    const places = placesAround(after, id);
    Object.assign(positions, places);
    after = applyCommand(after, { type: "move", positions: places }).design;
  }
  if (Object.keys(positions).length === 0) return command;
  return { type: "batch", commands: [command, { type: "move", positions }] };
}

/** New places of the layer and of what stands in its way; none where it lies over nothing, or between no two layers. */
function placesAround(design: DesignDocument, id: string): Positions {
  const { nodes, edges } = design.graph;
  const node = nodes.find((one) => one.id === id);
  const source = edges.find(({ target }) => target === id)?.source;
  const target = edges.find((edge) => edge.source === id)?.target;
  if (node === undefined || source === undefined || target === undefined) return {};
  const feeding = boxOfLayer(design, source);
  const own = boxOfLayer(design, id);
  const others = unitsAround(design, new Set([id, source]), [id, source, target]);
  if (feeding === null || own === null || ![feeding, ...others].some((box) => lieOver(box, own))) return {};
  const down = isDown(design.graph);
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

const lieOver = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width + CLEAR && b.x < a.x + a.width + CLEAR && a.y < b.y + b.height + CLEAR && b.y < a.y + a.height + CLEAR;
