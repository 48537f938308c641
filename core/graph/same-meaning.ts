/** What of two designs is the same as far as shapes, costs and mistakes go: places, notes and names of groups do not count. */
import type { DesignDocument, NodeDocument } from "./document.ts";

/** Whether two states of a layer differ in their place at most. */
export function sameLayer(a: NodeDocument, b: NodeDocument): boolean {
  return (
    a === b ||
    (a.id === b.id &&
      a.type === b.type &&
      a.name === b.name &&
      a.config === b.config &&
      a.shared_with === b.shared_with &&
      a.bypassed === b.bypassed &&
      a.frozen === b.frozen &&
      a.vectors === b.vectors)
  );
}

/** True when two designs differ in positions, names of groups, notes or the project's name only: nothing follows from those. */
export function sameMeaning(a: DesignDocument, b: DesignDocument): boolean {
  if (a.data !== b.data || a.train !== b.train || a.graph.edges !== b.graph.edges || a.graph.nodes.length !== b.graph.nodes.length)
    return false;
  if (a.graph.nodes === b.graph.nodes) return true;
  return a.graph.nodes.every((node, index) => {
    const other = b.graph.nodes[index];
    return other !== undefined && sameLayer(node, other);
  });
}
