/**
 * Copy and paste of a selection, as JSON text: between designs, windows and chats. Pasted nodes get new ids and free
 * names; references inside the selection (edges, shared weights, groups, names of inputs) follow them.
 */
import { z } from "zod";
import { AppError } from "../errors.ts";
import { layerDefinition } from "../layers/registry.ts";
import type { Command } from "./command.ts";
import {
  type AnnotationDocument,
  annotationSchema,
  DESIGN_FORMAT,
  type DesignDocument,
  type EdgeDocument,
  edgeSchema,
  type GroupDocument,
  graphSchema,
  groupSchema,
  MOST_ANNOTATIONS,
  MOST_NODES,
  type NodeDocument,
  nodeSchema,
  vectorsSchema,
} from "./document.ts";
import { readDesign } from "./migrate.ts";
import { freeName, type NewId, uniqueId } from "./naming.ts";
import { type LayerLookup, nodeMap, portOf } from "./ports.ts";
import { retargeted } from "./rename.ts";
import { handedOn } from "./sharing.ts";

export const SELECTION_FORMAT = "neuroloom-selection";
export const SELECTION_FORMAT_VERSION = 1;

/** A node outside the selection that it hangs on: in another design the same id may be another node. */
const outsideSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  /** Of an owner of weights, for those that come without it. */
  frozen: z.boolean().optional(),
  vectors: vectorsSchema.optional(),
});
const selectionSchema = z.object({
  format: z.literal(SELECTION_FORMAT),
  format_version: z.literal(SELECTION_FORMAT_VERSION),
  nodes: z.array(nodeSchema).max(MOST_NODES),
  /** In the order of the document; those whose source is outside are pasted only with `keepIncoming`. */
  edges: z.array(edgeSchema),
  groups: z.array(groupSchema),
  outside: z.array(outsideSchema),
  /** Left out where none was chosen; one of nodes and annotations is there. */
  annotations: z.array(annotationSchema).min(1).max(MOST_ANNOTATIONS).optional(),
  /** Which way the drawing ran that it was taken from. Not in texts of before: those are pasted as they lie. */
  direction: graphSchema.shape.direction,
});
export type Selection = z.infer<typeof selectionSchema>;

/** @throws AppError design.nothing_selected, design.unknown_node, design.unknown_annotation */
export function copySelection(
  design: Pick<DesignDocument, "graph">,
  nodeIds: Iterable<string>,
  annotationIds: Iterable<string> = [],
): string {
  const ids = new Set(nodeIds);
  const all = nodeMap(design.graph);
  for (const id of ids) if (!all.has(id)) throw new AppError("design.unknown_node", { id });
  const annotations = chosenAnnotations(design, annotationIds);
  if (ids.size === 0 && annotations.length === 0) throw new AppError("design.nothing_selected");
  const nodes = design.graph.nodes.filter((node) => ids.has(node.id));
  const edges = design.graph.edges.filter((edge) => ids.has(edge.target));
  const outsideIds = new Set([
    ...edges.map((edge) => edge.source).filter((id) => !ids.has(id)),
    ...nodes.map((node) => node.shared_with).filter((id) => id !== null && !ids.has(id)),
  ]);
  const selection: Selection = {
    format: SELECTION_FORMAT,
    format_version: SELECTION_FORMAT_VERSION,
    nodes,
    edges,
    groups: design.graph.groups.filter((group) => group.node_ids.length > 0 && group.node_ids.every((id) => ids.has(id))),
    outside: design.graph.nodes
      .filter((node) => outsideIds.has(node.id))
      .map(({ id, name, type, frozen, vectors }) => ({ id, name, type, frozen, vectors })),
    ...(annotations.length === 0 ? {} : { annotations }),
    direction: design.graph.direction ?? "right",
  };
  return JSON.stringify(selection);
}

function chosenAnnotations({ graph }: Pick<DesignDocument, "graph">, chosen: Iterable<string>): AnnotationDocument[] {
  const ids = new Set(chosen);
  const found = (graph.annotations ?? []).filter(({ id }) => ids.delete(id));
  for (const id of ids) throw new AppError("design.unknown_annotation", { id });
  return found;
}

export interface PasteOptions {
  /** Also lead the edges that came into the selection from outside to the copies, where those nodes are in this design. */
  readonly keepIncoming?: boolean;
  readonly lookup?: LayerLookup;
}

/**
 * @param from text, or what readSelection made of it
 * @param position where the top left corner of what is pasted goes
 * @returns the command that adds the copies; ids of the new nodes are in its add_nodes
 * @throws AppError design.no_such_pasted_port and what readSelection throws
 */
export function pasteSelection(
  design: Pick<DesignDocument, "graph">,
  from: string | Selection,
  position: NodeDocument["position"],
  newId: NewId,
  options: PasteOptions = {},
): Command {
  const selection = typeof from === "string" ? readSelection(from) : from;
  const { lookup = layerDefinition } = options;
  const here = nodeMap(design.graph);
  const usedIds = new Set([...here.keys(), ...design.graph.edges.map((edge) => edge.id), ...design.graph.groups.map((group) => group.id)]);
  const usedNames = new Set(design.graph.nodes.map((node) => node.name));
  const fresh = (): string => {
    const id = uniqueId(usedIds, newId);
    usedIds.add(id);
    return id;
  };
  const ids = new Map(selection.nodes.map((node) => [node.id, fresh()]));
  const names = new Map<string, string>();
  for (const node of selection.nodes) {
    const name = freeName(node.name, usedNames);
    usedNames.add(name);
    names.set(node.name, name);
  }
  const present = new Set(
    selection.outside
      .filter((node) => here.get(node.id)?.name === node.name && here.get(node.id)?.type === node.type)
      .map((node) => node.id),
  );
  const resolve = (id: string): string | undefined => ids.get(id) ?? (present.has(id) ? id : undefined);
  const { left, top } = cornerOf([...selection.nodes, ...(selection.annotations ?? [])]);
  const shifted = (at: NodeDocument["position"]) => ({ x: position.x + at.x - left, y: position.y + at.y - top });
  const lost = new Map(selection.outside.filter(({ id }) => !present.has(id)).map((node) => [node.id, node]));
  const nodes = handedOn(selection.nodes, (id) => (resolve(id) === undefined ? (lost.get(id) ?? {}) : undefined)).map(
    (node): NodeDocument => ({
      ...node,
      id: ids.get(node.id) ?? fresh(),
      name: names.get(node.name) ?? node.name,
      config: followed(lookup, node, names),
      position: shifted(node.position),
      shared_with: node.shared_with === null ? null : (resolve(node.shared_with) ?? null),
    }),
  );
  const kept = selection.edges.filter((edge) => options.keepIncoming === true || ids.has(edge.source));
  const placed = new Map([...design.graph.nodes, ...nodes].map((node) => [node.id, node]));
  const edges = kept.flatMap((edge): EdgeDocument[] => {
    const source = resolve(edge.source);
    const target = ids.get(edge.target);
    if (source === undefined || target === undefined) return [];
    assertPort(lookup, placed.get(source), "outputs", edge.source_port);
    assertPort(lookup, placed.get(target), "inputs", edge.target_port);
    return [{ ...edge, id: fresh(), source, target }];
  });
  const add: Command = { type: "add_nodes", nodes, edges };
  const commands: Command[] = selection.nodes.length === 0 ? [] : [add];
  if (selection.annotations !== undefined) {
    const before = design.graph.annotations ?? [];
    for (const { id } of before) usedIds.add(id);
    const copies = selection.annotations.map((one): AnnotationDocument => ({ ...one, id: fresh(), position: shifted(one.position) }));
    commands.push({ type: "set_annotations", annotations: [...before, ...copies] });
  }
  if (selection.groups.length > 0) commands.push(pastedGroups(design, selection, ids, fresh));
  const [only] = commands;
  return commands.length === 1 && only !== undefined ? only : { type: "batch", commands };
}

function pastedGroups(
  design: Pick<DesignDocument, "graph">,
  selection: Selection,
  ids: ReadonlyMap<string, string>,
  fresh: () => string,
): Command {
  const groups = selection.groups.map(
    (group): GroupDocument => ({ ...group, id: fresh(), node_ids: group.node_ids.flatMap((id) => ids.get(id) ?? []) }),
  );
  return { type: "set_groups", groups: [...design.graph.groups, ...groups] };
}

/** The top left corner of what is copied. A loop: as many arguments as a large selection holds are more than a call takes. */
function cornerOf(things: readonly { readonly position: NodeDocument["position"] }[]): { left: number; top: number } {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  for (const { position } of things) {
    left = Math.min(left, position.x);
    top = Math.min(top, position.y);
  }
  return { left, top };
}

/** Copies beside the originals, still fed by what feeds those. */
export function duplicateSelection(
  design: Pick<DesignDocument, "graph">,
  nodeIds: Iterable<string>,
  offset: NodeDocument["position"],
  newId: NewId,
  options: PasteOptions & { readonly annotationIds?: Iterable<string> } = {},
): Command {
  const ids = new Set(nodeIds);
  const notes = new Set(options.annotationIds);
  const text = copySelection(design, ids, notes);
  const originals = [
    ...design.graph.nodes.filter((node) => ids.has(node.id)),
    ...(design.graph.annotations ?? []).filter((one) => notes.has(one.id)),
  ];
  const { left, top } = cornerOf(originals);
  const corner = { x: left + offset.x, y: top + offset.y };
  return pasteSelection(design, text, corner, newId, options);
}

/** The options of a copy with the name of an input that was copied too replaced by the copy's name. */
function followed(lookup: LayerLookup, node: NodeDocument, names: ReadonlyMap<string, string>): NodeDocument["config"] {
  // Only what the options name can be the target: a paste of thousands asks nothing of the others.
  for (const from of new Set(Object.values(node.config))) {
    const to = typeof from === "string" ? names.get(from) : undefined;
    if (typeof from !== "string" || to === undefined) continue;
    const config = retargeted(lookup(node.type), node.name, node.config, from, to);
    if (config !== node.config) return config;
  }
  return node.config;
}

/** @throws AppError design.not_a_selection, design.broken_selection, design.empty_selection, design.too_many_layers, design.newer_version */
export function readSelection(text: string): Selection {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new AppError("design.not_a_selection");
  }
  // A whole design, as a file of another project has it: all its layers.
  if (z.object({ format: z.literal(DESIGN_FORMAT) }).safeParse(raw).success) return selectionOf(readDesign(raw));
  const head = z.object({ format: z.literal(SELECTION_FORMAT), format_version: z.number() }).safeParse(raw);
  if (!head.success) throw new AppError("design.not_a_selection");
  if (head.data.format_version > SELECTION_FORMAT_VERSION)
    throw new AppError("design.newer_version", { version: head.data.format_version, supported: SELECTION_FORMAT_VERSION });
  if (z.object({ nodes: z.array(z.unknown()).min(MOST_NODES + 1) }).safeParse(raw).success)
    throw new AppError("design.too_many_layers", { max: MOST_NODES });
  const selection = selectionSchema.safeParse(raw);
  if (!selection.success) throw new AppError("design.broken_selection");
  const { nodes, annotations = [] } = selection.data;
  if (nodes.length === 0 && annotations.length === 0) throw new AppError("design.empty_selection");
  if (new Set(nodes.map((node) => node.id)).size < nodes.length) throw new AppError("design.broken_selection");
  if (new Set(nodes.map((node) => node.name)).size < nodes.length) throw new AppError("design.broken_selection");
  const ids = new Set(nodes.map((node) => node.id));
  const outside = new Set(selection.data.outside.map((node) => node.id));
  if (selection.data.edges.some((edge) => !ids.has(edge.target) || !(ids.has(edge.source) || outside.has(edge.source))))
    throw new AppError("design.broken_selection");
  return selection.data;
}

function selectionOf({ graph: { nodes, edges, groups, annotations = [], direction = "right" } }: DesignDocument): Selection {
  if (nodes.length + annotations.length === 0) throw new AppError("design.empty_selection");
  const all = annotations.length === 0 ? {} : { annotations };
  return { format: SELECTION_FORMAT, format_version: SELECTION_FORMAT_VERSION, nodes, edges, groups, outside: [], ...all, direction };
}

function assertPort(lookup: LayerLookup, node: NodeDocument | undefined, side: "inputs" | "outputs", port: string): void {
  const definition = node === undefined ? undefined : lookup(node.type);
  if (node !== undefined && definition !== undefined && portOf(definition.ports[side], port) === undefined)
    throw new AppError("design.no_such_pasted_port", { node: node.name, port });
}
