/**
 * The command that puts a block on the canvas: its layers with free names and ids, their groups, and the edges that lead into it, as
 * one act that is undone as one.
 */
import { AppError } from "../errors.ts";
import { pasteSelection, SELECTION_FORMAT, SELECTION_FORMAT_VERSION } from "../graph/clipboard.ts";
import type { Command } from "../graph/command.ts";
import { givenUp } from "../graph/connect.ts";
import { type Strands, strandsIn } from "../graph/create.ts";
import { isDown } from "../graph/direction.ts";
import type { DesignDocument, EdgeDocument, GroupDocument, NodeDocument } from "../graph/document.ts";
import { type NewId, uniqueId } from "../graph/naming.ts";
import type { PortReference } from "../graph/ports.ts";
import type { Language } from "../layers/layer.ts";
import { validateConfig } from "../schema/validate.ts";
import type { BlockDefinition } from "./block.ts";
import { Drawing, type Fragment } from "./drawing.ts";
import { turnedDown } from "./turned.ts";

/** @throws AppError config.* when an option is out of its range */
export function drawBlock(block: BlockDefinition, options: Readonly<Record<string, unknown>>, language: Language): Fragment {
  const config = validateConfig(block.schema, options, block.name);
  const drawing = new Drawing(block.name, block.texts[language].label);
  block.draw(drawing, config);
  return drawing.fragment();
}

export interface BlockPlace {
  /** Top left corner. */
  readonly position: NodeDocument["position"];
  /** Outputs that feed the block's sources, in their order; those left over stay open. */
  readonly sources?: readonly PortReference[];
  /** An edge that the block goes into, or several of one output: their source feeds the first entry that leads to an exit, and that exit their targets. */
  readonly edgeId?: Strands;
  /** An input that the first exit feeds; where it takes one connection it gives up the one it has. */
  readonly target?: PortReference;
  /** Language of the groups' names. */
  readonly language: Language;
}

export interface InsertedBlock {
  readonly command: Command;
  readonly nodeIds: readonly string[];
}

/** Layers that are put on the canvas together, with the ports that wait for a source. */
export interface Piece {
  readonly nodes: readonly NodeDocument[];
  readonly edges: readonly EdgeDocument[];
  readonly groups: readonly GroupDocument[];
  /** For each source, the ports that it feeds. */
  readonly entries: readonly (readonly PortReference[])[];
  readonly exits: readonly PortReference[];
}

/** @throws AppError config.*, design.unknown_edge, design.cannot_insert */
export function insertBlock(
  design: Pick<DesignDocument, "graph">,
  block: BlockDefinition,
  options: Readonly<Record<string, unknown>>,
  place: BlockPlace,
  newId: NewId,
): InsertedBlock {
  const { entries, exits, ...drawn } = drawBlock(block, options, place.language);
  const piece: Piece = {
    ...drawn,
    entries: entries.map((node) => [{ node, port: "input" }]),
    exits: exits.map((node) => ({ node, port: "output" })),
  };
  return insertPiece(design, piece, place, newId);
}

/** @throws AppError design.unknown_edge; design.cannot_insert where no way leads through the piece and the connection would be cut */
export function insertPiece(
  design: Pick<DesignDocument, "graph">,
  piece: Piece,
  place: Omit<BlockPlace, "language">,
  newId: NewId,
): InsertedBlock {
  const { nodes, edges, groups, entries, exits } = piece;
  const selection = JSON.stringify({
    format: SELECTION_FORMAT,
    format_version: SELECTION_FORMAT_VERSION,
    nodes: isDown(design.graph) ? turnedDown(nodes) : nodes,
    edges,
    groups,
    outside: [],
  });
  const paste = pasteSelection(design, selection, place.position, newId);
  const added = addedBy(paste);
  const idOf = (id: string): string => added.nodes[nodes.findIndex((node) => node.id === id)]?.id ?? id;
  const taken = new Set([...design.graph.edges, ...added.edges].map((edge) => edge.id));
  const edgeId = (): string => {
    const id = uniqueId(taken, newId);
    taken.add(id);
    return id;
  };
  const into = (source: PortReference, entry: PortReference): Command => {
    const edge: EdgeDocument = {
      id: edgeId(),
      source: source.node,
      source_port: source.port,
      target: idOf(entry.node),
      target_port: entry.port,
    };
    return { type: "connect", edge };
  };
  const commands: Command[] = [paste];
  let sources: readonly (PortReference | undefined)[] = place.sources ?? [];
  if (place.edgeId !== undefined) {
    const strands = strandsIn(design.graph, place.edgeId);
    const [{ edge: old }] = strands;
    const { entry, exit } = wayThrough(piece);
    const others = [...sources];
    sources = entries.map((_ports, at) => (at === entry ? { node: old.source, port: old.source_port } : others.shift()));
    commands.push({ type: "remove", node_ids: [], edge_ids: strands.map(({ edge }) => edge.id) });
    // In the places of the old edges, because order counts at ports that take several.
    for (const { edge, index } of strands)
      commands.push({ type: "connect", edge: { ...edge, id: edgeId(), source: idOf(exit.node), source_port: exit.port }, index });
  }
  if (place.target !== undefined) {
    const [exit] = exits;
    if (exit === undefined) throw new AppError("design.unknown_node", { id: place.target.node });
    const old = givenUp(design, place.target);
    if (old.length > 0) commands.push({ type: "remove", node_ids: [], edge_ids: old });
    const { node: target, port: target_port } = place.target;
    commands.push({ type: "connect", edge: { id: edgeId(), source: idOf(exit.node), source_port: exit.port, target, target_port } });
  }
  entries.forEach((ports, i) => {
    const source = sources[i];
    if (source !== undefined) commands.push(...ports.map((port) => into(source, port)));
  });
  return { command: { type: "batch", commands }, nodeIds: added.nodes.map((node) => node.id) };
}

/** The first of its entries that an exit depends on, and that exit. */
function wayThrough({ nodes, edges, groups, entries, exits }: Piece): { readonly entry: number; readonly exit: PortReference } {
  for (const [entry, ports] of entries.entries()) {
    const behind = new Set(ports.map(({ node }) => node));
    for (const id of behind) for (const edge of edges) if (edge.source === id) behind.add(edge.target);
    const exit = exits.find(({ node }) => behind.has(node));
    if (exit !== undefined) return { entry, exit };
  }
  throw new AppError("design.cannot_insert", { name: groups[0]?.name ?? nodes[0]?.name ?? "" });
}

function addedBy(command: Command): { nodes: readonly NodeDocument[]; edges: readonly EdgeDocument[] } {
  if (command.type === "add_nodes") return command;
  const inner = command.type === "batch" ? command.commands.find((one) => one.type === "add_nodes") : undefined;
  if (inner?.type !== "add_nodes") throw new Error("a block that is pasted adds layers");
  return inner;
}
