/** What is done to a design at random: every act that there is, with how often it comes, the makers of commands that it tries, and what it may do to connections. */

import { type BlockPlace, insertBlock, insertPiece } from "../../core/blocks/insert.ts";
import { drawOwnBlock, ownBlockOf, readOwnBlocks } from "../../core/blocks/own-block.ts";
import { blocks } from "../../core/blocks/registry.ts";
import { examine } from "../../core/checks/examine.ts";
import { ALIGNMENTS, aligned, distributed } from "../../core/graph/alignment.ts";
import { addAnnotationCommand, changeAnnotationsCommand, removeAnnotationsCommand } from "../../core/graph/annotations.ts";
import { copySelection, duplicateSelection, pasteSelection } from "../../core/graph/clipboard.ts";
import type { Command } from "../../core/graph/command.ts";
import { connectCommand } from "../../core/graph/connect.ts";
import { createNode, insertExisting, insertOnEdge, type Strands } from "../../core/graph/create.ts";
import type { DesignDocument, EdgeDocument, NodeDocument } from "../../core/graph/document.ts";
import { drawnBoxes, placesOfLayers } from "../../core/graph/drawn-boxes.ts";
import { addConnected } from "../../core/graph/fitting.ts";
import { bypassCommand, fixCommand } from "../../core/graph/fix-command.ts";
import { bundledEdges } from "../../core/graph/group-ports.ts";
import { changeGroupCommand, groupCommand, takeOutCommand, ungroupCommand, whereItBelongs } from "../../core/graph/groups.ts";
import { readDesign, writeDesign } from "../../core/graph/migrate.ts";
import { fixesOf } from "../../core/graph/problem.ts";
import { propagate } from "../../core/graph/propagate.ts";
import { renameCommand } from "../../core/graph/rename.ts";
import { reorderCommand } from "../../core/graph/reorder.ts";
import { repeatCommand } from "../../core/graph/repeat-selection.ts";
import { rewireCommand } from "../../core/graph/rewire.ts";
import { shareCommand, unshareCommand } from "../../core/graph/sharing.ts";
import { layerDefinition, layerTypes } from "../../core/layers/registry.ts";
import { data } from "./designs.ts";

export const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length];

/** What an act is given to choose from: a design with a layer at least, and numbers. */
interface Picked {
  readonly state: DesignDocument;
  readonly node: NodeDocument;
  readonly other: NodeDocument;
  readonly edge: EdgeDocument | undefined;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly newId: () => string;
}

export interface Act {
  /** How often, beside the others. */
  readonly weight: number;
  /** Functions of core that make the command; none where it is written here. */
  readonly by?: readonly { readonly name: string }[];
  /**
   * What may become of connections. Left out: nothing. `take`: those go that a removal names, or whose layer it names. `give_up`: one makes
   * room for another at its port. `lead`: they go through other layers, or begin at a copy, and carry what they carried to where they led.
   * `all`: another design comes in.
   */
  readonly edges?: "take" | "give_up" | "lead" | "all";
  /** Null where there is nothing to pick; many commands are refused, as a person's are. */
  readonly command: (from: Picked) => Command | null;
}

/** What looks at the whole design does so at small ones: there are ten thousand acts. */
const SMALL = 12;
const place = (x: number, y: number): NodeDocument["position"] => ({ x: x % 1000, y: y % 1000 });
const added = ({ state, a, b, c, newId }: Picked): NodeDocument => createNode(pick(layerTypes, a) ?? "", place(b, c), state, newId);

function drawn({ node, other, c, newId }: Picked): EdgeDocument {
  const port = (type: string, side: "inputs" | "outputs"): string => pick(layerDefinition(type)?.ports[side] ?? [], c)?.name ?? "none";
  return {
    id: newId(),
    source: node.id,
    source_port: port(node.type, "outputs"),
    target: other.id,
    target_port: port(other.type, "inputs"),
  };
}

/** A click on one of the ways to mend what is wrong. */
function clickedFix({ state, a, b }: Picked): Command | null {
  if (state.graph.nodes.length > SMALL) return null;
  const { problems, nodes, edges } = examine(state);
  const all = [...problems, ...[...nodes.values(), ...edges.values()].flatMap((found) => found.problems)];
  const fixable = all.filter((problem) => fixesOf(problem).length > 0);
  const fix = pick(fixesOf(pick(fixable, a) ?? {}), b);
  return fix === undefined ? null : fixCommand(state, fix);
}

/** Where a block goes that goes into no connection: by itself, behind a layer, or before an input. */
function blockPlace({ node, other, a, b, c }: Picked): BlockPlace {
  const [output] = layerDefinition(node.type)?.ports.outputs ?? [];
  const [input] = layerDefinition(other.type)?.ports.inputs ?? [];
  const at = { position: place(a, b), language: "en" as const };
  if (c % 3 === 1 && output !== undefined) return { ...at, sources: [{ node: node.id, port: output.name }] };
  return c % 3 === 2 && input !== undefined ? { ...at, target: { node: other.id, port: input.name } } : at;
}

/** An edge, or all that are drawn as one with it. */
const strands = ({ state, c }: Picked, edge: EdgeDocument): Strands => (c % 3 === 0 ? edge.id : bundledEdges(state.graph, edge.id));

const onEdge = (from: Picked): BlockPlace | null =>
  from.edge === undefined ? null : { position: place(from.a, from.b), language: "en", edgeId: strands(from, from.edge) };

function blockCommand(from: Picked, at: BlockPlace | null): Command | null {
  const block = pick(blocks, from.a);
  if (block === undefined || at === null || from.state.graph.nodes.length > SMALL) return null;
  return insertBlock(from.state, block, {}, at, from.newId).command;
}

/** Layers saved under a name, read again as the settings keep them, and put on the canvas. */
function ownBlockCommand(from: Picked, at: BlockPlace | null): Command | null {
  const { state, node, other, c, newId } = from;
  if (at === null || state.graph.nodes.length > 3 * SMALL) return null;
  const exposed = Object.keys(node.config).flatMap((field) => (c % 2 === 0 ? [{ node: node.id, field }] : []));
  const saved = ownBlockOf(state, [node.id, other.id], { id: newId(), name: "mine", exposed }, layerDefinition);
  const [block] = readOwnBlocks(JSON.parse(JSON.stringify([saved])));
  if (block === undefined) throw new Error("a block that was saved cannot be read again");
  return insertPiece(state, drawOwnBlock(block, c % 3 === 0 ? { repeat: 2 } : {}, layerDefinition), at, newId).command;
}

function pastedCommand({ state, node, other, c, newId }: Picked): Command {
  const notes = c % 3 === 0 ? (state.graph.annotations ?? []).slice(0, 2).map(({ id }) => id) : [];
  // So far away that places beside it are none any more.
  const x = c % 41 === 1 ? Number.MAX_VALUE : c % 99;
  return pasteSelection(state, copySelection(state, [node.id, other.id], notes), { x, y: 0 }, newId, { keepIncoming: c % 2 === 0 });
}

function lined({ state, node, other, a, b, c }: Picked): Command | null {
  const third = pick(state.graph.nodes, a + b);
  const chosen = [...new Map([node, other, third ?? node].map((one) => [one.id, one])).values()];
  const meant = new Set(chosen.map(({ id }) => id));
  const boxes = drawnBoxes(state, null, () => ({ width: 180, height: 80 })).filter(({ ids }) => ids.some((id) => meant.has(id)));
  const places = c % 3 === 0 ? distributed(boxes, c % 2 === 0 ? "across" : "down") : aligned(boxes, pick(ALIGNMENTS, c) ?? "left");
  const positions = placesOfLayers(state, boxes, places);
  return Object.keys(positions).length === 0 ? null : { type: "move", positions };
}

/** A note or a frame that is there, or none. */
const noteOf = ({ state, a, c }: Picked): string | undefined => (c % 17 === 2 ? "not there" : pick(state.graph.annotations ?? [], a)?.id);

const acts = {
  add: { weight: 4, command: (from) => ({ type: "add_nodes", nodes: [added(from)], edges: [] }) },
  /** From a port into the void: a layer that is joined to it. */
  add_joined: {
    weight: 2,
    by: [addConnected],
    edges: "give_up",
    command: (from) => {
      const { state, b, newId } = from;
      const { source, source_port, target, target_port } = drawn(from);
      const forwards = b % 2 === 0;
      const port = forwards ? { node: source, port: source_port } : { node: target, port: target_port };
      return addConnected(state, propagate(state), added(from), { port, forwards }, newId());
    },
  },
  connect: { weight: 3, command: (from) => ({ type: "connect", edge: drawn(from) }) },
  connect_at: {
    weight: 1,
    command: (from) => ({ type: "connect", edge: drawn(from), index: from.c % (from.state.graph.edges.length + 2) }),
  },
  connect_in_place: {
    weight: 3,
    by: [connectCommand],
    edges: "give_up",
    command: (from) => {
      const { id, source, source_port, target, target_port } = drawn(from);
      const { state } = from;
      return connectCommand(state, propagate(state), { node: source, port: source_port }, { node: target, port: target_port }, id);
    },
  },
  remove: {
    weight: 1,
    edges: "take",
    command: ({ node, other, edge, c }) => ({
      type: "remove",
      node_ids: [...new Set([node.id, other.id])],
      edge_ids: c % 3 === 0 && edge !== undefined ? [edge.id] : [],
    }),
  },
  remove_edge: {
    weight: 1,
    edges: "take",
    command: ({ edge }) => (edge === undefined ? null : { type: "remove", node_ids: [], edge_ids: [edge.id] }),
  },
  move: {
    weight: 1,
    command: ({ node, other, b, c }) => ({ type: "move", positions: { [node.id]: { x: c % 50, y: 1 }, [other.id]: { x: b % 50, y: 2 } } }),
  },
  align: { weight: 1, command: lined },
  rename: {
    weight: 1,
    by: [renameCommand],
    command: ({ state, node, other, b, c }) => renameCommand(state, node.id, pick(["in", "points", `n${c % 40}`, other.name], b) ?? ""),
  },
  set_config: {
    weight: 1,
    command: ({ node, b, c }) => ({
      type: "set_config",
      id: node.id,
      config: { [pick(["units", "rate", "target_input", "shape"], b) ?? ""]: pick([1, 7, null, "in", [2, 3], undefined], c) },
      ...(c % 5 === 0 ? { replace: true } : {}),
      ...(c % 7 === 0 ? { unset: ["units"] } : {}),
    }),
  },
  bypass: {
    weight: 2,
    by: [bypassCommand],
    command: ({ state, node, other, a, b, c }) => {
      const ids = c % 3 === 0 ? state.graph.nodes.slice(a % 4, 2 + (b % 9)).map(({ id }) => id) : [node.id, other.id];
      const bypassed = b % 2 === 0;
      return c % 2 === 0 ? bypassCommand(state, ids, bypassed) : { type: "set_bypassed", ids, bypassed };
    },
  },
  freeze: {
    weight: 1,
    command: ({ node, other, b }) => ({ type: "set_frozen", frozen: { [node.id]: b % 2 === 0, [other.id]: b % 3 === 0 ? null : true } }),
  },
  vectors: {
    weight: 1,
    command: ({ node, b, c }) => ({
      type: "set_vectors",
      id: node.id,
      vectors: b % 3 === 0 ? null : { hash: "0".repeat(64), name: `v${c % 9}.txt`, width: 1 + (c % 50), words: b % 99 },
    }),
  },
  share_any: { weight: 1, command: ({ node, other, c }) => ({ type: "set_shared", owners: { [node.id]: c % 3 === 0 ? null : other.id } }) },
  share: {
    weight: 1,
    by: [shareCommand],
    command: ({ state, node }) =>
      shareCommand(
        state,
        state.graph.nodes.filter(({ type }) => type === node.type).map(({ id }) => id),
      ),
  },
  unshare: { weight: 1, by: [unshareCommand], command: ({ state, node, other }) => unshareCommand(state, [node.id, other.id]) },
  paste: { weight: 1, by: [pasteSelection], command: pastedCommand },
  duplicate: {
    weight: 1,
    by: [duplicateSelection],
    command: ({ state, node, other, a, c, newId }) => {
      const annotationIds = (state.graph.annotations ?? []).slice(0, c % 2).map(({ id }) => id);
      return duplicateSelection(state, [node.id, other.id], place(a, c), newId, { keepIncoming: true, annotationIds });
    },
  },
  insert_new: {
    weight: 3,
    by: [insertOnEdge],
    edges: "lead",
    command: (from) => (from.edge === undefined ? null : insertOnEdge(from.state, strands(from, from.edge), added(from), from.newId)),
  },
  insert_loose: {
    weight: 2,
    by: [insertExisting],
    edges: "lead",
    command: (from) => {
      const { state, edge, a, newId } = from;
      const joined = new Set(state.graph.edges.flatMap(({ source, target }) => [source, target]));
      const loose = state.graph.nodes.filter(({ id }) => !joined.has(id));
      return edge === undefined ? null : insertExisting(state, strands(from, edge), pick(loose, a)?.id ?? "not there", newId);
    },
  },
  rewire: {
    weight: 2,
    by: [rewireCommand],
    edges: "lead",
    command: (from) => (from.edge === undefined ? null : rewireCommand(from.state, strands(from, from.edge), from.node.id, from.newId)),
  },
  reorder: {
    weight: 2,
    by: [reorderCommand],
    command: ({ state, node, c }) => reorderCommand(state, node.id, c % 2 === 0 ? "earlier" : "later"),
  },
  repeat: {
    weight: 2,
    by: [repeatCommand],
    edges: "lead",
    command: ({ state, node, other, b, c, newId }) => {
      if (state.graph.nodes.length > SMALL) return null;
      const group = pick(state.graph.groups, b)?.node_ids;
      return repeatCommand(
        state,
        c % 4 === 0 && group !== undefined ? group : [node.id, c % 2 === 0 ? node.id : other.id],
        2 + (b % 2),
        newId,
      ).command;
    },
  },
  group: {
    weight: 1,
    by: [groupCommand],
    command: ({ state, node, other, newId }) => groupCommand(state, [node.id, other.id], "g", newId),
  },
  ungroup: {
    weight: 1,
    by: [ungroupCommand],
    command: ({ state, a }) => ungroupCommand(state, pick(state.graph.groups, a)?.id ?? "not there"),
  },
  change_group: {
    weight: 1,
    by: [changeGroupCommand],
    command: ({ state, a, b, c }) =>
      changeGroupCommand(
        state,
        pick(state.graph.groups, a)?.id ?? "not there",
        c % 2 === 0 ? { collapsed: b % 2 === 0 } : { name: b % 5 === 0 ? "g".repeat(120 + (b % 12)) : `g${b % 9}` },
      ),
  },
  take_out: { weight: 1, by: [takeOutCommand], command: ({ state, node, other }) => takeOutCommand(state, [node.id, other.id]) },
  /** What is added while somebody works inside a group: a layer, or copies with their groups. */
  add_in_group: {
    weight: 1,
    by: [whereItBelongs],
    command: (from) => {
      const command: Command = from.b % 2 === 0 ? { type: "add_nodes", nodes: [added(from)], edges: [] } : pastedCommand(from);
      return whereItBelongs(from.state, command, pick(from.state.graph.groups, from.c)?.id ?? "not there");
    },
  },
  /** A layer that is led into a connection of a group, or out of one. */
  rewire_groups: {
    weight: 1,
    edges: "lead",
    command: ({ state, node, edge, newId }) => {
      const command = edge === undefined ? null : rewireCommand(state, edge.id, node.id, newId);
      return command === null ? null : whereItBelongs(state, command, null, [node.id]);
    },
  },
  set_groups: {
    weight: 1,
    command: ({ state }) => ({
      type: "set_groups",
      groups: state.graph.groups.slice(1).map((group) => ({ ...group, collapsed: !group.collapsed })),
    }),
  },
  block: { weight: 1, by: [insertBlock], edges: "give_up", command: (from) => blockCommand(from, blockPlace(from)) },
  block_on_edge: { weight: 1, edges: "lead", command: (from) => blockCommand(from, onEdge(from)) },
  own_block: { weight: 1, by: [insertPiece], edges: "give_up", command: (from) => ownBlockCommand(from, blockPlace(from)) },
  own_block_on_edge: { weight: 1, edges: "lead", command: (from) => ownBlockCommand(from, onEdge(from)) },
  note: {
    weight: 2,
    by: [addAnnotationCommand],
    command: ({ state, b, c, newId }) =>
      addAnnotationCommand(
        state,
        {
          kind: b % 2 === 0 ? "note" : "frame",
          text: `n${b % 9}`,
          colour: "blue",
          position: place(b, c),
          width: b % 31 === 1 ? 1_000_001 : 1 + (b % 300),
          height: c % 300,
        },
        newId,
      ),
  },
  /** Changed, some of them dragged together with a layer. */
  change_note: {
    weight: 2,
    by: [changeAnnotationsCommand],
    command: (from) => {
      const { state, node, b, c } = from;
      const id = noteOf(from);
      if (id === undefined) return null;
      const at = place(b, c);
      const change = changeAnnotationsCommand(state, new Map([[id, c % 2 === 0 ? { position: at } : { text: `t${b}`, width: b % 90 }]]));
      return c % 4 === 0 ? { type: "batch", commands: [{ type: "move", positions: { [node.id]: at } }, change] } : change;
    },
  },
  remove_note: {
    weight: 1,
    by: [removeAnnotationsCommand],
    command: (from) => removeAnnotationsCommand(from.state, new Set([noteOf(from) ?? "not there"])),
  },
  direction: { weight: 1, command: ({ b }) => ({ type: "set_direction", direction: pick(["right", "down", null] as const, b) ?? null }) },
  set_data: {
    weight: 1,
    command: ({ b, c }) => ({ type: "set_data", data: b % 3 === 0 ? null : data(1 + (b % 4), c % 2 === 0 ? 3 : null) }),
  },
  fix: { weight: 2, edges: "take", by: [fixCommand], command: clickedFix },
  replace: {
    weight: 1,
    edges: "all",
    command: ({ state, c }) => (c % 8 === 0 ? { type: "replace", design: readDesign(writeDesign({ ...state, notes: "replaced" })) } : null),
  },
  training: { weight: 1, command: ({ b }) => ({ type: "set_training", patch: { epochs: b % 9 } }) },
  notes: { weight: 1, command: ({ b }) => ({ type: "set_notes", notes: String(b) }) },
  name: { weight: 1, command: ({ c }) => ({ type: "set_name", name: String(c) }) },
  /** Of two the second is refused, mostly: the first must not stay. */
  half_refused: {
    weight: 1,
    command: ({ node, other }) => ({
      type: "batch",
      commands: [
        { type: "set_notes", notes: "!" },
        { type: "rename", id: node.id, name: other.name },
      ],
    }),
  },
} as const satisfies Readonly<Record<string, Act>>;

export type ActName = keyof typeof acts;
export const ACTS: Readonly<Record<ActName, Act>> = acts;
