/** A large drawing taken apart at its waists: nodes that every way from what is before them to what is behind them goes through. */

interface Node {
  readonly id: string;
}
interface Edge {
  readonly source: string;
  readonly target: string;
}

/**
 * Parts that can be laid out one by one: each ends with the node with which the next begins.
 * @param least nodes of a part, the last excepted
 * @returns one part where there is no waist, or a cycle
 */
export function partsAtWaists<N extends Node>(nodes: readonly N[], edges: readonly Edge[], least: number): readonly (readonly N[])[] {
  const rankOf = longestWays(nodes, edges);
  if (rankOf === null) return [nodes];
  const ranks: N[][] = [];
  for (const node of nodes) {
    const rank = rankOf.get(node.id) ?? 0;
    while (ranks.length <= rank) ranks.push([]);
    ranks[rank]?.push(node);
  }
  const passing = passingBy(ranks.length, edges, rankOf);
  const parts: N[][] = [];
  let part: N[] = [];
  ranks.forEach((here, rank) => {
    part.push(...here);
    const [waist] = here;
    if (waist === undefined || here.length > 1 || passing[rank] !== 0 || part.length < least || rank === ranks.length - 1) return;
    parts.push(part);
    part = [waist];
  });
  return [...parts, part];
}

/** How many edges go over each rank without a node on it. */
export function passingBy(count: number, edges: readonly Edge[], rankOf: ReadonlyMap<string, number>): number[] {
  const change = new Array<number>(count + 1).fill(0);
  for (const { source, target } of edges) {
    const [from, to] = [(rankOf.get(source) ?? 0) + 1, rankOf.get(target) ?? 0];
    change[from] = (change[from] ?? 0) + 1;
    change[to] = (change[to] ?? 0) - 1;
  }
  let open = 0;
  return change.map((step) => (open += step));
}

/** How many edges the longest way to each node has; null where they run in a cycle. */
export function longestWays(nodes: readonly Node[], edges: readonly Edge[]): ReadonlyMap<string, number> | null {
  const rankOf = new Map(nodes.map(({ id }) => [id, 0]));
  const waiting = new Map(nodes.map(({ id }) => [id, 0]));
  const behind = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { source, target } of edges) {
    waiting.set(target, (waiting.get(target) ?? 0) + 1);
    behind.get(source)?.push(target);
  }
  const ready = nodes.map(({ id }) => id).filter((id) => waiting.get(id) === 0);
  for (const id of ready)
    for (const next of behind.get(id) ?? []) {
      rankOf.set(next, Math.max(rankOf.get(next) ?? 0, (rankOf.get(id) ?? 0) + 1));
      const left = (waiting.get(next) ?? 0) - 1;
      waiting.set(next, left);
      if (left === 0) ready.push(next);
    }
  return ready.length === nodes.length ? rankOf : null;
}
