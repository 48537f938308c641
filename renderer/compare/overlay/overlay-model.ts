/**
 * What the overlay draws and lists: nodes and edges of both designs with a place for each, and the differences in the
 * order in which one walks through them. Pure; words are in overlay-words.ts.
 */
import type { Edge, Node } from "@xyflow/react";
import {
  type ComparedEdge,
  type ComparedNode,
  compareDesigns,
  type DifferenceState,
  shownNode,
} from "../../../core/graph/compare-designs.ts";
import { isDown } from "../../../core/graph/direction.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { topologicalOrder } from "../../../core/graph/topology.ts";
import { layerDefinition } from "../../../core/layers/registry.ts";
import type { Positions } from "../../../core/layout/layout-types.ts";
import { rowLength } from "../../../core/layout/row-length.ts";
import { SIDES } from "../../canvas/flow-elements.ts";
import type { LayoutTask } from "../../canvas/layout.worker.ts";
import { type CompareRow, compareRuns } from "../compare-runs.ts";

export type OverlayFlowNode = Node<{ readonly compared: ComparedNode; readonly ports: Ports; readonly current: boolean }, "compared">;
export type OverlayFlowEdge = Edge<{ readonly state: ComparedEdge["state"]; readonly current: boolean }, "compared">;

export interface Ports {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** One thing that differs; the list shows it, the keys walk over it. */
export type Difference =
  | { readonly kind: "node"; readonly key: string; readonly state: DifferenceState; readonly node: ComparedNode }
  | { readonly kind: "edge"; readonly key: string; readonly state: DifferenceState; readonly edge: ComparedEdge }
  /** Training options or the data section; `rows` are those that differ, with the values of both sides. */
  | { readonly kind: "training" | "data"; readonly key: string; readonly state: "changed"; readonly rows: readonly CompareRow[] };

export interface Overlay {
  readonly nodes: readonly ComparedNode[];
  readonly edges: readonly ComparedEdge[];
  readonly differences: readonly Difference[];
  readonly counts: Readonly<Record<DifferenceState, number>>;
  /** As the second design is drawn. */
  readonly down: boolean;
}

/** In CSS pixels at full size; overlay.css keeps to them. */
export const NODE = { width: 214, head: 54, line: 19, portTop: 27, portGap: 16 } as const;
/** More options than this are counted and not written on the node; the list has them all. */
export const MOST_LINES = 6;
const FOLD_AFTER = 7;
const GAPS = { gapX: 64, gapY: 44 } as const;
const GAPS_DOWN = { gapX: 64, gapY: 56 } as const;

export function overlayOf(left: DesignDocument, right: DesignDocument): Overlay {
  const { nodes, edges } = compareDesigns(left, right);
  const counts = { same: 0, changed: 0, added: 0, removed: 0 };
  for (const { state } of nodes) counts[state] += 1;
  return { nodes, edges, counts, down: isDown(right.graph), differences: differencesOf(left, right, nodes, edges) };
}

/**
 * What is asked of the automatic layout.
 * @param view the room there is for the drawing, in pixels
 */
export function layoutTask({ nodes, edges, down }: Overlay, view: { readonly width: number; readonly height: number }): LayoutTask {
  const sizes = nodes.map((node) => ({ id: node.key, width: NODE.width, height: heightOf(node), anchor: NODE.portTop }));
  const wires = edges.map(({ source, target }) => ({ source, target }));
  if (down) return { nodes: sizes, edges: wires, options: { ...GAPS_DOWN, foldAfter: FOLD_AFTER, down } };
  const high = sizes.reduce((sum, { height }) => sum + height, 0) / Math.max(1, sizes.length);
  const foldAfter = rowLength(sizes.length, view, { width: NODE.width + GAPS.gapX, height: high + GAPS.gapY });
  return { nodes: sizes, edges: wires, options: { ...GAPS, foldAfter, view, down } };
}

function heightOf({ options }: ComparedNode): number {
  const lines = Math.min(options.length, MOST_LINES) + (options.length > MOST_LINES ? 1 : 0);
  return NODE.head + (lines === 0 ? 0 : lines * NODE.line + 8);
}

function differencesOf(
  left: DesignDocument,
  right: DesignDocument,
  nodes: readonly ComparedNode[],
  edges: readonly ComparedEdge[],
): readonly Difference[] {
  const both = new Set(nodes.filter((node) => node.left !== null && node.right !== null).map(({ key }) => key));
  // One walks from the inputs to the outputs.
  const { order } = topologicalOrder({ nodes: nodes.map(({ key }) => ({ id: key })), edges });
  const place = new Map(order.map((key, index) => [key, index]));
  const ofNodes = nodes
    .filter(({ state }) => state !== "same")
    .sort((a, b) => (place.get(a.key) ?? nodes.length) - (place.get(b.key) ?? nodes.length))
    .map((node): Difference => ({ kind: "node", key: node.key, state: node.state, node }));
  // A layer that is added or removed brings its connections along; those between layers of both designs are news.
  const ofEdges = edges
    .filter(({ state, source, target }) => state !== "same" && both.has(source) && both.has(target))
    .map((edge): Difference => ({ kind: "edge", key: edge.key, state: edge.state, edge }));
  const rows = compareRuns([left, right], []).filter((row) => row.differs);
  const ofSettings = (["training", "data"] as const).flatMap((kind): readonly Difference[] => {
    const found = rows.filter((row) => row.group === kind);
    return found.length === 0 ? [] : [{ kind, key: kind, state: "changed", rows: found }];
  });
  return [...ofNodes, ...ofEdges, ...ofSettings];
}

/** @param current key of the difference that is looked at */
export function flowNodes({ nodes, edges, down }: Overlay, positions: Positions, current: string | null): OverlayFlowNode[] {
  const named = namedPorts(edges);
  return nodes.map((compared) => ({
    id: compared.key,
    type: "compared",
    position: positions[compared.key] ?? { x: 0, y: 0 },
    data: { compared, ports: portsOf(compared, named), current: compared.key === current },
    ...SIDES[down ? "down" : "right"],
    // Known beforehand, so that the view can be fitted before anything is measured.
    width: NODE.width,
    height: heightOf(compared),
    zIndex: compared.key === current ? 10 : 1,
  }));
}

export function flowEdges({ edges }: Overlay, current: string | null): OverlayFlowEdge[] {
  return edges.map((edge) => ({
    id: edge.key,
    type: "compared",
    source: edge.source,
    target: edge.target,
    sourceHandle: edge.sourcePort,
    targetHandle: edge.targetPort,
    data: { state: edge.state, current: edge.key === current },
    zIndex: edge.state === "same" ? 0 : 1,
  }));
}

/** Ports that edges name, by node: all there is to know of a layer of another version, or of a type that was replaced. */
function namedPorts(edges: readonly ComparedEdge[]): ReadonlyMap<string, { inputs: Set<string>; outputs: Set<string> }> {
  const found = new Map<string, { inputs: Set<string>; outputs: Set<string> }>();
  const of = (key: string): { inputs: Set<string>; outputs: Set<string> } => {
    const known = found.get(key) ?? { inputs: new Set<string>(), outputs: new Set<string>() };
    found.set(key, known);
    return known;
  };
  for (const edge of edges) {
    of(edge.source).outputs.add(edge.sourcePort);
    of(edge.target).inputs.add(edge.targetPort);
  }
  return found;
}

function portsOf(compared: ComparedNode, named: ReturnType<typeof namedPorts>): Ports {
  const own = layerDefinition(shownNode(compared).type)?.ports;
  const edges = named.get(compared.key);
  const all = (side: "inputs" | "outputs"): readonly string[] => [
    ...new Set([...(own?.[side].map(({ name }) => name) ?? []), ...(edges?.[side] ?? [])]),
  ];
  return { inputs: all("inputs"), outputs: all("outputs") };
}

/** Where a key leads from a place (−1: none yet) in a list of so many; null for keys that lead nowhere. */
export function placeAfter(key: string, place: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case "ArrowDown":
    case "ArrowRight":
      return Math.min(place + 1, count - 1);
    case "ArrowUp":
    case "ArrowLeft":
      return place === -1 ? count - 1 : Math.max(place - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
