/**
 * A group from inside, for React Flow: the part of the design that is shown, and, where connections lead out of it, gates that name what is
 * at their other end. Pure: the document in, nodes and edges out.
 */

import { isDown } from "../../core/graph/direction.ts";
import type { AnnotationDocument, DesignDocument, EdgeDocument, GroupDocument, NodeDocument } from "../../core/graph/document.ts";
import type { Propagation } from "../../core/graph/propagation.ts";
import { NODE_HEIGHT, NODE_WIDTH, PORT_TOP } from "../../core/layout/node-measures.ts";
import { type GateFlowNode, type ShapeFlowEdge, SIDES } from "./flow-elements.ts";

export const GATE_PREFIX = "gate:";
export const GATE = { width: 132, height: 30, gap: 70, row: 44 } as const;

/** How far around the layers notes belong to the group. */
const AROUND = 48;

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where the group's layers lie, and a little around them. */
export function areaOf({ graph }: DesignDocument, group: GroupDocument): Area {
  const ids = new Set(group.node_ids);
  const area = { left: Number.POSITIVE_INFINITY, top: Number.POSITIVE_INFINITY, right: -Infinity, bottom: -Infinity };
  for (const { id, position } of graph.nodes) {
    if (!ids.has(id)) continue;
    area.left = Math.min(area.left, position.x - AROUND);
    area.top = Math.min(area.top, position.y - AROUND);
    area.right = Math.max(area.right, position.x + NODE_WIDTH + AROUND);
    area.bottom = Math.max(area.bottom, position.y + NODE_HEIGHT + AROUND);
  }
  return area;
}

/** Whether a note or frame has its middle in the area: a frame around the whole design, of which the group is a part, has not always. */
export function meets(area: Area, { position, width, height }: AnnotationDocument): boolean {
  const [x, y] = [position.x + width / 2, position.y + height / 2];
  return x >= area.left && x <= area.right && y >= area.top && y <= area.bottom;
}

/**
 * The members, what joins them and the notes among them, drawn without the frame that they are inside of.
 * @param elsewhere notes and frames that do not belong there
 */
export function insideOf(design: DesignDocument, group: GroupDocument, elsewhere: ReadonlySet<string> = new Set()): DesignDocument {
  const ids = new Set(group.node_ids);
  const nodes = design.graph.nodes.filter(({ id }) => ids.has(id));
  const edges = design.graph.edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
  const annotations = (design.graph.annotations ?? []).filter(({ id }) => !elsewhere.has(id));
  return { ...design, graph: { ...design.graph, nodes, edges, groups: [], annotations } };
}

interface Gates {
  readonly nodes: readonly GateFlowNode[];
  readonly edges: readonly ShapeFlowEdge[];
}

/**
 * Gates before the layers for what comes in, behind them for what goes out (left and right; above and below where the drawing runs
 * down), each level with the first layer that it is joined to.
 * @param selection what is chosen: connections at gates are among it
 */
export function gatesOf(
  design: DesignDocument,
  group: GroupDocument,
  propagation: Propagation | null,
  selection: ReadonlySet<string> = new Set(),
): Gates {
  const ids = new Set(group.node_ids);
  const nodes = new Map(design.graph.nodes.map((node) => [node.id, node]));
  const placesFor = isDown(design.graph) ? placesDown : placesRight;
  const placed = new Map<string, GateFlowNode>();
  const edges: ShapeFlowEdge[] = [];
  const crossing = design.graph.edges.filter((edge) => ids.has(edge.source) !== ids.has(edge.target));
  const next = placesFor(design.graph.nodes.filter(({ id }) => ids.has(id)).map(({ position }) => position));
  const inner = (edge: EdgeDocument): Point => nodes.get(ids.has(edge.source) ? edge.source : edge.target)?.position ?? { x: 0, y: 0 };
  const along = (edge: EdgeDocument): number => inner(edge)[isDown(design.graph) ? "x" : "y"];
  for (const edge of crossing.sort((a, b) => along(a) - along(b))) {
    const side = ids.has(edge.target) ? "from" : "to";
    const node = nodes.get(side === "from" ? edge.source : edge.target);
    if (node === undefined) continue;
    const id = `${GATE_PREFIX}${side}:${node.id}`;
    if (!placed.has(id)) placed.set(id, gate(id, node, side, next(side, inner(edge)), isDown(design.graph)));
    const found = propagation?.edges.get(edge.id);
    const ends =
      side === "from"
        ? { source: id, sourceHandle: "out", target: edge.target, targetHandle: edge.target_port }
        : { source: edge.source, sourceHandle: edge.source_port, target: id, targetHandle: "in" };
    const data = { wrong: (found?.problems.length ?? 0) > 0 };
    const name = `${nodes.get(edge.source)?.name} → ${nodes.get(edge.target)?.name}`;
    edges.push({ id: edge.id, type: "shape", ...ends, selected: selection.has(edge.id), ariaLabel: name, data });
  }
  return { nodes: [...placed.values()], edges };
}

type Point = NodeDocument["position"];
type Side = "from" | "to";
/** Where the next gate of a side goes, that is joined to a layer at this place. */
type Places = (side: Side, layer: Point) => Point;

function placesRight(members: readonly Point[]): Places {
  const x = {
    from: Math.min(...members.map((place) => place.x)) - GATE.gap - GATE.width,
    to: Math.max(...members.map((place) => place.x)) + NODE_WIDTH + GATE.gap,
  };
  const free = { from: Number.NEGATIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
  return (side, layer) => {
    const y = Math.max(layer.y + PORT_TOP - GATE.height / 2, free[side]);
    free[side] = y + GATE.row;
    return { x: x[side], y };
  };
}

function placesDown(members: readonly Point[]): Places {
  const y = {
    from: Math.min(...members.map((place) => place.y)) - GATE.gap - GATE.height,
    to: Math.max(...members.map((place) => place.y)) + NODE_HEIGHT + GATE.gap,
  };
  const free = { from: Number.NEGATIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
  return (side, layer) => {
    const x = Math.max(layer.x + (NODE_WIDTH - GATE.width) / 2, free[side]);
    free[side] = x + GATE.width + GATE.row - GATE.height;
    return { x, y: y[side] };
  };
}

function gate(id: string, node: NodeDocument, side: Side, position: Point, down: boolean): GateFlowNode {
  return {
    id,
    type: "gate",
    position,
    data: { node, side },
    ariaLabel: node.name,
    draggable: false,
    selectable: false,
    connectable: false,
    zIndex: 1,
    ...SIDES[down ? "down" : "right"],
    measured: { width: GATE.width, height: GATE.height },
  };
}
