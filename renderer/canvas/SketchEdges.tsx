/**
 * All connections of a large design seen from afar as one drawing of some lines: thousands of edges by themselves would each be
 * asked and painted for every frame. There is nothing to click; nearer they are edges again.
 */
import { ViewportPortal } from "@xyflow/react";
import { memo, useMemo, useState } from "react";
import { layerDefinition } from "../../core/layers/registry.ts";
import { NODE_HEIGHT, NODE_WIDTH, PORT_GAP, PORT_TOP } from "../../core/layout/node-measures.ts";
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

function linesOf(edges: readonly ShapeFlowEdge[], ends: readonly (FlowNode | undefined)[], part: number): readonly Line[] {
  const paths = new Map<Kind, string>();
  edges.forEach(({ sourceHandle, targetHandle, selected, data }, index) => {
    const [from, to] = [ends[2 * index], ends[2 * index + 1]];
    if (from === undefined || to === undefined) return;
    const [x1, y1] = [from.position.x + (from.measured?.width ?? NODE_WIDTH), from.position.y + portHeight(from, "outputs", sourceHandle)];
    const [x2, y2] = [to.position.x, to.position.y + portHeight(to, "inputs", targetHandle)];
    const kind = selected === true ? "selected" : data?.wrong === true ? "wrong" : "plain";
    paths.set(kind, `${paths.get(kind) ?? ""}M${x1} ${y1}L${x2} ${y2}`);
  });
  return [...paths].map(([kind, path]): Line => ({ key: `${kind} ${part}`, kind, path }));
}

function portHeight(node: FlowNode, side: "inputs" | "outputs", port: string | null | undefined): number {
  if (node.type !== "layer") return (node.measured?.height ?? NODE_HEIGHT) / 2;
  const place = layerDefinition(node.data.node.type)?.ports[side].findIndex(({ name }) => name === port) ?? 0;
  return PORT_TOP + Math.max(0, place) * PORT_GAP;
}
