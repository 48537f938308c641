/** What React Flow draws of a design: kinds of nodes and the edge, with the data that each is drawn from. */
import { type Edge, type Node, Position } from "@xyflow/react";
import type { GroupDocument, NodeDocument } from "../../core/graph/document.ts";
import type { GroupPorts } from "../../core/graph/group-ports.ts";
import type { Problem } from "../../core/graph/problem.ts";
import type { NodeFacts } from "../state/findings.ts";
import type { AnnotationFlowNode } from "./annotation-flow.ts";

/** How far the frame of a group stands around its layers. */
export const FRAME = { side: 14, top: 30, bottom: 14 };

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type LayerFlowNode = Node<
  {
    readonly node: NodeDocument;
    readonly facts: NodeFacts | undefined;
    /** Drawn as a box of its colour: one of very many, and too small for its words to be read. */
    readonly sketch: boolean;
  },
  "layer"
>;
export type GroupFlowNode = Node<
  {
    readonly group: GroupDocument;
    readonly frame: { width: number; height: number } | null;
    /** Where connections of its layers begin and end while these are not seen. */
    readonly ports: GroupPorts;
    /** Of its members, when they are not seen; the worst first. */
    readonly problems: readonly Problem[];
  },
  "frame"
>;
/** A layer outside the group that gives to it or takes from it. */
export type GateFlowNode = Node<{ readonly node: NodeDocument; readonly side: "from" | "to" }, "gate">;
export type FlowNode = LayerFlowNode | GroupFlowNode | AnnotationFlowNode | GateFlowNode;
export type ShapeFlowEdge = Edge<{ readonly wrong: boolean }, "shape">;

/** Where ports stand in a drawing that runs to the right, or down. React Flow measures the ports anew when these change. */
export const SIDES = {
  right: { sourcePosition: Position.Right, targetPosition: Position.Left },
  down: { sourcePosition: Position.Bottom, targetPosition: Position.Top },
} as const;
