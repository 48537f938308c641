/**
 * Ranks without dagre, for drawings that it cannot lay out: it calls itself once a rank, which a thread's stack bears about a thousand
 * times, and puts a stand-in into every rank that an edge passes. Here ranks follow the longest ways, within a rank nodes are ordered
 * by the middle of their neighbours (the barycentre method of Sugiyama, Tagawa and Toda, 1981), and a rank that edges pass lies so
 * far aside that they go by: a U-Net comes to lie as a U. It takes time as nodes and edges do.
 */
import type { LayoutEdge, LayoutNode, LayoutOptions, Positions } from "./layout-types.ts";
import { longestWays, passingBy } from "./waists.ts";

/** More ranks than this, or more nodes, edges and stand-ins together, are too much for dagre: minutes, or more calls than the stack bears. */
const MOST_RANKS = 800;
const MOST_PIECES = 8_000;
/** Between a rank and the edges that pass it, in units of the canvas. */
const LANE = 24;
const SWEEPS = 4;

/** @param nodes and edges of one part, laid out at once */
export function isTooMuch(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): boolean {
  const rankOf = longestWays(nodes, forward(nodes, edges)) ?? new Map<string, number>();
  let [ranks, pieces] = [0, nodes.length + edges.length];
  for (const rank of rankOf.values()) ranks = Math.max(ranks, rank + 1);
  for (const { source, target } of edges) pieces += Math.abs((rankOf.get(target) ?? 0) - (rankOf.get(source) ?? 0));
  return ranks > MOST_RANKS || pieces > MOST_PIECES;
}

/** Left to right, or from the top down. */
export function plainRanks(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], { gapX, gapY, down }: LayoutOptions): Positions {
  const inner = forward(nodes, edges);
  const rankOf = longestWays(nodes, inner) ?? new Map<string, number>();
  const ranks: LayoutNode[][] = [];
  for (const node of nodes) {
    const rank = rankOf.get(node.id) ?? 0;
    while (ranks.length <= rank) ranks.push([]);
    ranks[rank]?.push(node);
  }
  untangle(ranks, inner);
  const passing = passingBy(ranks.length, inner, rankOf);
  const positions: Record<string, { x: number; y: number }> = {};
  let along = 0;
  for (const [rank, row] of ranks.entries()) {
    const sizes = row.map(({ width, height }) => (down ? width : height));
    const length = sizes.reduce((sum, size) => sum + size, 0) + (row.length - 1) * (down ? gapX : gapY);
    const lanes = passing[rank] ?? 0;
    // The middles of ranks lie on one line; the edges that pass go along it.
    let across = lanes === 0 ? -length / 2 : (lanes * LANE) / 2 + LANE;
    for (const [place, { id }] of row.entries()) {
      positions[id] = down ? { x: Math.round(across), y: along } : { x: along, y: Math.round(across) };
      across += (sizes[place] ?? 0) + (down ? gapX : gapY);
    }
    along += row.reduce((most, { width, height }) => Math.max(most, down ? height : width), 0) + (down ? gapY : gapX);
  }
  return positions;
}

/** Without what closes a cycle: edges against the order in which the nodes are given, where there is one. */
function forward(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): readonly LayoutEdge[] {
  if (longestWays(nodes, edges) !== null) return edges;
  const order = new Map(nodes.map(({ id }, place) => [id, place]));
  return edges.filter(({ source, target }) => (order.get(source) ?? 0) < (order.get(target) ?? 0));
}

/** Sorts each rank by the middle of what its nodes are joined to, forwards by their sources and backwards by their targets. */
function untangle(ranks: LayoutNode[][], edges: readonly LayoutEdge[]): void {
  const placeOf = new Map<string, number>();
  const place = (row: readonly LayoutNode[]): void => {
    // From the middle of its rank, so that short and long ranks compare.
    row.forEach(({ id }, index) => placeOf.set(id, index - (row.length - 1) / 2));
  };
  ranks.forEach(place);
  const sources = new Map<string, string[]>();
  const targets = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, key: string, value: string): void => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [value]);
    else known.push(value);
  };
  for (const { source, target } of edges) {
    add(sources, target, source);
    add(targets, source, target);
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isForward = sweep % 2 === 0;
    const neighbours = isForward ? sources : targets;
    const middle = ({ id }: LayoutNode): number => {
      const joined = neighbours.get(id);
      if (joined === undefined) return placeOf.get(id) ?? 0;
      return joined.reduce((sum, other) => sum + (placeOf.get(other) ?? 0), 0) / joined.length;
    };
    for (const row of isForward ? ranks : ranks.toReversed()) {
      const middles = new Map(row.map((node) => [node.id, middle(node)]));
      row.sort((one, other) => (middles.get(one.id) ?? 0) - (middles.get(other.id) ?? 0));
      place(row);
    }
  }
}
