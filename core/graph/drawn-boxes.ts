/**
 * What is drawn as one box: a layer, or a collapsed group with all its layers. A box moves, aligns, lies in a frame and is chosen as one.
 * Pure: a design in, boxes and places out.
 */
import type { Box } from "./alignment.ts";
import { isDown } from "./direction.ts";
import type { DesignDocument, GroupDocument, NodeDocument } from "./document.ts";
import { collapsedPlace } from "./groups.ts";
import { nodeMap } from "./ports.ts";

/** Before the id of a group in the id of its box. */
export const GROUP_PREFIX = "group:";

export interface DrawnBox extends Box {
  /** The layers that it stands for. */
  readonly ids: readonly string[];
}

type Graph = Pick<DesignDocument, "graph">;
type Positions = Readonly<Record<string, NodeDocument["position"]>>;
type Size = Pick<Box, "width" | "height">;

/** Groups drawn as one box each. @param entered the group that is shown from inside: its layers are seen */
export function foldedGroups({ graph }: Graph, entered: string | null): readonly GroupDocument[] {
  return graph.groups.filter(({ id, collapsed, node_ids }) => collapsed && id !== entered && node_ids.length > 0);
}

/** The box of a collapsed group. */
export function closedBox({ graph }: Graph, group: GroupDocument, sizeOf: (id: string) => Size): DrawnBox | null {
  const ids = new Set(group.node_ids);
  const at = collapsedPlace(
    graph.nodes.filter(({ id }) => ids.has(id)),
    isDown(graph),
  );
  const id = `${GROUP_PREFIX}${group.id}`;
  return at === null ? null : { id, ids: group.node_ids, ...at, ...sizeOf(id) };
}

/**
 * @param entered the group that is shown from inside: its layers are drawn and nothing else
 * @param sizeOf of a box by its id, as it is drawn
 */
export function drawnBoxes(design: Graph, entered: string | null, sizeOf: (id: string) => Size): readonly DrawnBox[] {
  const { nodes, groups } = design.graph;
  const boxOf = ({ id, position }: NodeDocument): DrawnBox => ({ id, ids: [id], ...position, ...sizeOf(id) });
  const inside = entered === null ? undefined : groups.find(({ id }) => id === entered);
  if (inside !== undefined) {
    const members = new Set(inside.node_ids);
    return nodes.filter(({ id }) => members.has(id)).map(boxOf);
  }
  const folded = foldedGroups(design, null);
  const hidden = new Set(folded.flatMap(({ node_ids }) => node_ids));
  return [...nodes.filter(({ id }) => !hidden.has(id)).map(boxOf), ...folded.flatMap((group) => closedBox(design, group, sizeOf) ?? [])];
}

/** Places of layers whose boxes go to these places: those of a group keep theirs to one another. */
export function placesOfLayers({ graph }: Graph, boxes: readonly DrawnBox[], to: Positions): Positions {
  const nodes = nodeMap(graph);
  const places: Record<string, NodeDocument["position"]> = {};
  for (const { id, ids, x, y } of boxes) {
    const place = to[id];
    if (place === undefined) continue;
    for (const layer of ids) {
      const position = nodes.get(layer)?.position ?? place;
      places[layer] = ids.length === 1 ? place : { x: position.x + place.x - x, y: position.y + place.y - y };
    }
  }
  return places;
}
