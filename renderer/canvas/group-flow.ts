/** Groups as React Flow's nodes: frames around their layers, or boxes in their place. An object stays the same while what it shows does. */

import { isDown } from "../../core/graph/direction.ts";
import type { GraphDocument, NodeDocument } from "../../core/graph/document.ts";
import { GROUP_PREFIX } from "../../core/graph/drawn-boxes.ts";
import { type GroupPorts, groupPorts } from "../../core/graph/group-ports.ts";
import { collapsedPlace } from "../../core/graph/groups.ts";
import type { Problem } from "../../core/graph/problem.ts";
import { NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";
import type { NodeFacts } from "../state/findings.ts";
import { FRAME, type GroupFlowNode, SIDES, type Size } from "./flow-elements.ts";
import { handlesOf } from "./flow-handles.ts";
import { type GroupPlan, GroupPlanner, type GroupPlans } from "./group-plans.ts";
import { problemsInside } from "./group-problems.ts";
import { sameList } from "./same-list.ts";

/** What groups are drawn from, beside the sizes. */
interface GroupsSource {
  readonly graph: GraphDocument;
  readonly facts: ReadonlyMap<string, NodeFacts>;
  readonly problems: readonly Problem[];
  readonly selection: ReadonlySet<string>;
}

/** Of one group: everything that its node is made from. */
interface GroupSource {
  readonly plan: GroupPlan;
  readonly down: boolean;
  readonly measured: Size | undefined;
  readonly selected: boolean;
  /** Of the connections inside. */
  readonly ofLinks: readonly Problem[];
  /** Its layers, or of a box those that it has its ports from. */
  readonly nodes: readonly NodeDocument[];
  readonly sizes: readonly (Size | undefined)[];
  readonly found: readonly (NodeFacts | undefined)[];
}

interface DrawnGroup {
  readonly of: GroupSource;
  readonly flow: GroupFlowNode;
}

const NO_PROBLEMS: readonly Problem[] = [];

export class GroupFlow {
  private readonly sizes: ReadonlyMap<string, Size>;
  private readonly planner = new GroupPlanner();
  private drawn = new Map<string, DrawnGroup>();

  /** @param sizes as measured, of layers and groups by their ids in the drawing */
  constructor(sizes: ReadonlyMap<string, Size>) {
    this.sizes = sizes;
  }

  flowNodes(of: GroupsSource): GroupFlowNode[] {
    if (of.graph.groups.length === 0) return [];
    const plans = this.planner.plansOf(of.graph);
    const wrong = problemsOfLinks(plans, of.problems);
    const next = new Map<string, DrawnGroup>();
    for (const plan of plans.plans) {
      const { id } = plan.group;
      const source = this.sourceOf(plan, of, wrong.get(id) ?? NO_PROBLEMS);
      const before = this.drawn.get(id);
      next.set(
        id,
        before !== undefined && sameSource(before.of, source) ? before : { of: source, flow: groupNode(source, of, before?.flow) },
      );
    }
    this.drawn = next;
    return [...next.values()].map(({ flow }) => flow);
  }

  private sourceOf(plan: GroupPlan, { graph, facts, selection }: GroupsSource, ofLinks: readonly Problem[]): GroupSource {
    const { group, members, near } = plan;
    const { collapsed } = group;
    const nodes = (collapsed ? near : members).flatMap((place) => graph.nodes[place] ?? []);
    return {
      plan,
      down: isDown(graph),
      measured: this.sizes.get(`${GROUP_PREFIX}${group.id}`),
      selected: collapsed && group.node_ids.every((id) => selection.has(id)),
      ofLinks: collapsed ? ofLinks : NO_PROBLEMS,
      nodes,
      sizes: collapsed ? [] : nodes.map(({ id }) => this.sizes.get(id)),
      found: collapsed ? nodes.map(({ id }) => facts.get(id)) : [],
    };
  }
}

const sameSource = (a: GroupSource, b: GroupSource): boolean =>
  a.plan === b.plan &&
  a.down === b.down &&
  a.measured === b.measured &&
  a.selected === b.selected &&
  sameList(a.ofLinks, b.ofLinks) &&
  sameList(a.nodes, b.nodes) &&
  sameList(a.sizes, b.sizes) &&
  sameList(a.found, b.found);

function problemsOfLinks({ groupOfLink }: GroupPlans, problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const found = new Map<string, Problem[]>();
  for (const problem of problems) {
    const group = problem.edgeId === undefined ? undefined : groupOfLink.get(problem.edgeId);
    if (group !== undefined) found.set(group, [...(found.get(group) ?? []), problem]);
  }
  return found;
}

function groupNode(source: GroupSource, of: GroupsSource, before: GroupFlowNode | undefined): GroupFlowNode {
  const { down, measured, selected } = source;
  const { group } = source.plan;
  const { position, frame, ports: found, problems } = group.collapsed ? boxOf(source, of) : frameOf(source);
  const ports = before !== undefined && samePorts(before.data.ports, found) ? before.data.ports : found;
  const sides = SIDES[down ? "down" : "right"];
  const same =
    before !== undefined &&
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
  if (same) return before;
  return {
    id: `${GROUP_PREFIX}${group.id}`,
    type: "frame",
    position,
    selected,
    data: { group, frame, ports, problems },
    ariaLabel: group.name,
    zIndex: group.collapsed ? 1 : -1,
    ...sides,
    ...(measured === undefined ? {} : { measured }),
    ...(group.collapsed ? { handles: handlesOf(ports.inputs, ports.outputs, down, measured?.height) } : {}),
  };
}

type Looks = Pick<GroupFlowNode["data"], "frame" | "ports" | "problems"> & Pick<GroupFlowNode, "position">;

function boxOf({ plan, down, nodes, ofLinks }: GroupSource, { graph, facts }: GroupsSource): Looks {
  const { group, members, edges } = plan;
  return {
    position: collapsedPlace(
      members.flatMap((place) => graph.nodes[place] ?? []),
      down,
    ) ?? { x: 0, y: 0 },
    frame: null,
    ports: groupPorts({ ...graph, nodes: [...nodes], edges: [...edges] }, group, (id) => facts.get(id)?.figures.outputs ?? null),
    problems: problemsInside(group, facts, ofLinks),
  };
}

function frameOf({ nodes, sizes }: GroupSource): Looks {
  const left = Math.min(...nodes.map(({ position }) => position.x));
  const top = Math.min(...nodes.map(({ position }) => position.y));
  const right = Math.max(...nodes.map(({ position }, i) => position.x + (sizes[i]?.width ?? NODE_WIDTH)));
  const bottom = Math.max(...nodes.map(({ position }, i) => position.y + (sizes[i]?.height ?? NODE_HEIGHT)));
  return {
    position: { x: left - FRAME.side, y: top - FRAME.top },
    frame: { width: right - left + 2 * FRAME.side, height: bottom - top + FRAME.top + FRAME.bottom },
    ports: NO_PORTS,
    problems: NO_PROBLEMS,
  };
}

const NO_PORTS: GroupPorts = { inputs: [], outputs: [] };
const samePorts = (a: GroupPorts, b: GroupPorts): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
