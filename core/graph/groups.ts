/** Groups: nodes drawn as one, which can be collapsed. They change nothing in the network. A node is in one group at most; groups do not nest. */
import { AppError } from "../errors.ts";
import type { Command } from "./command.ts";
import { applyCommand } from "./commands.ts";
import type { DesignDocument, EdgeDocument, GroupDocument, NodeDocument } from "./document.ts";
import { type NewId, uniqueId } from "./naming.ts";

type Graph = Pick<DesignDocument, "graph">;

/** The group whose nodes are just these. */
export const wholeGroup = (groups: readonly GroupDocument[], ids: ReadonlySet<string>): GroupDocument | undefined =>
  groups.find(({ node_ids }) => node_ids.length === ids.size && node_ids.every((id) => ids.has(id)));

/** The one group that is whole among these nodes, where there are others beside it: grouping them adds those to it. */
export function groupToJoin(groups: readonly GroupDocument[], ids: ReadonlySet<string>): GroupDocument | undefined {
  const [only, ...others] = groups.filter(({ node_ids }) => node_ids.length > 0 && node_ids.every((id) => ids.has(id)));
  return others.length === 0 && only !== undefined && only.node_ids.length < ids.size ? only : undefined;
}

/**
 * The command that puts nodes into a group: into the one that is whole among them, which stays what it is called, else into a new one. They
 * leave the groups they were in.
 * @throws AppError design.nothing_selected
 */
export function groupCommand(design: Graph, nodeIds: Iterable<string>, name: string, newId: NewId): Command {
  const ids = new Set(nodeIds);
  if (ids.size === 0) throw new AppError("design.nothing_selected");
  const { groups } = design.graph;
  const joined = groupToJoin(groups, ids);
  if (joined !== undefined) {
    const others = [...ids].filter((id) => !joined.node_ids.includes(id));
    return { type: "set_groups", groups: withMembers(groups, new Map(others.map((id) => [id, joined.id]))) };
  }
  const made = { id: uniqueId(new Set(groups.map((group) => group.id)), newId), name, node_ids: [...ids], collapsed: false };
  return { type: "set_groups", groups: [...withMembers(groups, new Map([...ids].map((id) => [id, null]))), made] };
}

/** The command that dissolves a group; its nodes stay. */
export function ungroupCommand(design: Graph, groupId: string): Command {
  return { type: "set_groups", groups: design.graph.groups.filter((group) => group.id !== groupId) };
}

/** The command that takes nodes out of their groups; a group that holds none any more goes. @throws AppError design.nothing_selected */
export function takeOutCommand(design: Graph, nodeIds: Iterable<string>): Command {
  const homes = new Map([...nodeIds].map((id) => [id, null]));
  if (homes.size === 0) throw new AppError("design.nothing_selected");
  return { type: "set_groups", groups: withMembers(design.graph.groups, homes) };
}

/** The command that changes a group's name or collapses it. @throws AppError design.unknown_group */
export function changeGroupCommand(design: Graph, groupId: string, change: Partial<Pick<GroupDocument, "name" | "collapsed">>): Command {
  if (!design.graph.groups.some((group) => group.id === groupId)) throw new AppError("design.unknown_group", { id: groupId });
  return { type: "set_groups", groups: design.graph.groups.map((group) => (group.id === groupId ? { ...group, ...change } : group)) };
}

/**
 * The command with what it adds put where it belongs: what goes into a connection, where that runs, in the group of both its ends or in
 * none; all else where somebody works. What comes into a group is in no group that the command brings: they do not nest. A command that
 * changes nothing of that is given back as it is.
 * @param entered  the group that somebody works in
 * @param inserted nodes that were there and are led into a connection: they go where that runs, @defaultValue those that it adds
 */
export function whereItBelongs(design: DesignDocument, command: Command, entered: string | null, inserted?: readonly string[]): Command {
  if (design.graph.groups.length === 0) return command;
  const { edges, nodes, groups } = applyCommand(design, command).design.graph;
  const [nodesBefore, groupsBefore] = [idsOf(design.graph.nodes), idsOf(design.graph.groups)];
  const there = groups.filter(({ id }) => groupsBefore.has(id));
  const added = inserted ?? nodes.map(({ id }) => id).filter((id) => !nodesBefore.has(id));
  const homes = new Map<string, string | null>();
  for (const part of joinedParts(edges, added)) {
    const around = groupAround(edges, there, part);
    const home = around === undefined && inserted === undefined ? there.find(({ id }) => id === entered) : around;
    // Outside of all groups what was added stays in those that the command brings.
    if (home === undefined || (home === null && inserted === undefined)) continue;
    for (const id of part) homes.set(id, home?.id ?? null);
  }
  const groupOf = new Map(groups.flatMap(({ id, node_ids }) => node_ids.map((node) => [node, id] as const)));
  if ([...homes].every(([id, home]) => (groupOf.get(id) ?? null) === home)) return command;
  return { type: "batch", commands: [command, { type: "set_groups", groups: withMembers(groups, homes) }] };
}

const idsOf = (things: readonly { readonly id: string }[]): ReadonlySet<string> => new Set(things.map(({ id }) => id));

/** The groups with nodes put into these, or, null, into none; one that holds none any more goes. */
function withMembers(groups: readonly GroupDocument[], homes: ReadonlyMap<string, string | null>): GroupDocument[] {
  const moved = groups.map((group) => {
    const own = new Set(group.node_ids);
    const kept = group.node_ids.filter((id) => !homes.has(id) || homes.get(id) === group.id);
    const come = [...homes].flatMap(([id, home]) => (home === group.id && !own.has(id) ? [id] : []));
    return kept.length === own.size && come.length === 0 ? group : { ...group, node_ids: [...kept, ...come] };
  });
  return moved.filter(({ node_ids }) => node_ids.length > 0);
}

/** Nodes in parts that are connected among themselves. */
function joinedParts(edges: readonly EdgeDocument[], ids: readonly string[]): readonly ReadonlySet<string>[] {
  const partOf = new Map(ids.map((id) => [id, new Set([id])]));
  for (const { source, target } of edges) {
    const [from, to] = [partOf.get(source), partOf.get(target)];
    if (from === undefined || to === undefined || from === to) continue;
    const [larger, smaller] = from.size < to.size ? [to, from] : [from, to];
    for (const id of smaller) partOf.set(id, larger.add(id));
  }
  return [...new Set(partOf.values())];
}

/** The group that all nodes are in which feed these and which these feed; null: they are in none; undefined: in several, or at one end only. */
function groupAround(
  edges: readonly EdgeDocument[],
  groups: readonly GroupDocument[],
  part: ReadonlySet<string>,
): GroupDocument | null | undefined {
  const sources = edges.flatMap(({ source, target }) => (part.has(target) && !part.has(source) ? [source] : []));
  const targets = edges.flatMap(({ source, target }) => (part.has(source) && !part.has(target) ? [target] : []));
  if (sources.length === 0 || targets.length === 0) return undefined;
  const around = new Set([...sources, ...targets].map((id) => groups.find(({ node_ids }) => node_ids.includes(id)) ?? null));
  const [home] = around;
  return around.size === 1 ? home : undefined;
}

/**
 * Upper left corner of a collapsed group: where the first of its layers stands, from the left or from the top. The corner of all of them
 * may be where a layer of others stands: in a drawing that is folded into rows it often is.
 */
export function collapsedPlace(members: readonly Pick<NodeDocument, "position">[], down: boolean): NodeDocument["position"] | null {
  const [along, across] = down ? (["y", "x"] as const) : (["x", "y"] as const);
  const isBefore = (one: NodeDocument["position"], other: NodeDocument["position"]): boolean =>
    one[along] < other[along] || (one[along] === other[along] && one[across] < other[across]);
  return members.reduce<NodeDocument["position"] | null>(
    (first, { position }) => (first === null || isBefore(position, first) ? position : first),
    null,
  );
}
