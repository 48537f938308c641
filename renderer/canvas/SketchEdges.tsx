/**
 * All connections of a large design seen from afar as one drawing of some lines: thousands of edges by themselves would each be
 * asked and painted for every frame. There is nothing to click; nearer they are edges again.
 */
import { Position, ViewportPortal } from "@xyflow/react";
import { memo, useMemo, useState } from "react";
import { layerDefinition } from "../../core/layers/registry.ts";
import { NODE_HEIGHT, NODE_WIDTH, portPlace } from "../../core/layout/node-measures.ts";
import type { FlowNode, ShapeFlowEdge } from "./flow-elements.ts";

interface SketchEdgesProps {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly ShapeFlowEdge[];
}

export const SketchEdges = memo(function SketchEdges({ nodes, edges }: SketchEdgesProps) {
  const [sketch] = useState(() => new Sketch());
  const lines = useMemo(() => sketch.linesOf(nodes, edges), [sketch, nodes, edges]);
  return (
    <ViewportPortal>
      <svg className="sketch-edges" aria-hidden="true">
        {lines.map(({ key, kind, path }) => (
          <path key={key} d={path} {...(kind === "plain" ? {} : { className: kind })} />
        ))}
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

interface Part {
  /** The layers at the ends of its connections, as they were; one that moves is another object. */
  readonly ends: readonly (FlowNode | undefined)[];
  readonly edges: readonly ShapeFlowEdge[];
  readonly lines: readonly Line[];
}

class Sketch {
  private parts: readonly Part[] = [];
  private edges: readonly ShapeFlowEdge[] = [];

  /** Paths by how they are drawn, what is chosen last, over the others. */
  linesOf(nodes: readonly FlowNode[], edges: readonly ShapeFlowEdge[]): readonly Line[] {
    const places = new Map(nodes.map((node) => [node.id, node]));
    const sameEdges = edges === this.edges;
    this.edges = edges;
    const count = Math.ceil(edges.length / A_LINE);
    this.parts = Array.from({ length: count }, (_, index): Part => {
      const before = this.parts[index];
      const own = sameEdges && before !== undefined ? before.edges : edges.slice(index * A_LINE, (index + 1) * A_LINE);
      const ends = own.flatMap(({ source, target }) => [places.get(source), places.get(target)]);
      const same = before?.edges === own && ends.every((end, place) => end === before.ends[place]);
      return same ? before : { ends, edges: own, lines: linesOf(own, ends, index) };
    });
    const lines = this.parts.flatMap((part) => part.lines);
    return KINDS.flatMap((kind) => lines.filter((line) => line.kind === kind));
  }
}

export function linesOf(edges: readonly ShapeFlowEdge[], ends: readonly (FlowNode | undefined)[], part: number): readonly Line[] {
  const paths = new Map<Kind, string>();
  edges.forEach(({ sourceHandle, targetHandle, selected, data }, index) => {
    const [from, to] = [ends[2 * index], ends[2 * index + 1]];
    if (from === undefined || to === undefined) return;
    const [x1, y1] = portAt(from, "outputs", sourceHandle);
    const [x2, y2] = portAt(to, "inputs", targetHandle);
    const kind = selected === true ? "selected" : data?.wrong === true ? "wrong" : "plain";
    paths.set(kind, `${paths.get(kind) ?? ""}M${x1} ${y1}L${x2} ${y2}`);
  });
  return [...paths].map(([kind, path]): Line => ({ key: `${kind} ${part}`, kind, path }));
}

/** In pixels of the canvas. */
function portAt(node: FlowNode, side: "inputs" | "outputs", port: string | null | undefined): readonly [number, number] {
  const { width = NODE_WIDTH, height = NODE_HEIGHT } = node.measured ?? {};
  const down = node.sourcePosition === Position.Bottom;
  const { x, y } = node.type === "layer" ? portOf(node.data.node.type, side, port, down, height) : middle(side, down, width, height);
  return [node.position.x + x, node.position.y + y];
}

function portOf(type: string, side: "inputs" | "outputs", port: string | null | undefined, down: boolean, height: number) {
  const names = layerDefinition(type)?.ports[side] ?? [];
  const place = names.findIndex(({ name }) => name === port);
  return portPlace(side, Math.max(0, place), Math.max(1, names.length), down, height);
}

function middle(side: "inputs" | "outputs", down: boolean, width: number, height: number): { readonly x: number; readonly y: number } {
  if (down) return { x: width / 2, y: side === "inputs" ? 0 : height };
  return { x: side === "inputs" ? 0 : width, y: height / 2 };
}
