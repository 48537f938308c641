/**
 * All connections of a large design seen from afar as one drawing of some lines: thousands of edges by themselves would each be
 * asked and painted for every frame. There is nothing to click; nearer they are edges again.
 */
import { ViewportPortal } from "@xyflow/react";
import { memo, useMemo } from "react";
import { layerDefinition } from "../../core/layers/registry.ts";
import type { FlowNode, ShapeFlowEdge } from "./flow-elements.ts";
import { NODE_HEIGHT, NODE_WIDTH, PORT_GAP, PORT_TOP } from "./node-measures.ts";

interface SketchEdgesProps {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly ShapeFlowEdge[];
}

export const SketchEdges = memo(function SketchEdges({ nodes, edges }: SketchEdgesProps) {
  const lines = useMemo(() => linesOf(nodes, edges), [nodes, edges]);
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

type Kind = "plain" | "wrong" | "selected";
interface Line {
  readonly key: string;
  readonly kind: Kind;
  readonly path: string;
}
/** Of these many connections: what a layer that is dragged changes is drawn again, and not all. */
const A_LINE = 60;

/** Paths by how they are drawn, what is chosen last, over the others. */
function linesOf(nodes: readonly FlowNode[], edges: readonly ShapeFlowEdge[]): readonly Line[] {
  const places = new Map(nodes.map((node) => [node.id, node]));
  const paths = new Map<string, { readonly kind: Kind; path: string }>();
  edges.forEach(({ source, sourceHandle, target, targetHandle, selected, data }, index) => {
    const [from, to] = [places.get(source), places.get(target)];
    if (from === undefined || to === undefined) return;
    const [x1, y1] = [from.position.x + (from.measured?.width ?? NODE_WIDTH), from.position.y + portHeight(from, "outputs", sourceHandle)];
    const [x2, y2] = [to.position.x, to.position.y + portHeight(to, "inputs", targetHandle)];
    const kind = selected === true ? "selected" : data?.wrong === true ? "wrong" : "plain";
    const key = `${kind} ${Math.floor(index / A_LINE)}`;
    const line = paths.get(key) ?? { kind, path: "" };
    line.path += `M${x1} ${y1}L${x2} ${y2}`;
    paths.set(key, line);
  });
  const order: readonly Kind[] = ["plain", "wrong", "selected"];
  const lines = [...paths].map(([key, line]): Line => ({ key, ...line }));
  return order.flatMap((kind) => lines.filter((line) => line.kind === kind));
}

function portHeight(node: FlowNode, side: "inputs" | "outputs", port: string | null | undefined): number {
  if (node.type !== "layer") return (node.measured?.height ?? NODE_HEIGHT) / 2;
  const place = layerDefinition(node.data.node.type)?.ports[side].findIndex(({ name }) => name === port) ?? 0;
  return PORT_TOP + Math.max(0, place) * PORT_GAP;
}
