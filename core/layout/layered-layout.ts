/**
 * Automatic layout from left to right or from the top down: dagre ranks the nodes, keeps connections from crossing and sets
 * coordinates; here long drawings are folded into rows that fit a screen, and what lay above stays above. Pure: sizes in, positions out.
 */
import { Graph, layout } from "@dagrejs/dagre";
import type { LayoutEdge, LayoutNode, LayoutOptions, Position, Positions } from "./layout-types.ts";
import { isTooMuch, plainRanks } from "./plain-ranks.ts";
import { type Crossing, crossings, NESTED, rowStarts } from "./row-cuts.ts";
import { partsAtWaists } from "./waists.ts";

const DEFAULTS: LayoutOptions = { gapX: 76, gapY: 70, foldAfter: Number.POSITIVE_INFINITY, down: false };

/** Nodes of a cycle are placed too: one of its edges then leads back. Edges whose ends are not both there are left out. */
export function layeredLayout(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], options: Partial<LayoutOptions> = {}): Positions {
  const settings = { ...DEFAULTS, ...options };
  const ids = new Set(nodes.map(({ id }) => id));
  const inner = edges.filter(({ source, target }) => ids.has(source) && ids.has(target) && source !== target);
  if (nodes.length <= settings.foldAfter && settings.view === undefined) return ranked(nodes, inner, settings);
  const chain = chainOf(nodes, inner);
  if (chain === null) return foldedRanks(nodes, inner, settings);
  return chain.length <= settings.foldAfter ? ranked(nodes, inner, settings) : folded(chain, settings);
}

type Size = NonNullable<LayoutOptions["view"]>;

/** Pixels to both sides together, from the top down: between a node and a connection that goes past it. */
const PASSING = 56;

const anchorOf = ({ anchor, height }: LayoutNode): number => anchor ?? height / 2;

/** dagre calls itself once a rank: so many deep a thread's stack holds, and the time it takes grows faster than the drawing. */
const PART = 60;

/** Without folds. Large drawings are laid out in parts, each hung on the node that it shares with the one before. */
function ranked(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], options: LayoutOptions): Positions {
  const positions: Record<string, Position> = {};
  for (const part of nodes.length > 2 * PART ? partsAtWaists(nodes, edges, PART) : [nodes]) {
    const inner = edgesWithin(part, edges);
    const placed = isTooMuch(part, inner) ? plainRanks(part, inner, options) : rankedPart(part, inner, options);
    const [hook] = part;
    const [here, there] = hook === undefined ? [] : [positions[hook.id], placed[hook.id]];
    const [dx, dy] = here === undefined || there === undefined ? [0, 0] : [here.x - there.x, here.y - there.y];
    for (const [id, { x, y }] of Object.entries(placed)) positions[id] = { x: x + dx, y: y + dy };
  }
  return positions;
}

function rankedPart(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], { gapX, gapY, down }: LayoutOptions): Positions {
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

/** Another row has to show the drawing larger by so much: folds cost the eye more than a little size. */
const WORTH_A_ROW = 1.15;

/** What branches, in rows that are laid out one by one; in one row where no fold helps, or too many edges would cross each. */
function foldedRanks(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], options: LayoutOptions): Positions {
  const whole = ranked(nodes, edges, options);
  const middle = (node: LayoutNode): number => {
    const { x, y } = whole[node.id] as Position;
    return Math.round(options.down ? y + node.height / 2 : x + node.width / 2);
  };
  // Middles of one rank may be rounded apart.
  const along = [...new Set(nodes.map(middle))].sort((one, other) => one - other).filter((at, i, all) => at - (all[i - 1] ?? -9) > 2);
  const rankOf = new Map(nodes.map((node) => [node.id, along.findLastIndex((at) => at <= middle(node))]));
  const spans = edges.map((edge) => ({ ...edge, from: rankOf.get(edge.source) ?? 0, to: rankOf.get(edge.target) ?? 0 }));
  const crossing = crossings(along.length, spans);
  const inRow = (starts: readonly number[]): LayoutNode[][] => {
    const rows: LayoutNode[][] = starts.map(() => []);
    for (const node of nodes) rows[starts.findLastIndex((start) => start <= (rankOf.get(node.id) ?? 0))]?.push(node);
    return rows;
  };
  const drawn = (most?: Crossing): Positions => {
    const rows = chosenRows(
      along.length,
      (length) => rowStarts(crossing, length, most),
      options,
      (starts) => sizeOf(inRow(starts), whole, options),
    );
    if (rows === null) return whole;
    const placed = inRow(rows).map((row) => ({ row, placed: ranked(row, edgesWithin(row, edges), options) }));
    return stacked(placed, edges, options);
  };
  const usual = drawn();
  const { view } = options;
  if (view === undefined) return usual;
  const zoomOf = (places: Positions): number => zoomIn(view, boxOf(nodes, places));
  if (zoomOf(usual) >= READABLE) return usual;
  const nested = drawn(NESTED);
  return zoomOf(nested) > zoomOf(usual) * WORTH_A_ROW ? nested : usual;
}

/** Drawn smaller, nothing on a layer can be read. */
const READABLE = 0.3;

const zoomIn = (view: Size, { width, height }: Size): number => Math.min(1, view.width / width, view.height / height);

function edgesWithin(row: readonly LayoutNode[], edges: readonly LayoutEdge[]): LayoutEdge[] {
  const ids = new Set(row.map(({ id }) => id));
  return edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
}

/** The first ranks of the rows, or null where one row is best. */
function chosenRows(
  ranks: number,
  fold: (length: number) => readonly number[] | null,
  { foldAfter, view, down }: LayoutOptions,
  size: (starts: readonly number[]) => Size,
): readonly number[] | null {
  if (view === undefined || down) {
    const asAsked = ranks <= foldAfter ? [0] : fold(foldAfter);
    if (asAsked !== null || view === undefined) return asAsked?.length === 1 ? null : asAsked;
  }
  let best: { readonly starts: readonly number[] | null; readonly zoom: number } = { starts: null, zoom: 0 };
  for (let count = 1; count <= ranks / 2; count++) {
    const starts = fold(Math.ceil(ranks / count));
    if (starts === null || (count > 1 && starts.length === 1)) continue;
    const { width, height } = size(starts);
    const zoom = zoomIn(view, { width, height });
    if (zoom > best.zoom * WORTH_A_ROW) best = { starts: starts.length === 1 ? null : starts, zoom };
    // More rows are only higher, more columns only wider.
    else if (height / view.height > width / view.width !== down) break;
  }
  return best.starts;
}

/** About how large rows are together, from where their nodes stand in one row. */
function sizeOf(rows: readonly (readonly LayoutNode[])[], whole: Positions, { gapX, gapY, down }: LayoutOptions) {
  const boxes = rows.map((row) => boxOf(row, whole));
  const [widths, heights] = [boxes.map(({ width }) => width + gapX), boxes.map(({ height }) => height + gapY)];
  const sum = (sizes: readonly number[]): number => sizes.reduce((all, size) => all + size, 0);
  return down ? { width: sum(widths), height: Math.max(...heights) } : { width: Math.max(...widths), height: sum(heights) };
}

function boxOf(row: readonly LayoutNode[], places: Positions) {
  const ends = {
    left: Number.POSITIVE_INFINITY,
    top: Number.POSITIVE_INFINITY,
    right: Number.NEGATIVE_INFINITY,
    bottom: Number.NEGATIVE_INFINITY,
  };
  for (const { id, width, height } of row) {
    const { x, y } = places[id] as Position;
    ends.left = Math.min(ends.left, x);
    ends.top = Math.min(ends.top, y);
    ends.right = Math.max(ends.right, x + width);
    ends.bottom = Math.max(ends.bottom, y + height);
  }
  return { ...ends, width: ends.right - ends.left, height: ends.bottom - ends.top };
}

/** Between a row and a line that turns back under it. */
const CLEAR = 18;

/** Rows under one another, from the top down columns beside one another, all begun on one line. */
function stacked(
  rows: readonly { readonly row: readonly LayoutNode[]; readonly placed: Positions }[],
  edges: readonly LayoutEdge[],
  { gapX, gapY, down }: LayoutOptions,
): Positions {
  const positions: Record<string, Position> = {};
  const byId = new Map(rows.flatMap(({ row }) => row.map((node) => [node.id, node] as const)));
  const anchored = (id: string): number => {
    const [node, place] = [byId.get(id), positions[id]];
    if (node === undefined || place === undefined) return Number.NaN;
    return down ? place.x + node.width / 2 : place.y + anchorOf(node);
  };
  let end = 0;
  for (const { row, placed } of rows) {
    const { left, top, width, height } = boxOf(row, placed);
    const put = (at: number): void => {
      for (const { id } of row) {
        const { x, y } = placed[id] as Position;
        positions[id] = down ? { x: at + x - left, y: y - top } : { x: x - left, y: at + y - top };
      }
    };
    const came = edges.filter(({ source, target }) => positions[source] !== undefined && placed[target] !== undefined);
    put(end);
    // A line that turns back runs in the middle between its ends: the gap is as wide as keeps it off both rows.
    const needed = came.map(({ source, target }) => 2 * CLEAR + Math.abs(end - anchored(source) - (anchored(target) - end)));
    const at = end + (end === 0 ? 0 : Math.max(down ? gapX : gapY, ...needed));
    put(Math.round(at));
    end = Math.round(at) + (down ? width : height);
  }
  return positions;
}
