/**
 * The design as rows of a tree: layers in the order in which they are computed, those of a group under it, where its first one stands.
 * What hangs on a cycle has no such order and comes behind them, as the document has it; notes and frames come last.
 */
import type { AnnotationDocument, DesignDocument, EdgeDocument, GroupDocument, NodeDocument } from "../../core/graph/document.ts";
import { edgesBy, nodeMap } from "../../core/graph/ports.ts";
import type { Problem } from "../../core/graph/problem.ts";
import { topologicalOrder } from "../../core/graph/topology.ts";
import { annotationKey } from "../state/annotation-ids.ts";

interface Placed {
  /** Of its level, from 1. */
  readonly position: number;
  readonly siblings: number;
}
export interface GroupListRow extends Placed {
  readonly kind: "group";
  readonly id: string;
  readonly group: GroupDocument;
  readonly level: 1;
}
export interface LayerListRow extends Placed {
  readonly kind: "layer";
  readonly id: string;
  readonly node: NodeDocument;
  readonly level: 1 | 2;
  /** The row of the group that it is in; null for none. */
  readonly parent: string | null;
}
export interface NoteListRow extends Placed {
  readonly kind: "note";
  /** As the selection has it. */
  readonly id: string;
  readonly note: AnnotationDocument;
  readonly level: 1;
}
export type ListRow = GroupListRow | LayerListRow | NoteListRow;

export const GROUP_ROW = "group:";

/** The rows in sight: members of collapsed groups are not. */
export function listRows({ graph }: Pick<DesignDocument, "graph">): readonly ListRow[] {
  const nodes = nodeMap(graph);
  const { order } = topologicalOrder(graph);
  const ordered = new Set(order);
  const ids = [...order, ...graph.nodes.map((node) => node.id).filter((id) => !ordered.has(id))];
  const groupOf = new Map(graph.groups.flatMap((group) => group.node_ids.map((id) => [id, group] as const)));
  const top: (NodeDocument | { readonly group: GroupDocument; readonly members: NodeDocument[] })[] = [];
  const begun = new Map<string, NodeDocument[]>();
  for (const id of ids) {
    const node = nodes.get(id);
    if (node === undefined) continue;
    const group = groupOf.get(id);
    if (group === undefined) {
      top.push(node);
      continue;
    }
    const members = begun.get(group.id);
    if (members !== undefined) members.push(node);
    else {
      const first = [node];
      begun.set(group.id, first);
      top.push({ group, members: first });
    }
  }
  const { annotations = [] } = graph;
  const siblings = top.length + annotations.length;
  const notes = annotations.map((note, index): NoteListRow => {
    return { kind: "note", id: annotationKey(note.id), note, level: 1, position: top.length + index + 1, siblings };
  });
  const layers = top.flatMap((entry, index): ListRow[] => {
    const placed = { position: index + 1, siblings };
    if ("id" in entry) return [{ kind: "layer", id: entry.id, node: entry, level: 1, parent: null, ...placed }];
    const { group, members } = entry;
    const id = `${GROUP_ROW}${group.id}`;
    const row: GroupListRow = { kind: "group", id, group, level: 1, ...placed };
    if (group.collapsed) return [row];
    const inside = members.map((node, at): LayerListRow => {
      return { kind: "layer", id: node.id, node, level: 2, parent: id, position: at + 1, siblings: members.length };
    });
    return [row, ...inside];
  });
  return [...layers, ...notes];
}

/** What is chosen with the row: its layers, or the note. */
export function membersOf(row: ListRow): readonly string[] {
  if (row.kind === "note") return [row.id];
  return row.kind === "layer" ? [row.node.id] : row.group.node_ids;
}

/** What a layer is connected to, by name: "input_1", or with the port where it has several. */
export interface Links {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** The first connection out of the last of them: what is known of the axes stands there. */
  readonly firstOutput: string | null;
}

/** Of several layers together (a group): what is outside them, each named once. */
export function linksOf({ graph }: Pick<DesignDocument, "graph">): (ids: readonly string[]) => Links {
  const names = new Map(graph.nodes.map((node) => [node.id, node.name]));
  const into = edgesBy(graph, "target");
  const from = edgesBy(graph, "source");
  const words = (edges: readonly EdgeDocument[], end: "source" | "target", port: "source_port" | "target_port"): readonly string[] => {
    const several = new Set(edges.map((edge) => edge[port])).size > 1;
    return edges.map((edge) => `${several ? `${edge[port]}: ` : ""}${names.get(edge[end]) ?? edge[end]}`);
  };
  return (ids) => {
    const own = new Set(ids);
    const outside = (edges: readonly EdgeDocument[], end: "source" | "target"): EdgeDocument[] =>
      edges.filter((edge) => !own.has(edge[end]));
    const inputs = ids.flatMap((id) => words(outside(into.get(id) ?? [], "source"), "source", "target_port"));
    const outputs = ids.flatMap((id) => words(outside(from.get(id) ?? [], "target"), "target", "source_port"));
    const [last = ""] = ids.slice(-1);
    return { inputs: [...new Set(inputs)], outputs: [...new Set(outputs)], firstOutput: from.get(last)?.[0]?.id ?? null };
  };
}

const NO_PROBLEMS: readonly Problem[] = [];

/** Mistakes of connections by the layer at their end; of one that ends nowhere by the layer that it comes from. */
export function problemsByEnd(graph: DesignDocument["graph"], problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const wrong = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.edgeId === undefined) continue;
    wrong.set(problem.edgeId, [...(wrong.get(problem.edgeId) ?? NO_PROBLEMS), problem]);
  }
  const found = new Map<string, Problem[]>();
  if (wrong.size === 0) return found;
  const ids = new Set(graph.nodes.map(({ id }) => id));
  for (const edge of graph.edges) {
    const own = wrong.get(edge.id);
    const end = ids.has(edge.target) ? edge.target : edge.source;
    if (own !== undefined) found.set(end, [...(found.get(end) ?? NO_PROBLEMS), ...own]);
  }
  return found;
}

/** Where a key leads from a row. Null where it leads nowhere. */
export function rowFrom(rows: readonly ListRow[], current: string, key: string, page: number): string | null {
  const index = rows.findIndex((row) => row.id === current);
  const row = rows[index];
  if (row === undefined) return rows[0]?.id ?? null;
  const at = (wanted: number): string | null => rows[Math.max(0, Math.min(rows.length - 1, wanted))]?.id ?? null;
  switch (key) {
    case "ArrowDown":
      return at(index + 1);
    case "ArrowUp":
      return at(index - 1);
    case "PageDown":
      return at(index + page);
    case "PageUp":
      return at(index - page);
    case "Home":
      return at(0);
    case "End":
      return at(rows.length - 1);
    case "ArrowLeft":
      return row.kind === "layer" ? row.parent : null;
    case "ArrowRight":
      return row.kind === "group" && !row.group.collapsed ? at(index + 1) : null;
    default:
      return null;
  }
}
