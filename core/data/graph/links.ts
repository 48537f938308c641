/**
 * A graph in one table: a row is a node, a column names it, and a column lists the nodes that it is linked to, parted by spaces, each
 * with a weight after a colon where it is not 1 (`n3 n17:0.5`). A node table and an edge table become such a table when they are imported.
 */
import { AppError } from "../../errors.ts";
import type { LinkGraphDocument } from "../../graph/document.ts";
import { EdgeList, type GraphRows, type NodeFeatures, type NodeGraph } from "./node-graph.ts";

/** JSON; kept with the model. */
export interface LinkedNodes {
  /** Names by node. */
  readonly names: readonly string[];
  /** `[source, target, weight, …]`, each link once. */
  readonly links: readonly number[];
  readonly features: { readonly values: readonly number[]; readonly channels: number } | null;
}

type Cells = readonly (string | null)[];

/** @throws AppError data.link_wrong */
export function readLinks(cell: string | null, row: number): { name: string; weight: number }[] {
  const parts = (cell ?? "").split(/\s+/).filter((part) => part !== "");
  return parts.map((part) => {
    const [name = "", weight = "1", more] = part.split(":");
    const number = Number(weight);
    if (more !== undefined || name === "" || weight === "" || !Number.isFinite(number) || number < 0)
      throw new AppError("data.link_wrong", { value: part.slice(0, 60), row: row + 1 });
    return {
      name: name.replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
      weight: number,
    };
  });
}

/**
 * @param leftOut names of nodes that are not among these rows on purpose: links to them are no mistakes, and are left out
 * @throws AppError data.node_unnamed, data.node_twice, data.link_unknown, data.link_wrong; `row` is the place of these rows, from 1
 */
export function readNodes(
  names: Cells,
  links: Cells,
  graph: LinkGraphDocument,
  features: NodeFeatures | null,
  leftOut: ReadonlySet<string>,
): LinkedNodes {
  const nodes = new Map<string, number>();
  names.forEach((name, row) => {
    if (name === null) throw new AppError("data.node_unnamed", { column: graph.id, row: row + 1 });
    if (nodes.has(name)) throw new AppError("data.node_twice", { column: graph.id, name, row: row + 1 });
    nodes.set(name, row);
  });
  const found: number[] = [];
  links.forEach((cell, row) => {
    for (const { name, weight } of readLinks(cell, row)) {
      const target = nodes.get(name);
      if (target === undefined && leftOut.has(name)) continue;
      if (target === undefined) throw new AppError("data.link_unknown", { column: graph.links, name, row: row + 1 });
      found.push(row, target, weight);
    }
  });
  const kept = features === null ? null : { values: [...features.values], channels: features.channels };
  return { names: names as readonly string[], links: found, features: kept };
}

/** Without a direction a link goes both ways; one that both of its nodes list is one link, with the larger weight. */
export function linkGraph({ names, links, features }: LinkedNodes, { directed }: LinkGraphDocument): NodeGraph {
  const nodeCount = names.length;
  const weights = new Map<number, number>();
  for (let i = 0; i < links.length; i += 3) {
    const [source = 0, target = 0, weight = 0] = links.slice(i, i + 3);
    // A loop is what the layer itself adds.
    if (source === target) continue;
    const key = directed || source < target ? source * nodeCount + target : target * nodeCount + source;
    weights.set(key, Math.max(weights.get(key) ?? 0, weight));
  }
  const edges = new EdgeList();
  for (const [key, weight] of weights) {
    const [source, target] = [Math.floor(key / nodeCount), key % nodeCount];
    if (directed) edges.add(source, target, weight);
    else edges.addBoth(source, target, weight);
  }
  return {
    nodeCount,
    edges: edges.sorted(nodeCount),
    features: features === null ? null : { values: Float32Array.from(features.values), channels: features.channels },
  };
}

/**
 * Rows whose names the graph has are those nodes, with the links and features they had; others are new, linked to nodes of the graph.
 * With a direction a link leads from the row to those it lists: nothing of the graph comes into a new one.
 */
export function linkedRows(
  nodes: LinkedNodes,
  cells: { readonly names: Cells; readonly links: Cells },
  { directed }: LinkGraphDocument,
  features: NodeFeatures | null,
  asNew = false,
): GraphRows {
  const { names, links } = cells;
  const places = new Map(nodes.names.map((name, node) => [name, node]));
  const found = Int32Array.from(names, (name) => (name === null || asNew ? -1 : (places.get(name) ?? -1)));
  let unknown = 0;
  const incoming = links.map((cell, row) => {
    if (found[row] !== -1) return new Float32Array(0);
    // Of a node that is listed twice the larger weight counts, as in the graph.
    const known = new Map<number, number>();
    for (const { name, weight } of readLinks(cell, row)) {
      const source = places.get(name);
      if (source === undefined) unknown += 1;
      else if (!directed) known.set(source, Math.max(known.get(source) ?? 0, weight));
    }
    return Float32Array.from([...known].flat());
  });
  return { nodes: found, incoming, features, ...(unknown === 0 ? {} : { unknownLinks: unknown }) };
}
