/**
 * Automatic layout from left to right: longest-path layers, crossings reduced by barycentre sweeps, coordinates set so
 * that a chain stays on one line (after Sugiyama, Tagawa and Toda 1981). A long chain is folded into rows so that it fits
 * a screen. Pure: sizes in, positions out.
 */
export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** How far below its top the edges meet the node; half its height when left out. Chains are aligned by it. */
  readonly anchor?: number;
}
export interface LayoutEdge {
  readonly source: string;
  readonly target: string;
}
export interface LayoutOptions {
  /** Space between layers and between nodes of a layer. */
  readonly gapX: number;
  readonly gapY: number;
  /** Rows are begun anew after so many layers; only where nothing runs in parallel. */
  readonly foldAfter: number;
}

export type Positions = Record<string, { x: number; y: number }>;

const SWEEPS = 6;
const DEFAULTS: LayoutOptions = { gapX: 76, gapY: 70, foldAfter: Number.POSITIVE_INFINITY };

export function layout(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], options: Partial<LayoutOptions> = {}): Positions {
  const settings = { ...DEFAULTS, ...options };
  const ids = new Set(nodes.map((node) => node.id));
  const inner = edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target) && edge.source !== edge.target);
  const layers = layersOf(nodes, inner);
  order(layers, inner);
  const isChain = layers.every((layer) => layer.length === 1);
  return isChain && layers.length > settings.foldAfter ? foldChain(layers, settings) : place(layers, inner, settings);
}

/** Each node one layer behind the last of those before it. Edges of a cycle that lead back are left out. */
function layersOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): LayoutNode[][] {
  const next = neighbours(edges, "source", "target");
  const missing = new Map(nodes.map((node) => [node.id, 0]));
  for (const edge of edges) missing.set(edge.target, (missing.get(edge.target) ?? 0) + 1);
  const level = new Map<string, number>();
  const waiting = nodes.filter((node) => missing.get(node.id) === 0).map((node) => node.id);
  const rest = nodes.map((node) => node.id);
  for (let done = 0; done < nodes.length; ) {
    // Only a cycle is left: start it at the node that comes first in the document.
    if (waiting.length === 0) {
      const start = rest.find((id) => !level.has(id));
      if (start === undefined) break;
      waiting.push(start);
    }
    const id = waiting.shift();
    if (id === undefined || (level.has(id) && missing.get(id) === -1)) continue;
    missing.set(id, -1);
    const here = level.get(id) ?? 0;
    level.set(id, here);
    done += 1;
    for (const target of next.get(id) ?? []) {
      const left = missing.get(target) ?? 0;
      if (left < 0) continue;
      level.set(target, Math.max(level.get(target) ?? 0, here + 1));
      missing.set(target, left - 1);
      if (left === 1) waiting.push(target);
    }
  }
  const layers: LayoutNode[][] = [];
  for (const node of nodes) {
    const at = level.get(node.id) ?? 0;
    while (layers.length <= at) layers.push([]);
    layers[at]?.push(node);
  }
  return layers.filter((layer) => layer.length > 0);
}

function neighbours(edges: readonly LayoutEdge[], from: "source" | "target", to: "source" | "target"): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const edge of edges) {
    const list = found.get(edge[from]);
    if (list === undefined) found.set(edge[from], [edge[to]]);
    else list.push(edge[to]);
  }
  return found;
}

/** Sorts each layer by the mean place of its neighbours, forwards and backwards in turn. */
function order(layers: LayoutNode[][], edges: readonly LayoutEdge[]): void {
  const before = neighbours(edges, "target", "source");
  const after = neighbours(edges, "source", "target");
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const forwards = sweep % 2 === 0;
    const places = new Map<string, number>();
    for (const layer of layers) layer.forEach((node, index) => places.set(node.id, layer.length === 1 ? 0.5 : index / (layer.length - 1)));
    for (const layer of forwards ? layers : [...layers].reverse()) {
      const centre = (node: LayoutNode): number => {
        const around = ((forwards ? before : after).get(node.id) ?? []).map((id) => places.get(id) ?? 0.5);
        return around.length === 0 ? (places.get(node.id) ?? 0.5) : around.reduce((sum, place) => sum + place, 0) / around.length;
      };
      const centres = new Map(layer.map((node) => [node.id, centre(node)]));
      layer.sort((a, b) => (centres.get(a.id) ?? 0) - (centres.get(b.id) ?? 0));
      layer.forEach((node, index) => places.set(node.id, layer.length === 1 ? (centres.get(node.id) ?? 0.5) : index / (layer.length - 1)));
    }
  }
}

function anchorOf(node: LayoutNode): number {
  return node.anchor ?? node.height / 2;
}

function place(layers: readonly (readonly LayoutNode[])[], edges: readonly LayoutEdge[], { gapX, gapY }: LayoutOptions): Positions {
  const before = neighbours(edges, "target", "source");
  const middles = new Map<string, number>();
  const positions: Positions = {};
  let x = 0;
  for (const layer of layers) {
    const wanted = layer.map((node) => {
      const around = (before.get(node.id) ?? []).map((id) => middles.get(id)).filter((middle) => middle !== undefined);
      return around.length === 0 ? null : around.reduce((sum, middle) => sum + middle, 0) / around.length;
    });
    const total = layer.reduce((sum, node) => sum + node.height + gapY, -gapY);
    let bottom = Number.NEGATIVE_INFINITY;
    let start = -total / 2;
    const tops = layer.map((node, index) => {
      const middle = wanted[index] ?? start + anchorOf(node);
      const top = Math.max(middle - anchorOf(node), bottom);
      bottom = top + node.height + gapY;
      start = bottom;
      return top;
    });
    // Pushing apart only ever went down: half of it is given back, so that branches lie on both sides of their source.
    const shifts = layer.map((node, index) => (wanted[index] == null ? 0 : (tops[index] ?? 0) + anchorOf(node) - (wanted[index] ?? 0)));
    const shift = shifts.reduce((sum, value) => sum + value, 0) / Math.max(1, shifts.length);
    layer.forEach((node, index) => {
      const y = (tops[index] ?? 0) - shift;
      positions[node.id] = { x, y: Math.round(y) };
      middles.set(node.id, y + anchorOf(node));
    });
    x += Math.max(...layer.map((node) => node.width)) + gapX;
  }
  return positions;
}

function foldChain(layers: readonly (readonly LayoutNode[])[], { gapX, gapY, foldAfter }: LayoutOptions): Positions {
  const positions: Positions = {};
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  layers.flat().forEach((node, index) => {
    if (index > 0 && index % foldAfter === 0) {
      x = 0;
      y += rowHeight + gapY;
      rowHeight = 0;
    }
    positions[node.id] = { x, y };
    x += node.width + gapX;
    rowHeight = Math.max(rowHeight, node.height);
  });
  return positions;
}
