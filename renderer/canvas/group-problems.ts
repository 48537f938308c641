/** What is wrong inside a collapsed group, to be said on its box: neither its layers nor the connections between them are drawn. */
import type { GroupDocument } from "../../core/graph/document.ts";
import type { Problem } from "../../core/graph/problem.ts";
import type { NodeFacts } from "../state/findings.ts";

/**
 * Of the layers in a group and of the connections between them, the worst first.
 * @param ofLinks of those connections
 */
export function problemsInside(
  group: GroupDocument,
  facts: ReadonlyMap<string, NodeFacts>,
  ofLinks: readonly Problem[],
): readonly Problem[] {
  return [...group.node_ids.flatMap((id) => facts.get(id)?.problems ?? []), ...ofLinks].sort(
    (a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"),
  );
}
