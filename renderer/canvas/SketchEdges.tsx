/**
 * All connections of a large design seen from afar as one drawing of some lines: thousands of edges by themselves would each be
 * asked and painted for every frame. There is nothing to click; nearer they are edges again.
 */
import { Position, ViewportPortal } from "@xyflow/react";
import { createRef, memo, useEffect, useMemo, useState } from "react";
import { portRows } from "../../core/graph/group-ports.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { NODE_HEIGHT, NODE_WIDTH, portPlace } from "../../core/layout/node-measures.ts";
import { provideSketch } from "./canvas-state.ts";
import type { FlowNode, ShapeFlowEdge } from "./flow-elements.ts";

interface SketchEdgesProps {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly ShapeFlowEdge[];
}

export const SketchEdges = memo(function SketchEdges({ nodes, edges }: SketchEdgesProps) {
  const [sketch] = useState(() => new Sketch());
  useEffect(() => {
    provideSketch(sketch);
    return () => provideSketch(null);
  }, [sketch]);
  const lines = useMemo(() => sketch.linesOf(nodes, edges), [sketch, nodes, edges]);
  return (
    <ViewportPortal>
      <svg className="sketch-edges" aria-hidden="true">
        {lines.map(({ key, kind, path }) => (
          <path key={key} d={path} {...(kind === "plain" ? {} : { className: kind })} />
        ))}
        <path ref={sketch.litPath} className="takes" d="" />
      </svg>
    </ViewportPortal>
  );
});

const KINDS = ["plain", "wrong", "selected"] as const;
type Kind = (typeof KINDS)[number];
interface Line {
  readonly key: string;
  readonly kind: Kind;
  readonly path: string;
}
/** Of these many connections: what a layer that is dragged changes is drawn again, and not all. */
const A_LINE = 60;

interface Point {
  readonly x: number;
  readonly y: number;
}
interface Part {
  readonly edges: readonly ShapeFlowEdge[];
  readonly lines: readonly Line[];
}

/** Remembers what it drew: where layers moved and nothing else changed, the others are only compared. */
export class Sketch {
  private nodes: readonly FlowNode[] = [];
  private edges: readonly ShapeFlowEdge[] = [];
  private places = new Map<string, FlowNode>();
  /** Layer → the parts with a connection of it. */
  private partsOf = new Map<string, Set<number>>();
  private parts: Part[] = [];
  private lines: readonly Line[] = [];
  /** What is drawn of the connection that is meant. */
  readonly litPath = createRef<SVGPathElement>();

  /** Paths by how they are drawn, what is chosen last, over the others. */
  linesOf(nodes: readonly FlowNode[], edges: readonly ShapeFlowEdge[]): readonly Line[] {
    const touched = this.touchedBy(nodes, edges) ?? this.divide(nodes, edges);
    this.nodes = nodes;
    this.edges = edges;
    if (touched.size === 0) return this.lines;
    for (const index of touched) {
      const { edges: own } = this.parts[index] as Part;
      this.parts[index] = { edges: own, lines: linesOf(own, this.places, index) };
    }
    const lines = this.parts.flatMap((part) => part.lines);
    this.lines = KINDS.flatMap((kind) => lines.filter((line) => line.kind === kind));
    return this.lines;
  }

  /** The connection whose line lies nearest to a place, where it is no further than `reach`. */
  edgeAt(place: Point, reach: number, counts: (id: string) => boolean): string | undefined {
    let nearest: { readonly id: string; readonly far: number } | undefined;
    for (const edge of this.edges) {
      const ends = endsOf(edge, this.places);
      const far = ends === null ? Number.POSITIVE_INFINITY : distance(place, ...ends);
      // Asked of the few that are near: this is done for every move of the pointer.
      if (far <= (nearest?.far ?? reach) && counts(edge.id)) nearest = { id: edge.id, far };
    }
    return nearest?.id;
  }

  /** Shows one connection as the one that is meant, without asking React. */
  light(edgeId: string | undefined): void {
    const edge = edgeId === undefined ? undefined : this.edges.find(({ id }) => id === edgeId);
    const ends = edge === undefined ? null : endsOf(edge, this.places);
    this.litPath.current?.setAttribute("d", ends === null ? "" : lineBetween(...ends));
  }

  /** The parts that layers which changed belong to; null where there are others than before. */
  private touchedBy(nodes: readonly FlowNode[], edges: readonly ShapeFlowEdge[]): ReadonlySet<number> | null {
    if (edges !== this.edges || nodes.length !== this.nodes.length) return null;
    const touched = new Set<number>();
    for (let index = 0; index < nodes.length; index++) {
      const [node, before] = [nodes[index] as FlowNode, this.nodes[index]];
      if (node === before) continue;
      if (node.id !== before?.id) return null;
      this.places.set(node.id, node);
      for (const part of this.partsOf.get(node.id) ?? []) touched.add(part);
    }
    return touched;
  }

  private divide(nodes: readonly FlowNode[], edges: readonly ShapeFlowEdge[]): ReadonlySet<number> {
    this.places = new Map(nodes.map((node) => [node.id, node]));
    this.partsOf = new Map();
    this.parts = Array.from({ length: Math.ceil(edges.length / A_LINE) }, (_, index): Part => {
      const own = edges.slice(index * A_LINE, (index + 1) * A_LINE);
      for (const end of own.flatMap(({ source, target }) => [source, target]))
        this.partsOf.set(end, (this.partsOf.get(end) ?? new Set()).add(index));
      return { edges: own, lines: [] };
    });
    this.lines = [];
    return new Set(this.parts.keys());
  }
}

function linesOf(edges: readonly ShapeFlowEdge[], places: ReadonlyMap<string, FlowNode>, part: number): readonly Line[] {
  const paths = new Map<Kind, string>();
  for (const edge of edges) {
    const ends = endsOf(edge, places);
    if (ends === null) continue;
    const kind = edge.selected === true ? "selected" : edge.data?.wrong === true ? "wrong" : "plain";
    paths.set(kind, `${paths.get(kind) ?? ""}${lineBetween(...ends)}`);
  }
  return [...paths].map(([kind, path]): Line => ({ key: `${kind} ${part}`, kind, path }));
}

const lineBetween = (from: Point, to: Point): string => `M${from.x} ${from.y}L${to.x} ${to.y}`;

/** Where a line begins and ends; null where an end is not drawn. */
function endsOf(edge: ShapeFlowEdge, places: ReadonlyMap<string, FlowNode>): readonly [Point, Point] | null {
  const [from, to] = [places.get(edge.source), places.get(edge.target)];
  if (from === undefined || to === undefined) return null;
  return [portAt(from, "outputs", edge.sourceHandle), portAt(to, "inputs", edge.targetHandle)];
}

/** Of a place from a line between two others. */
function distance({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
}

/** In pixels of the canvas. */
function portAt(node: FlowNode, side: "inputs" | "outputs", port: string | null | undefined): Point {
  const { width = NODE_WIDTH, height = NODE_HEIGHT } = node.measured ?? {};
  const down = node.sourcePosition === Position.Bottom;
  const { x, y } =
    node.type === "layer"
      ? portOf(node.data.node.type, side, port, down, height)
      : node.type === "frame"
        ? portAmong(node.data.ports[side], side, port, down, height)
        : middle(side, down, width, height);
  return { x: node.position.x + x, y: node.position.y + y };
}

function portOf(type: string, side: "inputs" | "outputs", port: string | null | undefined, down: boolean, height: number) {
  const names = layerDefinition(type)?.ports[side] ?? [];
  return portAmong(
    names.map(({ name }, row) => ({ id: name, row })),
    side,
    port,
    down,
    height,
  );
}

function portAmong(
  ports: readonly { readonly id: string; readonly row: number }[],
  side: "inputs" | "outputs",
  port: string | null | undefined,
  down: boolean,
  height: number,
) {
  const row = ports.find(({ id }) => id === port)?.row ?? 0;
  return portPlace(side, row, Math.max(1, portRows(ports)), down, height);
}

function middle(side: "inputs" | "outputs", down: boolean, width: number, height: number): { readonly x: number; readonly y: number } {
  if (down) return { x: width / 2, y: side === "inputs" ? 0 : height };
  return { x: side === "inputs" ? 0 : width, y: height / 2 };
}
