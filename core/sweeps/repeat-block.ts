/**
 * A row of layers that stands several times one after the other: what a search over the number of layers tries. Each copy
 * has weights of its own; zero times takes the row out and joins what was before it to what comes after.
 */
import { AppError } from "../errors.ts";
import { isDown } from "../graph/direction.ts";
import type { EdgeDocument, GraphDocument, NodeDocument } from "../graph/document.ts";

/** How far to the right (or down) of the row's last layer a copy begins, so that an opened member can be read. */
const STEP = { x: 220, y: 162 };

/**
 * @param nodeIds the row: one edge goes in (besides those within), and what leaves it leaves from one port
 * @param times   0 leaves the row out (its layers are bypassed), 1 is the graph as it is
 * @throws AppError sweep.node_missing, sweep.block_not_a_row
 */
export function repeatBlock(graph: GraphDocument, nodeIds: readonly string[], times: number): GraphDocument {
  const inside = new Set(nodeIds);
  const nodes = graph.nodes.filter((node) => inside.has(node.id));
  const missing = nodeIds.find((id) => !nodes.some((node) => node.id === id));
  if (missing !== undefined) throw new AppError("sweep.node_missing", { node: missing }, { nodeId: missing });
  const { entry, exits } = endsOf(graph, inside, nodes);
  if (times === 1) return graph;
  if (times <= 0) return { ...graph, nodes: graph.nodes.map((node) => (inside.has(node.id) ? { ...node, bypassed: true } : node)) };

  const within = graph.edges.filter((edge) => inside.has(edge.source) && inside.has(edge.target));
  const [exit] = exits as [EdgeDocument, ...EdgeDocument[]];
  const copies = Array.from({ length: times - 1 }, (_, place) => place + 2);
  const names = new Set(graph.nodes.map((node) => node.name));
  const axis = isDown(graph) ? "y" : "x";
  const places = nodes.map(({ position }) => position[axis]);
  const last = Math.max(...places);
  const step = last - Math.min(...places) + STEP[axis];
  const added = copies.flatMap((copy) => nodes.map((node) => copyOf(node, copy, inside, names, { axis, by: step * (copy - 1) })));
  const inner = copies.flatMap((copy) =>
    within.map((edge) => ({ ...edge, id: `${edge.id}_x${copy}`, source: idOf(edge.source, copy), target: idOf(edge.target, copy) })),
  );
  const joints = copies.map((copy) => ({
    ...entry,
    id: `${entry.id}_x${copy}`,
    source: idOf(exit.source, copy - 1),
    source_port: exit.source_port,
    target: idOf(entry.target, copy),
  }));
  const leaving = new Set(exits.map((edge) => edge.id));
  const edges = graph.edges.map((edge) => (leaving.has(edge.id) ? { ...edge, source: idOf(edge.source, times) } : edge));
  // What stands behind the row makes room: a copy on top of a layer would hide it.
  const moved = graph.nodes.map((node) =>
    !inside.has(node.id) && node.position[axis] > last ? { ...node, position: movedBy(node.position, axis, step * (times - 1)) } : node,
  );
  return { ...graph, nodes: [...moved, ...added], edges: [...edges, ...inner, ...joints] };
}

/** The one edge into the row and those out of it. @throws AppError sweep.block_not_a_row */
function endsOf(
  graph: GraphDocument,
  inside: ReadonlySet<string>,
  nodes: readonly NodeDocument[],
): { entry: EdgeDocument; exits: readonly EdgeDocument[] } {
  const entries = graph.edges.filter((edge) => inside.has(edge.target) && !inside.has(edge.source));
  const exits = graph.edges.filter((edge) => inside.has(edge.source) && !inside.has(edge.target));
  const [entry] = entries;
  const ports = new Set(exits.map((edge) => `${edge.source} ${edge.source_port}`));
  if (entry === undefined || entries.length > 1 || ports.size !== 1)
    throw new AppError("sweep.block_not_a_row", {
      names: nodes.map((node) => node.name).join(", "),
      into: entries.length,
      out: ports.size,
    });
  return { entry, exits };
}

const idOf = (id: string, copy: number): string => (copy === 1 ? id : `${id}_x${copy}`);

type Position = NodeDocument["position"];

const movedBy = (position: Position, axis: "x" | "y", by: number): Position => ({ ...position, [axis]: position[axis] + by });

interface Shift {
  readonly axis: "x" | "y";
  readonly by: number;
}

function copyOf(node: NodeDocument, copy: number, inside: ReadonlySet<string>, names: Set<string>, { axis, by }: Shift): NodeDocument {
  let name = `${node.name}_${copy}`;
  while (names.has(name)) name += "_";
  names.add(name);
  const shared = node.shared_with;
  return {
    ...node,
    id: idOf(node.id, copy),
    name,
    position: movedBy(node.position, axis, by),
    shared_with: shared !== null && inside.has(shared) ? idOf(shared, copy) : shared,
  };
}
