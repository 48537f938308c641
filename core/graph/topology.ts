/** The order in which a graph is computed, the cycles that keep it from having one, and who can be reached from whom. */
import type { EdgeDocument, GraphDocument } from "./document.ts";
import { edgesBy } from "./ports.ts";

export interface TopologicalOrder {
  /** Ids: every node after all it depends on; among those that are ready, the order of the document. */
  readonly order: readonly string[];
  /** Nodes on a cycle, in the order of the document; those behind a cycle are in neither list. */
  readonly cyclic: readonly string[];
}

/** What of a graph has an order. */
interface Ordered {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly Pick<EdgeDocument, "source" | "target">[];
}

/** Kahn's algorithm in rounds; edges with a missing end are left out. */
export function topologicalOrder(graph: Ordered): TopologicalOrder {
  const nodes = new Set(graph.nodes.map(({ id }) => id));
  const edges = graph.edges.filter((edge) => nodes.has(edge.source) && nodes.has(edge.target));
  const order = peel(graph, edges, "source", "target");
  const done = new Set(order);
  const left = edges.filter((edge) => !done.has(edge.source) && !done.has(edge.target));
  // What lies behind a cycle is peeled off from its end: only the cycles, and what joins them, remain.
  const behind = new Set(peel(graph, left, "target", "source"));
  return { order, cyclic: graph.nodes.map((node) => node.id).filter((id) => !done.has(id) && !behind.has(id)) };
}

/** Node ids in the order in which they lose their last edge coming from `from`. */
function peel(graph: Ordered, edges: Ordered["edges"], from: "source" | "target", to: "source" | "target"): string[] {
  const waiting = new Map<string, number>(graph.nodes.map((node) => [node.id, 0]));
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    waiting.set(edge[to], (waiting.get(edge[to]) ?? 0) + 1);
    const list = next.get(edge[from]);
    if (list === undefined) next.set(edge[from], [edge[to]]);
    else list.push(edge[to]);
  }
  const order = graph.nodes.map((node) => node.id).filter((id) => waiting.get(id) === 0);
  for (let position = 0; position < order.length; position++)
    for (const id of next.get(order[position] ?? "") ?? []) {
      const count = (waiting.get(id) ?? 0) - 1;
      waiting.set(id, count);
      if (count === 0) order.push(id);
    }
  return order;
}

/** Whether `to` can be reached from `from` along the edges; a node reaches itself. */
export function reaches(graph: GraphDocument, from: string, to: string): boolean {
  const outgoing = edgesBy(graph, "source");
  const seen = new Set([from]);
  const stack = [from];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (id === to) return true;
    for (const edge of outgoing.get(id) ?? [])
      if (!seen.has(edge.target)) {
        seen.add(edge.target);
        stack.push(edge.target);
      }
  }
  return false;
}
