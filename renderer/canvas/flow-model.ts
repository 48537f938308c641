/**
 * The document as React Flow's nodes and edges. Objects are reused while what they show is the same, so that React Flow
 * and the memoised nodes draw only what changed. The document stays the truth; nothing is read back from here.
 */

import { isDown } from "../../core/graph/direction.ts";
import type { AnnotationDocument, DesignDocument, EdgeDocument, GroupDocument, NodeDocument } from "../../core/graph/document.ts";
import { GROUP_PREFIX } from "../../core/graph/drawn-boxes.ts";
import { groupPortId } from "../../core/graph/group-ports.ts";
import type { Problem } from "../../core/graph/problem.ts";
import type { EdgePropagation, Propagation } from "../../core/graph/propagation.ts";
import { NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";
import type { NodeFacts } from "../state/findings.ts";
import { AnnotationFlow } from "./annotation-flow.ts";
import { bubbleProblem } from "./bubble-choice.ts";
import { type FlowNode, type LayerFlowNode, type ShapeFlowEdge, SIDES, type Size } from "./flow-elements.ts";
import { portsOf } from "./flow-handles.ts";
import { GroupFlow } from "./group-flow.ts";
import { sameList } from "./same-list.ts";

/** Above a neighbour that only says its mistake in a line stands one with a bubble. */
function depthOf(problems: readonly Problem[]): number {
  if (problems.length === 0) return 1;
  return bubbleProblem(problems) === undefined ? 5 : 6;
}

export class FlowModel {
  private nodes = new Map<string, LayerFlowNode>();
  private edges = new Map<string, DrawnEdge>();
  private edgeList: ShapeFlowEdge[] = [];
  /** What the nodes and edges drawn last were made from. */
  private nodesOf: NodesSource | null = null;
  private nodeList: FlowNode[] = [];
  private edgesOf: EdgesSource | null = null;
  private readonly annotations = new AnnotationFlow();
  private readonly sizes = new Map<string, Size>();
  private readonly groups = new GroupFlow(this.sizes);
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
    const list = this.movedOnly(of) ?? this.allNodes(of);
    this.nodesOf = of;
    this.nodeList = list;
    return list;
  }

  /** Where layers changed and nothing else did (one is dragged among a thousand), the others are not looked at; null where more did. */
  private movedOnly(of: NodesSource): FlowNode[] | null {
    const { graph, facts, selection, nameOf, sketch } = of;
    const before = this.nodesOf;
    if (
      before === null ||
      before.facts !== facts ||
      before.selection !== selection ||
      before.nameOf !== nameOf ||
      before.sketch !== sketch ||
      before.graph.annotations !== graph.annotations ||
      before.graph.direction !== graph.direction ||
      !sameList(before.graph.groups, graph.groups) ||
      before.graph.nodes.length !== graph.nodes.length
    )
      return null;
    const list = [...this.nodeList];
    const hidden = hiddenNodes(graph.groups);
    const groups = this.groups.flowNodes(of);
    groups.forEach((group, place) => {
      list[place] = group;
    });
    // Behind the groups come the layers that are drawn, in their order.
    let place = groups.length - 1;
    for (const [index, node] of graph.nodes.entries()) {
      const was = before.graph.nodes[index];
      if (was !== node && was?.id !== node.id) return null;
      if (hidden.size > 0 && hidden.has(node.id)) continue;
      place += 1;
      if (was === node) continue;
      const flow = this.layerNode(node, facts, selection, sketch, isDown(graph));
      this.nodes.set(node.id, flow);
      list[place] = flow;
    }
    return list;
  }

  private allNodes(of: NodesSource): FlowNode[] {
    const { graph, facts, selection, nameOf, sketch } = of;
    const next = new Map<string, LayerFlowNode>();
    const hidden = hiddenNodes(graph.groups);
    const list: FlowNode[] = this.groups.flowNodes(of);
    for (const node of graph.nodes) {
      if (hidden.has(node.id)) continue;
      const flow = this.layerNode(node, facts, selection, sketch, isDown(graph));
      next.set(node.id, flow);
      list.push(flow);
    }
    this.nodes = next;
    list.push(...this.annotations.flowNodes(graph.annotations ?? [], selection, nameOf));
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
      before !== undefined &&
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

/** Nodes of collapsed groups → the node drawn in their place. */
function hiddenNodes(groups: readonly GroupDocument[]): ReadonlyMap<string, string> {
  const hidden = new Map<string, string>();
  for (const group of groups) if (group.collapsed) for (const id of group.node_ids) hidden.set(id, `${GROUP_PREFIX}${group.id}`);
  return hidden;
}
