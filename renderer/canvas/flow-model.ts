/**
 * The document as React Flow's nodes and edges. Objects are reused while what they show is the same, so that React Flow
 * and the memoised nodes draw only what changed. The document stays the truth; nothing is read back from here.
 */
import type { NodeHandle } from "@xyflow/react";
import { isDown } from "../../core/graph/direction.ts";
import type { AnnotationDocument, DesignDocument, EdgeDocument, GroupDocument, NodeDocument } from "../../core/graph/document.ts";
import { type GroupPorts, groupPortId, groupPorts, portRows } from "../../core/graph/group-ports.ts";
import { collapsedPlace } from "../../core/graph/groups.ts";
import type { Problem } from "../../core/graph/problem.ts";
import type { EdgePropagation, Propagation } from "../../core/graph/propagation.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { NODE_HEIGHT, NODE_WIDTH, portPlace } from "../../core/layout/node-measures.ts";
import type { NodeFacts } from "../state/findings.ts";
import { AnnotationFlow } from "./annotation-flow.ts";
import { bubbleProblem } from "./bubble-choice.ts";
import { type FlowNode, type GroupFlowNode, type LayerFlowNode, type ShapeFlowEdge, SIDES } from "./flow-elements.ts";
import { problemsInside } from "./group-problems.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Above a neighbour that only says its mistake in a line stands one with a bubble. */
function depthOf(problems: readonly Problem[]): number {
  if (problems.length === 0) return 1;
  return bubbleProblem(problems) === undefined ? 5 : 6;
}

export const GROUP_PREFIX = "group:";
export const FRAME = { side: 14, top: 30, bottom: 14 };

export class FlowModel {
  private nodes = new Map<string, FlowNode>();
  private edges = new Map<string, DrawnEdge>();
  private edgeList: ShapeFlowEdge[] = [];
  /** What the nodes and edges drawn last were made from. */
  private nodesOf: NodesSource | null = null;
  private nodeList: FlowNode[] = [];
  private edgesOf: EdgesSource | null = null;
  private readonly annotations = new AnnotationFlow();
  private readonly sizes = new Map<string, Size>();
  /** Layers that were there when the drawing was shown first. */
  private opened: ReadonlySet<string> | null = null;

  /** React Flow has measured a node. */
  measured(id: string, size: Size): void {
    this.sizes.set(id, size);
    this.nodesOf = null;
  }

  /**
   * @param problems of the design: those of connections that a collapsed group hides are said on it
   * @param nameOf what a screen reader says of a note or frame
   * @param sketch whether layers are drawn as boxes
   */
  flowNodes(
    design: DesignDocument,
    facts: ReadonlyMap<string, NodeFacts>,
    problems: readonly Problem[],
    selection: ReadonlySet<string>,
    nameOf: (annotation: AnnotationDocument) => string,
    sketch = false,
  ): FlowNode[] {
    this.opened ??= new Set(design.graph.nodes.map(({ id }) => id));
    const of: NodesSource = { graph: design.graph, facts, problems, selection, nameOf, sketch };
    const list = this.movedOnly(of) ?? this.allNodes(of, design);
    this.nodesOf = of;
    this.nodeList = list;
    return list;
  }

  /** Where layers changed and nothing else did (one is dragged among a thousand), the others are not looked at; null where more did. */
  private movedOnly({ graph, facts, selection, nameOf, sketch }: NodesSource): FlowNode[] | null {
    const before = this.nodesOf;
    if (
      before === null ||
      before.facts !== facts ||
      before.selection !== selection ||
      before.nameOf !== nameOf ||
      before.sketch !== sketch ||
      before.graph.annotations !== graph.annotations ||
      before.graph.direction !== graph.direction ||
      graph.groups.length > 0 ||
      before.graph.groups.length > 0 ||
      before.graph.nodes.length !== graph.nodes.length
    )
      return null;
    const list = [...this.nodeList];
    for (const [index, node] of graph.nodes.entries()) {
      const was = before.graph.nodes[index];
      if (was === node) continue;
      if (was?.id !== node.id) return null;
      const flow = this.layerNode(node, facts, selection, sketch, isDown(graph));
      this.nodes.set(node.id, flow);
      // Without groups the layers come first, in their order.
      list[index] = flow;
    }
    return list;
  }

  private allNodes({ facts, problems, selection, nameOf, sketch }: NodesSource, design: DesignDocument): FlowNode[] {
    const next = new Map<string, FlowNode>();
    const hidden = hiddenNodes(design.graph.groups);
    // A design that is kept may hold a group without layers: it has no place.
    const groups = design.graph.groups.filter(({ node_ids }) => node_ids.length > 0);
    const list: FlowNode[] = groups.map((group) => this.groupNode(group, design, facts, problems, selection, next));
    for (const node of design.graph.nodes) {
      if (hidden.has(node.id)) continue;
      const flow = this.layerNode(node, facts, selection, sketch, isDown(design.graph));
      next.set(node.id, flow);
      list.push(flow);
    }
    this.nodes = next;
    list.push(...this.annotations.flowNodes(design.graph.annotations ?? [], selection, nameOf));
    return list;
  }

  private layerNode(
    node: NodeDocument,
    facts: ReadonlyMap<string, NodeFacts>,
    selection: ReadonlySet<string>,
    sketch: boolean,
    down: boolean,
  ): LayerFlowNode {
    const before = this.nodes.get(node.id);
    const found = facts.get(node.id);
    const selected = selection.has(node.id);
    const measured = this.sizes.get(node.id);
    const sides = SIDES[down ? "down" : "right"];
    const same =
      before?.type === "layer" &&
      before.sourcePosition === sides.sourcePosition &&
      before.data.node === node &&
      before.data.facts === found &&
      before.data.sketch === sketch &&
      before.selected === selected &&
      before.measured === measured;
    if (same) return before;
    return {
      id: node.id,
      type: "layer",
      position: node.position,
      selected,
      data: { node, facts: found, sketch },
      ariaLabel: node.name,
      // Of what comes later, until it is measured: React Flow takes what has no size for seen, and would draw all of a large paste at once.
      // A design that is opened is drawn whole once: its first view waits until all of it is measured.
      ...(this.opened?.has(node.id) === true ? {} : { initialWidth: NODE_WIDTH, initialHeight: NODE_HEIGHT }),
      // Edges and their pills lie below all nodes; a bubble lies over its neighbours, what is chosen over everything.
      zIndex: selected ? 10 : depthOf(found?.problems ?? []),
      ...sides,
      ...(measured === undefined ? {} : { measured }),
      ...portsOf(node.type, down, measured?.height),
    };
  }

  private groupNode(
    group: GroupDocument,
    design: DesignDocument,
    facts: ReadonlyMap<string, NodeFacts>,
    found: readonly Problem[],
    selection: ReadonlySet<string>,
    next: Map<string, FlowNode>,
  ): FlowNode {
    const members = design.graph.nodes.filter((node) => group.node_ids.includes(node.id));
    const id = `${GROUP_PREFIX}${group.id}`;
    const left = Math.min(...members.map((node) => node.position.x));
    const top = Math.min(...members.map((node) => node.position.y));
    const right = Math.max(...members.map((node) => node.position.x + (this.sizes.get(node.id)?.width ?? NODE_WIDTH)));
    const bottom = Math.max(...members.map((node) => node.position.y + (this.sizes.get(node.id)?.height ?? NODE_HEIGHT)));
    const frame = group.collapsed ? null : { width: right - left + 2 * FRAME.side, height: bottom - top + FRAME.top + FRAME.bottom };
    const closedAt = group.collapsed ? collapsedPlace(members, isDown(design.graph)) : null;
    const position = closedAt ?? { x: left - FRAME.side, y: top - FRAME.top };
    const measured = this.sizes.get(id);
    const selected = group.collapsed && members.every((node) => selection.has(node.id));
    const before = this.nodes.get(id);
    const sides = SIDES[isDown(design.graph) ? "down" : "right"];
    const problems = group.collapsed ? problemsInside(group, design.graph, facts, found) : [];
    const drawn = group.collapsed ? groupPorts(design.graph, group, (id) => facts.get(id)?.figures.outputs ?? null) : NO_PORTS;
    const ports = before?.type === "frame" && samePorts(before.data.ports, drawn) ? before.data.ports : drawn;
    const same =
      before?.type === "frame" &&
      before.sourcePosition === sides.sourcePosition &&
      sameList(before.data.problems, problems) &&
      before.data.group === group &&
      before.data.ports === ports &&
      before.data.frame?.width === frame?.width &&
      before.data.frame?.height === frame?.height &&
      before.position.x === position.x &&
      before.position.y === position.y &&
      before.selected === selected &&
      before.measured === measured;
    const flow: GroupFlowNode = same
      ? before
      : {
          id,
          type: "frame",
          position,
          selected,
          data: { group, frame, ports, problems },
          ariaLabel: group.name,
          zIndex: group.collapsed ? 1 : -1,
          ...sides,
          ...(measured === undefined ? {} : { measured }),
          ...(group.collapsed ? { handles: handlesOf(ports.inputs, ports.outputs, isDown(design.graph), measured?.height) } : {}),
        };
    next.set(id, flow);
    return flow;
  }

  flowEdges(design: DesignDocument, propagation: Propagation | null, selection: ReadonlySet<string>): ShapeFlowEdge[] {
    const of: EdgesSource = { graph: design.graph, propagation, selection };
    const before = this.edgesOf;
    this.edgesOf = of;
    if (before !== null && sameEdges(before, of)) return before.propagation === propagation ? this.edgeList : this.foundAnew(propagation);
    const inGroup = hiddenNodes(design.graph.groups);
    const next = new Map<string, DrawnEdge>();
    const list: ShapeFlowEdge[] = [];
    const names = new Map(design.graph.nodes.map((node) => [node.id, node.name]));
    for (const edge of design.graph.edges) {
      const of: EdgeSource = {
        edge,
        found: propagation?.edges.get(edge.id),
        selected: selection.has(edge.id),
        names: [names.get(edge.source), names.get(edge.target)],
        hidden: [inGroup.get(edge.source), inGroup.get(edge.target)],
      };
      const before = this.edges.get(edge.id);
      const drawn = before !== undefined && sameSource(before.of, of) ? before : { of, flow: flowEdge(of, before?.flow ?? null) };
      next.set(edge.id, drawn);
      if (drawn.flow !== null) list.push(drawn.flow);
    }
    this.edges = next;
    return this.listed(list);
  }

  /** The same connections, of which something else may be found: with every key that is typed. */
  private foundAnew(propagation: Propagation | null): ShapeFlowEdge[] {
    let changed = false;
    for (const [id, drawn] of this.edges) {
      const found = propagation?.edges.get(id);
      if (found === drawn.of.found) continue;
      const of = { ...drawn.of, found };
      const flow = flowEdge(of, drawn.flow);
      changed ||= flow !== drawn.flow;
      this.edges.set(id, { of, flow });
    }
    return changed ? this.listed([...this.edges.values()].flatMap(({ flow }) => flow ?? [])) : this.edgeList;
  }

  /** The same list while nothing of it changes: React Flow looks through all edges of a new one. */
  private listed(list: ShapeFlowEdge[]): ShapeFlowEdge[] {
    if (!sameList(list, this.edgeList)) this.edgeList = list;
    return this.edgeList;
  }
}

interface NodesSource {
  readonly graph: DesignDocument["graph"];
  readonly facts: ReadonlyMap<string, NodeFacts>;
  readonly problems: readonly Problem[];
  readonly selection: ReadonlySet<string>;
  readonly nameOf: (annotation: AnnotationDocument) => string;
  readonly sketch: boolean;
}
interface EdgesSource {
  readonly graph: DesignDocument["graph"];
  readonly propagation: Propagation | null;
  readonly selection: ReadonlySet<string>;
}

/** Whether the same connections are drawn between the same layers: places of layers do not count, their names do. */
function sameEdges(a: EdgesSource, b: EdgesSource): boolean {
  if (a.graph.edges !== b.graph.edges || a.graph.groups !== b.graph.groups) return false;
  if (a.selection !== b.selection || a.graph.nodes.length !== b.graph.nodes.length) return false;
  return a.graph.nodes.every((node, index) => {
    const other = b.graph.nodes[index];
    return node === other || (node.id === other?.id && node.name === other.name);
  });
}

/** What an edge is drawn from. */
interface EdgeSource {
  readonly edge: EdgeDocument;
  readonly found: EdgePropagation | undefined;
  readonly selected: boolean;
  /** Of the layers at its ends. */
  readonly names: readonly [source: string | undefined, target: string | undefined];
  /** What is drawn in the place of its ends where they are in a collapsed group. */
  readonly hidden: readonly [source: string | undefined, target: string | undefined];
}
interface DrawnEdge {
  readonly of: EdgeSource;
  /** Null where it is not drawn: inside a collapsed group, or without an end. */
  readonly flow: ShapeFlowEdge | null;
}

function sameSource(a: EdgeSource, b: EdgeSource): boolean {
  return (
    a.edge === b.edge &&
    a.found === b.found &&
    a.selected === b.selected &&
    a.names[0] === b.names[0] &&
    a.names[1] === b.names[1] &&
    a.hidden[0] === b.hidden[0] &&
    a.hidden[1] === b.hidden[1]
  );
}

/** @param before the same object where it shows the same */
function flowEdge({ edge, found, selected, names, hidden }: EdgeSource, before: ShapeFlowEdge | null): ShapeFlowEdge | null {
  const [source, target] = hidden;
  if (names[0] === undefined || names[1] === undefined || (source !== undefined && source === target)) return null;
  // An edge's ends as drawn: at the group where the node is hidden.
  const ends = {
    source: source ?? edge.source,
    sourceHandle: source === undefined ? edge.source_port : groupPortId({ node: edge.source, port: edge.source_port }),
    target: target ?? edge.target,
    targetHandle: target === undefined ? edge.target_port : groupPortId({ node: edge.target, port: edge.target_port }),
  };
  const name = `${names[0]} → ${names[1]}`;
  const wrong = (found?.problems.length ?? 0) > 0;
  const same =
    before !== null &&
    before.source === ends.source &&
    before.target === ends.target &&
    before.sourceHandle === ends.sourceHandle &&
    before.targetHandle === ends.targetHandle &&
    before.selected === selected &&
    before.ariaLabel === name &&
    before.data?.wrong === wrong;
  return same ? before : { id: edge.id, type: "shape", ...ends, selected, ariaLabel: name, data: { wrong } };
}

const PORT_SIZE = 10;
/** A node's border lies between its outer edge and what its ports are placed in. */
const BORDER = 1;
const ports = new Map<string, { readonly handles?: NodeHandle[] }>();

/**
 * Where the ports of a layer are, so that connections can be drawn to layers that never were on the screen.
 * @param height as measured; those at the bottom are that far down
 */
function portsOf(type: string, down: boolean, height = NODE_HEIGHT): { readonly handles?: NodeHandle[] } {
  const key = down ? `${type} ${height}` : type;
  const known = ports.get(key);
  if (known !== undefined) return known;
  const definition = layerDefinition(type);
  const ids = (side: readonly { readonly name: string }[]): Placed => side.map(({ name }, row) => ({ id: name, row }));
  const found =
    definition === undefined ? {} : { handles: handlesOf(ids(definition.ports.inputs), ids(definition.ports.outputs), down, height) };
  ports.set(key, found);
  return found;
}

type Placed = readonly { readonly id: string; readonly row: number }[];

function handlesOf(inputs: Placed, outputs: Placed, down: boolean, height = NODE_HEIGHT): NodeHandle[] {
  const side = (ports: Placed, of: "source" | "target"): NodeHandle[] => {
    const rows = portRows(ports);
    return ports.map(({ id, row }) => {
      const place = portPlace(of === "target" ? "inputs" : "outputs", row, rows, down, height);
      const inwards = of === "target" ? BORDER : -BORDER;
      return {
        id,
        type: of,
        position: SIDES[down ? "down" : "right"][of === "target" ? "targetPosition" : "sourcePosition"],
        x: place.x + (down ? 0 : inwards) - PORT_SIZE / 2,
        y: place.y + (down ? inwards : BORDER) - PORT_SIZE / 2,
        width: PORT_SIZE,
        height: PORT_SIZE,
      };
    });
  };
  return [...side(inputs, "target"), ...side(outputs, "source")];
}

const NO_PORTS: GroupPorts = { inputs: [], outputs: [] };
const samePorts = (a: GroupPorts, b: GroupPorts): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** Nodes of collapsed groups → the node drawn in their place. */
function hiddenNodes(groups: readonly GroupDocument[]): ReadonlyMap<string, string> {
  const hidden = new Map<string, string>();
  for (const group of groups) if (group.collapsed) for (const id of group.node_ids) hidden.set(id, `${GROUP_PREFIX}${group.id}`);
  return hidden;
}
