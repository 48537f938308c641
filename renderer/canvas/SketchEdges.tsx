/**
 * All connections of a large design seen from afar as one drawing of three lines: thousands of edges by themselves would each be
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
        <path d={lines.plain} />
        <path d={lines.wrong} className="wrong" />
        <path d={lines.selected} className="selected" />
      </svg>
    </ViewportPortal>
  );
});

/** Paths by how they are drawn. */
export function linesOf(nodes: readonly FlowNode[], edges: readonly ShapeFlowEdge[]): Record<"plain" | "wrong" | "selected", string> {
  const places = new Map(nodes.map((node) => [node.id, node]));
  const lines = { plain: "", wrong: "", selected: "" };
  for (const { source, sourceHandle, target, targetHandle, selected, data } of edges) {
    const [from, to] = [places.get(source), places.get(target)];
    if (from === undefined || to === undefined) continue;
    const [x1, y1] = [from.position.x + (from.measured?.width ?? NODE_WIDTH), from.position.y + portHeight(from, "outputs", sourceHandle)];
    const [x2, y2] = [to.position.x, to.position.y + portHeight(to, "inputs", targetHandle)];
    const kind = selected === true ? "selected" : data?.wrong === true ? "wrong" : "plain";
    lines[kind] += `M${x1} ${y1}L${x2} ${y2}`;
  }
  return lines;
}

function portHeight(node: FlowNode, side: "inputs" | "outputs", port: string | null | undefined): number {
  if (node.type !== "layer") return (node.measured?.height ?? NODE_HEIGHT) / 2;
  const place = layerDefinition(node.data.node.type)?.ports[side].findIndex(({ name }) => name === port) ?? 0;
  return PORT_TOP + Math.max(0, place) * PORT_GAP;
}
