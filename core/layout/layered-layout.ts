/**
 * Automatic layout from left to right or from the top down: dagre ranks the nodes, keeps connections from crossing and sets
 * coordinates; here chains are folded into rows that fit a screen, and what lay above stays above. Pure: sizes in, positions out.
 */
import { Graph, layout } from "@dagrejs/dagre";

export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** How far below its top the edges meet the node; half its height when left out. From left to right, chains are aligned by it. */
  readonly anchor?: number;
}
export interface LayoutEdge {
  readonly source: string;
  readonly target: string;
}
export interface LayoutOptions {
  /** Space between ranks and between nodes of a rank, from left to right; exchanged from the top down. */
  readonly gapX: number;
  readonly gapY: number;
  /** A chain is begun anew after so many nodes, in a row below (from the top down: in a column beside). */
  readonly foldAfter: number;
  readonly down: boolean;
}

interface Position {
  readonly x: number;
  readonly y: number;
}
/** Upper left corners by id. */
export type Positions = Readonly<Record<string, Position>>;

const DEFAULTS: LayoutOptions = { gapX: 76, gapY: 70, foldAfter: Number.POSITIVE_INFINITY, down: false };

/** Nodes of a cycle are placed too: one of its edges then leads back. Edges whose ends are not both there are left out. */
export function layeredLayout(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], options: Partial<LayoutOptions> = {}): Positions {
  const settings = { ...DEFAULTS, ...options };
  const ids = new Set(nodes.map(({ id }) => id));
  const inner = edges.filter(({ source, target }) => ids.has(source) && ids.has(target) && source !== target);
  const chain = nodes.length > settings.foldAfter ? chainOf(nodes, inner) : null;
  return chain === null ? ranked(nodes, inner, settings) : folded(chain, settings);
}

/** Pixels to both sides together, from the top down: between a node and a connection that goes past it. */
const PASSING = 56;

const anchorOf = ({ anchor, height }: LayoutNode): number => anchor ?? height / 2;

function ranked(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], { gapX, gapY, down }: LayoutOptions): Positions {
  const graph = new Graph({ multigraph: true });
  // Nodes are wider than high: a connection that leaves out a row needs more room beside those that it passes, to be seen.
  const passing = nodes.reduce((most, { width }) => Math.max(most, width + PASSING - gapX), 20);
  graph.setGraph(
    down ? { rankdir: "TB", nodesep: gapX, ranksep: gapY, edgesep: passing } : { rankdir: "LR", nodesep: gapY, ranksep: gapX },
  );
  // Of one rank dagre aligns the middles: a node is as high as puts the place of its edges there.
  const above = (node: LayoutNode): number => (down ? node.height / 2 : anchorOf(node));
  for (const node of nodes) graph.setNode(node.id, { width: node.width, height: 2 * Math.max(above(node), node.height - above(node)) });
  edges.forEach(({ source, target }, place) => {
    graph.setEdge(source, target, {}, String(place));
  });
  layout(graph);
  const placed = nodes.map((node) => {
    const { x, y } = graph.node(node.id) as Position;
    return { id: node.id, x: Math.round(x - node.width / 2), y: Math.round(y - above(node)), rank: down ? y : x, along: down ? x : y };
  });
  if (!isUpsideDown(placed)) return Object.fromEntries(placed.map(({ id, x, y }) => [id, { x, y }]));
  const size = new Map(nodes.map(({ id, width, height }) => [id, down ? width : height]));
  const end = Math.max(...placed.map(({ id, x, y }) => (down ? x : y) + (size.get(id) ?? 0)));
  const mirrored = (id: string, at: number): number => end - at - (size.get(id) ?? 0);
  return Object.fromEntries(placed.map(({ id, x, y }) => [id, down ? { x: mirrored(id, x), y } : { x, y: mirrored(id, y) }]));
}

/** Whether of the nodes that stand in one rank more stand against the order in which they were given than in it. */
function isUpsideDown(placed: readonly { readonly rank: number; readonly along: number }[]): boolean {
  const last = new Map<number, number>();
  let against = 0;
  for (const { rank, along } of placed) {
    const before = last.get(Math.round(rank));
    if (before !== undefined) against += Math.sign(before - along);
    last.set(Math.round(rank), along);
  }
  return against > 0;
}

/** The nodes one behind the other where they are a single chain, else null. */
function chainOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): readonly LayoutNode[] | null {
  const next = new Map(edges.map(({ source, target }) => [source, target]));
  const targets = new Set(edges.map(({ target }) => target));
  // Several edges between the same two are one link of a chain.
  const isBranched = edges.some(({ source, target }) => next.get(source) !== target) || targets.size !== next.size;
  if (isBranched || next.size !== nodes.length - 1) return null;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const chain: LayoutNode[] = [];
  for (let node = nodes.find(({ id }) => !targets.has(id)); node !== undefined; node = byId.get(next.get(node.id) ?? "")) chain.push(node);
  return chain.length === nodes.length ? chain : null;
}

function folded(chain: readonly LayoutNode[], { gapX, gapY, foldAfter, down }: LayoutOptions): Positions {
  const positions: Record<string, Position> = {};
  let [x, y] = [0, 0];
  for (let first = 0; first < chain.length; first += foldAfter) {
    const row = chain.slice(first, first + foldAfter);
    const line = Math.max(...row.map(anchorOf));
    for (const node of row) {
      positions[node.id] = down ? { x, y } : { x, y: Math.round(y + line - anchorOf(node)) };
      if (down) y += node.height + gapY;
      else x += node.width + gapX;
    }
    if (down) [x, y] = [x + Math.max(...row.map(({ width }) => width)) + gapX, 0];
    else [x, y] = [0, y + line + Math.max(...row.map((node) => node.height - anchorOf(node))) + gapY];
  }
  return positions;
}
