/** What is wrong inside a collapsed group, to be said on its box: neither its layers nor the connections between them are drawn. */
import type { DesignDocument, GroupDocument } from "../../core/graph/document.ts";
import type { Problem } from "../../core/graph/problem.ts";
import type { NodeFacts } from "../state/findings.ts";

/** Of the layers in a group and of the connections between them, the worst first. */
export function problemsInside(
  group: GroupDocument,
  { edges }: DesignDocument["graph"],
  facts: ReadonlyMap<string, NodeFacts>,
  found: readonly Problem[],
): readonly Problem[] {
  const inside = new Set(group.node_ids);
  const links = new Set(edges.filter(({ source, target }) => inside.has(source) && inside.has(target)).map(({ id }) => id));
  const ofLinks = found.filter(({ edgeId }) => edgeId !== undefined && links.has(edgeId));
  return [...group.node_ids.flatMap((id) => facts.get(id)?.problems ?? []), ...ofLinks].sort(
    (a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"),
  );
}
