/**
 * A row of layers that stands several times one after the other: what a search over the number of layers tries, and what repeating
 * chosen layers on the canvas does. Each copy has weights of its own; zero times takes the row out and joins what was before it to what
 * comes after.
 */
import { AppError } from "../errors.ts";
import { layerDefinition } from "../layers/registry.ts";
import { isDown } from "./direction.ts";
import type { EdgeDocument, GraphDocument, NodeDocument } from "./document.ts";
import type { LayerLookup, PortReference } from "./ports.ts";

/** How far to the right (or down) of the row's last layer a copy begins, so that an opened member can be read. */
const STEP = { x: 220, y: 162 };

interface Beside {
  readonly ids: readonly string[];
  readonly x: number;
  readonly y: number;
}

export interface RepeatOptions {
  /** Ids of the copies, which count from 2; an id and a copy give the same each time. */
  readonly idOf?: (id: string, copy: number) => string;
  readonly nameOf?: (name: string, copy: number, taken: ReadonlySet<string>) => string;
  /** The row is drawn as one box: a copy begins behind that. */
  readonly closed?: boolean;
  /** What stands beside the row and moves as one where it makes room, @defaultValue each layer by itself */
  readonly beside?: readonly Beside[];
  /** Kept free between two copies beside what layers need, in units of the canvas. */
  readonly between?: number;
  readonly lookup?: LayerLookup;
}

/**
 * @param nodeIds the row: one layer feeds it from outside (or one input is open), and what leaves it leaves from one port
 * @param times   0 leaves the row out (its layers are bypassed), 1 is the graph as it is
 * @throws AppError sweep.node_missing, sweep.block_not_a_row, design.repeat_apart
 */
export function repeatBlock(graph: GraphDocument, nodeIds: readonly string[], times: number, options: RepeatOptions = {}): GraphDocument {
  const inside = new Set(nodeIds);
  const nodes = graph.nodes.filter((node) => inside.has(node.id));
  const missing = nodeIds.find((id) => !nodes.some((node) => node.id === id));
  if (missing !== undefined) throw new AppError("sweep.node_missing", { node: missing }, { nodeId: missing });
  const { into, exit, leaving } = endsOf(graph, inside, nodes, options.lookup ?? layerDefinition);
  if (times === 1) return graph;
  if (times <= 0) return { ...graph, nodes: graph.nodes.map((node) => (inside.has(node.id) ? { ...node, bypassed: true } : node)) };

  const numbered = options.idOf ?? ((id: string, copy: number): string => `${id}_x${copy}`);
  const idOf = (id: string, copy: number): string => (copy === 1 ? id : numbered(id, copy));
  const within = graph.edges.filter((edge) => inside.has(edge.source) && inside.has(edge.target));
  const copies = Array.from({ length: times - 1 }, (_, place) => place + 2);
  const names = new Set(graph.nodes.map((node) => node.name));
  const axis = isDown(graph) ? "y" : "x";
  const places = nodes.map(({ position }) => position[axis]);
  const first = Math.min(...places);
  const last = options.closed === true ? first : Math.max(...places);
  const step = last - first + STEP[axis] + (options.between ?? 0);
  const copyOf = (node: NodeDocument, copy: number): NodeDocument => {
    const name = (options.nameOf ?? numberedName)(node.name, copy, names);
    names.add(name);
    const shared = node.shared_with;
    return {
      ...node,
      id: idOf(node.id, copy),
      name,
      position: movedBy(node.position, axis, step * (copy - 1)),
      shared_with: shared !== null && inside.has(shared) ? idOf(shared, copy) : shared,
    };
  };
  const added = copies.flatMap((copy) => nodes.map((node) => copyOf(node, copy)));
  const inner = copies.flatMap((copy) =>
    within.map((edge) => ({ ...edge, id: idOf(edge.id, copy), source: idOf(edge.source, copy), target: idOf(edge.target, copy) })),
  );
  const joints = copies.flatMap((copy) =>
    into.map(
      ({ id, node, port }): EdgeDocument => ({
        id: idOf(id, copy),
        source: idOf(exit.node, copy - 1),
        source_port: exit.port,
        target: idOf(node, copy),
        target_port: port,
      }),
    ),
  );
  const left = new Set(leaving.map((edge) => edge.id));
  const edges = graph.edges.map((edge) => (left.has(edge.id) ? { ...edge, source: idOf(edge.source, times) } : edge));
  // What stands behind the row makes room: a copy on top of a layer would hide it.
  const beside: readonly Beside[] = options.beside ?? graph.nodes.map(({ id, position }) => ({ ids: [id], ...position }));
  const behind = new Set(beside.flatMap((box) => (box[axis] > last ? box.ids : [])));
  const moved = graph.nodes.map((node) =>
    !inside.has(node.id) && behind.has(node.id) ? { ...node, position: movedBy(node.position, axis, step * (times - 1)) } : node,
  );
  return { ...graph, nodes: [...moved, ...added], edges: [...edges, ...inner, ...joints] };
}

interface Ends {
  /** Inputs that the copy before feeds; the id is that of the connection which feeds it now. */
  readonly into: readonly (PortReference & { readonly id: string })[];
  readonly exit: PortReference;
  readonly leaving: readonly EdgeDocument[];
}

/** What feeds the row and what it gives, by its connections or, where it has none on that side, its open port. */
function endsOf(graph: GraphDocument, inside: ReadonlySet<string>, nodes: readonly NodeDocument[], lookup: LayerLookup): Ends {
  const entering = graph.edges.filter((edge) => inside.has(edge.target) && !inside.has(edge.source));
  const leaving = graph.edges.filter((edge) => inside.has(edge.source) && !inside.has(edge.target));
  const fed = new Set(graph.edges.map((edge) => `${edge.target} ${edge.target_port}`));
  const used = new Set(graph.edges.map((edge) => `${edge.source} ${edge.source_port}`));
  const openInto = nodes.flatMap(({ id, type }) =>
    (lookup(type)?.ports.inputs ?? [])
      .filter(({ name, optional }) => optional !== true && !fed.has(`${id} ${name}`))
      .map(({ name }) => ({ id: `open_${id}_${name}`, node: id, port: name })),
  );
  const openOut = nodes.flatMap(({ id, type }) =>
    (lookup(type)?.ports.outputs ?? []).filter(({ name }) => !used.has(`${id} ${name}`)).map(({ name }) => ({ node: id, port: name })),
  );
  const into = entering.length === 0 ? openInto : entering.map(({ id, target, target_port }) => ({ id, node: target, port: target_port }));
  const sources = entering.length === 0 ? openInto.length : new Set(entering.map((edge) => `${edge.source} ${edge.source_port}`)).size;
  const exits = leaving.length === 0 ? openOut : leaving.map((edge) => ({ node: edge.source, port: edge.source_port }));
  const [exit] = exits;
  const out = new Set(exits.map(({ node, port }) => `${node} ${port}`)).size;
  if (exit === undefined || sources !== 1 || out !== 1)
    throw new AppError("sweep.block_not_a_row", { names: nodes.map((node) => node.name).join(", "), into: sources, out });
  const behind = new Set(into.map(({ node }) => node));
  for (const id of behind) for (const { source, target } of graph.edges) if (source === id && inside.has(target)) behind.add(target);
  if (!behind.has(exit.node)) throw apart(nodes, into, exit);
  return { into, exit, leaving };
}

/** One way in and one way out, but none from one to the other: what comes in would be lost on its way through the copies. */
function apart(nodes: readonly NodeDocument[], into: readonly PortReference[], exit: PortReference): AppError {
  const nameOf = (id: string | undefined): string => nodes.find((node) => node.id === id)?.name ?? "";
  const names = nodes.map(({ name }) => name).join(", ");
  return new AppError("design.repeat_apart", { names, from: nameOf(into[0]?.node), to: nameOf(exit.node) });
}

type Position = NodeDocument["position"];

const movedBy = (position: Position, axis: "x" | "y", by: number): Position => ({ ...position, [axis]: position[axis] + by });

function numberedName(base: string, copy: number, taken: ReadonlySet<string>): string {
  let name = `${base}_${copy}`;
  while (taken.has(name)) name += "_";
  return name;
}
