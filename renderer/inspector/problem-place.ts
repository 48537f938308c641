/** Where a problem is, in words. */
import type { GraphDocument } from "../../core/graph/document.ts";
import type { Problem } from "../../core/graph/problem.ts";

/** Of a layer its name, of a connection those of its ends; undefined for the whole design. */
export function nameOfPlace(graph: GraphDocument | undefined, { nodeId, edgeId }: Problem): string | undefined {
  const nameOf = (id: string): string => graph?.nodes.find((node) => node.id === id)?.name ?? "–";
  if (nodeId !== undefined) return graph?.nodes.find((node) => node.id === nodeId)?.name;
  const edge = edgeId === undefined ? undefined : graph?.edges.find(({ id }) => id === edgeId);
  return edge === undefined ? undefined : `${nameOf(edge.source)} → ${nameOf(edge.target)}`;
}
