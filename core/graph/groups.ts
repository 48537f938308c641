/** Groups: nodes drawn as one, which can be collapsed. They change nothing in the network. A node is in one group at most. */
import { AppError } from "../errors.ts";
import type { Command } from "./command.ts";
import { applyCommand } from "./commands.ts";
import type { DesignDocument, GroupDocument, NodeDocument } from "./document.ts";
import { type NewId, uniqueId } from "./naming.ts";

/** The command that puts nodes into a new group; they leave the groups they were in. @throws AppError design.nothing_selected */
export function groupCommand(design: Pick<DesignDocument, "graph">, nodeIds: Iterable<string>, name: string, newId: NewId): Command {
  const ids = new Set(nodeIds);
  if (ids.size === 0) throw new AppError("design.nothing_selected");
  const { groups } = design.graph;
  const others = groups
    .map((group) => ({ ...group, node_ids: group.node_ids.filter((id) => !ids.has(id)) }))
    .filter((group) => group.node_ids.length > 0);
  return {
    type: "set_groups",
    groups: [...others, { id: uniqueId(new Set(groups.map((group) => group.id)), newId), name, node_ids: [...ids], collapsed: false }],
  };
}

/** The command that dissolves a group; its nodes stay. */
export function ungroupCommand(design: Pick<DesignDocument, "graph">, groupId: string): Command {
  return { type: "set_groups", groups: design.graph.groups.filter((group) => group.id !== groupId) };
}

/** The command that changes a group's name or collapses it. @throws AppError design.unknown_group */
export function changeGroupCommand(
  design: Pick<DesignDocument, "graph">,
  groupId: string,
  change: Partial<Pick<GroupDocument, "name" | "collapsed">>,
): Command {
  if (!design.graph.groups.some((group) => group.id === groupId)) throw new AppError("design.unknown_group", { id: groupId });
  return { type: "set_groups", groups: design.graph.groups.map((group) => (group.id === groupId ? { ...group, ...change } : group)) };
}

/**
 * The command with what it adds put into a group: an act while somebody works inside it. A command that adds nothing is given back as it is.
 * Nodes that it puts into groups of their own stay in those.
 */
export function intoGroup(design: DesignDocument, command: Command, groupId: string): Command {
  if (!design.graph.groups.some((group) => group.id === groupId)) return command;
  const before = new Set(design.graph.nodes.map((node) => node.id));
  const { nodes, groups } = applyCommand(design, command).design.graph;
  const grouped = new Set(groups.flatMap((group) => group.node_ids));
  const added = nodes.map((node) => node.id).filter((id) => !before.has(id) && !grouped.has(id));
  if (added.length === 0 || !groups.some((group) => group.id === groupId)) return command;
  const next = groups.map((group) => (group.id === groupId ? { ...group, node_ids: [...group.node_ids, ...added] } : group));
  return { type: "batch", commands: [command, { type: "set_groups", groups: next }] };
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
