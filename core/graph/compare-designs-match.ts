/**
 * Which layer of one design is which of another: the same id, else the same name, else the same type at the same place of
 * the graph. A layer that stands between the same neighbours but is of another type has taken the other's place.
 */
import type { GraphDocument, NodeDocument } from "./document.ts";
import { edgesBy, nodeMap } from "./ports.ts";
import { topologicalOrder } from "./topology.ts";

export type MatchedBy = "id" | "name" | "place" | "replaced";

export interface NodeMatch {
  readonly left: string;
  readonly right: string;
  readonly by: MatchedBy;
}

/** Of two stretches between layers that are known, one table of so many cells at most is filled; longer ones are gone through in order. */
const TABLE_CELLS = 1_000_000;

/** Every layer is in one match at most. */
export function matchNodes(left: GraphDocument, right: GraphDocument): readonly NodeMatch[] {
  const matching = new Matching(left, right);
  for (const node of left.nodes) matching.join(node, matching.right.get(node.id), "id");
  const named = byName(right);
  for (const node of left.nodes) matching.join(node, named.get(node.name), "name");
  matchNeighbours(matching);
  matchStretches(matching);
  matchNeighbours(matching);
  matchReplaced(matching, named);
  return matching.matches;
}

class Matching {
  readonly left: ReadonlyMap<string, NodeDocument>;
  readonly right: ReadonlyMap<string, NodeDocument>;
  readonly matches: NodeMatch[] = [];
  /** Left id → right id, and back. */
  readonly toRight = new Map<string, string>();
  readonly toLeft = new Map<string, string>();
  readonly graphs: { readonly left: GraphDocument; readonly right: GraphDocument };

  constructor(left: GraphDocument, right: GraphDocument) {
    this.graphs = { left, right };
    this.left = nodeMap(left);
    this.right = nodeMap(right);
  }

  /** Where both are free, and of one type unless another has taken the place. */
  join(left: NodeDocument | undefined, right: NodeDocument | undefined, by: MatchedBy): boolean {
    if (left === undefined || right === undefined || this.toRight.has(left.id) || this.toLeft.has(right.id)) return false;
    if (by !== "replaced" && left.type !== right.type) return false;
    this.toRight.set(left.id, right.id);
    this.toLeft.set(right.id, left.id);
    this.matches.push({ left: left.id, right: right.id, by: by === "replaced" && left.type === right.type ? "place" : by });
    return true;
  }
}

function byName(graph: GraphDocument): ReadonlyMap<string, NodeDocument> {
  return new Map(graph.nodes.map((node) => [node.name, node]));
}

/** From layers that are known along the edges, forwards and backwards, as long as what comes next is of one type. */
function matchNeighbours(matching: Matching): void {
  const { graphs } = matching;
  const directions = [
    ["source", "target"],
    ["target", "source"],
  ] as const;
  const edges = directions.map(([from, to]) => ({ to, left: edgesBy(graphs.left, from), right: edgesBy(graphs.right, from) }));
  // The list grows while it is gone through.
  for (let at = 0; at < matching.matches.length; at += 1) {
    const match = matching.matches[at];
    if (match === undefined) continue;
    for (const { to, left, right } of edges) {
      const free = (right.get(match.right) ?? []).filter((edge) => !matching.toLeft.has(edge[to]));
      for (const edge of left.get(match.left) ?? []) {
        const node = matching.left.get(edge[to]);
        if (node === undefined || matching.toRight.has(node.id)) continue;
        const found = free.find(
          (other) =>
            !matching.toLeft.has(other[to]) &&
            matching.right.get(other[to])?.type === node.type &&
            other.source_port === edge.source_port &&
            other.target_port === edge.target_port,
        );
        matching.join(node, found === undefined ? undefined : matching.right.get(found[to]), "place");
      }
    }
  }
}

/** In topological order, between layers that are known: the longest common run of types. */
function matchStretches(matching: Matching): void {
  const orders = { left: fullOrder(matching.graphs.left), right: fullOrder(matching.graphs.right) };
  const places = new Map(orders.right.map((id, place) => [id, place]));
  const anchors = increasing(
    orders.left.flatMap((id, place) => {
      const other = places.get(matching.toRight.get(id) ?? "");
      return other === undefined ? [] : [{ left: place, right: other }];
    }),
  );
  let from = { left: 0, right: 0 };
  for (const anchor of [...anchors, { left: orders.left.length, right: orders.right.length }]) {
    const free = {
      left: orders.left.slice(from.left, anchor.left).filter((id) => !matching.toRight.has(id)),
      right: orders.right.slice(from.right, anchor.right).filter((id) => !matching.toLeft.has(id)),
    };
    joinCommon(matching, free.left, free.right);
    from = { left: anchor.left + 1, right: anchor.right + 1 };
  }
}

/** Layers on a cycle stand behind the others, in the order of the document. */
function fullOrder(graph: GraphDocument): readonly string[] {
  const { order } = topologicalOrder(graph);
  const known = new Set(order);
  return [...order, ...graph.nodes.map(({ id }) => id).filter((id) => !known.has(id))];
}

interface Pair {
  readonly left: number;
  readonly right: number;
}

/** The longest part of the pairs, given with left increasing, in which right increases too (patience sorting). */
function increasing(pairs: readonly Pair[]): readonly Pair[] {
  const ends: { readonly pair: Pair; readonly before: number }[] = [];
  const piles: number[] = [];
  for (const pair of pairs) {
    let low = 0;
    for (let high = piles.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((ends[piles[middle] ?? 0]?.pair.right ?? 0) < pair.right) low = middle + 1;
      else high = middle;
    }
    ends.push({ pair, before: piles[low - 1] ?? -1 });
    piles[low] = ends.length - 1;
  }
  const found: Pair[] = [];
  for (let at = piles.at(-1) ?? -1; at >= 0; at = ends[at]?.before ?? -1) {
    const end = ends[at];
    if (end !== undefined) found.push(end.pair);
  }
  return found.reverse();
}

function joinCommon(matching: Matching, left: readonly string[], right: readonly string[]): void {
  if (left.length === 0 || right.length === 0) return;
  if (left.length * right.length > TABLE_CELLS) joinInOrder(matching, left, right);
  else joinLongest(matching, left, right);
}

/** The longest common run of types, by a table of what is left from each pair of places on. */
function joinLongest(matching: Matching, left: readonly string[], right: readonly string[]): void {
  const type = (nodes: ReadonlyMap<string, NodeDocument>, id: string | undefined): string | undefined => nodes.get(id ?? "")?.type;
  const width = right.length + 1;
  const table = new Int32Array((left.length + 1) * width);
  const alike = (i: number, j: number): boolean => type(matching.left, left[i]) === type(matching.right, right[j]);
  for (let i = left.length - 1; i >= 0; i -= 1)
    for (let j = right.length - 1; j >= 0; j -= 1)
      table[i * width + j] = alike(i, j)
        ? 1 + (table[(i + 1) * width + j + 1] ?? 0)
        : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (alike(i, j)) {
      matching.join(matching.left.get(left[i] ?? ""), matching.right.get(right[j] ?? ""), "place");
      i += 1;
      j += 1;
    } else if ((table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
}

/** The first free one of the type, each time. */
function joinInOrder(matching: Matching, left: readonly string[], right: readonly string[]): void {
  const waiting = new Map<string, NodeDocument[]>();
  for (const id of right) {
    const node = matching.right.get(id);
    if (node === undefined) continue;
    const list = waiting.get(node.type);
    if (list === undefined) waiting.set(node.type, [node]);
    else list.push(node);
  }
  for (const id of left) {
    const node = matching.left.get(id);
    if (node !== undefined) matching.join(node, waiting.get(node.type)?.shift(), "place");
  }
}

/** Of another type: the same id or name, or between the same neighbours, all of them known. */
function matchReplaced(matching: Matching, named: ReadonlyMap<string, NodeDocument>): void {
  for (const node of matching.left.values()) {
    matching.join(node, matching.right.get(node.id), "replaced");
    matching.join(node, named.get(node.name), "replaced");
  }
  const leftKey = neighbourhood(matching.graphs.left, (id) => matching.toRight.get(id));
  const rightKey = neighbourhood(matching.graphs.right, (id) => (matching.toLeft.has(id) ? id : undefined));
  const free = new Map<string, NodeDocument[]>();
  for (const node of matching.right.values()) {
    const key = matching.toLeft.has(node.id) ? null : rightKey(node.id);
    if (key !== null) free.set(key, [...(free.get(key) ?? []), node]);
  }
  for (const node of matching.left.values()) {
    const key = matching.toRight.has(node.id) ? null : leftKey(node.id);
    const candidates = key === null ? [] : (free.get(key) ?? []);
    if (candidates.length === 1) matching.join(node, candidates[0], "replaced");
  }
}

/** What stands before and behind a node, in ids of the right design; null where a neighbour is in one design only, or there is none. */
function neighbourhood(graph: GraphDocument, known: (id: string) => string | undefined): (id: string) => string | null {
  const incoming = edgesBy(graph, "target");
  const outgoing = edgesBy(graph, "source");
  return (id) => {
    const before = (incoming.get(id) ?? []).map((edge) => known(edge.source));
    const behind = (outgoing.get(id) ?? []).map((edge) => known(edge.target));
    if (before.length + behind.length === 0 || [...before, ...behind].includes(undefined)) return null;
    return JSON.stringify([before.sort(), behind.sort()]);
  };
}
